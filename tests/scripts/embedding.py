"""The traps of starting CPython inside a plugin: each of these fails, or is slow, if libpython's symbols are hidden, the
interpreter's configuration is not isolated, or a script goes through the import system."""

import os
import re
import shutil
import subprocess
import unittest

from support import BUILD, ScriptTest

CHECKS = """
import sys
import json.encoder, _decimal, ctypes, asyncio, zlib, sqlite3
assert json.encoder.c_make_encoder is not None          # else json is silently slow
assert _decimal.Decimal("0.1") + 1
assert asyncio.run(asyncio.sleep(0, 5)) == 5
assert ctypes.sizeof(ctypes.c_int) == 4
assert sys.dont_write_bytecode and sys.flags.isolated and sys.flags.utf8_mode
assert hash("abc") == hash("abc") and sys.flags.hash_randomization in (0, 1)
print("hash", hash("abc"))
try:
    import numpy
    assert numpy.linalg.det(numpy.eye(3)) == 1.0
except ImportError:
    pass

def choose(state, clock):
    import threading
    done = []
    thread = threading.Thread(target=lambda: done.append(1))
    thread.start()
    thread.join()
    assert done
    return state.legal_moves()[0]
"""


class Embedding(ScriptTest):
    def test_modules_and_configuration(self):
        self.opponent("traps", CHECKS)
        code, out = self.match("python:traps")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"endings\s+normal 2")

    def test_hostile_environment(self):
        self.opponent("traps", CHECKS)
        code, out = self.parlour("match", "tic_tac_toe", "--engine", "python:traps", "--engine", "random", "--games", "2",
                                 PYTHONHOME="/nonexistent", PYTHONPATH="/nonexistent", PYTHONSTARTUP="/nonexistent")
        self.assertEqual(code, 0, out)

    def test_another_python(self):
        environment = self.home / "venv"
        subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", "--system-site-packages", environment],
                       check=True)
        marker = next(environment.glob("lib/python3*/site-packages")) / "only_here.py"
        marker.write_text("answer = 42\n")
        self.opponent("venv_user", "import only_here\ndef choose(state, clock):\n    assert only_here.answer == 42\n"
                      "    return state.legal_moves()[0]\n")
        code, out = self.parlour("match", "tic_tac_toe", "--engine", "python:venv_user", "--engine", "random", "--games",
                                 "2", PARLOUR_PYTHON=str(environment))
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"endings\s+normal 2")

        (self.home / "config/parlour").mkdir(parents=True)
        (self.home / "config/parlour/settings.toml").write_text(f'scripts_python = "{environment}"\n')
        code, out = self.match("python:venv_user")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"endings\s+normal 2")
        (self.home / "config/parlour/settings.toml").unlink()
        code, out = self.match("python:venv_user")
        self.assertNotEqual(code, 0, "another Python's packages are not found without it")
        self.assertIn("No module named 'only_here'", out)

    def test_a_python_that_cannot_be_used_is_refused(self):
        self.opponent("plain", "def choose(state, clock):\n    return state.legal_moves()[0]\n")
        self.assertEqual(self.match("python:plain")[0], 0)
        older = self.home / "older"
        (older / "bin").mkdir(parents=True)
        (older / "bin/python3").symlink_to("/usr/bin/python3")
        (older / "pyvenv.cfg").write_text("home = /usr/bin\nversion = 3.9.2\n")
        wrong = {"/nonexistent/python3": "there is no such file", "/tmp": "there is no bin/python3 in that folder",
                 "/bin/ls": "that is no Python", str(older): "that is Python 3.9", "/etc/passwd": "that is no program"}
        for chosen, problem in wrong.items():
            for isolate in ("dropped", "none"):
                with self.subTest(chosen, isolate=isolate):
                    code, out = self.parlour("match", "tic_tac_toe", "--engine", "python:plain", "--engine", "random",
                                             "--games", "2", "--isolate", isolate, PARLOUR_PYTHON=chosen)
                    self.assertNotEqual(code, 0, out)
                    shown = chosen if len(chosen) < 80 else chosen[-80:]
                    self.assertIn(f"{shown}, but {problem}; name a program of Python 3.11", out)
                    self.assertLess(out.count(problem), 4, "it is said once, not for each script: " + out)
        (self.home / "config/parlour").mkdir(parents=True)
        (self.home / "config/parlour/settings.toml").write_text('scripts_python = "/nonexistent"\n')
        code, out = self.match("python:plain")
        self.assertNotEqual(code, 0, out)
        self.assertIn("scripts_python) is /nonexistent, but there is no such file", out)
        code, out = self.match("random")
        self.assertEqual(code, 0, "who needs no script is not troubled: " + out)

    def test_without_libpython_scripts_are_refused_with_what_to_install(self):
        folder = self.home / "elsewhere"
        (folder / "plugins").mkdir(parents=True)
        for name in ("parlour", "parlour-worker"):
            shutil.copy(BUILD / name, folder / name)
        for name in ("tic_tac_toe.so", "random.so", "python.so"):
            shutil.copy(BUILD / "plugins" / name, folder / "plugins" / name)
        for name in ("scripts", "python"):
            shutil.copytree(BUILD / "plugins" / name, folder / "plugins" / name)
        plugin = folder / "plugins/python.so"
        binary = plugin.read_bytes()
        library = re.search(rb"libpython3\.\d+\.so", binary).group()
        gone = library.replace(b"3.", b"9.")
        plugin.write_bytes(binary.replace(library, gone))
        def parlour(*words):
            ran = subprocess.run([folder / "parlour", *words], env=self.environment, text=True, capture_output=True,
                                 timeout=300)
            return ran.returncode, ran.stdout + ran.stderr
        for engine in ("python:greedy", "random"):
            code, out = parlour("match", "tic_tac_toe", "--engine", engine, "--engine", "random", "--games", "2")
            self.assertEqual(code == 0, engine == "random", out)
            if engine != "random":
                self.assertIn(f"{engine} cannot be used: Python scripts cannot run, for the library {gone.decode()}", out)
                self.assertIn(f"apt install {gone.decode().removesuffix('.so')}", out)
        code, out = parlour("validate", str(folder / "plugins/scripts/games/nim.py"))
        self.assertNotEqual(code, 0)
        self.assertIn("Python scripts cannot run", out)

    def test_two_saves_within_a_second(self):
        for number in (1, 2, 3):
            path = self.opponent("saved", f"name = 'Version {number}'\ndef choose(state, clock): pass\n")
            os.utime(path, (1, 1))  # the same size and the same old date each time
            self.assertIn(f"Version {number}", self.parlour("list", "scripts")[1])


if __name__ == "__main__":
    unittest.main()
