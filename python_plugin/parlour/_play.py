"""Whole games between engines, functions and opponents."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from types import GeneratorType
from typing import Any, Optional, Protocol, Union, runtime_checkable

from . import _parlour
from ._engine import Engine
from ._types import GameResult

Move = Union[int, str]


@runtime_checkable
class Chooser(Protocol):
    """An opponent: anything with choose(state, clock), such as parlour.Opponent."""

    def choose(self, state: _parlour.State, clock: Any) -> Any:
        """The move to play in `state`, which is a copy: its number or its text."""


Player = Union[str, Engine, Chooser, Callable[[_parlour.State], Move]]
"""Who plays: an engine's id, an Engine, an object with choose(state, clock), or a function of the state."""


class TurnClock:
    """The time of one move, as choose(state, clock) is given it by play(). Seconds everywhere."""

    def __init__(self, budget: float) -> None:
        self.budget = budget
        """How long the move may take."""
        self._began = time.perf_counter()

    def elapsed(self) -> float:
        """How long it has taken."""
        return time.perf_counter() - self._began

    def left(self) -> float:
        """What is left of the budget; negative when it is spent."""
        return self.budget - self.elapsed()

    def out_of_time(self, margin: float = 0.02) -> bool:
        """Whether less than `margin` is left."""
        return self.left() < margin


def play(
    game: _parlour.Game | _parlour.State,
    players: Sequence[Player],
    *,
    seconds: float | None = None,
    nodes: int | None = None,
    playouts: int | None = None,
    depth: int | None = None,
    strength: int | None = None,
    seed: int = 1,
    max_plies: int = 10_000,
    on_move: Optional[Callable[[_parlour.State, int], object]] = None,
) -> GameResult:
    """Plays a game to its end, one player a seat, and returns its moves and result.

    `game` is a Game, or a State to go on from (which stays as it is). Engines get the limits; without any, a tenth of
    a second a move, which is also the budget of a chooser's clock. In games with hidden information each player is
    shown its view only. `seed` draws the start, chance moves and each engine search. `on_move(state, move)` is called
    after every move, chance moves too. After `max_plies` moves the game is left unfinished (result None).

    Raises ValueError for the wrong number of players; IllegalMove when a player's move is not legal; whatever a player
    raises.
    """
    state = game.new(seed) if isinstance(game, _parlour.Game) else game.copy()
    if len(players) != state.game.players:
        raise ValueError(f"{state.game.name} is for {state.game.players} players, not {len(players)}")
    seats: list[Player] = [Engine(player) if isinstance(player, str) else player for player in players]
    if seconds is None and nodes is None and playouts is None and depth is None:
        seconds = 0.1
    thought = [0.0] * len(seats)
    moves: list[int] = []
    texts: list[str] = []
    for seat, player in enumerate(seats):
        begin = getattr(player, "new_game", None)
        if isinstance(player, Engine):
            player.new_game()
        elif begin is not None:
            begin(state.copy(), seat)
    while not state.is_over and len(moves) < max_plies:
        luck = (seed * 0x9E3779B97F4A7C15 + len(moves)) & 0xFFFFFFFFFFFFFFFF
        if state.is_chance:
            move = state.random_move(luck)
        else:
            seat = state.player
            began = time.perf_counter()
            player = seats[seat]
            if isinstance(player, Engine):
                move = player.search(
                    state, seconds=seconds, nodes=nodes, playouts=playouts, depth=depth, strength=strength, seed=luck
                ).move
            else:
                move = _ask(player, state, seat, seconds if seconds is not None else 0.1)
            thought[seat] += time.perf_counter() - began
        texts.append(state.move_text(move))
        mover = state.player
        state.play(move)
        moves.append(move)
        for seat, player in enumerate(seats):
            observe = getattr(player, "observe", None)
            if observe is not None and not isinstance(player, Engine):
                observe(_seen(state, seat), mover, move)
        if on_move is not None:
            on_move(state, move)
    for seat, player in enumerate(seats):
        end = getattr(player, "game_over", None)
        if end is not None and not isinstance(player, Engine):
            end(_seen(state, seat))
    return GameResult(state.result, tuple(moves), tuple(texts), tuple(thought), _winner(state.result))


def _seen(state: _parlour.State, seat: int) -> _parlour.State:
    return state.view(seat) if state.game.has_hidden and not state.is_over else state.copy()


def _ask(player: Any, state: _parlour.State, seat: int, budget: float) -> int:
    """The move of a chooser or a function; generators count with the last move that they yield in time."""
    seen = _seen(state, seat)
    clock = TurnClock(budget)
    choose = getattr(player, "choose", None)
    answer = choose(seen, clock) if choose is not None else player(seen)
    if isinstance(answer, GeneratorType):
        last = None
        for last in answer:
            if clock.left() <= 0:
                break
        answer = last
    if isinstance(answer, str):
        return state.parse_move(answer)
    if answer is None:
        raise TypeError(f"{player!r} returned no move")
    if not state.is_legal(answer):
        raise _parlour.IllegalMove(f"{player!r} answered {answer!r}, which is not legal; legal are {state.legal_moves()}")
    return int(answer)


def _winner(result: tuple[float, ...] | None) -> int | None:
    if result is None:
        return None
    best = max(result)
    return result.index(best) if result.count(best) == 1 and len(result) > 1 else None
