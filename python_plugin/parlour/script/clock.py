"""The time for one move, as an opponent sees it."""

from __future__ import annotations

import math
from time import perf_counter
from typing import Callable


class Clock:
    """How long a move may take, from the moment `choose` was called. All times are seconds.

    `budget` is what is meant to be spent (infinite where nobody set a limit), `limit` the time after which the move
    is lost. `depth`, `nodes`, `playouts` and `strength` (0 to 1000) are None unless the person or the match set
    them; `seed` makes luck repeatable.
    """

    __slots__ = ("budget", "limit", "depth", "nodes", "playouts", "strength", "seed", "_began", "_stopped")

    def __init__(self, budget: float = math.inf, limit: float = math.inf, *, depth: int | None = None,
                 nodes: int | None = None, playouts: int | None = None, strength: int | None = None, seed: int = 0,
                 stopped: Callable[[], bool] | None = None) -> None:
        self.budget = budget
        self.limit = limit
        self.depth = depth
        self.nodes = nodes
        self.playouts = playouts
        self.strength = strength
        self.seed = seed
        self._began = perf_counter()
        self._stopped = stopped

    def elapsed(self) -> float:
        """Seconds since the move began."""
        return perf_counter() - self._began

    def left(self) -> float:
        """Seconds of the budget that are left; never below 0."""
        return max(0.0, self.budget - self.elapsed())

    def out_of_time(self, margin: float = 0.02) -> bool:
        """Whether less than `margin` seconds of the budget are left, or somebody asked for the move now."""
        return perf_counter() - self._began + margin >= self.budget or (self._stopped is not None and self._stopped())
