"""What type checkers see of parlour.engines, which is made at run time: every name is an engine's module.

`from parlour.engines import mcts` and `import parlour.engines.mcts` are typed; which engines there are is not known.
"""

from .._catalogue import EngineModule

def __getattr__(name: str) -> EngineModule: ...
