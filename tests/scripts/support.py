"""Runs the program with folders of its own, for tests of scripts."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

BUILD = pathlib.Path(os.environ["PARLOUR_BUILD"])
PROBE_CACHE = BUILD / "tests/probe_cache"
SOURCE = pathlib.Path(os.environ["PARLOUR_SOURCE"])


class ScriptTest(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="parlour-scripts-")
        self.addCleanup(self._folder.cleanup)
        self.home = pathlib.Path(self._folder.name)
        self.opponents = self.home / "data/parlour/opponents"
        self.games = self.home / "data/parlour/games"
        self.opponents.mkdir(parents=True)
        self.games.mkdir(parents=True)
        # What the built plugins said when they were probed, where tests/support/CMakeLists.txt has had it made.
        if PROBE_CACHE.is_dir():
            shutil.copytree(PROBE_CACHE, self.home / "cache")
        self.environment = {
            "PATH": "/usr/bin:/bin", "HOME": str(self.home), "LANG": "C.UTF-8",
            "XDG_DATA_HOME": str(self.home / "data"), "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_STATE_HOME": str(self.home / "state"), "XDG_CONFIG_HOME": str(self.home / "config"),
        }

    def opponent(self, name, text):
        """Writes a script into the folder of opponents."""
        path = self.opponents / (name + ".py")
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    def start(self, *words, **more):
        return subprocess.Popen([str(BUILD / "parlour"), *words], env={**self.environment, **more}, text=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def parlour(self, *words, **more):
        """Exit code and everything that it wrote."""
        done = subprocess.run([str(BUILD / "parlour"), *words], env={**self.environment, **more}, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300,
                              errors="replace")
        return done.returncode, done.stdout

    def analyse(self, engine, game="four_in_a_row", time="300ms"):
        return self.parlour("analyse", game, "--engine", engine, "--time", time)

    def match(self, engine, game="tic_tac_toe", games=2, time="300ms", other="random"):
        return self.parlour("match", game, "--engine", engine, "--engine", other, "--games", str(games),
                            "--time-per-move", time)
