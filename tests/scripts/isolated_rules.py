"""Rules that are scripts run in a process of their own: whatever they do, the program goes on and says what happened."""

import unittest

from support import BUILD, ScriptTest


class IsolatedRules(ScriptTest):
    def setUp(self):
        super().setUp()
        self.source = (BUILD / "plugins/scripts/games/nim.py").read_text()

    def nim(self, name, before, after):
        """Writes a Nim that is other in one place."""
        self.assertIn(before, self.source)
        (self.games / (name + ".py")).write_text(self.source.replace(before, after, 1))
        return "python:" + name

    def late(self, name, what):
        """A Nim that does something after the first move of a game with 19 in its first heap: nobody tries that before."""
        self.source = self.source.replace("        self.turn = 0\n",
                                          "        self.turn = 0\n        self.armed = game.options['first'] == 19\n", 1)
        return self.nim(name, "        return [(heap, take)", f"        if self.armed and sum(self.heaps) < 28:\n"
                                                              f"            {what}\n        return [(heap, take)")

    def play(self, game):
        return self.parlour("match", game, "--option", "first=19", "--engine", "random", "--engine", "random",
                            "--games", "2")

    def test_an_endless_loop_ends_the_match(self):
        code, out = self.play(self.late("endless", "while True: pass"))
        self.assertIn("rules failed 2", out)
        self.assertIn("endless.py, asked to play a move, did not answer within 1 s, twice", out)

    def test_a_dead_process_ends_the_match(self):
        code, out = self.play(self.late("gone", "import os; os._exit(5)"))
        self.assertIn("rules failed 2", out)
        self.assertIn("gone.py, asked to play a move, ended its process (exit code 5), twice", out)

    def test_an_exception_is_told_with_its_line(self):
        code, out = self.play(self.late("raises", "raise KeyError('no heap')"))
        self.assertIn("rules failed 2", out)
        self.assertRegex(out, r"raises.py, asked to play a move, failed: raises.py, line \d+: KeyError: 'no heap'")

    def test_every_command_shows_where_rules_fail(self):
        game = self.nim("fails", "        heap, take = move\n", "        heap, take = move\n"
                        "        if self.heaps == [1, 4, 5]:\n            raise KeyError('no heap')\n")
        for words in (("perft", game, "3"), ("analyse", game, "--engine", "minimax", "--depth", "4"),
                      ("match", game, "--option", "first=1", "--engine", "random", "--engine", "random", "--games", "1"),
                      ("analyse", game, "--engine", "minimax", "--depth", "4", "--isolate", "none")):
            with self.subTest(words[0]):
                code, out = self.parlour(*words)
                self.assertRegex(out, r"fails.py, line \d+: KeyError: 'no heap'")
                self.assertRegex(out, r'fails.py", line \d+, in play')
                self.assertLessEqual(out.count("Traceback"), 2, out)
        self.assertRegex(self.parlour("perft", game, "3")[1], r"a fault while its games were counted: fails.py.*KeyError")

    def test_nothing_of_it_runs_in_the_program(self):
        game = self.nim("here", "class Nim(Game):", "import os\nprint('ran in', os.getppid())\n\nclass Nim(Game):")
        code, out = self.parlour("perft", game, "3")
        self.assertEqual(code, 0, out)
        isolated = out
        code, out = self.parlour("perft", game, "3", "--isolate", "none")
        self.assertEqual(code, 0, out)
        self.assertEqual([line for line in isolated.splitlines() if line.startswith("total")],
                         [line for line in out.splitlines() if line.startswith("total")])


if __name__ == "__main__":
    unittest.main()
