"""A script's game behind the C interface: positions as bytes.

A position's bytes are the length of its text, the turn word, and its data as JSON in one canonical form, so they are
the same in every process and run. Decoded positions are kept, for engines come back to them.
"""

from __future__ import annotations

import functools
import json
import math
import random
from struct import Struct
from typing import Any, Callable

from . import option
from .board import Board
from .game import Game, GameState
from .loader import stem
from .trouble import ScriptError, explain, one_line, place

_HEAD = Struct("<II")
_TERMINAL, _CHANCE = 0x100, 0x200
_LARGEST_STATE = 65536
_MOST_KEPT = 16384

_encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), sort_keys=True, allow_nan=False).encode
_decode = json.loads


class Position:
    """A decoded position with what was asked about it."""

    __slots__ = ("state", "moves", "codes", "by_code", "children", "result", "odds")

    def __init__(self, state: GameState, moves: list[Any], codes: list[int], result: tuple[float, ...],
                 odds: list[float]) -> None:
        self.state = state
        self.moves = moves
        self.codes = codes
        self.by_code = dict(zip(codes, moves))
        self.children: dict[int, bytes] = {}
        self.result = result
        self.odds = odds  # of the moves, where chance decides


def has_chance(cls: type[Game]) -> bool:
    """Whether dice or cards decide anything in a game."""
    return cls.State.chance is not GameState.chance


def has_secrets(cls: type[Game]) -> bool:
    """Whether a game hides something from its players."""
    return cls.State.hide is not GameState.hide


def check_class(cls: type[Game], file: str) -> None:
    """Refuses a game class that lacks what it needs, in a sentence."""
    state = getattr(cls, "State", None)
    if not (isinstance(state, type) and issubclass(state, GameState)):
        raise ScriptError(f"{place(file, 0)}: {cls.__name__} needs a class State made of GameState", file)
    for name in ("legal_moves", "play", "player", "result", "to_data", "from_data", "__init__"):
        if getattr(state, name, None) is getattr(GameState, name, None) or \
                getattr(getattr(state, name), "__func__", None) is getattr(GameState.from_data, "__func__"):
            raise ScriptError(f"{place(file, 0)}: {cls.__name__}.State needs {name}", file)
    if not (isinstance(cls.state_size, int) and 16 <= cls.state_size <= _LARGEST_STATE):
        raise ScriptError(f"{place(file, 0)}: state_size is from 16 to {_LARGEST_STATE}", file)
    if not (isinstance(cls.max_moves, int) and 1 <= cls.max_moves <= 1 << 20):
        raise ScriptError(f"{place(file, 0)}: max_moves is from 1 to {1 << 20}", file)


def players_of(cls: type[Game], file: str) -> tuple[int, int]:
    """The smallest and largest number of players of a class."""
    given = cls.players
    if isinstance(given, property):
        given = (1, 16)
    low, high = given if isinstance(given, tuple) else (given, given)
    if not (isinstance(low, int) and isinstance(high, int) and 1 <= low <= high <= 16):
        raise ScriptError(f"{place(file, 0)}: players is a number from 1 to 16, or two of them", file)
    return low, high


class Rules:
    """One game with its options."""

    def __init__(self, cls: type[Game], file: str, given: dict[str, str]) -> None:
        check_class(cls, file)
        self.file = file
        self.schema = option.schema(cls.options, file)
        self.game = cls()
        self.game.options = option.values(self.schema, given, place(file, 0))
        players = self.game.players
        self.players: int = players[0] if isinstance(players, tuple) else players
        self.name = cls.name or stem(file).replace("_", " ").capitalize()
        self.max_moves = cls.max_moves
        self.state_size = cls.state_size
        self.move_space = len(cls.moves)
        self.max_plies = cls.max_plies
        self.room = cls.state_size - _HEAD.size
        self.low, self.high = float(cls.low), float(cls.high)
        self.zero_sum = bool(cls.zero_sum)
        self.table: dict[Any, int] = {move: code for code, move in enumerate(cls.moves)}
        self.has_view = cls.State.view is not GameState.view
        self.has_evaluate = cls.State.evaluate is not GameState.evaluate
        self.has_chance, self.has_secrets = has_chance(cls), has_secrets(cls)
        self.rules_text = cls.rules
        self.player_names = [str(name) for name in cls.player_names]
        self.accent = int(cls.accent.lstrip("#").ljust(8, "f"), 16) if cls.accent else 0
        self.variant = ",".join(f"{name}={given[name]}" for name in self.schema
                                if name in given and given[name] != self.schema[name].to_text(
                                    self.schema[name].default))
        self.kept: dict[bytes, Position] = {}
        self.still: tuple[set[tuple[Any, ...]], Board] | None = None

    # ---- bytes and positions ----

    def _problem(self, sentence: str) -> ScriptError:
        return ScriptError(f"{place(self.file, 0)}: {sentence}", self.file)

    def _examine(self, state: GameState) -> tuple[bytes, Position]:
        """The bytes of a position, and the position as it is kept; refuses what the interface cannot carry."""
        result = state.result
        odds: list[float] = []
        if result is None:
            chances = state.chance()
            if chances is None:
                moves = list(state.legal_moves())
                player = state.player
                if not isinstance(player, int) or not 0 <= player < self.players:
                    raise self._problem(f"player is {player!r}, but there are {self.players} players from 0")
                word = player
            else:
                moves, odds = [move for move, _ in chances], [float(odd) for _, odd in chances]
                if not all(odd > 0 for odd in odds) or abs(math.fsum(odds) - 1) > 1e-6:
                    raise self._problem("chance gives probabilities that are not above 0, or not 1 in all")
                word = _CHANCE
            if not moves:
                raise self._problem("a position without a result has no legal moves; a pass is a move too")
            if len(moves) > self.max_moves:
                raise self._problem(f"a position has {len(moves)} legal moves, but max_moves is {self.max_moves}")
            shares: tuple[float, ...] = ()
        else:
            moves = []
            shares = tuple(float(share) for share in result)
            if len(shares) != self.players or not all(self.low <= share <= self.high for share in shares):
                raise self._problem(f"result is {result!r}, but {self.players} numbers from {self.low:g} to "
                                    f"{self.high:g} are meant")
            word = _TERMINAL
        try:
            text = _encode(state.to_data()).encode("ascii")
        except (TypeError, ValueError) as problem:
            raise self._problem(f"to_data gives what JSON cannot hold: {problem}") from None
        if len(text) > self.room:
            raise self._problem(f"a position takes {len(text)} bytes; state_size has to be {len(text) + 8} or more")
        return _HEAD.pack(len(text), word) + text, Position(state, moves, self._codes(moves), shares, odds)

    def _codes(self, moves: list[Any]) -> list[int]:
        if self.table:
            try:
                codes = [self.table[move] for move in moves]
            except KeyError as problem:
                raise self._problem(f"the move {problem.args[0]!r} is not among the game's moves") from None
        elif all(type(move) is int and 0 <= move < 0xFFFFFFFF for move in moves):
            codes = moves
        else:
            codes = list(range(len(moves)))
        if len(set(moves)) != len(moves):
            raise self._problem("legal_moves lists a move twice")
        return codes

    def _keep(self, key: bytes, position: Position) -> None:
        if len(self.kept) >= _MOST_KEPT:
            for old in list(self.kept)[: _MOST_KEPT // 2]:
                del self.kept[old]
        self.kept[key] = position

    def _state(self, key: bytes) -> GameState:
        """A fresh object of a position."""
        state: GameState = self.game.State.from_data(self.game, _decode(key[8:]))
        return state

    def position(self, key: bytes) -> Position:
        found = self.kept.get(key)
        if found is None:
            again, found = self._examine(self._state(key))
            if again != key:
                raise self._problem("from_data(to_data()) gives another position")
            self._keep(key, found)
        return found

    def initial(self) -> bytes:
        key, position = self._examine(self.game.State(self.game))
        self._keep(key, position)
        return key

    def legal(self, key: bytes) -> list[int]:
        found = self.kept.get(key)
        return found.codes if found is not None else self.position(key).codes

    def apply(self, key: bytes, code: int) -> bytes:
        position = self.position(key)
        known = position.children.get(code)
        if known is not None:
            return known
        if code not in position.by_code:
            raise self._problem(f"move {code} is not legal here")
        state = self._state(key)
        state.play(position.by_code[code])
        child, found = self._examine(state)
        if child not in self.kept:
            self._keep(child, found)
        position.children[code] = child
        return child

    def outcome(self, key: bytes) -> tuple[float, ...]:
        return self.position(key).result

    def evaluate(self, key: bytes, player: int) -> float:
        value = float(self.position(key).state.evaluate(player))
        return max(-1.0, min(1.0, value)) if math.isfinite(value) else 0.0

    def check(self, key: bytes) -> str:
        """What is wrong with bytes from outside; "" when nothing is."""
        try:
            again, position = self._examine(self._state(key))
        except (ScriptError, Exception) as problem:
            return one_line(f"no position of this game: {problem}")
        if again != key:
            return "no position of this game as it is written"
        return ""

    # ---- dice, and what players know ----

    def outcomes(self, key: bytes) -> tuple[list[int], list[float]]:
        """What chance may decide: codes and probabilities."""
        position = self.position(key)
        return position.codes, position.odds

    def known(self, key: bytes, player: int) -> bytes:
        """The position as a player knows it; at the end the position itself."""
        position = self.position(key)
        if position.result:
            return key
        try:
            text = _encode(position.state.hide(player)).encode("ascii")
            view, found = self._examine(self.game.State.from_data(self.game, _decode(text)))
        except (TypeError, ValueError) as problem:
            raise self._problem(f"hide({player}) gives what from_data does not read: {one_line(str(problem), 100)}") from None
        if view[8:] != text or view[4:8] != key[4:8]:
            raise self._problem(f"hide({player}) is read as another position, or as another player's turn")
        self._keep(view, found)
        return view

    def determinize(self, key: bytes, player: int, seed: int) -> bytes:
        """A whole position that looks so to a player."""
        if self.position(key).result:
            return key
        data = self.game.State.determinize(self.game, _decode(key[8:]), player, random.Random(seed))
        whole, found = self._examine(self.game.State.from_data(self.game, json.loads(_encode(data))))
        self._keep(whole, found)
        if self.known(whole, player) != key:
            raise self._problem(f"determinize gives a position that looks different to player {player}")
        return whole

    # ---- text ----

    def move_text(self, key: bytes, code: int) -> str:
        position = self.position(key)
        if code not in position.by_code:
            raise self._problem(f"move {code} is not legal here")
        text = one_line(position.state.move_text(position.by_code[code]), 200)
        return text or f"move {code}"

    def parse_move(self, key: bytes, text: str) -> int:
        """The code of the legal move that is written so; -1 if none is."""
        wanted = " ".join(text.split()).casefold()
        for code in self.legal(key):
            if self.move_text(key, code).casefold() == wanted:
                return code
        return -1

    def state_text(self, key: bytes) -> str:
        return key[8:].decode("ascii")

    def parse_state(self, text: str) -> bytes:
        try:
            data = _decode(text)
            key, position = self._examine(self.game.State.from_data(self.game, data))
            if self.position(key) is None:
                raise ValueError("it does not read back")
        except RecursionError:
            raise self._problem("the position is nested too deeply") from None
        except ScriptError:
            raise
        except Exception as problem:
            raise self._problem(f"{text[:60]!r} is no position: {one_line(str(problem), 100)}") from None
        return key

    def reason(self, key: bytes) -> str:
        return one_line(str(self.position(key).state.ending()), 200)

    # ---- the picture ----

    def _board(self, key: bytes) -> Board:
        board = self.position(key).state.view()
        if not isinstance(board, Board):
            raise self._problem(f"view gives a {type(board).__name__}, but a Board is meant")
        return board

    def _still(self) -> tuple[set[tuple[Any, ...]], Board]:
        if self.still is None:
            board = self._board(self.initial())
            self.still = (set(board.cells), board)
        return self.still

    def layout(self) -> tuple[tuple[float, float, float, float], list[tuple[Any, ...]]]:
        board = self._still()[1]
        return board.box(), board.cells

    def scene(self, key: bytes, viewer: int) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], list[tuple[Any, ...]],
                                         list[tuple[Any, ...]]]:
        """What `viewer` sees besides what never changes."""
        still = self._still()[0]
        if self.has_secrets and viewer < self.players:
            key = self.known(key, viewer)
        board = self._board(key)
        return [cell for cell in board.cells if cell not in still], board.pieces, board.marks, board.widgets

    def path(self, key: bytes, code: int) -> list[tuple[int, int]]:
        position = self.position(key)
        if code not in position.by_code:
            return []
        steps = position.state.touches(position.by_code[code])
        return [(0, int(step)) if step >= 0 else (1, -1 - int(step)) for step in steps]


def _told(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with every failure explained: a ScriptError that names file and line."""

    @functools.wraps(function)
    def wrapper(self: Rules, *given: Any) -> Any:
        try:
            return function(self, *given)
        except ScriptError:
            raise
        except BaseException as problem:
            raise explain(problem, self.file) from problem

    return wrapper


for _name in ("initial", "legal", "apply", "outcome", "evaluate", "check", "move_text", "parse_move", "state_text",
              "parse_state", "reason", "layout", "scene", "path", "outcomes", "known", "determinize"):
    setattr(Rules, _name, _told(getattr(Rules, _name)))
