"""Plays any legal move."""

from parlour.script import Opponent


class Random(Opponent):
    name = "Random (Python)"
    author = "Parlour"

    def choose(self, state, clock):
        return self.random.choice(state.legal_moves())  # self.random: the same seed plays the same game
