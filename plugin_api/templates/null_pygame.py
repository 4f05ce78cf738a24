"""Null game: what people read about it in the gallery, in one sentence."""

# A game in one file, for you to make your own. It is playable as it stands: there is a heap of counters, each player
# takes one or two, and whoever takes the last one wins. Put this file into ~/.local/share/parlour/games (or a folder
# named in PARLOUR_SCRIPT_PATH): it appears in the gallery, and every engine plays it. `parlour validate FILE` tells in
# sentences what is still wrong.
from __future__ import annotations

from typing import Any

from parlour.script import Board, Game, GameState, Option


class NullGameState(GameState):
    # ---- 1. The position at the beginning. game.options has the values of the options below.
    def __init__(self, game: Game) -> None:
        self.left: int = game.options["counters"]
        self.turn = 0

    # ---- 2. The rules. A move is anything hashable; here: how many counters are taken.
    @property
    def player(self) -> int:
        """Who is to move: 0, 1, ..."""
        return self.turn

    @property
    def result(self) -> list[float] | None:
        """None while the game goes on, then what each player gets: 1 is won, -1 lost, 0 a draw."""
        if self.left > 0:
            return None
        return [-1, 1] if self.turn == 0 else [1, -1]  # who is to move found nothing to take

    def legal_moves(self) -> list[int]:
        return [take for take in (1, 2) if take <= self.left]

    def play(self, move: int) -> None:
        self.left -= move
        self.turn = 1 - self.turn

    # ---- 3. The position as data that JSON can hold, and back: copies, undo and saving follow from it.
    def to_data(self) -> Any:
        return [self.left, self.turn]

    @classmethod
    def from_data(cls, game: Game, data: Any) -> NullGameState:
        state = cls(game)
        state.left, state.turn = data
        if type(state.left) is not int or not 0 <= state.left <= 20 or state.turn not in (0, 1):
            raise ValueError("counters from 0 to 20 and a turn are meant")  # data may come from a damaged file
        return state

    # ---- 4. What people see and touch. Delete all three: the game is played from a list of moves then.
    def view(self) -> Board:
        return Board.rows([self.left], room=20, color="accent")  # one row of pieces on the cells 0, 1, 2, ...

    def touches(self, move: int) -> list[int]:
        return [self.left - move]  # touch a counter: it goes, with all to the right of it

    def move_text(self, move: int) -> str:
        return f"take {move}"  # different moves read differently


class NullGame(Game):
    # ---- 5. What it is. `max_moves` is a bound that no position may exceed.
    name = "Null game"
    rules = "# Null game\n\nTake one or two counters from the heap. Whoever takes the last one wins."  # Markdown
    players = 2
    options = {"counters": Option.int(10, 3, 20, help="How many counters there are at the start.")}
    max_moves = 2
    max_plies = 20
    State = NullGameState
