"""A native search with an opinion from Python: the tree is searched in C++, the leaves are judged here.

The evaluation counts in how many ways the player to move could still move: freedom is good. Change `worth`, and you
have another opponent.
"""

import parlour
from parlour import State
from parlour.script import Clock, Opponent, Option


def worth(state: State) -> float:
    """A position's worth to the player to move, from -1 to 1."""
    mine = len(state.legal_moves())
    return (mine - 5.0) / (mine + 5.0)


class PythonEvaluation(Opponent):
    name = "Freedom"
    author = "Parlour"
    sees_all = True  # it tries moves out: not for games that hide something
    options = {"engine": Option.choice("minimax", ["minimax", "mcts"], help="Who searches.")}

    def choose(self, state: State, clock: Clock) -> int:
        engine = parlour.Engine(self.options["engine"], state.game)
        found = engine.search(state, seconds=min(clock.left() * 0.8, 1.0), nodes=clock.nodes,
                              playouts=clock.playouts, depth=clock.depth or 4, evaluate=worth)
        self.info(value=found.value, line=found.line, nodes=found.nodes)
        return found.move
