"""Opponents in every form play whole games; a changed script plays on in the running one."""

import re
import unittest

from support import ScriptTest

FORMS = {
    "three_lines": "def choose(state, clock):\n    return state.legal_moves()[0]\n",
    "by_text": "def choose(state, clock):\n    return state.legal_texts()[-1]\n",
    "generator": "import time\nfrom parlour.script import Opponent\nclass A(Opponent):\n"
                 "    def choose(self, state, clock):\n        yield state.legal_moves()[-1]\n        time.sleep(100)\n",
    "coroutine": "import asyncio\nfrom parlour.script import Opponent\nclass A(Opponent):\n"
                 "    async def choose(self, state, clock):\n        await asyncio.sleep(0.001)\n"
                 "        return state.legal_moves()[0]\n",
    "numpy_int": "import numpy\ndef choose(state, clock):\n    return numpy.int64(state.legal_moves()[0])\n",
    "observer": "from parlour.script import Opponent\nclass A(Opponent):\n    def new_game(self, state, me):\n"
                "        self.seen = []\n    def observe(self, state, player, move):\n        self.seen.append(move)\n"
                "    def choose(self, state, clock):\n        assert tuple(self.seen) == tuple(state.history)\n"
                "        state.play(state.legal_moves()[0])\n        return state.history[-1]\n",
    "told": "from parlour.script import Opponent\nclass A(Opponent):\n    begun = ended = 0\n"
            "    def new_game(self, state, me):\n        self.begun += 1\n        self.seen = []\n"
            "        assert self.ended == self.begun - 1\n"
            "    def observe(self, state, player, move):\n        self.seen.append(move)\n"
            "    def game_over(self, state):\n        self.ended += 1\n        assert state.is_over\n"
            "        assert tuple(self.seen) == tuple(state.history)\n"
            "    def choose(self, state, clock):\n        return state.legal_moves()[0]\n",
}


class Opponents(ScriptTest):
    def test_every_form_plays(self):
        for name, text in FORMS.items():
            with self.subTest(name):
                self.opponent(name, text)
                code, out = self.match("python:" + name, game="four_in_a_row")
                self.assertEqual(code, 0, out)
                self.assertRegex(out, r"endings\s+normal 2")
                self.assertNotIn("the game was over", out)

    def test_each_game_s_end_is_told_the_last_one_s_too(self):
        self.opponent("says", "from parlour.script import Opponent\nclass A(Opponent):\n    ended = 0\n"
                      "    def game_over(self, state):\n        self.ended += 1\n"
                      "        raise ValueError(f'{self.ended} over: {state.is_over}')\n"
                      "    def choose(self, state, clock):\n        return state.legal_moves()[0]\n")
        code, out = self.match("python:says", game="four_in_a_row")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"endings\s+normal 2")
        self.assertIn("says.py, line 6: ValueError: 1 over: True", out)
        self.assertIn("says.py, line 6: ValueError: 2 over: True", out)

    def test_one_that_hangs_at_the_end_loses_nothing(self):
        self.opponent("hangs", "from parlour.script import Opponent\nclass A(Opponent):\n"
                      "    def game_over(self, state):\n        while True:\n            pass\n"
                      "    def choose(self, state, clock):\n        return state.legal_moves()[0]\n")
        code, out = self.match("python:hangs", game="four_in_a_row")
        self.assertEqual(code, 0, out)
        self.assertRegex(out, r"endings\s+normal 2")
        self.assertIn("hangs.py, line", out)

    def test_shipped_ones_play(self):
        for name in ("random", "greedy", "minimax_py", "asks_native", "python_evaluation", "mcts_numpy"):
            with self.subTest(name):
                code, out = self.match("python:" + name, game="four_in_a_row", time="500ms")
                self.assertEqual(code, 0, out)
                self.assertRegex(out, r"endings\s+normal 2")

    def test_a_search_for_longer_than_the_move_ends_with_the_move(self):
        for name, call in (("patient", "seconds=1000"), ("endless", "depth=1000"),
                           ("judged", "seconds=1000, evaluate=lambda state: 0.0")):
            with self.subTest(name):
                self.opponent(name, "import parlour\ndef choose(state, clock):\n"
                              f"    return parlour.Engine('minimax', state.game).search(state, {call}).move\n")
                code, out = self.match("python:" + name, game="four_in_a_row", time="200ms")
                self.assertEqual(code, 0, out)
                self.assertRegex(out, r"endings\s+normal 2")

    def test_greedy_beats_chance(self):
        code, out = self.parlour("match", "four_in_a_row", "--engine", "python:greedy", "--engine", "random",
                                 "--games", "50")
        self.assertEqual(code, 0, out)
        wins = int(re.search(r"python:greedy\s+50\s+(\d+)", out).group(1))
        self.assertGreater(wins, 40)

    def test_the_same_seed_plays_the_same(self):
        words = ("match", "four_in_a_row", "--engine", "python:random", "--engine", "python:greedy", "--games", "4",
                 "--seed", "7", "--nodes", "10")
        def table():
            return [line for line in self.parlour(*words)[1].splitlines() if line.startswith("python")]
        self.assertEqual(table(), table())

    def test_packages_and_options(self):
        folder = self.opponents / "pack"
        folder.mkdir()
        (folder / "__init__.py").write_text(
            "from parlour.script import Opponent, Option\nfrom .helper import pick\nclass P(Opponent):\n"
            "    '''Picks.'''\n    name = 'Packed'\n    options = {'which': Option.int(0, 0, 3), 'loud': True}\n"
            "    def choose(self, state, clock):\n        return pick(state, self.options['which'])\n")
        (folder / "helper.py").write_text("def pick(state, n):\n    moves = state.legal_moves()\n"
                                          "    return moves[n % len(moves)]\n")
        (self.opponents / "_helper.py").write_text("raise RuntimeError('not a script')\n")
        code, out = self.parlour("list", "scripts")
        self.assertRegex(out, r"python:pack\s+Packed. Picks.")
        self.assertNotIn("_helper", out)
        code, out = self.match("python:pack:which=2,loud=false")
        self.assertEqual(code, 0, out)
        code, out = self.match("python:pack:which=9")
        self.assertNotEqual(code, 0)

    def test_games_of_its_own_only(self):
        self.opponent("picky", "games = ['reversi']\ndef choose(state, clock):\n    return state.legal_moves()[0]\n")
        code, out = self.match("python:picky")
        self.assertNotEqual(code, 0)
        self.assertIn("other games", out)
        code, out = self.match("python:picky", game="reversi", games=2)
        self.assertEqual(code, 0, out)


if __name__ == "__main__":
    unittest.main()
