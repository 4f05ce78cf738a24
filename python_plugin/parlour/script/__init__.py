"""What scripts are made of: opponents and games that are Python files in a folder.

>>> from parlour.script import Opponent, Clock, Option        # an opponent
>>> from parlour.script import Game, GameState, Board          # a game

A file with nothing but `def choose(state, clock): return state.legal_moves()[0]` is an opponent already. See
docs/scripts.md.
"""

from __future__ import annotations

from .board import Board
from .clock import Clock
from .game import Game, GameState
from .opponent import Opponent
from .option import Option
from .trouble import ScriptError, TimeUp

__all__ = ["Board", "Clock", "Game", "GameState", "Opponent", "Option", "ScriptError", "TimeUp"]
