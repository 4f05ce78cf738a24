"""What `parlour new` writes in Python works as written: a game that all engines play, an opponent that plays it."""

import subprocess
import unittest

from support import BUILD, ScriptTest


class Starters(ScriptTest):
    def new(self, kind, name, folder):
        code, out = self.parlour("new", kind, name, "--directory", str(folder))
        self.assertEqual(code, 0, out)
        return folder / (name + ".py"), out

    def test_a_game(self):
        script, said = self.new("pygame", "last_counter", self.games)
        text = script.read_text()
        self.assertIn('name = "Last counter"', text)
        self.assertIn("class LastCounterGame(Game)", text)
        self.assertNotRegex(text, r"(?i)null.?game")
        self.assertIn(f"parlour validate {script}", said)
        self.assertIn("parlour play python:last_counter", said)
        code, out = self.parlour("validate", "--rounds", "5", str(script))
        self.assertEqual(code, 0, out)
        self.assertIn("passes all", out)
        for engine in ("mcts", "minimax", "random", "python:greedy"):
            with self.subTest(engine):
                code, out = self.parlour("match", "python:last_counter", "--engine", engine, "--engine", "random",
                                         "--games", "2", "--nodes", "200")
                self.assertEqual(code, 0, out)
                self.assertRegex(out, r"endings\s+normal 2")
        code, out = self.parlour("match", "python:last_counter", "--option", "counters=5", "--engine", "minimax",
                                 "--engine", "minimax", "--games", "4", "--depth", "20")
        self.assertRegex(out, r"minimax\s+4\s+2\s+0\s+2", "who begins with 5 counters wins")

    def test_an_opponent(self):
        script, _ = self.new("bot", "first_bot", self.opponents)
        code, out = self.parlour("validate", "--alone", "--rounds", "2", str(script))
        self.assertEqual(code, 0, out)
        code, out = self.match("python:first_bot")
        self.assertRegex(out, r"endings\s+normal 2")

    def test_a_window_is_a_program_of_its_own(self):
        script, said = self.new("window", "my_window", self.home)
        self.assertIn(f"/usr/bin/python3 {script}", said)
        compile(script.read_text(), str(script), "exec")
        self.assertIn("import pygame", script.read_text())

    def test_it_says_what_there_is(self):
        code, out = self.parlour("new", "gadget", "name")
        self.assertEqual(code, 2)
        self.assertIn("there are game, engine, cgame, bot, pygame and window", out)

    def test_the_game_is_typed(self):
        script, _ = self.new("pygame", "typed", self.home)
        if subprocess.run(["/usr/bin/python3", "-m", "mypy", "--version"], capture_output=True).returncode != 0:
            self.skipTest("mypy is not installed")
        words = ["-m", "mypy", "--strict", "--cache-dir", str(self.home / "mypy"), str(script)]
        ran = subprocess.run(["/usr/bin/python3", *words], text=True, capture_output=True, timeout=300,
                             env={**self.environment, "MYPYPATH": str(BUILD / "python")})
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)


if __name__ == "__main__":
    unittest.main()
