"""Alpha-beta search in plain Python for two players, one ply deeper at a time until the time is over.

Compare it with the native minimax: the same idea, a thousand times slower, thirty lines.
"""

from typing import Iterator

from parlour import State
from parlour.script import Clock, Opponent, Option


class Enough(Exception):
    """It has looked at as many positions as it may, or as long."""


class Minimax(Opponent):
    name = "Minimax (Python)"
    author = "Parlour"
    sees_all = True  # it tries moves out: not for games that hide something
    options = {"depth": Option.int(4, 1, 12, help="How many plies it looks ahead at most.")}

    def choose(self, state: State, clock: Clock) -> Iterator[int]:
        self.clock, self.nodes, self.most = clock, 0, clock.nodes or clock.playouts
        moves = state.legal_moves()
        try:
            for depth in range(1, (clock.depth or self.options["depth"]) + 1):
                best, best_value = moves[0], -2.0
                for move in moves:
                    value = self.worth(state, move, depth, best_value, 2.0)
                    if value > best_value:
                        best, best_value = move, value
                        self.info(value=best_value, line=[best], depth=depth, nodes=self.nodes)
                        yield best  # when the time is over, the last move that was yielded is played
                moves.sort(key=lambda move: move != best)  # the best one first: the deeper look cuts off more
        except Enough:
            pass

    def worth(self, state: State, move: int, depth: int, alpha: float, beta: float) -> float:
        """What a move is worth to the player who makes it, from -1 to 1; exact between alpha and beta."""
        if self.nodes > 0 and (self.clock.out_of_time() or self.nodes == self.most):
            raise Enough
        self.nodes += 1
        mover = state.player
        state.play(move)
        try:
            if state.result is not None:
                return state.result[mover]
            same = state.player == mover
            if depth <= 1:
                judged = state.evaluate() or 0.0
                return judged if same else -judged
            if not same:
                alpha, beta = -beta, -alpha
            best = -2.0
            for reply in state.legal_moves():
                best = max(best, self.worth(state, reply, depth - 1, max(alpha, best), beta))
                if best >= beta:
                    break
            return best if same else -best
        finally:
            state.undo()
