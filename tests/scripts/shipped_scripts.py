"""Every shipped script passes `parlour validate`: it obeys time, nodes, playouts and depth in whatever game it plays.

With PARLOUR_NIGHTLY each is tried on all games that there are, else on those of the validator, and two
that search by themselves on all games.
"""

import os
import unittest

from support import SOURCE, ScriptTest

EXAMPLES = SOURCE / "python_plugin/examples"
NIGHTLY = "PARLOUR_NIGHTLY" in os.environ
ON_ALL_GAMES = {"greedy", "minimax_py"}


class ShippedScripts(ScriptTest):
    def test_each_is_validated(self):
        scripts = sorted(EXAMPLES.glob("opponents/*.py")) + sorted(EXAMPLES.glob("games/*.py"))
        self.assertGreater(len(scripts), 7)
        for script in scripts:
            words = [] if NIGHTLY else ["--rounds", "2"]
            words += [] if NIGHTLY or script.stem in ON_ALL_GAMES else ["--alone"]
            with self.subTest(script.stem):
                code, out = self.parlour("validate", *words, str(script))
                self.assertEqual(code, 0, out)
                self.assertIn("passes all", out)

    def test_a_game_of_two_thousand_moves_is_not_lost_on_time(self):
        for name in ("greedy", "minimax_py", "mcts_numpy"):
            with self.subTest(name):
                code, out = self.parlour("match", "amazons", "--engine", "python:" + name, "--engine", "random",
                                         "--games", "2", "--time-per-move", "100ms", "--max-plies", "4")
                self.assertEqual(code, 0, out)
                self.assertRegex(out, r"endings\s+too long 2")


if __name__ == "__main__":
    unittest.main()
