"""What pickle calls to make games and states again: functions that it can find by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import _parlour


def game(id: str, options: Mapping[str, Any]) -> _parlour.Game:
    """The game with this id and these options."""
    return _parlour.game(id, **options)


def state(game: _parlour.Game, start: bytes, moves: Sequence[int]) -> _parlour.State:
    """The position that is reached from the bytes of a start by some moves; both are checked by the rules."""
    return _parlour._restore_state(game, start, moves)


def tick() -> None:
    """Does nothing: calling it lets what other threads have raised in this one arrive."""
