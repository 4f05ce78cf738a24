"""A folder of bad opponents: each ends in a sentence that names its file and line, and the program goes on."""

import json
import unittest

from support import ScriptTest

# name, script, what the sentence of one search says; None: the whole process is ended, and the sentence says that.
BAD = [
    ("raises", "def choose(state, clock):\n    return 1 / 0\n", "raises.py, line 2: ZeroDivisionError"),
    ("wrong_type", "def choose(state, clock):\n    return 1.5\n", "wrong_type.py, line 1: choose gave 1.5 (a float)"),
    ("nothing", "def choose(state, clock):\n    pass\n", "nothing.py, line 1: choose gave None"),
    ("illegal", "def choose(state, clock):\n    return 999\n", "illegal.py, line 1: choose gave 999, which is not legal"),
    ("bad_text", "def choose(state, clock):\n    return 'zz9'\n", "bad_text.py, line 1: choose gave 'zz9'"),
    ("exits", "import sys\ndef choose(state, clock):\n    sys.exit(3)\n", "exits.py, line 3: called sys.exit"),
    ("recursion", "def choose(state, clock):\n    return choose(state, clock)\n",
     "recursion.py, line 2: RecursionError"),
    ("memory", "def choose(state, clock):\n    return ['x'] * 10**10\n", "memory.py, line 2: MemoryError"),
    ("forks", "import os\ndef choose(state, clock):\n    os.fork()\n    return 0\n", "forks.py, line 3: PermissionError"),
    ("socket_user", "import socket\ndef choose(state, clock):\n    socket.socket()\n", "socket_user.py, line 3: "),
    ("writer", "def choose(state, clock):\n    open('/tmp/parlour-was-here', 'w')\n", "writer.py, line 2: PermissionError"),
    ("long_message", "def choose(state, clock):\n    raise ValueError('x' * (1 << 20))\n",
     "long_message.py, line 2: ValueError: xxx"),
    ("surrogate", "def choose(state, clock):\n    raise ValueError('\\udc80')\n", "surrogate.py, line 2: ValueError"),
    ("no_str", "class E(Exception):\n    def __str__(self): raise OSError\ndef choose(state, clock):\n    raise E\n",
     "no_str.py, line 4: E: (its text cannot be made)"),
    ("endless", "def choose(state, clock):\n    while True: pass\n", "endless.py, line 2: was still running"),
    ("sleeps", "import time\ndef choose(state, clock):\n    time.sleep(1000)\n", "sleeps.py, line 3: was still running"),
    ("regex", "import re\ndef choose(state, clock):\n    re.match('(a+)+b', 'a' * 60)\n",
     "regex.py, line 3: was still running"),
    # The loop is not the first thing in its `try`: what is raised in it would be raised before it.
    ("swallows", "def choose(state, clock):\n    while True:\n        try:\n            rounds = 0\n"
     "            while True: rounds += 1\n        except BaseException: pass\n", None),
    ("stuck_in_c", "def choose(state, clock):\n    return sum(range(10**13))\n", None),
    ("crashes", "import ctypes\ndef choose(state, clock):\n    ctypes.string_at(0)\n", None),
    ("quits", "import os\ndef choose(state, clock):\n    os._exit(7)\n", None),
    ("empty_generator", "def choose(state, clock):\n    if False: yield 0\n",
     "empty_generator.py, line 1: choose ended without giving a move"),
    ("at_start", "from parlour.script import Opponent\nclass A(Opponent):\n    def new_game(self, state, me):\n"
     "        raise KeyError('here')\n    def choose(self, state, clock):\n        return state.legal_moves()[0]\n",
     "at_start.py, line 4: KeyError"),
]

# Scripts that cannot even be described, and what their row says.
REFUSED = [
    ("syntax", "def choose(state, clock):\n    return (\n", "syntax.py, line 2: SyntaxError"),
    ("not_utf8", b"# \xff\xfe\ndef choose(state, clock): pass\n", "not_utf8.py, line 1: this is not UTF-8"),
    ("empty", "x = 1\n", "neither an opponent nor a game"),
    ("import_fails", "import nothing_of_that_name\n", "import_fails.py, line 1: ModuleNotFoundError"),
    ("exits_at_once", "import sys\nsys.exit(0)\n", "exits_at_once.py, line 2: called sys.exit"),
    ("two", "from parlour.script import Opponent\nclass A(Opponent):\n    def choose(self, s, c): pass\n"
     "class B(Opponent):\n    def choose(self, s, c): pass\n", "it has 2 opponents (A, B)"),
    ("dies_at_once", "import os\nos._exit(5)\n", "ended the probing process with code 5"),
    ("crashes_at_once", "import ctypes\nctypes.string_at(0)\n", "crashed while probing (SIGSEGV)"),
    ("never_done", "while True: pass\n", "was still running"),
    ("nul", "x = 1\n# \0\ndef choose(state, clock): pass\n", "nul.py, line 2: there is a NUL byte (byte 8)"),
    ("\u00dcn\u00ef bot", "def choose(state, clock): pass\n", "made of the letters a to z, digits and '_'; rename it"),
    ("two_lines", "from parlour.script import Option\noptions = {'a': Option.text('x\\ny')}\n"
     "def choose(state, clock): pass\n", "the default of the option a does not fit it: a text on one line is meant"),
    ("no_number", "from parlour.script import Option\noptions = {'a': Option.int('many', 1, 3)}\n"
     "def choose(state, clock): pass\n",
     "no_number.py, line 2: ValueError: Option.int takes whole numbers: a default, the lowest and the highest, not 'many'"),
    ("bad_default", "from parlour.script import Option\noptions = {'a': Option.int(9, 1, 3)}\n"
     "def choose(state, clock): pass\n", "the default of the option a does not fit"),
]


class BadScripts(ScriptTest):
    def test_a_search_ends_in_a_sentence(self):
        for name, text, expected in BAD:
            with self.subTest(name):
                self.opponent(name, text)
                code, out = self.analyse("python:" + name)
                self.assertNotEqual(code, 0, out)
                if expected is None:
                    self.assertRegex(out, r"crashed|ended its process|and its process was ended")
                else:
                    self.assertIn(expected, out)
                self.assertLess(len(out), 20000)
                (self.opponents / (name + ".py")).unlink()

    def test_the_traceback_is_shown(self):
        self.opponent("deep", "def helper():\n    return 1 / 0\ndef choose(state, clock):\n    return helper()\n")
        code, out = self.analyse("python:deep")
        self.assertRegex(out, r'(?s)Traceback.*deep.py", line 4, in choose.*deep.py", line 2, in helper.*parlour analyse')

    def test_the_match_goes_on(self):
        for name in ("raises", "endless", "swallows", "crashes", "illegal"):
            with self.subTest(name):
                self.opponent(name, next(text for each, text, _ in BAD if each == name))
                code, out = self.match("python:" + name)
                self.assertEqual(code, 0, out)
                self.assertIn("2 games", out)
                self.assertIn(f"python:{name} lost 2 by " + {"endless": "time", "illegal": "illegal"}.get(name, ""), out)

    def test_a_match_says_why_a_game_was_lost(self):
        self.opponent("sometimes", "def choose(state, clock):\n    return None + 1 if state.ply > 1 else state.legal_moves()[0]\n")
        words = ("match", "tic_tac_toe", "--engine", "python:sometimes", "--engine", "random", "--games", "2")
        sentence = "sometimes.py, line 2: TypeError: unsupported operand"
        code, out = self.parlour(*words)
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"python:sometimes lost 2 by crash, first in game 1: Sometimes found no move: " + sentence)
        code, out = self.parlour(*words, "--json")
        reasons = {row["name"]: row["reasons"] for row in json.loads(out[out.index("{\n"):])["scores"]}
        self.assertEqual(reasons["random"], {})
        self.assertEqual(reasons["python:sometimes"]["crash"]["game"], 1)
        self.assertIn(sentence, reasons["python:sometimes"]["crash"]["sentence"])

    def test_what_cannot_be_read_is_a_row(self):
        (self.opponents / "dangling.py").symlink_to(self.home / "nowhere.py")
        (self.opponents / "half").mkdir()
        (self.opponents / "half/part.py").write_text("x = 1\n")
        (self.opponents / "pictures").mkdir()
        (self.opponents / "pictures/note.txt").write_text("no script")
        code, out = self.parlour("list", "plugins")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"dangling.py is a link to \S+nowhere.py, which is not there; mend or remove it")
        self.assertIn("the folder half has no __init__.py, so it is no script", out)
        self.assertNotIn("pictures", out)
        (self.opponents / "half/__init__.py").write_text("def choose(s, c): return s.legal_moves()[0]\n")
        self.assertNotIn("half has no", self.parlour("list", "plugins")[1])

    def test_one_that_hides_another_says_so(self):
        self.opponent("nim", "def choose(state, clock):\n    return state.legal_moves()[0]\n")
        code, out = self.parlour("list", "plugins")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"comes before \S+/games/nim.py, which has the same name and is left out")

    def test_those_that_cannot_be_described_are_rows_with_the_reason(self):
        for name, text, _ in REFUSED:
            self.opponent(name, text)
        self.opponent("fine", "def choose(state, clock):\n    return state.legal_moves()[0]\n")
        code, out = self.parlour("list", "plugins")
        self.assertEqual(code, 0, out)
        for name, _, expected in REFUSED:
            self.assertIn(expected, out, name)
        code, out = self.match("python:fine")
        self.assertEqual(code, 0, out)
        code, out = self.match("python:syntax")
        self.assertNotEqual(code, 0)
        self.assertIn("syntax.py, line 2", out)

    def test_what_is_printed_is_bounded(self):
        self.opponent("chatty", "def choose(state, clock):\n    for i in range(200000): print('x' * 100)\n"
                      "    return state.legal_moves()[0]\n")
        code, out = self.analyse("python:chatty", time="5s")
        self.assertEqual(code, 0, out[-500:])
        self.assertLess(len(out), 1 << 20)


if __name__ == "__main__":
    unittest.main()
