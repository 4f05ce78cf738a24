"""Monte Carlo tree search with its statistics in NumPy arrays: one vector operation picks the child (UCB1)."""

from __future__ import annotations

from typing import Iterator

import numpy as np

from parlour import State
from parlour.script import Clock, Opponent, Option


class Node:
    """A position's moves, and what is known about them: visits, and the sum of outcomes for the player to move."""

    def __init__(self, state: State) -> None:
        self.player = state.player
        self.moves = [] if state.is_over else state.legal_moves()
        self.visits = np.zeros(len(self.moves))
        self.total = np.zeros(len(self.moves))
        self.children: list[Node | None] = [None] * len(self.moves)

    def pick(self, explore: float) -> int:
        """The child that promises most, with a bonus for those rarely tried."""
        tried = np.maximum(self.visits, 1e-9)
        bonus = explore * np.sqrt(np.log(self.visits.sum() + 1.0) / tried)
        return int(np.argmax(np.where(self.visits == 0, np.inf, self.total / tried + bonus)))


class MonteCarlo(Opponent):
    name = "Monte Carlo (NumPy)"
    author = "Parlour"
    sees_all = True  # it tries moves out: not for games that hide something
    options = {
        "playouts": Option.int(400, 10, 100000, help="Simulations a move at most."),
        "explore": Option.float(1.0, 0.1, 4.0, help="How curious it is."),
    }

    def choose(self, state: State, clock: Clock) -> Iterator[int]:
        root = Node(state)
        yield root.moves[0]  # when the time is over, the last move that was yielded is played
        for done in range(1, (clock.playouts or clock.nodes or self.options["playouts"]) + 1):
            self.simulate(root, state.copy())
            if done % 50 == 0:
                best = int(np.argmax(root.visits))
                self.info(value=float(root.total[best] / root.visits[best]), line=[root.moves[best]], nodes=done)
                yield root.moves[best]
            if clock.out_of_time():
                break
        yield root.moves[int(np.argmax(root.visits))]

    def simulate(self, node: Node, state: State) -> None:
        path: list[tuple[Node, int]] = []
        while node.moves:
            if node.player < 0:  # nature rolls
                state.play(state.random_move(self.random.getrandbits(32)))
                node = Node(state)
                continue
            index = node.pick(self.options["explore"])
            path.append((node, index))
            state.play(node.moves[index])
            child = node.children[index]
            if child is None:
                node.children[index] = Node(state)
                break
            node = child
        result = state.result or state.playout(self.random.getrandbits(32))
        for visited, index in path:
            visited.visits[index] += 1
            visited.total[index] += result[visited.player]
