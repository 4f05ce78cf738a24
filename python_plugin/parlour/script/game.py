"""The base classes of games written as scripts."""

from __future__ import annotations

from random import Random
from typing import Any, ClassVar, Hashable, Iterable, Mapping, Sequence

from .board import Board


class GameState:
    """A position. Derive from it; `legal_moves`, `play`, `player`, `result`, `to_data` and `from_data` are needed.

    Moves are anything hashable: numbers, words, tuples. Copies, undo, saving and hashing all follow from the data.
    """

    def __init__(self, game: Game) -> None:
        """The position at the beginning of a game with game.options."""
        raise NotImplementedError("__init__(self, game) is missing")

    @property
    def player(self) -> int:
        """Who is to move: 0, 1, ..."""
        raise NotImplementedError("the property player is missing")

    @property
    def result(self) -> Sequence[float] | None:
        """None while the game goes on; at its end what each player gets, from -1 (lost) to 1 (won)."""
        raise NotImplementedError("the property result is missing")

    def legal_moves(self) -> Iterable[Hashable]:
        """The moves of the player to move, always in the same order; a pass is a move too."""
        raise NotImplementedError("legal_moves(self) is missing")

    def play(self, move: Any) -> None:
        """Plays a legal move on this very object."""
        raise NotImplementedError("play(self, move) is missing")

    def to_data(self) -> Any:
        """Everything that decides how the game goes on, as lists, numbers, words, dicts with words as keys, None."""
        raise NotImplementedError("to_data(self) is missing")

    @classmethod
    def from_data(cls, game: Game, data: Any) -> Any:
        """The position of such data; it may have come from a file, so raise ValueError for what cannot be."""
        raise NotImplementedError("from_data(cls, game, data) is missing")

    def chance(self) -> Sequence[tuple[Hashable, float]] | None:
        """Where dice or cards decide: what may come, with its probability each (above 0, 1 in all). None where a player
        moves. `legal_moves` and `player` are not asked there; `play` plays what came."""
        return None

    def hide(self, player: int) -> Any:
        """The data as `player` knows it: whatever that player cannot know is written in one fixed way. `from_data` reads
        it too, and what is made of it says the same player, and in that player's turn the same moves. At the end of
        the game nothing is hidden. A game without secrets does not write this."""
        raise NotImplementedError

    @classmethod
    def determinize(cls, game: Game, data: Any, player: int, random: Random) -> Any:
        """The data of a whole position that looks like `data` to `player`, drawn at random among those that do."""
        raise NotImplementedError("determinize(cls, game, data, player, random) is missing")

    def move_text(self, move: Any) -> str:
        """The move as players write it; different moves read differently."""
        return "-".join(str(part) for part in move) if isinstance(move, tuple) else str(move)

    def text(self) -> str | None:
        """The position on one line, for people; None: its data is shown."""
        return None

    def evaluate(self, player: int) -> float:
        """What the position looks worth to a player, inside -1..1. Engines use it if a game has it."""
        raise NotImplementedError

    def view(self) -> Board:
        """What the position looks like. A game without it is played from a list of moves."""
        raise NotImplementedError

    def touches(self, move: Any) -> Sequence[int]:
        """The cells that a person touches for a move, one after the other; ids of buttons as -1 - id."""
        if isinstance(move, int):
            return [move]
        return list(move)

    def ending(self) -> str:
        """How a finished game ended, to stand after "wins": "by taking the last piece"."""
        return ""


class Game:
    """A game: derive from it, with a class State made of GameState inside.

    `max_moves` bounds the number of legal moves of any position, `state_size` the bytes of a position's data as JSON
    (with 8 more). `players` is a number, or the smallest and largest one; the object's `players` may depend on its
    options. `moves` may list every move that there is: engines then know a move again in other positions, as they do
    when all moves are numbers.

    `name` and `rules` (Markdown) are what people read, `author` stands for readers of the file; the gallery puts games
    of one `family` ("card", "dice", "puzzle", any word) together; `accent` ("#rrggbb") is the colour of the game's
    tile. `player_names` says what the players are called, `options` makes a form, `max_plies` bounds the length of a
    game (0: nothing does).
    Results go from `low` to `high` (-1 to 1); with `zero_sum` what one player gets the others lose, which engines rely
    on: games of one player, or where all may win, set it to False.
    """

    name: ClassVar[str] = ""
    author: ClassVar[str] = ""
    family: ClassVar[str] = "script"
    rules: ClassVar[str] = ""
    players: Any = 2
    player_names: ClassVar[Sequence[str]] = ()
    options: Mapping[str, Any] = {}
    max_moves: ClassVar[int] = 256
    max_plies: ClassVar[int] = 0
    state_size: ClassVar[int] = 512
    moves: ClassVar[Sequence[Hashable]] = ()
    zero_sum: ClassVar[bool] = True
    low: ClassVar[float] = -1.0
    high: ClassVar[float] = 1.0
    accent: ClassVar[str] = ""
    State: ClassVar[type[GameState]]
