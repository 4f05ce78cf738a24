#!/usr/bin/python3
"""Thousands of games at once over NumPy arrays: who wins when everybody plays at random?

    PYTHONPATH=build/python python3 python_plugin/examples/batched_self_play.py

The arrays are ours; the environment fills them in place, without a copy and without the GIL.
"""

from __future__ import annotations

import numpy as np

import parlour


def first_player_share(game_id: str, games: int = 4096, seed: int = 1) -> float:
    """The share of finished games that the first player wins, of about as many games as given."""
    game = parlour.game(game_id)
    masks = np.zeros((games, game.move_space), np.uint8)
    rewards = np.zeros((games, game.players), np.float32)
    done = np.zeros(games, np.uint8)
    env = parlour.BatchEnv(game, games, seed=seed, masks=masks, rewards=rewards, done=done)
    moves = np.zeros(games, np.uint32)
    luck = np.random.default_rng(seed)
    wins = finished = 0
    while finished < games:
        # A random legal move a game, from the masks alone: what a policy network's output would be used like.
        moves[:] = (luck.random(masks.shape) * masks).argmax(axis=1)
        env.step(moves)
        finished += int(done.sum())
        wins += int((rewards[:, 0] > 0).sum())
    return wins / finished


if __name__ == "__main__":
    for name in ("tic_tac_toe", "four_in_a_row", "reversi"):
        print(f"{name}: the first player wins {first_player_share(name, 1024):.0%} of random games")
