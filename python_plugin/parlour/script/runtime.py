"""What the plugin calls: the catalogue of scripts, opponents at work, games. Nothing here is for scripts."""

from __future__ import annotations

import inspect
import io
import math
import os
import random
import sys
import types
from typing import Any, Callable, Sequence

from . import option
from .clock import Clock
from .game import Game
from .loader import find_scripts, own_subclasses, run, script_id, stem, text_of
from .opponent import Opponent
from .rules import Rules, check_class, has_chance, has_secrets, players_of
from .trouble import ScriptError, TimeUp, explain, one_line, place

MOST_CONSOLE = 64 << 10  # characters that one call of a script may print
_LONGEST_LINE = 1500
_MASK = 0xFFFFFFFFFFFFFFFF


class Console(io.TextIOBase):
    """sys.stdout of scripts: whole lines go to the host's log, so much a call and no more."""

    def __init__(self, write_line: Callable[[str], None]) -> None:
        self._write_line = write_line
        self._rest = ""
        self._left = MOST_CONSOLE

    def begin(self) -> None:
        """A new call begins, with its own allowance."""
        self._left = MOST_CONSOLE

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self._left <= 0:
            return len(text)
        take = text[: self._left]
        self._left -= len(take)
        lines = (self._rest + take).split("\n")
        self._rest = lines.pop()[:_LONGEST_LINE]
        for line in lines:
            self._write_line(line[:_LONGEST_LINE])
        if self._left <= 0:
            self.flush()
            self._write_line(f"[more than {MOST_CONSOLE >> 10} KB were printed; the rest is left out]")
        return len(text)

    def flush(self) -> None:
        if self._rest:
            rest, self._rest = self._rest, ""
            self._write_line(rest)


class FunctionOpponent(Opponent):
    """A script that is a function."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def choose(self, state: Any, clock: Clock) -> Any:
        return self._function(state, clock)


def _opponent_class(module: types.ModuleType, path: str) -> type[Opponent] | None:
    found = [each for each in own_subclasses(module, Opponent) if not inspect.isabstract(each)]
    leaves = [each for each in found if not any(other is not each and issubclass(other, each) for other in found)]
    if len(leaves) > 1:
        names = ", ".join(each.__name__ for each in leaves)
        raise ScriptError(f"{place(path, 0)}: it has {len(leaves)} opponents ({names}); put each into its own file",
                          path)
    if not leaves:
        return None
    if leaves[0].choose is Opponent.choose:
        raise ScriptError(f"{place(path, 0)}: {leaves[0].__name__} needs choose(self, state, clock)", path)
    return leaves[0]


def _game_class(module: types.ModuleType, path: str) -> type[Game] | None:
    found = own_subclasses(module, Game)
    leaves = [each for each in found if not any(other is not each and issubclass(other, each) for other in found)]
    if len(leaves) > 1:
        names = ", ".join(each.__name__ for each in leaves)
        raise ScriptError(f"{place(path, 0)}: it has {len(leaves)} games ({names}); put each into its own file", path)
    return leaves[0] if leaves else None


def _text(value: Any, most: int) -> str:
    return one_line(value, most) if isinstance(value, str) else ""


def _summary(thing: Any, module: types.ModuleType) -> str:
    doc = thing.__dict__.get("__doc__") if isinstance(thing, type) else thing.__doc__
    doc = doc or module.__doc__ or ""
    return one_line(doc.strip().split("\n\n")[0], 300)


def _name(given: Any, path: str) -> str:
    return _text(given, 100) or stem(path).replace("_", " ").capitalize()


def _games(given: Any, path: str) -> list[str]:
    """The ids of the games an opponent plays; empty: all."""
    if isinstance(given, str):
        given = [given]
    try:
        games = [str(each) for each in given]
    except TypeError:
        raise ScriptError(f'{place(path, 0)}: games is "*" or a list of ids, not {given!r}', path) from None
    return [] if "*" in games else games


class Script:
    """A script that was run: its opponent, its game, or both."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.id = script_id(path)
        self.module = run(path)
        self.opponent = _opponent_class(self.module, path)
        function = getattr(self.module, "choose", None)
        self.function = function if self.opponent is None and callable(function) else None
        self.game = _game_class(self.module, path)
        if self.opponent is None and self.function is None and self.game is None:
            raise ScriptError(f"{place(path, 0)}: there is neither an opponent nor a game in it; write "
                              "choose(state, clock), or a class made of Opponent or Game of parlour.script", path)

    def engine_row(self) -> dict[str, Any] | None:
        if self.opponent is None and self.function is None:
            return None
        about: Any = self.opponent or self.module
        whose: Any = self.opponent or self.function
        return {"id": self.id, "path": self.path, "name": _name(getattr(about, "name", ""), self.path),
                "author": _text(getattr(about, "author", ""), 200), "version": _text(getattr(about, "version", ""), 60),
                "summary": _summary(whose, self.module), "games": _games(getattr(about, "games", "*"), self.path),
                "sees_all": bool(getattr(about, "sees_all", False)), "options": option.rows(self.schema())}

    def schema(self) -> dict[str, option.Option]:
        return option.schema(getattr(self.opponent or self.module, "options", {}), self.path)

    def game_row(self) -> dict[str, Any] | None:
        if self.game is None:
            return None
        check_class(self.game, self.path)
        low, high = players_of(self.game, self.path)
        return {"id": self.id, "path": self.path, "name": _name(self.game.name, self.path),
                "family": _text(self.game.family, 60) or "script", "summary": _summary(self.game, self.module),
                "zero_sum": bool(self.game.zero_sum), "chance": has_chance(self.game),
                "secrets": has_secrets(self.game), "low": low, "high": high,
                "options": option.rows(option.schema(self.game.options, self.path))}


def catalogue() -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Runs every script and says what is in it: engines, games, problems."""
    engines: list[dict[str, Any]] = []
    games: list[dict[str, Any]] = []
    problems: list[dict[str, Any]] = []
    for path in find_scripts():
        try:
            script = Script(path)
            engine, game = script.engine_row(), script.game_row()
        except BaseException as problem:
            said = explain(problem, path)
            problems.append({"path": path, "file": said.file or path, "line": said.line, "sentence": said.sentence,
                             "details": said.details})
            continue
        if engine is not None:
            engines.append(engine)
        if game is not None:
            games.append(game)
    return engines, games, problems


def stamp() -> int:
    """A number that changes when a script does."""
    parts = []
    for path in find_scripts():
        try:
            facts = os.stat(text_of(path))
            parts.append((path, facts.st_ino, facts.st_size, facts.st_mtime_ns))
        except OSError:
            parts.append((path, 0, 0, 0))
    return hash(tuple(parts)) & _MASK


def find_script(id: str) -> Script:
    for path in find_scripts():
        try:
            if script_id(path) == id:
                return Script(path)
        except ScriptError:
            if stem(path) == id.removeprefix("python:"):
                raise
    raise ScriptError(f"there is no script {id.removeprefix('python:')}.py any more")


def make_rules(id: str, given: dict[str, str]) -> Rules:
    """The game of a script, with options."""
    script = find_script(id)
    if script.game is None:
        raise ScriptError(f"{place(script.path, 0)} has no game any more", script.path)
    try:
        rules = Rules(script.game, script.path, given)
        rules.initial()
        return rules
    except BaseException as problem:
        raise explain(problem, script.path) from None


class Runner:
    """An opponent at work: one game after another, one move at a time."""

    def __init__(self, id: str, given: dict[str, str]) -> None:
        script = find_script(id)
        self.path = script.path
        self._script = script
        schema = script.schema()
        self._values = option.values(schema, given, place(self.path, 0))
        self._opponent: Opponent | None = None
        self._began = False
        self._seen = 0
        self.best: Any = None
        self._legal: Sequence[int] = ()
        if script.opponent is None and script.function is None:
            raise ScriptError(f"{place(self.path, 0)} has no opponent any more", self.path)
        self._make()

    def _make(self) -> None:
        try:
            if self._script.opponent is not None:
                made: Opponent = self._script.opponent.__new__(self._script.opponent)
            else:
                assert self._script.function is not None
                made = FunctionOpponent(self._script.function)
            made.random = random.Random(0)
            made.options = self._values
            if self._script.opponent is not None:
                made.__init__()  # type: ignore[misc]
            self._opponent = made
        except BaseException as problem:
            raise explain(problem, self.path) from None

    def bind(self) -> None:
        """Another game begins."""
        self._began, self._seen = False, 0

    def end(self, state: Any, start: Any, moves: Sequence[int]) -> None:
        """The game is over, with its last position and the way there as for think(). ScriptError for every failure."""
        opponent = self._opponent
        if opponent is None or not self._began:
            return
        try:
            if start is not None:
                state = self._with_history(state, start, moves)
                if type(opponent).observe is not Opponent.observe:
                    self._tell(opponent, start, moves)
            opponent.game_over(state)
        except BaseException as problem:
            raise explain(problem, self.path) from None
        finally:
            self._began, self._seen = False, 0

    def think(self, state: Any, start: Any, moves: Sequence[int], report: Any, budget: float, limit: float,
              limits: tuple[Any, ...]) -> int:
        """The move. `start` and `moves` tell the way here, where the host knows it. ScriptError for every failure;
        TimeUp may come at any point: late() then knows what there is."""
        opponent = self._opponent
        assert opponent is not None
        self.best = None
        if start is not None:
            state = self._with_history(state, start, moves)
        self._legal = state.legal_moves()
        depth, nodes, playouts, strength, seed, only = limits
        if only and len(only) == 1:
            return int(only[0])
        try:
            if not self._began:
                self._began = True
                opponent.random = random.Random(seed)
                if self._script.function is None:
                    opponent.new_game((start if start is not None else state).copy(), state.player)
            if start is not None and type(opponent).observe is not Opponent.observe:
                self._tell(opponent, start, moves)
            opponent._report = lambda *given: self._inform(report, state, *given)
            clock = Clock(budget, limit, depth=depth, nodes=nodes, playouts=playouts, strength=strength, seed=seed,
                          stopped=report.stopped)
            answer = opponent.choose(state.copy(), clock)
            if not isinstance(answer, (int, str)):
                answer = self._drain(answer, state, clock)
            move = self._move(answer, state)
            return move if not only or move in only else int(opponent.random.choice(only))
        except TimeUp:
            raise
        except BaseException as problem:
            raise explain(problem, self.path) from None
        finally:
            opponent._report = None

    def late(self, problem: BaseException) -> int:
        """What is played when the time is over: the last move that a generator gave. ScriptError where it gave none."""
        if self.best is not None:
            return int(self.best)
        raise explain(problem, self.path) from None

    def _with_history(self, state: Any, start: Any, moves: Sequence[int]) -> Any:
        """The same position, reached from the start, so that undo and history work."""
        position = start.copy()
        for move in moves:
            position.play(move)
        return position if bytes(position.to_bytes()) == bytes(state.to_bytes()) else state

    def _tell(self, opponent: Opponent, start: Any, moves: Sequence[int]) -> None:
        position = start.copy()
        for index, move in enumerate(moves):
            if index >= self._seen:
                opponent.observe(position.copy(), position.player, move)
            position.play(move)
        self._seen = len(moves)

    def _drain(self, answer: Any, state: Any, clock: Clock) -> Any:
        """The last move of a generator, or the result of a coroutine."""
        if inspect.isgenerator(answer) or hasattr(answer, "__next__"):
            for move in answer:
                self.best = self._move(move, state)
                if clock.out_of_time(0.0):
                    break
        elif inspect.iscoroutine(answer):
            import asyncio  # costs a third of a worker's start

            return asyncio.run(answer)
        elif inspect.isasyncgen(answer):
            import asyncio

            async def all_of_it() -> None:
                async for move in answer:
                    self.best = self._move(move, state)
                    if clock.out_of_time(0.0):
                        break
            asyncio.run(all_of_it())
        else:
            return answer
        if self.best is None:
            raise self._wrong("choose ended without giving a move")
        return self.best

    def _wrong(self, what: str, illegal: bool = False) -> ScriptError:
        """A wrong answer; the line is that of choose."""
        line = 0
        if self._opponent is not None:
            function = self._script.function or type(self._opponent).choose
            line = getattr(getattr(function, "__code__", None), "co_firstlineno", 0)
        error = ScriptError(one_line(f"{place(self.path, line)}: {what}"), self.path, line)
        error.kind = "illegal" if illegal else ""
        return error

    def _move(self, answer: Any, state: Any) -> int:
        """The move that an answer names."""
        if isinstance(answer, str):
            try:
                return int(state.parse_move(answer))
            except Exception:
                raise self._wrong(f"choose gave {one_line(repr(answer), 60)}, which is no move here; "
                                  f"legal are {self._some(state)}", illegal=True) from None
        if isinstance(answer, bool) or not hasattr(answer, "__index__"):
            raise self._wrong(f"choose gave {one_line(repr(answer), 60)} (a {type(answer).__name__}); a move is one of "
                              "state.legal_moves(), or its text")
        move = answer.__index__()
        if move not in self._legal:
            raise self._wrong(f"choose gave {one_line(str(move), 40)}, which is not legal here; legal are "
                              f"{self._some(state)}", illegal=True)
        return int(move)

    def _some(self, state: Any) -> str:
        moves = list(self._legal)
        shown = ", ".join(f"{move} ({state.move_text(move)})" for move in moves[:4])
        return shown + (", ..." if len(moves) > 4 else "")

    def _inform(self, report: Any, state: Any, value: Any, line: Sequence[Any], text: Any, depth: int,
                nodes: int) -> None:
        moves = []
        position = state.copy()
        for each in line:
            move = int(position.parse_move(each)) if isinstance(each, str) else int(each)
            if move not in position.legal_moves():
                raise ValueError(f"info: {each!r} is no legal move in the line")
            moves.append(move)
            position.play(move)
        number = None if value is None else float(value)
        if number is not None and not math.isfinite(number):
            number = None
        report.send(number, moves, one_line(str(text), 400), int(depth), int(nodes))


def open_console(write_line: Callable[[str], None]) -> Console:
    """Sends what scripts print to the host; call begin() before each of their calls."""
    console = Console(write_line)
    sys.stdout = console  # type: ignore[assignment]  # text alone is ever written to it
    return console
