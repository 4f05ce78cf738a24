"""Finds scripts and runs them from their bytes.

A script never goes through the import system's files: two saves within one second would otherwise give the old code (a
stale .pyc has the same time and size), and what a traceback shows would be whatever the file holds by then. The host may
name a copy that is run in a script's place (PARLOUR_SCRIPT_KEPT): the script as it was when it was tried.
"""

from __future__ import annotations

import hashlib
import importlib.abc
import importlib.machinery
import importlib.util
import linecache
import os
import re
import sys
import types
from typing import Any, Iterator

from .trouble import ScriptError, explain, one_line, place

LARGEST = 4 << 20  # bytes of source
shipped_folder = ""  # set by the plugin: where the scripts are that come with the program
added: list[str] = []  # by parlour.load(): scripts that come before all others
_PREFIX = "parlour_script_"  # of the names of modules that are scripts
_STEM = re.compile(r"[a-z0-9_]+\Z")


def script_folders() -> list[str]:
    """Where scripts are looked for: PARLOUR_SCRIPT_PATH, a person's own folders, the shipped examples."""
    out = [folder for folder in os.environ.get("PARLOUR_SCRIPT_PATH", "").split(":") if folder]
    home = os.environ.get("HOME", "")
    data = os.environ.get("XDG_DATA_HOME", "") or (os.path.join(home, ".local", "share") if home else "")
    if data:
        out += [os.path.join(data, "parlour", "opponents"), os.path.join(data, "parlour", "games")]
    if shipped_folder:
        out += [os.path.join(shipped_folder, "opponents"), os.path.join(shipped_folder, "games")]
    return out


def find_scripts() -> list[str]:
    """Every script: those that PARLOUR_SCRIPT_FILES names where it is set, else those of the script folders.

    Of two with the same stem the first one counts. Names that begin with '_' or '.' are helpers, not scripts.
    """
    given = os.environ.get("PARLOUR_SCRIPT_FILES")
    candidates = [path for path in given.split(":") if path] if given is not None else list(_in_folders())
    candidates = added + candidates
    seen: set[str] = set()
    out = []
    for path in candidates:
        if stem(path) not in seen:
            seen.add(stem(path))
            out.append(path)
    return out


def _in_folders() -> Iterator[str]:
    for folder in script_folders():
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        for name in names:
            path = os.path.join(folder, name)
            if name.startswith(("_", ".")):
                continue
            dangles = os.path.islink(path) and not os.path.exists(path)
            if name.endswith(".py") and (os.path.isfile(path) or dangles):
                yield path
            elif os.path.isfile(os.path.join(path, "__init__.py")) or _has_python_files(path):
                yield os.path.join(path, "__init__.py")  # where it is missing, the row of the script says so


def _has_python_files(folder: str) -> bool:
    try:
        return any(name.endswith(".py") for name in os.listdir(folder))
    except OSError:  # no folder, or not to be read
        return False


def stem(path: str) -> str:
    """The name of a script without .py; of a package, its folder's."""
    base = os.path.basename(path)
    return os.path.basename(os.path.dirname(path)) if base == "__init__.py" else base.removesuffix(".py")


def script_id(path: str) -> str:
    """"python:STEM" as an id has to be: upper case becomes lower, '-' and ' ' become '_'."""
    plain = stem(path).lower().replace("-", "_").replace(" ", "_")
    if not _STEM.match(plain):
        raise ScriptError(f"{one_line(os.path.basename(path), 60)}: a script's name is made of the letters a to z, "
                          "digits and '_'; rename it", path)
    return "python:" + plain


def text_of(path: str) -> str:
    """The file whose text stands for a script's, or for that of one of a package's files: a copy, where there is one."""
    scripts = os.environ.get("PARLOUR_SCRIPT_FILES", "").split(":")
    copies = os.environ.get("PARLOUR_SCRIPT_KEPT", "").split(":")
    for script, copy in zip(scripts, copies):
        if not copy:
            continue
        if path != script:
            folder = os.path.dirname(script) + os.sep
            if os.path.basename(script) != "__init__.py" or not path.startswith(folder):
                continue
            copy = os.path.join(os.path.dirname(copy), path[len(folder):])
        if os.path.isfile(copy):
            return copy
    return path


def read_source(path: str) -> str:
    """The text of a script; ScriptError where it cannot be read or is not in the encoding that it says."""
    try:
        with open(text_of(path), "rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as problem:
        raise ScriptError(_unreadable(path, problem), path) from None
    if len(raw) > LARGEST:
        raise ScriptError(f"{place(path, 0)} is longer than {LARGEST >> 20} MB", path)
    if b"\0" in raw:
        at = raw.index(b"\0")
        line = raw.count(b"\n", 0, at) + 1
        raise ScriptError(f"{place(path, line)}: there is a NUL byte (byte {at}), which is no text; save the file as "
                          "UTF-8", path, line)
    try:
        if b"coding" not in b"".join(raw.split(b"\n", 2)[:2]):
            raw.decode("utf-8")  # says where it is not; decode_source does not in the first lines
        return importlib.util.decode_source(raw)
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        raise ScriptError(f"{place(path, line)}: this is not UTF-8 text (byte {problem.start}); save the file as UTF-8",
                          path, line) from None
    except SyntaxError as problem:  # an unknown coding in the first lines
        raise ScriptError(f"{place(path, 1)}: {problem.msg}", path, 1) from None


def _unreadable(path: str, problem: OSError) -> str:
    """Why a script cannot be read, and what to do."""
    if not isinstance(problem, FileNotFoundError):
        return f"{place(path, 0)} cannot be read: {problem.strerror}"
    if os.path.islink(path):
        return f"{place(path, 0)} is a link to {one_line(os.readlink(path), 100)}, which is not there; mend or remove it"
    if os.path.basename(path) == "__init__.py" and os.path.isdir(os.path.dirname(path)):
        return (f"the folder {stem(path)} has no __init__.py, so it is no script; write one, or begin the folder's "
                "name with '_'")
    return f"{place(path, 0)} is not there any more"


def _run_in(module: types.ModuleType, path: str, source: str) -> None:
    linecache.cache[path] = (len(source), None, source.splitlines(keepends=True), path)
    exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)


class _Part(importlib.abc.Loader):
    """Runs one of a package's other files."""

    def __init__(self, path: str) -> None:
        self._path = path

    def exec_module(self, module: types.ModuleType) -> None:
        _run_in(module, self._path, read_source(self._path))


class _Parts(importlib.abc.MetaPathFinder):
    """Finds the other files of scripts that are packages."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if not name.startswith(_PREFIX) or not path:
            return None
        base = os.path.join(list(path)[0], name.rpartition(".")[2])
        for file, inside in ((os.path.join(base, "__init__.py"), [base]), (base + ".py", None)):
            if os.path.isfile(text_of(file)):
                return importlib.util.spec_from_file_location(name, file, loader=_Part(file),
                                                              submodule_search_locations=inside)
        return None


sys.meta_path.insert(0, _Parts())


def run(path: str) -> types.ModuleType:
    """Runs a script and returns its module; whatever goes wrong is a ScriptError."""
    source = read_source(path)
    name = _PREFIX + re.sub(r"\W", "_", stem(path)) + "_" + hashlib.sha256(path.encode()).hexdigest()[:8]
    module = types.ModuleType(name)
    module.__file__ = path
    folder = os.path.dirname(path)
    if os.path.basename(path) == "__init__.py":
        module.__path__ = [folder]
        module.__package__ = name
    elif folder not in sys.path:
        sys.path.append(folder)  # last: a script's neighbours hide nothing
    sys.modules[name] = module  # so that dataclasses, pickle and relative imports work
    try:
        _run_in(module, path, source)
    except BaseException as problem:
        sys.modules.pop(name, None)
        raise explain(problem, path) from None
    return module


def own_subclasses(module: types.ModuleType, base: type) -> list[type[Any]]:
    """The classes made of `base` in this very module (of a package: in any of its files)."""
    prefix = module.__name__
    return [thing for thing in list(vars(module).values())
            if isinstance(thing, type) and issubclass(thing, base) and thing is not base
            and (thing.__module__ == prefix or thing.__module__.startswith(prefix + "."))]
