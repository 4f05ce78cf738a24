"""Looks one move ahead: takes a win, avoids handing one over, else plays what the game itself thinks best."""

from parlour import State
from parlour.script import Clock, Opponent


class Greedy(Opponent):
    name = "Greedy"
    author = "Parlour"
    sees_all = True  # it tries moves out: not for games that hide something

    def choose(self, state: State, clock: Clock) -> int:
        me = state.player
        moves = state.legal_moves()
        self.random.shuffle(moves)  # equal moves: any of them
        best = max(moves, key=lambda move: self.worth(state.after(move), me, clock))
        self.info(value=max(-1.0, min(1.0, self.worth(state.after(best), me, clock))), line=[best], depth=1)
        return best

    def worth(self, after: State, me: int, clock: Clock) -> float:
        """What a position is worth to me, from -1 to 1."""
        if after.result is not None:
            return after.result[me]
        if after.player < 0:  # dice or cards are next
            return 0.0
        sign = 1 if after.player == me else -1
        if sign < 0 and not clock.out_of_time():
            replies = (after.after(reply) for reply in after.legal_moves())
            if any(reply.result is not None and reply.result[me] < 0 for reply in replies):
                return -0.9  # they win at once
        return sign * (after.evaluate() or 0.0) * 0.8
