"""What type checkers see of parlour.games, which is made at run time: every name is a game's module.

`from parlour.games import reversi` and `import parlour.games.reversi` are typed; which games there are is not known.
"""

from .._catalogue import GameModule

def __getattr__(name: str) -> GameModule: ...
