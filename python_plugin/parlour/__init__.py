"""Parlour: board games, their rules and opponents, from Python.

>>> import parlour
>>> state = parlour.game("tic_tac_toe").new()
>>> state.play("b2")
>>> state.text
'.../.x./... o'
"""

from __future__ import annotations

from ._parlour import (
    EngineBusy,
    Game,
    GameOver,
    IllegalMove,
    NotFound,
    OptionError,
    ParlourError,
    PluginError,
    SearchCancelled,
    State,
    __version__,
    game,
    refresh,
    refused,
)
