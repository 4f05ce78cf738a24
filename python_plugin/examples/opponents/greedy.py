"""Looks one move ahead: takes a win, avoids handing one over, else plays what the game itself thinks best."""

from typing import Iterator

from parlour import State
from parlour.script import Clock, Opponent


class Greedy(Opponent):
    name = "Greedy"
    author = "Parlour"
    sees_all = True  # it tries moves out: not for games that hide something

    def choose(self, state: State, clock: Clock) -> Iterator[int]:
        self.clock, self.looked, self.most = clock, 0, clock.nodes or clock.playouts
        moves = state.legal_moves()
        self.random.shuffle(moves)  # equal moves: any of them
        best = -2.0
        for move in moves:
            value = self.worth(state.after(move), state.player)
            if value > best:
                best = value
                self.info(value=value, line=[move], depth=1, nodes=self.looked)
                yield move  # when the time is over, the last move that was yielded is played
            if self.enough():
                break

    def enough(self) -> bool:
        """Whether it has looked at as much as it may."""
        return self.clock.out_of_time() or (self.most is not None and self.looked >= self.most)

    def worth(self, after: State, me: int) -> float:
        """What a position is worth to me, from -1 to 1."""
        self.looked += 1
        if after.result is not None:
            return max(-1.0, min(1.0, after.result[me]))
        if after.player < 0:  # dice or cards are next
            return 0.0
        if after.player == me:
            return 0.8 * (after.evaluate() or 0.0)
        for reply in after.legal_moves() if self.clock.depth != 1 else []:
            if self.enough():
                break
            self.looked += 1
            result = after.after(reply).result
            if result is not None and result[me] < 0:
                return -0.9  # they win at once
        return -0.8 * (after.evaluate() or 0.0)
