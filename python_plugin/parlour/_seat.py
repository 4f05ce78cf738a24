"""A seat of play() where no engine sits: it is asked for moves as the program asks scripts."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from typing import Any

from . import _parlour
from .script import Clock, Opponent, ScriptError
from .script.runtime import FunctionOpponent, Runner
from .script.trouble import place


class Seat(Runner):
    """A chooser or a function at work; what it may answer, and what is made of it, is the Runner's matter."""

    def __init__(self, player: Any, number: int, seed: int) -> None:
        # The Runner's own would look for a script.
        self.player, self._number = player, number
        self.best: Any = None
        self._legal: Sequence[int] = ()
        self._unheard: list[tuple[_parlour.State, int, int]] = []
        if isinstance(player, Opponent):
            player.random = random.Random(f"{seed} {number}")

    def tell(self, name: str, *arguments: Any) -> None:
        """Calls new_game or game_over, where the player has it."""
        function = getattr(self.player, name, None)
        if function is not None:
            function(*arguments)

    def hear(self, before: _parlour.State, mover: int, move: int) -> None:
        """A move was played; observe is told at the player's next turn."""
        if hasattr(self.player, "observe"):
            self._unheard.append((before, mover, move))

    def choose(self, state: _parlour.State, clock: Clock) -> int:
        """The move that the player answers. IllegalMove or TypeError where the answer is none; else what it raises."""
        unheard, self._unheard = self._unheard, []
        for before, mover, move in unheard:
            self.player.observe(before, mover, move)
        self.best, self._legal = None, state.legal_moves()
        choose = getattr(self.player, "choose", None)
        answer = self.player(state.copy()) if choose is None else choose(state.copy(), clock)
        try:
            if not isinstance(answer, (int, str)):
                answer = self._drain(answer, state, clock)
            return self._move(answer, state)
        except _WrongAnswer as problem:
            kind = _parlour.IllegalMove if problem.kind == "illegal" else TypeError
            raise kind(problem.sentence) from None

    def _drain(self, answer: Any, state: Any, clock: Clock) -> Any:
        if (hasattr(answer, "__await__") or hasattr(answer, "__anext__")) and _loop_runs():
            # This thread's event loop waits for play() to return: the answer is worked out beside it.
            from concurrent.futures import ThreadPoolExecutor

            with ThreadPoolExecutor(1) as helper:
                return helper.submit(super()._drain, answer, state, clock).result()
        return super()._drain(answer, state, clock)

    def _wrong(self, what: str, illegal: bool = False) -> ScriptError:
        function = getattr(type(self.player), "choose", self.player)
        if isinstance(self.player, FunctionOpponent):
            function = self.player._function
        code = getattr(function, "__code__", None)
        name = getattr(function, "__qualname__", type(self.player).__name__).rpartition("<locals>.")[2]
        where = f"{place(code.co_filename, code.co_firstlineno)}: " if code is not None else ""
        error = _WrongAnswer(f"player {self._number + 1}, {where}{what.replace('choose', name, 1)}")
        error.kind = "illegal" if illegal else ""
        return error


class _WrongAnswer(ScriptError):
    """Not a failure of the player's own."""


def _loop_runs() -> bool:
    if "asyncio" not in sys.modules:
        return False
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
