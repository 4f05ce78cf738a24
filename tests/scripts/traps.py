"""Traps of running strangers' Python inside a program, each of which has caught somebody: see docs/testing.md."""

import ctypes
import importlib.util
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from support import BUILD, SOURCE, ScriptTest

PLUGIN = BUILD / "plugins/python.so"
PYTHON = "/usr/bin/python3"


class Process(ScriptTest):
    """What the plugin does to its process, and the process to the plugin."""

    def check(self, name, body, before="", game="tic_tac_toe", *words):
        """Plays two games with an opponent whose every move begins with `body`; its assertions end in a sentence."""
        lines = "".join(f"    {line}\n" for line in body.splitlines())
        self.opponent(name, f"{before}\ndef choose(state, clock):\n{lines}    return state.legal_moves()[0]\n")
        code, out = self.parlour("match", game, "--engine", "python:" + name, "--engine", "random", "--games", "2", *words)
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"endings\s+normal 2", out)
        return out

    def need_numpy(self):
        if importlib.util.find_spec("numpy") is None:
            self.skipTest("NumPy is not installed")

    def test_02_it_stays_when_it_is_let_go_of(self):
        code = ("import _ctypes\nhandle = _ctypes.dlopen(%r, 2)\n_ctypes.dlclose(handle)\n"
                "assert %r in open('/proc/self/maps').read()\n" % (str(PLUGIN), str(PLUGIN)))
        self.assertEqual(subprocess.run([PYTHON, "-c", code], timeout=60).returncode, 0)

    def test_03_04_one_interpreter_is_never_ended_nor_doubled(self):
        binary = PLUGIN.read_bytes()
        for name in (b"Py_Finalize", b"Py_NewInterpreter", b"Py_EndInterpreter"):
            self.assertNotIn(name, binary)
        self.need_numpy()
        self.opponent("first", "import numpy\ndef choose(s, c): return int(numpy.array(s.legal_moves()).max())\n")
        self.opponent("second", "import numpy\ndef choose(s, c): return int(numpy.array(s.legal_moves()).min())\n")
        code, out = self.parlour("match", "tic_tac_toe", "--engine", "python:first", "--engine", "python:second",
                                 "--games", "4", "--isolate", "none")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"endings\s+normal 4")

    def test_06_07_another_python_on_the_path_is_not_taken(self):
        other = self.home / "bin"
        other.mkdir()
        (other / "python3").write_text("#!/bin/sh\nexit 1\n")
        (other / "python3").chmod(0o755)
        self.environment["PATH"] = f"{other}:/usr/bin:/bin"
        body = (f"import sys\nassert not any(p.startswith({str(other)!r}) for p in [sys.executable] + sys.path)\n"
                "assert sys.prefix == '/usr' and sys.version_info[:2] == (3, 11), sys.prefix")
        for isolate in ("dropped", "none"):  # a process of its own has another PATH anyway
            self.check("whose", body, "", "tic_tac_toe", "--isolate", isolate)

    def test_07_a_closed_pipe_is_an_exception(self):
        self.opponent("pipe", "import os\ndef choose(state, clock):\n    reader, writer = os.pipe()\n    os.close(reader)\n"
                      "    os.write(writer, b'x')\n")
        for isolate in ("dropped", "none"):  # in a worker, and in the program's own process
            with self.subTest(isolate=isolate):
                code, out = self.parlour("match", "tic_tac_toe", "--engine", "python:pipe", "--engine", "random",
                                         "--games", "2", "--isolate", isolate)
                self.assertEqual(code, 0, out)
                self.assertIn("found no move: pipe.py, line 5: BrokenPipeError", out)

    def test_07_what_is_written_before_the_end_is_not_lost(self):
        self.opponent("words", "import os, sys\ndef choose(state, clock):\n    sys.__stdout__.write('last words')\n"
                      "    os._exit(7)\n")
        self.assertIn("last words", self.analyse("python:words")[1])

    def test_12_numpy_computes_under_limits(self):
        self.need_numpy()
        self.check("blas", "numpy.linalg.inv(numpy.eye(200) + numpy.ones((200, 200)))\n"
                           "assert os.environ['OPENBLAS_NUM_THREADS'] == '1'", "import os, numpy")

    def test_13_shared_memory_is_bounded_and_threads_are_not_starved(self):
        self.check("shared", "try:\n    mmap.mmap(-1, 4 << 30)\n    raise SystemError('4 GB were to be had')\n"
                             "except (OSError, MemoryError): pass\n"
                             "threads = [threading.Thread(target=done.append, args=(1,)) for i in range(24)]\n"
                             "[t.start() for t in threads]\n[t.join() for t in threads]\nassert len(done) >= 24",
                   "import mmap, threading\ndone = []")

    def test_14_a_thread_is_locked_in_as_well(self):
        (self.home / "diary").write_text("secret")
        code, out = self.parlour("workers")
        if not re.search(r"in force +files", out):
            self.skipTest("this kernel has no Landlock")
        self.check("reader", "def read():\n    try: found.append(open(%r).read())\n    except PermissionError: pass\n"
                             "thread = threading.Thread(target=read)\nthread.start()\nthread.join()\nassert not found"
                   % str(self.home / "diary"), "import threading\nfound = []")

    def test_17_no_worker_outlives_the_program(self):
        self.opponent("sleeper", "import ctypes, time\ndef choose(state, clock):\n"
                      "    assert ctypes.CDLL(None).prctl(15, b'asleep', 0, 0, 0) == 0\n"  # 15: its process's name
                      "    time.sleep(100)\n")
        for hung_up in (True, False):  # whether it sees that nobody is at the other end; else the kernel has to end it
            with self.subTest(hung_up=hung_up):
                self.check_that_workers_end(hung_up)

    def keep_sockets(self, pid):
        """Holds open what a process has open of sockets, beyond its end."""
        process = os.pidfd_open(pid)
        self.addCleanup(os.close, process)
        for file in pathlib.Path(f"/proc/{pid}/fd").iterdir():
            if not os.readlink(file).startswith("socket:"):
                continue
            copy = ctypes.CDLL(None, use_errno=True).syscall(438, process, int(file.name), 0)  # pidfd_getfd
            if copy < 0:
                self.skipTest("another process's sockets cannot be had: " + os.strerror(ctypes.get_errno()))
            self.addCleanup(os.close, copy)

    def check_that_workers_end(self, hung_up):
        ran = self.start("analyse", "tic_tac_toe", "--engine", "python:sleeper", "--time", "60s")
        self.addCleanup(ran.stdout.close)
        self.addCleanup(ran.stdin.close)
        self.addCleanup(ran.wait)
        self.addCleanup(ran.kill)
        patience = time.monotonic() + 60

        def until(condition):
            while not condition() and time.monotonic() < patience:
                time.sleep(0.05)
            return condition()

        def asleep(pid):
            try:
                return pathlib.Path(f"/proc/{pid}/comm").read_text() == "asleep\n"
            except OSError:
                return False

        def found():
            return [int(pid) for task in pathlib.Path(f"/proc/{ran.pid}/task").glob("*/children")
                    for pid in task.read_text().split() if asleep(pid)]

        def alive(pid):  # one that is only waiting to be collected by init has ended
            try:
                return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
            except OSError:
                return False
        workers = until(found)
        self.assertTrue(workers)
        if not hung_up:
            self.keep_sockets(ran.pid)
        ran.send_signal(signal.SIGKILL)
        ran.wait()
        ended = until(lambda: not any(alive(pid) for pid in workers))
        for pid in [] if ended else workers:
            os.kill(pid, signal.SIGKILL)
        self.assertTrue(ended)

    def test_18_long_messages_arrive(self):
        self.opponent("talker", "from parlour.script import Opponent\nclass A(Opponent):\n"
                      "    def choose(self, state, clock):\n        self.info(text='x' * 500000, value=0.5)\n"
                      "        return state.legal_moves()[0]\n")
        code, out = self.match("python:talker")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"endings\s+normal 2")
        source = (BUILD / "plugins/scripts/games/nim.py").read_text()
        large = source.replace("return [self.heaps, self.turn]", "return [self.heaps, self.turn, 'x' * 60000]")
        large = large.replace("heaps, state.turn = data", "heaps, state.turn, padding = data")
        large = large.replace("    max_moves = 60\n", "    max_moves = 60\n    state_size = 65000\n")
        (self.games / "large.py").write_text(large)
        code, out = self.parlour("match", "python:large", "--engine", "random", "--engine", "python:greedy", "--games", "1")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"endings\s+normal 1")

    def test_19_output_that_nobody_reads_blocks_nobody(self):
        self.check("flood", "for i in range(100):\n    try: os.write(1, b'x' * 100000)\n"
                            "    except BlockingIOError: pass", "import os")

    def test_22_words_hash_the_same_in_every_process(self):
        self.opponent("hashes", "def choose(state, clock):\n    raise ValueError(hash('parlour'))\n")
        found = {re.search(r"ValueError: (-?\d+)", self.analyse("python:hashes", time=f"{t}ms")[1]).group(1)
                 for t in (300, 301, 302)}
        self.assertEqual(len(found), 1)

    def test_26_a_long_game_does_not_use_up_its_time(self):
        self.check("patient", "limit = resource.getrlimit(resource.RLIMIT_CPU)[0]\n"
                              "assert limit == resource.RLIM_INFINITY or limit >= 3600, limit", "import resource")


# Waits where the interpreter does not look whether anything is to be raised, so that what comes meanwhile is still under
# way when the call ends. The one keeps the GIL, the other gives it away.
HELD = """
def prepare(until):
    pass
def wait(until):
    True in map(until.__lt__, iter(perf_counter, None))
"""
GIVEN = """
def close(writer, until):
    time.sleep(max(0, until - perf_counter()))
    os.close(writer)
def prepare(until):
    global pipe
    reader, writer = os.pipe()
    pipe = open(reader, 'rb', 0)
    threading.Thread(target=close, args=(writer, until)).start()
def wait(until):
    b'' in pipe
"""
# The one waits when its answer is destroyed, the other when it was stopped already and has an answer from before.
LATE_ANSWER = """
class Answer(int):
    def __del__(self):
        wait(until)
def late(state):
    return Answer(state.legal_moves()[0])
"""
LATE_END = """
def late(state):
    yield state.legal_moves()[0]
    rounds = 0
    try:
        rounds += 1  # what is raised in a loop that begins a `try` is raised before it
        while True: rounds += 1
    finally:
        wait(until)
"""
# The moves between have nothing to fear.
EVERY_OTHER = """
moves = 0
def choose(state, clock):
    global moves, until
    moves += 1
    if moves % 2 == 0:
        return state.legal_moves()[0]
    until = perf_counter() + clock.limit + 0.01
    prepare(until)
    return late(state)
"""


class Time(ScriptTest):
    def test_09_a_late_end_of_time_does_not_hit_what_comes_next(self):
        for number, (wait, late) in enumerate((wait, late) for wait in (HELD, GIVEN) for late in (LATE_ANSWER, LATE_END)):
            self.opponent(f"late{number}", "import os, threading, time\nfrom time import perf_counter\n"
                          + wait + late + EVERY_OTHER)
            for isolate in ("dropped", "none"):  # a signal, and an asynchronous exception
                with self.subTest(number, isolate=isolate):
                    code, out = self.parlour("match", "python:nim", "--engine", f"python:late{number}", "--engine", "random",
                                             "--games", "4", "--time-per-move", "100ms", "--isolate", isolate)
                    self.assertEqual(code, 0, out)
                    self.assertRegex(out, r"endings\s+normal 4")

    def test_21_time_that_is_swallowed_in_a_destructor(self):
        undying = "class A:\n    def __del__(self):\n        while True: pass\ndef choose(state, clock):\n"
        # Once or twice is a move, or a sentence with the line; for ever is the end of the process.
        self.opponent("twice", undying + "    a = [A(), A()]\n    del a\n    return state.legal_moves()[0]\n")
        code, out = self.match("python:twice")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"endings\s+normal 2")
        self.opponent("then", undying + "    a = A()\n    del a\n    while True: pass\n")
        self.assertIn("then.py, line 7: was still running", self.analyse("python:then")[1])
        self.opponent("undying", undying + "    while True: A()\n")
        code, out = self.match("python:undying")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, "python:undying lost 2 by stall.*and its process was ended")


class Files(ScriptTest):
    def names(self):
        return self.parlour("list", "scripts")[1]

    @staticmethod
    def bot(name):
        return f"name = '{name}'\ndef choose(state, clock): return state.legal_moves()[0]\n"

    def test_11_links_replaced_folders_and_old_dates(self):
        target = self.home / "elsewhere.py"
        target.write_text(self.bot("Linked one"))
        (self.opponents / "link.py").symlink_to(target)
        self.assertIn("Linked one", self.names())
        target.write_text(self.bot("Linked two"))
        os.utime(target, (1, 1))
        self.assertIn("Linked two", self.names())
        self.opponents.rename(self.home / "old")
        self.opponents.mkdir()
        self.opponent("link", self.bot("Linked six"))
        os.utime(self.opponents / "link.py", (1, 1))
        self.assertIn("Linked six", self.names())

    def test_20_half_a_character_is_printed_and_named(self):
        self.opponent("half", "name = 'Half \\udc80'\ndef choose(state, clock):\n    print('\\udc80')\n"
                      "    return state.legal_moves()[0]\n")
        code, out = self.match("python:half")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"endings\s+normal 2")

    def test_23_two_scripts_with_a_helper_of_one_name(self):
        for name, index in (("low", 0), ("high", -1)):
            folder = self.opponents / name
            folder.mkdir()
            (folder / "utils.py").write_text(f"WHOSE = '{name}'\nINDEX = {index}\n")
            (folder / "__init__.py").write_text(
                "from . import utils\ndef choose(state, clock):\n"
                f"    assert utils.WHOSE == '{name}'\n    return state.legal_moves()[utils.INDEX]\n")
        for isolate in ("dropped", "none"):
            code, out = self.parlour("match", "tic_tac_toe", "--engine", "python:low", "--engine", "python:high",
                                     "--games", "2", "--isolate", isolate)
            self.assertEqual(code, 0, out)
            self.assertRegex(out, r"endings\s+normal 2")


class Binding(unittest.TestCase):
    def sources(self, folder):
        for file in sorted((SOURCE / "python_plugin" / folder).glob("*.[ch]pp")):
            yield file, file.read_text()

    def test_05_24_the_plugin_is_without_pybind11_and_nothing_python_is_global(self):
        for file, text in self.sources("plugin"):
            self.assertNotIn("pybind11/", text, file)
        for file, text in self.sources("module"):
            self.assertNotIn("PYBIND11_EMBEDDED_MODULE", text, file)
            self.assertNotRegex(text, r"(?m)^(static |inline )*py::(object|dict|list|module_|str|tuple|function) \w+( =|;|\{)",
                                file)
            self.assertNotRegex(text, r"static (const )?py::", file)

    def test_25_one_pybind11(self):
        found = set()
        for file in (BUILD / "plugins/python").rglob("*.so"):
            found |= set(re.findall(rb"__pybind11_internals_v\w+", file.read_bytes()))
        for file in (BUILD / "python").rglob("*.so"):
            found |= set(re.findall(rb"__pybind11_internals_v\w+", file.read_bytes()))
        self.assertEqual(len(found), 1, found)

    def test_28_a_python_without_the_native_half_is_told(self):
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(BUILD / "python/parlour", folder + "/parlour", ignore=shutil.ignore_patterns("*.so"))
            ran = subprocess.run([PYTHON, "-c", "import parlour"], env={"PYTHONPATH": folder}, text=True,
                                 capture_output=True, timeout=60)
        self.assertNotEqual(ran.returncode, 0)
        self.assertIn("with /usr/bin/python3", ran.stderr)


if __name__ == "__main__":
    unittest.main()
