"""The base class of opponents."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, AsyncIterator, ClassVar, Coroutine, Iterator, Mapping, Sequence, Union

if TYPE_CHECKING:
    from parlour import State

    from .clock import Clock

Choice = Union[int, str]


class Opponent:
    """An opponent: derive from it and write `choose`. Everything else may stay as it is.

    `name`, `author` and `version` are what people see, with the docstring. `games` names the games it plays, "*" for
    all; with `sees_all` it is not offered games that hide something, whose positions cannot be played on; `options`
    makes a form. In an object, `self.options` holds the values by name and `self.random` is a generator whose luck
    repeats with the game's seed.
    """

    name: ClassVar[str] = ""
    author: ClassVar[str] = ""
    version: ClassVar[str] = "1.0"
    games: ClassVar[Union[str, Sequence[str]]] = "*"
    sees_all: ClassVar[bool] = False
    options: Mapping[str, Any] = {}
    random: random.Random

    _report: Any = None  # what info() goes to while choose runs

    def new_game(self, state: State, me: int) -> None:
        """A game begins, with this object's first turn in it: `me` is the player that this object plays, `state` the
        position where the game began (where something is hidden, and where the program does not know: this one)."""

    def choose(self, state: State,
               clock: Clock) -> Union[Choice, Iterator[Choice], Coroutine[Any, Any, Choice], AsyncIterator[Choice]]:
        """The move to play: one of state.legal_moves(), or its text.

        `state` is a copy; doing anything to it harms nothing. A generator yields better and better moves: the last
        one is played when the time is over. `async def` works too.
        """
        raise NotImplementedError("choose(self, state, clock) is missing")

    def observe(self, state: State, player: int, move: int) -> None:
        """A move was played, by anyone; `state` is the position before it.

        Told when it is this object's turn again, just before `choose`: all moves since its last turn, its own first;
        and the rest when the game is over. In games that hide something nothing is told.
        """

    def game_over(self, state: State) -> None:
        """The game has ended. `state` is its last position: mostly an end by the rules, but not where somebody
        resigned or ran out of time. There is half a second for this."""

    def info(self, *, value: float | None = None, line: Sequence[Choice] = (), text: str = "", depth: int = 0,
             nodes: int = 0) -> None:
        """Shows progress: the position's worth to this player from -1 to 1, the line of play that it expects, a
        sentence."""
        if self._report is not None:
            self._report(value, line, text, depth, nodes)
