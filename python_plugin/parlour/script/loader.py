"""Finds scripts and runs them from their bytes.

A script never goes through the import system: two saves within one second would otherwise give the old code (a stale
.pyc has the same time and size), and what a traceback shows would be whatever the file holds by then.
"""

from __future__ import annotations

import hashlib
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
            if name.endswith(".py") and os.path.isfile(path):
                yield path
            elif os.path.isfile(os.path.join(path, "__init__.py")):
                yield os.path.join(path, "__init__.py")


def stem(path: str) -> str:
    """The name of a script without .py; of a package, its folder's."""
    base = os.path.basename(path)
    return os.path.basename(os.path.dirname(path)) if base == "__init__.py" else base.removesuffix(".py")


def script_id(path: str) -> str:
    """"python:STEM" as an id has to be: upper case becomes lower, '-' and ' ' become '_'."""
    plain = stem(path).lower().replace("-", "_").replace(" ", "_")
    if not _STEM.match(plain):
        raise ScriptError(f"{one_line(os.path.basename(path), 60)}: a script's name is made of letters, digits and '_'",
                          path)
    return "python:" + plain


def read_source(path: str) -> str:
    """The text of a script; ScriptError where it cannot be read or is not in the encoding that it says."""
    try:
        with open(path, "rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as problem:
        raise ScriptError(f"{place(path, 0)} cannot be read: {problem.strerror}", path) from None
    if len(raw) > LARGEST:
        raise ScriptError(f"{place(path, 0)} is longer than {LARGEST >> 20} MB", path)
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


def run(path: str) -> types.ModuleType:
    """Runs a script and returns its module; whatever goes wrong is a ScriptError."""
    source = read_source(path)
    name = "parlour_script_" + re.sub(r"\W", "_", stem(path)) + "_" + hashlib.sha256(path.encode()).hexdigest()[:8]
    module = types.ModuleType(name)
    module.__file__ = path
    folder = os.path.dirname(path)
    if os.path.basename(path) == "__init__.py":
        module.__path__ = [folder]
        module.__package__ = name
    elif folder not in sys.path:
        sys.path.append(folder)  # last: a script's neighbours hide nothing
    linecache.cache[path] = (len(source), None, source.splitlines(keepends=True), path)
    sys.modules[name] = module  # so that dataclasses, pickle and relative imports work
    try:
        code = compile(source, path, "exec", dont_inherit=True)
        exec(code, module.__dict__)
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
