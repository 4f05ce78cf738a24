"""Parlour: board games, their rules and opponents, from Python.

>>> import parlour
>>> state = parlour.game("tic_tac_toe").new()
>>> state.play("b2")
>>> state.text
'.../.x./... o'
>>> parlour.Engine("minimax").search(state, depth=9).value
0.0

Games and engines are native plugins, found beside this package, in PARLOUR_PLUGIN_PATH and in the user's data folder.
Opponents and games written in Python derive from the classes of parlour.script; of these Opponent, Clock and Option
are here too. parlour.Game is a game that runs; what a game's script derives from is parlour.script.Game.
"""

from __future__ import annotations

import atexit as _atexit
import os as _os
from typing import TYPE_CHECKING, Union

try:
    from . import _parlour
except ImportError as _error:
    raise ImportError(
        f"parlour's native half, built for this Python, is not in {_os.path.dirname(__file__)}: use the package of the "
        "build folder (PYTHONPATH=build/python) or an installed one, with /usr/bin/python3"
    ) from _error
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

__all__ = [
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
    "ParlourError",
    "Player",
    "PluginError",
    "PluginInfo",
    "SearchCancelled",
    "SearchInfo",
    "SearchResult",
    "State",
    "TurnClock",
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


_PathLike = Union[str, bytes, _os.PathLike[str], _os.PathLike[bytes]]


def load(path: _PathLike) -> PluginInfo:
    """Loads one plugin file; its games and engines are then there by their ids.

    Asked again for the same file it gives the same answer; nothing is ever unloaded. Raises PluginError with the
    reason when the file is not a plugin that this module can use. The plugin runs in this process, with its rights.
    """
    return _parlour._load_plugin(path)


def load_opponent(path: _PathLike, **options: object) -> Opponent:
    """Runs an opponent's script and returns the opponent, for play(): its class's object, or one around its function.

    `options` are those that the script lists. The script runs in this process, with its rights. Raises PluginError,
    with the script's traceback in remote_traceback, when it fails or has no opponent; OptionError for wrong options.
    """
    import random

    from .script import ScriptError, option, runtime

    file = _os.path.abspath(_os.fsdecode(path))
    try:
        script = runtime.Script(file)
    except ScriptError as problem:
        error = PluginError(problem.sentence)
        error.plugin, error.remote_traceback = file, problem.details
        raise error from problem
    if script.opponent is None and script.function is None:
        raise PluginError(f"{_os.path.basename(file)} has no opponent")
    try:
        values = option.values(script.schema(), {name: _text(value) for name, value in options.items()}, file)
    except ScriptError as problem:
        raise OptionError(problem.sentence) from problem
    if script.opponent is not None:
        opponent: Opponent = script.opponent.__new__(script.opponent)
        opponent.random, opponent.options = random.Random(0), values
        opponent.__init__()  # type: ignore[misc]
        return opponent
    assert script.function is not None
    return runtime.FunctionOpponent(script.function)


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
