"""Parlour: board games, their rules and opponents, from Python.

>>> import parlour
>>> state = parlour.game("tic_tac_toe").new()
>>> state.play("b2")
>>> state.text
'.../.x./... o'
>>> parlour.Engine("minimax").search(state, depth=9).value
0.0

Games and engines are native plugins, found beside this package, in PARLOUR_PLUGIN_PATH and in the user's data folder,
and Python scripts, found where the program finds them.
Opponents and games written in Python derive from the classes of parlour.script; of these Opponent, Clock and Option
are here too. parlour.Game is a game that runs; what a game's script derives from is parlour.script.Game.
"""

from __future__ import annotations

import atexit as _atexit
import os as _os
from typing import TYPE_CHECKING

try:
    from . import _parlour
except ImportError as _error:
    raise ImportError(
        f"parlour's native half, built for this Python, is not in {_os.path.dirname(__file__)}: use the package of the "
        "build folder (PYTHONPATH=build/python) or an installed one, with /usr/bin/python3"
    ) from _error
from ._catalogue import engines, games
from ._engine import BatchEvaluate, Engine, Evaluate, OnInfo
from ._load import load, load_opponent
from ._parlour import (
    ArgumentError,
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
from ._play import Answer, Chooser, Player, play
from ._types import (
    EngineInfo,
    GameInfo,
    GameResult,
    Line,
    MoveStat,
    OptionInfo,
    OptionValue,
    PluginInfo,
    SearchInfo,
    SearchResult,
)

__all__ = [
    "Answer",
    "ArgumentError",
    "BatchEnv",
    "BatchEvaluate",
    "Chooser",
    "Clock",
    "Engine",
    "EngineBusy",
    "EngineInfo",
    "Evaluate",
    "Game",
    "GameInfo",
    "GameOver",
    "GameResult",
    "IllegalMove",
    "Line",
    "MoveStat",
    "NotFound",
    "OnInfo",
    "Opponent",
    "Option",
    "OptionError",
    "OptionInfo",
    "OptionValue",
    "ParlourError",
    "Player",
    "PluginError",
    "PluginInfo",
    "SearchCancelled",
    "SearchInfo",
    "SearchResult",
    "State",
    "__version__",
    "engines",
    "game",
    "games",
    "load",
    "load_opponent",
    "play",
    "refresh",
    "refused",
]

if TYPE_CHECKING:
    from .script import Clock, Opponent, Option
else:

    def __getattr__(name: str) -> object:
        """Clock, Opponent and Option of parlour.script, imported when first asked for."""
        if name not in ("Clock", "Opponent", "Option"):
            raise AttributeError(f"module 'parlour' has no attribute {name!r}")
        from . import script

        globals()[name] = getattr(script, name)
        return globals()[name]


_atexit.register(_parlour._shutdown)
