"""Plays any legal move."""

from parlour import State
from parlour.script import Clock, Opponent


class Random(Opponent):
    name = "Random (Python)"
    author = "Parlour"

    def choose(self, state: State, clock: Clock) -> int:
        return self.random.choice(state.legal_moves())  # self.random: the same seed plays the same game
