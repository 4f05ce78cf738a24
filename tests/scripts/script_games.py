"""Games that are scripts: the same game as its twin in C++, played by native engines, checked by validate."""

import re
import shutil
import unittest

from support import BUILD, SOURCE, ScriptTest


class Games(ScriptTest):
    def total(self, game, depth, **more):
        code, out = self.parlour("perft", game, str(depth), **more)
        self.assertEqual(code, 0, out)
        return re.search(r"total\s+([\d,]+)", out).group(1), re.findall(r"ended\s+([\d,]+)", out)

    def test_nim_is_its_twin(self):
        twin = {"PARLOUR_PLUGIN_PATH": str(BUILD / "tests/nim_twin")}
        for depth in (1, 3, 6):
            self.assertEqual(self.total("python:nim", depth), self.total("nim_twin", depth, **twin))

    def test_native_engines_play_it(self):
        for isolate in ("none", "all"):
            with self.subTest(isolate):
                code, out = self.parlour("match", "python:nim", "--engine", "mcts", "--engine", "minimax", "--games", "2",
                                         "--time-per-move", "100ms", "--isolate", isolate)
                self.assertEqual(code, 0, out)
                self.assertRegex(out, r"endings\s+normal 2")

    def test_dice_and_secrets_are_as_in_the_twin(self):
        shutil.copy(SOURCE / "tests/scripts/kuhn_twin.py", self.games)
        for depth in (1, 2, 3, 4):
            self.assertEqual(self.total("python:kuhn_twin", depth), self.total("kuhn_poker", depth))
        code, out = self.parlour("validate", "--rounds", "5", str(self.games / "kuhn_twin.py"))
        self.assertIn("passes all", out)

    def test_engines_play_what_hides_something(self):
        for engine in ("mcts", "minimax", "random", "python:random"):
            for isolate in ("none", "all"):
                with self.subTest(f"{engine}, {isolate}"):
                    code, out = self.parlour("match", "python:bluff", "--engine", engine, "--engine", "random", "--games",
                                             "2", "--nodes", "200", "--isolate", isolate)
                    self.assertEqual(code, 0, out)
                    self.assertRegex(out, r"endings\s+normal 2")
        code, out = self.match("python:greedy", game="python:bluff")
        self.assertNotEqual(code, 0, "it has to see everything")

    def test_mistakes_with_dice_and_secrets_are_said(self):
        source = (BUILD / "plugins/scripts/games/bluff.py").read_text()
        changes = {
            "odds": ("1 / 6) for", "1 / 5) for", "probabilities that are not above 0, or not 1 in all"),
            "open": ("else HIDDEN for owner", "else face for owner", "every view is the whole position"),
            "other_turn": ("return [known, self.claim, self.turn,", "return [known, self.claim, 1 - self.turn,",
                           "of which turn says something else"),
            "wrong_draw": ("if face == HIDDEN else face for", "if face == HIDDEN else 1 for",
                           "determinize finds no position that fits"),
        }
        for name, (before, after, expected) in changes.items():
            with self.subTest(name):
                self.assertIn(before, source)
                script = self.games / (name + ".py")
                script.write_text(source.replace(before, after, 1))
                code, out = self.parlour("validate", "--rounds", "5", str(script))
                script.unlink()
                self.assertIn(expected, out)
                self.assertNotEqual(code, 0, out)

    def test_minimax_wins_what_is_won(self):
        code, out = self.parlour("match", "python:nim", "--engine", "minimax", "--engine", "python:random", "--games",
                                 "6", "--depth", "12")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"minimax\s+6\s+[56]")

    def test_scripts_play_it(self):
        code, out = self.match("python:minimax_py", game="python:nim")
        self.assertEqual(code, 0, out)

    def test_it_is_validated(self):
        code, out = self.parlour("validate", "--rounds", "5", "--alone", str(BUILD / "plugins/scripts/games/nim.py"))
        self.assertEqual(code, 0, out)
        self.assertIn("passes all", out)

    def test_rules_that_fail_are_said(self):
        source = (BUILD / "plugins/scripts/games/nim.py").read_text()
        changes = {
            "no_data": ("return [self.heaps, self.turn]", "return {1, 2}", "to_data gives what JSON cannot hold"),
            "too_long": ("    max_moves = 60", "    max_moves = 3", "max_moves is 3"),
            "no_player": ("return self.turn\n", "return 7\n", "player is 7"),
            "raises": ("        heap, take = move\n        self.heaps", "        heap, take = move, 0\n        self.heaps",
                       "raises.py, line 32: TypeError"),
        }
        for name, (before, after, expected) in changes.items():
            with self.subTest(name):
                self.assertIn(before, source)
                (self.games / (name + ".py")).write_text(source.replace(before, after, 1))
                code, out = self.parlour("list", "plugins")
                self.assertIn(expected, out)


if __name__ == "__main__":
    unittest.main()
