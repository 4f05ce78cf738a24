"""Asks a native engine, and disagrees with it now and then: in the opening it plays what it likes."""

import parlour
from parlour import State
from parlour.script import Clock, Opponent, Option


class AsksNative(Opponent):
    name = "Asks an engine"
    author = "Parlour"
    sees_all = True  # it tries moves out: not for games that hide something
    options = {
        "engine": Option.choice("mcts", ["mcts", "minimax"], help="Who is asked."),
        "whims": Option.int(2, 0, 10, help="How many of its first moves it picks by itself."),
    }

    def new_game(self, state: State, me: int) -> None:
        self.played = 0
        self.engine = parlour.Engine(self.options["engine"], state.game)

    def choose(self, state: State, clock: Clock) -> int:
        self.played += 1
        if self.played <= self.options["whims"]:
            self.info(text="a whim")
            return self.random.choice(state.legal_moves())
        found = self.engine.search(state, seconds=min(clock.left() * 0.9, 1.0), nodes=clock.nodes,
                                   playouts=clock.playouts, depth=clock.depth, seed=clock.seed)
        self.info(value=found.value, line=found.line, text=f"{self.options['engine']} says so")
        return found.move
