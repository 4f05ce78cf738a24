"""Parlour: board games, their rules and opponents, from Python.

>>> import parlour
>>> state = parlour.game("tic_tac_toe").new()
>>> state.play("b2")
>>> state.text
'.../.x./... o'
>>> parlour.Engine("minimax").search(state, depth=9).value
0.0

Games and engines are native plugins, found beside this package, in PARLOUR_PLUGIN_PATH and in the user's data folder.
Scripts, opponents and games written in Python, derive from the classes of parlour.script, which are here as well.
"""

from __future__ import annotations

import atexit as _atexit
import os as _os
from typing import TYPE_CHECKING, Any, Union

from . import _parlour
from ._catalogue import engines, games
from ._engine import BatchEvaluate, Engine, Evaluate, OnInfo
from ._parlour import (
    BatchEnv,
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
from ._play import Chooser, Player, TurnClock, play
from ._types import (
    EngineInfo,
    GameInfo,
    GameResult,
    Line,
    MoveStat,
    OptionInfo,
    PluginInfo,
    SearchInfo,
    SearchResult,
)

_atexit.register(_parlour._shutdown)


def load(path: Union[str, bytes, _os.PathLike[str], _os.PathLike[bytes]]) -> PluginInfo:
    """Loads one plugin file; its games and engines are then there by their ids.

    Asked again for the same file it gives the same answer; nothing is ever unloaded. Raises PluginError with the
    reason when the file is not a plugin that this module can use. The plugin runs in this process, with its rights.
    """
    return _parlour._load_plugin(path)
