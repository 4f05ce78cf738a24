"""The traps of starting CPython inside a plugin: each of these fails, or is slow, if libpython's symbols are hidden, the
interpreter's configuration is not isolated, or a script goes through the import system."""

import os
import unittest

from support import ScriptTest

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
        import subprocess
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

    def test_two_saves_within_a_second(self):
        for number in (1, 2, 3):
            path = self.opponent("saved", f"name = 'Version {number}'\ndef choose(state, clock): pass\n")
            os.utime(path, (1, 1))  # the same size and the same old date each time
            self.assertIn(f"Version {number}", self.parlour("list", "scripts")[1])


if __name__ == "__main__":
    unittest.main()
