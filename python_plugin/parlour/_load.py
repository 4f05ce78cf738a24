"""Files that are loaded when somebody names them: plugins, and scripts with games and opponents."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Union

from . import _parlour
from ._types import PluginInfo

if TYPE_CHECKING:
    from .script import Opponent, ScriptError
    from .script.runtime import Script

_PathLike = Union[str, bytes, os.PathLike[str], os.PathLike[bytes]]


def load(path: _PathLike) -> PluginInfo:
    """Loads one file: a native plugin, or a script, which is a .py file or a folder with an __init__.py.

    Its games and engines are then there by their ids, which the answer has: those of my_game.py are python:my_game,
    even if another script of that name was found. Asked again for the same file it gives the same answer, but a script
    that has changed is read anew; nothing is ever unloaded. The file runs in this process, with its rights.

    Raises PluginError with the reason when the file cannot be used, with a script's traceback in remote_traceback.
    """
    file = os.path.abspath(os.fsdecode(path))
    if os.path.isfile(os.path.join(file, "__init__.py")):
        return _load_script(os.path.join(file, "__init__.py"))
    return _load_script(file) if file.endswith(".py") else _parlour._load_plugin(path)


def load_opponent(path: _PathLike, **options: object) -> Opponent:
    """Runs an opponent's script and returns the opponent, for play(): its class's object, or one around its function.

    `options` are those that the script lists. The script runs in this process, with its rights. Raises PluginError,
    with the script's traceback in remote_traceback, when it fails or has no opponent; OptionError for wrong options.
    """
    import random

    from .script import ScriptError, option, runtime, trouble

    script = _run(os.path.abspath(os.fsdecode(path)))
    if script.opponent is None and script.function is None:
        raise _plugin_error(ScriptError(f"{trouble.place(script.path, 0)} has no opponent, but a game", script.path))
    try:
        given = {name: _text(value) for name, value in options.items()}
        values = option.values(script.schema(), given, trouble.place(script.path, 0))
    except ScriptError as problem:
        if problem.kind == "argument":
            raise _parlour.OptionError(problem.sentence) from problem
        raise _plugin_error(problem) from problem
    if script.opponent is None:
        assert script.function is not None
        return runtime.FunctionOpponent(script.function)
    opponent: Opponent = script.opponent.__new__(script.opponent)
    opponent.random, opponent.options = random.Random(0), values
    try:
        opponent.__init__()  # type: ignore[misc]
    except Exception as problem:
        raise _plugin_error(trouble.explain(problem, script.path)) from problem
    return opponent


def _load_script(file: str) -> PluginInfo:
    from .script import ScriptError, loader

    script = _run(file)
    try:
        engine, game = script.engine_row(), script.game_row()
    except ScriptError as problem:
        raise _plugin_error(problem) from problem
    if file not in loader.added:
        loader.added.insert(0, file)
    _parlour._load_scripts()
    row = game or engine or {}
    ids = (script.id,)
    return PluginInfo(
        script.id, str(row["name"]), str(row.get("version", "")), file, ids if game else (), ids if engine else ()
    )


def _run(file: str) -> Script:
    from .script import ScriptError
    from .script.runtime import Script

    if not os.path.isfile(file):
        raise _plugin_error(ScriptError(f"there is no file {file}", file))
    try:
        return Script(file)
    except ScriptError as problem:
        raise _plugin_error(problem) from problem


def _plugin_error(problem: ScriptError) -> _parlour.PluginError:
    error = _parlour.PluginError(problem.sentence)
    error.plugin, error.remote_traceback = problem.file or None, problem.details or None
    return error


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
