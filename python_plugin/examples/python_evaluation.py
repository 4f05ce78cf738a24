#!/usr/bin/python3
"""A Python function judges positions, native engines search with it: one by one, or many at once.

    PYTHONPATH=build/python python3 python_plugin/examples/python_evaluation.py
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

import parlour

# How many fours in a row go through each square of four_in_a_row's board.
FOURS = np.array(
    [
        [3, 4, 5, 7, 5, 4, 3],
        [4, 6, 8, 10, 8, 6, 4],
        [5, 8, 11, 13, 11, 8, 5],
        [5, 8, 11, 13, 11, 8, 5],
        [4, 6, 8, 10, 8, 6, 4],
        [3, 4, 5, 7, 5, 4, 3],
    ]
)


def central(state: parlour.State) -> float:
    """Good squares held, for the player to move: -1 the worst, 1 the best."""
    board = np.asarray(state.board)
    mine, theirs = state.player + 1, 2 - state.player
    return float((FOURS * (board == mine)).sum() - (FOURS * (board == theirs)).sum()) / 138


def central_of_many(boards: memoryview, players: memoryview) -> NDArray[np.float64]:
    """The same for many positions: one call of NumPy for all of them."""
    all_boards, mover = np.asarray(boards), np.asarray(players)[:, None, None]
    mine, theirs = all_boards == mover + 1, all_boards == 2 - mover
    values: NDArray[np.float64] = (FOURS * mine - FOURS * theirs).sum(axis=(1, 2)) / 138
    return values


if __name__ == "__main__":
    start = parlour.game("four_in_a_row").new()
    for engine in (parlour.Engine("minimax"), parlour.Engine("mcts")):
        result = engine.search(start, nodes=5000, evaluate=central)
        print(f"{engine.name} with a Python evaluation: {result.text}, value {result.value}")

    openings = [start.after(first).after(second) for first in range(7) for second in range(7)]
    small = parlour.Engine("mcts", memory_mb=2)
    results = small.search_batch(openings, playouts=200, batch_evaluate=central_of_many, width=49)
    print("answers to 49 openings, judged in batches:", " ".join(result.text for result in results))
