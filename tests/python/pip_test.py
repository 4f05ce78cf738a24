"""`pip install .` without a network gives a module that works anywhere, with its plugins."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from support import BUILD, SOURCE, run_python

CHECK = """
import parlour, pathlib
assert pathlib.Path(parlour.__file__).is_relative_to(FOLDER), parlour.__file__
assert all(pathlib.Path(info.file).is_relative_to(FOLDER) for info in parlour.games()), parlour.games()
assert parlour.game("python:nim").new().legal_moves(), parlour.refused()
print(parlour.Engine("minimax").search(parlour.game("tic_tac_toe").new(), depth=9).value)
"""


@unittest.skipIf(importlib.util.find_spec("pip") is None, "pip is not installed")
class Pip(unittest.TestCase):
    def test_installing_offline(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            arguments = ("install", "--no-index", "--no-deps", "--target", folder, str(SOURCE))
            ran = run_python("-m", "pip", *arguments, patience=1500, PIP_DISABLE_PIP_VERSION_CHECK="1")
            self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
            code = CHECK.replace("FOLDER", repr(folder))
            checked = run_python("-c", code, PYTHONPATH=folder, HOME="/nonexistent", XDG_DATA_HOME="/nonexistent")
            self.assertEqual((checked.stdout, checked.returncode), ("0.0\n", 0), checked.stderr)


class Install(unittest.TestCase):
    def test_cmake_installs_a_module_that_finds_its_plugins(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            command = ["cmake", "--install", str(BUILD), "--prefix", folder]
            ran = subprocess.run(command, capture_output=True, text=True, check=False)
            self.assertEqual(ran.returncode, 0, ran.stderr)
            package = next(Path(folder).rglob("parlour/__init__.py")).parent.parent
            code = CHECK.replace("FOLDER", repr(folder))
            checked = run_python("-c", code, PYTHONPATH=str(package), HOME="/nonexistent", XDG_DATA_HOME="/nonexistent")
            self.assertEqual((checked.stdout, checked.returncode), ("0.0\n", 0), checked.stderr)


if __name__ == "__main__":
    unittest.main()
