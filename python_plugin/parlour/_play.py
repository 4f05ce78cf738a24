"""Whole games between engines, functions and opponents."""

from __future__ import annotations

import math
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Optional, Protocol, Union, runtime_checkable

from . import _parlour
from ._engine import Engine
from ._types import GameResult

if TYPE_CHECKING:
    from ._seat import Seat
    from .script import Clock

Move = Union[int, str]
Answer = Union[Move, Iterator[Move], Coroutine[Any, Any, Move], AsyncIterator[Move]]
"""What a player gives for a move: its number or its text; a generator of better and better ones, of which the last one
in time is played; or a coroutine of one, from `async def`."""


@runtime_checkable
class Chooser(Protocol):
    """An opponent: anything with choose(state, clock), such as parlour.Opponent."""

    def choose(self, state: _parlour.State, clock: Clock) -> Answer:
        """The move to play in `state`, which is a copy."""


Player = Union[str, Engine, Chooser, Callable[[_parlour.State], Answer]]
"""Who plays: an engine's id, an Engine, an object with choose(state, clock), or a function of the state."""


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

    `game` is a Game, or a State to go on from (which stays as it is). Engines get the limits, and choosers a Clock that
    has them; without any it is a tenth of a second a move. In games with hidden information each player is shown its
    view only. `seed` draws the start, chance moves, each engine search and what an Opponent's `self.random` gives:
    equal seeds, and limits without time, give equal games. `on_move(state, move)` is called after every move, chance moves
    too. After `max_plies` moves the game is left unfinished (result None).

    A chooser may have an Opponent's other methods: new_game(state, me) at the beginning, observe(state, player, move)
    with the position before each move, told at its next turn (not where something is hidden), and game_over(state) at
    the end.

    Raises ArgumentError for the wrong number of players and for wrong limits; IllegalMove when a player's move is not
    legal; whatever a player raises.
    """
    if not isinstance(game, (_parlour.Game, _parlour.State)):
        raise TypeError(f"play() begins with a Game or a State, not {type(game).__name__}")
    limits = {"seconds": seconds, "nodes": nodes, "playouts": playouts, "depth": depth}
    _parlour._check_limits({**limits, "strength": strength, "seed": seed})
    if all(limit is None for limit in limits.values()):
        limits["seconds"] = 0.1
    state = game.new(seed) if isinstance(game, _parlour.Game) else game.copy()
    seats = _seats(state, players, seed)
    thought = [0.0] * len(seats)
    moves: list[int] = []
    texts: list[str] = []
    for number, seat in enumerate(seats):
        if isinstance(seat, Engine):
            seat.new_game()
        else:
            seat.tell("new_game", _seen(state, number), number)
    while not state.is_over and len(moves) < max_plies:
        luck = (seed * 0x9E3779B97F4A7C15 + len(moves)) & 0xFFFFFFFFFFFFFFFF
        mover = state.player
        if state.is_chance:
            move = state.random_move(luck)
        else:
            began = time.perf_counter()
            move = _ask(seats[mover], state, limits, strength, luck)
            thought[mover] += time.perf_counter() - began
        texts.append(state.move_text(move))
        for seat in seats:
            if not isinstance(seat, Engine) and not state.game.has_hidden:
                seat.hear(state.copy(), mover, move)
        state.play(move)
        moves.append(move)
        if on_move is not None:
            on_move(state, move)
    for number, seat in enumerate(seats):
        if not isinstance(seat, Engine):
            seat.tell("game_over", _seen(state, number))
    return GameResult(state.result, tuple(moves), tuple(texts), tuple(thought), _winner(state.result))


def _seats(state: _parlour.State, players: Sequence[Player], seed: int) -> list[Engine | Seat]:
    if isinstance(players, str) or not isinstance(players, Sequence):
        raise TypeError(f"players is a list with one player a seat, not {type(players).__name__}")
    if len(players) != state.game.players:
        raise _parlour.ArgumentError(f"{state.game.name} is for {state.game.players} players, not {len(players)}")
    seats: list[Engine | Seat] = []
    for number, player in enumerate(players):
        if isinstance(player, (str, Engine)):
            seats.append(Engine(player) if isinstance(player, str) else player)
        elif not isinstance(player, type) and (callable(getattr(player, "choose", None)) or callable(player)):
            from ._seat import Seat  # here, because most programs need no scripts

            seats.append(Seat(player, number, seed))
        else:
            what = f"the class {player.__name__}" if isinstance(player, type) else f"of type {type(player).__name__}"
            raise TypeError(
                f"player {number + 1} is {what}; a player is an engine's id, an Engine, an object with "
                "choose(state, clock) or a function of the state"
            )
    return seats


def _seen(state: _parlour.State, seat: int) -> _parlour.State:
    return state.view(seat) if state.game.has_hidden and not state.is_over else state.copy()


def _ask(seat: Engine | Seat, state: _parlour.State, limits: dict[str, Any], strength: int | None, luck: int) -> int:
    if isinstance(seat, Engine):
        return seat.search(state, **limits, strength=strength, seed=luck).move
    from .script import Clock

    seconds, others = limits["seconds"], {name: limits[name] for name in ("nodes", "playouts", "depth")}
    clock = Clock(math.inf if seconds is None else seconds, **others, strength=strength, seed=luck)
    return seat.choose(_seen(state, state.player), clock)


def _winner(result: tuple[float, ...] | None) -> int | None:
    if result is None:
        return None
    best = max(result)
    return result.index(best) if result.count(best) == 1 and len(result) > 1 else None
