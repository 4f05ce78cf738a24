"""What was found: parlour.games and parlour.engines are functions and packages at once.

parlour.games() lists the games; parlour.games.reversi is a module of that game, made when it is first asked for, and
`import parlour.games.reversi` works. Nothing is looked for before that, so that `import parlour` costs little.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Generic, TypeVar

from . import _parlour
from ._engine import Engine
from ._types import EngineInfo, GameInfo

Info = TypeVar("Info", GameInfo, EngineInfo)


class GameModule(ModuleType):
    """One game, as the sub-module parlour.games.ID."""

    info: GameInfo
    """What is known of it before it is made."""

    def game(self, **options: Any) -> _parlour.Game:
        """As parlour.game(ID, **options)."""
        return _parlour.game(self.info.id, **options)

    def new(self, *, seed: int = 0, **options: Any) -> _parlour.State:
        """A State at the start of the game with these options."""
        return self.game(**options).new(seed)


class EngineModule(ModuleType):
    """One engine, as the sub-module parlour.engines.ID."""

    info: EngineInfo
    """What is known of it before it is made."""

    def Engine(self, game: _parlour.Game | None = None, *, seed: int = 1, **options: Any) -> Engine:
        """As parlour.Engine(ID, game, seed=seed, **options)."""
        return Engine(self.info.id, game, seed=seed, **options)


class _Catalogue(ModuleType, Generic[Info]):
    """A package whose sub-modules are what was found."""

    def __init__(self, name: str, doc: str) -> None:
        super().__init__(name, doc)
        self.__path__: list[str] = []

    def _find(self) -> list[Info]:
        raise NotImplementedError

    def _make(self, name: str, info: Info) -> ModuleType:
        raise NotImplementedError

    def _info(self, name: str) -> Info | None:
        """What is known under a module's name: ids may have a ':' where names have '_'."""
        return next((info for info in self._find() if info.id.replace(":", "_") == name), None)

    def __call__(self) -> list[Info]:
        """All of them, sorted by id; finds and loads the plugins when it is called for the first time."""
        return self._find()

    def __dir__(self) -> list[str]:
        return sorted(info.id.replace(":", "_") for info in self._find())


class GamesCatalogue(_Catalogue[GameInfo]):
    """parlour.games: call it for the list; its attributes are the games."""

    def _find(self) -> list[GameInfo]:
        return _parlour._list_games()

    def _make(self, name: str, info: GameInfo) -> GameModule:
        module = GameModule(name, f"{info.name}: {info.summary}")
        module.info = info
        return module

    def __getattr__(self, name: str) -> GameModule:
        module = _sub_module(self, name)
        assert isinstance(module, GameModule)
        return module


class EnginesCatalogue(_Catalogue[EngineInfo]):
    """parlour.engines: call it for the list; its attributes are the engines."""

    def _find(self) -> list[EngineInfo]:
        return _parlour._list_engines()

    def _make(self, name: str, info: EngineInfo) -> EngineModule:
        module = EngineModule(name, f"{info.name}: {info.summary}")
        module.info = info
        return module

    def __getattr__(self, name: str) -> EngineModule:
        module = _sub_module(self, name)
        assert isinstance(module, EngineModule)
        return module


def _sub_module(catalogue: _Catalogue[Any], name: str) -> ModuleType:
    if name.startswith("_"):
        raise AttributeError(f"{catalogue.__name__} has no attribute {name!r}")
    full = f"{catalogue.__name__}.{name}"
    try:
        return importlib.import_module(full)
    except ModuleNotFoundError as error:
        raise AttributeError(f"{catalogue.__name__} has no {name!r}; there are {', '.join(dir(catalogue))}") from error


class _Finder:
    """Has `import parlour.games.reversi` find what was discovered."""

    @staticmethod
    def find_spec(
        fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        parent, _, name = fullname.rpartition(".")
        catalogue = _catalogues.get(parent)
        if catalogue is None or catalogue._info(name) is None:
            return None
        return ModuleSpec(fullname, _loader, origin=f"found by {parent}")


class _Loader:
    """Makes the modules that the finder promised."""

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        parent, _, name = spec.name.rpartition(".")
        catalogue = _catalogues[parent]
        return catalogue._make(spec.name, catalogue._info(name))

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run: create_module() filled it."""


_loader: Any = _Loader()
games = GamesCatalogue("parlour.games", "The games that were found; call it for a list.")
engines = EnginesCatalogue("parlour.engines", "The engines that were found; call it for a list.")
_catalogues: dict[str, _Catalogue[Any]] = {"parlour.games": games, "parlour.engines": engines}
for _name, _catalogue in _catalogues.items():
    sys.modules[_name] = _catalogue
sys.meta_path.append(_Finder)
