"""Nim: take as many as you like from one heap; whoever takes the last one wins."""

from __future__ import annotations

from typing import Any

from parlour.script import Board, Game, GameState, Option

Move = tuple[int, int]  # from which heap, and how many


class NimState(GameState):
    def __init__(self, game: Game) -> None:
        self.heaps = [game.options["first"], game.options["second"], game.options["third"]]
        self.turn = 0

    @property
    def player(self) -> int:
        return self.turn

    @property
    def result(self) -> list[float] | None:  # whoever cannot move has lost: the other one took the last
        if any(self.heaps):
            return None
        return [-1, 1] if self.turn == 0 else [1, -1]

    def legal_moves(self) -> list[Move]:
        return [(heap, take) for heap, size in enumerate(self.heaps) for take in range(1, size + 1)]

    def play(self, move: Move) -> None:
        heap, take = move
        self.heaps[heap] -= take
        self.turn = 1 - self.turn

    def to_data(self) -> Any:
        return [self.heaps, self.turn]

    @classmethod
    def from_data(cls, game: Game, data: Any) -> NimState:
        state = cls(game)
        heaps, state.turn = data
        if len(heaps) != 3 or any(type(size) is not int or not 0 <= size <= 20 for size in heaps):
            raise ValueError("three heaps of 0 to 20 are meant")
        state.heaps = list(heaps)
        return state

    def move_text(self, move: Move) -> str:
        return f"{move[1]} from {'abc'[move[0]]}"

    def view(self) -> Board:
        return Board.rows(self.heaps, room=20 if max(self.heaps) > 9 else 9, color="accent")

    def touches(self, move: Move) -> list[int]:  # touch a piece: it goes, with all to the right of it
        heap, take = move
        return [heap * 100 + self.heaps[heap] - take]

    def ending(self) -> str:
        return "by taking the last one"


class Nim(Game):
    name = "Nim"
    family = "puzzle"
    options = {name: Option.int(size, 1, 20, help="How many lie there at the beginning.")
               for name, size in [("first", 3), ("second", 4), ("third", 5)]}
    max_moves = 60
    max_plies = 60
    rules = "# Nim\n\nThree heaps. Take as many as you like, but from one heap only. Who takes the last one wins."
    State = NimState
