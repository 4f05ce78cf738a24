"""Bluff: two dice that only their owners see, and claims about both of them."""

from __future__ import annotations

from random import Random
from typing import Any

from parlour.script import Board, Game, GameState

DOUBT, ROLL, HIDDEN = 0, 20, 7  # moves: a claim is its number, a die that shows n is ROLL + n


class BluffState(GameState):
    def __init__(self, game: Game) -> None:
        self.dice = [0, 0]  # 0: not rolled yet; HIDDEN: the other player's
        self.claim = 1  # 1: nobody has claimed anything
        self.turn = 0
        self.doubted = False

    @property
    def player(self) -> int:
        return self.turn

    @property
    def result(self) -> list[float] | None:
        if not self.doubted:
            return None
        claimer = 1 - self.turn
        winner = claimer if sum(self.dice) >= self.claim else self.turn
        return [1.0 if player == winner else -1.0 for player in (0, 1)]

    def chance(self) -> list[tuple[int, float]] | None:
        if 0 not in self.dice:
            return None
        return [(ROLL + face, 1 / 6) for face in range(1, 7)]

    def legal_moves(self) -> list[int]:
        claims = list(range(self.claim + 1, 13))
        return claims if self.claim == 1 else [DOUBT] + claims

    def play(self, move: int) -> None:
        if move > ROLL:
            self.dice[self.dice.index(0)] = move - ROLL
        elif move == DOUBT:
            self.doubted = True
        else:
            self.claim, self.turn = move, 1 - self.turn

    def to_data(self) -> Any:
        return [self.dice, self.claim, self.turn, self.doubted]

    @classmethod
    def from_data(cls, game: Game, data: Any) -> BluffState:
        state = cls(game)
        dice, state.claim, state.turn, state.doubted = data
        state.dice = list(dice)
        if any(type(face) is not int or not 0 <= face <= HIDDEN for face in dice) or len(dice) != 2 \
                or type(state.claim) is not int or not 1 <= state.claim <= 12 or state.turn not in (0, 1) \
                or type(state.doubted) is not bool or (state.doubted and state.claim == 1):
            raise ValueError("two dice, a claim and a turn are meant")
        return state

    def hide(self, player: int) -> Any:
        known = [face if owner == player or face == 0 else HIDDEN for owner, face in enumerate(self.dice)]
        return [known, self.claim, self.turn, self.doubted]

    @classmethod
    def determinize(cls, game: Game, data: Any, player: int, random: Random) -> Any:
        dice, *rest = data
        return [[random.randint(1, 6) if face == HIDDEN else face for face in dice], *rest]

    def move_text(self, move: int) -> str:
        return f"rolls {move - ROLL}" if move > ROLL else "doubt" if move == DOUBT else f"at least {move}"

    def view(self) -> Board:
        board = Board()
        for owner, face in enumerate(self.dice):
            board.cell(owner, 1.5 * owner, 0, label=f"die of player {owner + 1}")
            if face:
                hidden = face == HIDDEN
                board.piece(owner, "die", owner, count=1 if hidden else face, face_down=hidden,
                            label="?" if hidden else str(face))
        board.counter(0, "claimed", self.claim if self.claim > 1 else "nothing")
        if self.chance() is None and not self.doubted:
            for move in self.legal_moves():
                board.button(1 + move, self.move_text(move))
        return board

    def touches(self, move: int) -> list[int]:
        return [] if move > ROLL else [-2 - move]

    def ending(self) -> str:
        return f"with {sum(self.dice)} against a claim of {self.claim}"


class Bluff(Game):
    name = "Bluff"
    family = "dice"
    max_moves = 12
    max_plies = 15
    state_size = 64
    rules = ("# Bluff\n\nEach player rolls a die that the other one does not see. In turn you claim that both dice together "
             "show at least so much, more each time. Or you doubt the claim: if the dice show less, you win, else the "
             "other player does.")
    State = BluffState
