"""What pip asks to build Parlour's Python module (PEP 517), in the standard library alone.

Builds the module and the native plugins with CMake and packs them into a wheel: parlour/*.py, parlour/_parlour.*.so and
parlour/plugins/*.so with the shipped scripts, where the module looks first.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any, Mapping, Optional

ROOT = Path(__file__).resolve().parents[2]
Settings = Optional[Mapping[str, Any]]


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Nothing that pip could bring."""
    return []


def prepare_metadata_for_build_wheel(metadata_directory: str, config_settings: Settings = None) -> str:
    """Writes what the wheel will say of itself, without building it; returns the folder's name."""
    folder = Path(metadata_directory) / f"{project()['name']}-{version()}.dist-info"
    folder.mkdir()
    (folder / "METADATA").write_text(metadata())
    (folder / "WHEEL").write_text(wheel())
    return folder.name


def build_wheel(wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None) -> str:
    """Builds the wheel and returns its file's name. config_settings: `build-dir` keeps CMake's folder there."""
    kept = (config_settings or {}).get("build-dir")
    with tempfile.TemporaryDirectory(prefix="parlour-build-") as temporary:
        build = Path(kept or temporary).resolve()
        compile_all(build)
        return pack(build, Path(wheel_directory))


def compile_all(build: Path) -> None:
    """Configures and builds what the wheel needs; CMake's own words are shown."""
    options = ["-DPARLOUR_HOST=OFF", "-DPARLOUR_TESTS=OFF", "-DCMAKE_BUILD_TYPE=Release"]
    generator = ["-G", "Ninja"] if os.path.exists("/usr/bin/ninja") else []
    run("cmake", "-S", str(ROOT), "-B", str(build), *generator, f"-DPython3_EXECUTABLE={python()}", *options)
    if not (build / "python" / "parlour").is_dir():
        raise SystemExit("Parlour's Python module cannot be built: install python3-dev and pybind11-dev")
    run("cmake", "--build", str(build), "--target", "_parlour", "plugins", "--parallel", str(os.cpu_count() or 1))


def python() -> str:
    """The Python that the module is built for: the one that asks, not the links of a virtual environment."""
    return os.path.realpath(sys.executable)


def run(*command: str) -> None:
    """Runs a command; its failure ends the build."""
    if subprocess.run(command, check=False).returncode != 0:
        raise SystemExit(f"{' '.join(command[:3])} ... failed; the lines above say why")


def version() -> str:
    """The version that CMake's project has."""
    found = re.search(r"project\(Parlour VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text())
    if found is None:
        raise SystemExit("CMakeLists.txt names no version")
    return found[1]


def project() -> dict[str, Any]:
    """What pyproject.toml says of the project."""
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return table


def tag() -> str:
    """Which Pythons the wheel is for."""
    abi = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"{abi}-{abi}-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"


def metadata() -> str:
    """The wheel's METADATA."""
    about = project()
    return (
        f"Metadata-Version: 2.1\nName: {about['name']}\nVersion: {version()}\nSummary: {about['description']}\n"
        f"Requires-Python: {about['requires-python']}\n"
    )


def wheel() -> str:
    """The wheel's WHEEL."""
    return f"Wheel-Version: 1.0\nGenerator: parlour_build\nRoot-Is-Purelib: false\nTag: {tag()}\n"


def pack(build: Path, folder: Path) -> str:
    """Writes the wheel, with the hashes of all its files."""
    name = f"{project()['name']}-{version()}"
    info = f"{name}.dist-info"
    files: dict[str, bytes] = {}
    package = build / "python" / "parlour"
    for file in sorted(package.rglob("*")):
        if file.suffix in (".py", ".pyi", ".so") or file.name == "py.typed":
            files[f"parlour/{file.relative_to(package)}"] = file.read_bytes()
    plugins = build / "plugins"
    for file in sorted([*plugins.glob("*.so"), *plugins.glob("x86-64-v3/*.so")]):
        files[f"parlour/plugins/{file.relative_to(plugins)}"] = file.read_bytes()
    for file in sorted((plugins / "scripts").rglob("*.py")):
        files[f"parlour/plugins/{file.relative_to(plugins)}"] = file.read_bytes()
    files[f"{info}/METADATA"] = metadata().encode()
    files[f"{info}/WHEEL"] = wheel().encode()

    record = ""
    target = f"{name}-{tag()}.whl"
    with zipfile.ZipFile(folder / target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path)
            entry.external_attr = (0o755 if path.endswith(".so") else 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record += f"{path},sha256={digest},{len(content)}\n"
        archive.writestr(f"{info}/RECORD", record + f"{info}/RECORD,,\n")
    return target
