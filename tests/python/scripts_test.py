"""Scripts from an ordinary Python: opponents as objects, and games written in Python under native engines."""

from __future__ import annotations

import importlib.util
import os
import tempfile
import unittest
from pathlib import Path

from support import BUILD, EXAMPLES, run_python

import parlour

PLUGIN = BUILD / "plugins" / "python.so"


class Opponents(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path

    def test_the_smallest_opponent_plays(self) -> None:
        path = self.write("last.py", "def choose(state, clock):\n    return state.legal_moves()[-1]\n")
        for given in (path, str(path), os.fsencode(path)):
            game = parlour.play(parlour.game("four_in_a_row"), [parlour.load_opponent(given), "random"], nodes=1)
            self.assertEqual(game.texts[0], "7")

    def test_shipped_opponents_play(self) -> None:
        greedy = parlour.load_opponent(EXAMPLES / "opponents" / "greedy.py")
        state = parlour.game("tic_tac_toe").from_text("xx./oo./... x")
        self.assertEqual(parlour.play(state, [greedy, "random"], nodes=500).texts, ("c3",))

    def test_every_shipped_opponent_plays_a_game(self) -> None:
        files = sorted((EXAMPLES / "opponents").glob("*.py"))
        self.assertGreaterEqual(len(files), 6)
        for file in files:
            if file.stem == "mcts_numpy" and importlib.util.find_spec("numpy") is None:
                continue
            for limits in ({"nodes": 60}, {"playouts": 30}, {"depth": 1}, {"seconds": 0.01}):
                with self.subTest(file.stem, **limits):
                    players = [parlour.load_opponent(file), "random"]
                    game = parlour.play(parlour.game("tic_tac_toe"), players, **limits)  # type: ignore[arg-type]
                    self.assertIsNotNone(game.result)

    def test_equal_seeds_give_equal_games(self) -> None:
        def moves(seed: int) -> tuple[int, ...]:
            players = [parlour.load_opponent(EXAMPLES / "opponents" / "random.py") for _ in range(2)]
            return parlour.play(parlour.game("four_in_a_row"), players, seed=seed).moves

        self.assertEqual(moves(1), moves(1))
        self.assertNotEqual(moves(1), moves(2))

    def test_an_illegal_answer_names_the_file_and_the_opponent(self) -> None:
        path = self.write("wild.py", "\n\ndef choose(state, clock):\n    return 99\n")
        with self.assertRaisesRegex(parlour.IllegalMove, "player 2, wild.py, line 3: choose gave 99, which is not legal"):
            parlour.play(parlour.game("four_in_a_row"), ["random", parlour.load_opponent(path)], nodes=1)

    def test_options_reach_the_script(self) -> None:
        path = self.write(
            "choosy.py",
            "from parlour.script import Opponent, Option\n"
            "class Choosy(Opponent):\n"
            "    options = {'column': Option.int(1, 1, 7)}\n"
            "    def choose(self, state, clock):\n"
            "        return str(self.options['column'])\n",
        )
        opponent = parlour.load_opponent(path, column=5)
        self.assertEqual(parlour.play(parlour.game("four_in_a_row"), [opponent, "random"], max_plies=1).texts, ("5",))
        with self.assertRaisesRegex(parlour.OptionError, "column"):
            parlour.load_opponent(path, column=9)
        with self.assertRaisesRegex(parlour.OptionError, "choosy.py: .*column.*'x'.*a whole number from 1 to 7"):
            parlour.load_opponent(path, column="x")

    def test_scripts_that_fail_say_where(self) -> None:
        broken = self.write("broken.py", "def choose(state, clock:\n    pass\n")
        with self.assertRaisesRegex(parlour.PluginError, "broken.py, line 1") as caught:
            parlour.load_opponent(broken)
        self.assertEqual(caught.exception.plugin, str(broken))
        raising = self.write("raising.py", "def choose(state, clock):\n    return 1 / 0\n")
        with self.assertRaises(ZeroDivisionError):
            parlour.play(parlour.game("four_in_a_row"), [parlour.load_opponent(raising), "random"])
        for name, text in (("empty.py", ""), ("failing.py", "x = 1\nraise KeyError('mine')\n")):
            with self.assertRaises(parlour.PluginError):
                parlour.load_opponent(self.write(name, text))
        with self.assertRaisesRegex(parlour.PluginError, "there is no file .*missing.py"):
            parlour.load_opponent(self.folder / "missing.py")

    def test_an_opponent_that_cannot_be_made_says_where(self) -> None:
        path = self.write(
            "clumsy.py",
            "from parlour.script import Opponent\n"
            "class Clumsy(Opponent):\n"
            "    def __init__(self):\n"
            "        1 / 0\n"
            "    def choose(self, state, clock):\n"
            "        return 0\n",
        )
        with self.assertRaisesRegex(parlour.PluginError, "clumsy.py, line 4: ZeroDivisionError") as caught:
            parlour.load_opponent(path)
        self.assertEqual(caught.exception.plugin, str(path))
        self.assertIn("1 / 0", caught.exception.remote_traceback or "")

    def test_other_files_are_no_plugins(self) -> None:
        text = self.write("text.so", "not a shared object")
        with self.assertRaisesRegex(parlour.PluginError, "cannot be loaded"):
            parlour.load(text)
        with self.assertRaisesRegex(parlour.PluginError, "no file"):
            parlour.load(self.folder / "missing.so")
        with self.assertRaises(TypeError):
            parlour.load(5)  # type: ignore[arg-type]


@unittest.skipUnless(PLUGIN.exists(), "the plugin that runs scripts was not built")
class Games(unittest.TestCase):
    def run_code(self, code: str, **environment: str) -> list[str]:
        ran = run_python("-c", f"import parlour\nparlour.load({str(PLUGIN)!r})\n{code}", **environment)
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        return ran.stdout.splitlines()

    def test_native_engines_play_a_game_written_in_python(self) -> None:
        lines = self.run_code(
            """
import pickle
state = parlour.game("python:nim").new()
for engine, limits in (("mcts", {"playouts": 500}), ("minimax", {"depth": 3})):
    result = parlour.Engine(engine).search(state, **limits)
    print(state.is_legal(result.move))
print(parlour.Engine("minimax").search(state, depth=3, evaluate=lambda s: 0.0).move in state.legal_moves())
game = parlour.play(state, ["mcts", "random"], playouts=100)
for move in game.moves:
    state.play(move)
print(state.result == game.result)
for move in game.moves:
    state.undo()
print(state == parlour.game("python:nim").new(), pickle.loads(pickle.dumps(state)) == state)
try:
    state.play(10**6)
except parlour.IllegalMove:
    print("illegal")
"""
        )
        self.assertEqual(lines, ["True"] * 4 + ["True True", "illegal"])

    def test_scripts_are_found_when_they_are_asked_for(self) -> None:
        code = """
import sys, parlour
parlour.game("tic_tac_toe")
print("python.so" in open("/proc/self/maps").read())
path = list(sys.path)
state = parlour.game("python:nim", first=1).new()
print(state.game.options, state.player, parlour.Engine("minimax").search(state, depth=2).move in state.legal_moves())
print({"python:nim", "python:bluff"} <= {info.id for info in parlour.games()}, parlour.games.python_nim.new().is_over)
print("python:greedy" in {info.id for info in parlour.engines()}, sys.path[:len(path)] == path)
"""
        ran = run_python("-c", code)
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        expected = ["False", "{'first': 1} 0 True", "True False", "True True"]
        self.assertEqual(ran.stdout.splitlines(), expected)

    def test_a_file_with_a_game_is_loaded(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file, package = Path(folder, "mine.py"), Path(folder, "whole")
            package.mkdir()
            for target in (file, package / "__init__.py"):
                target.write_text((EXAMPLES / "games" / "nim.py").read_text())
            Path(folder, "wrong.py").write_text("from parlour.script import Game\nclass Wrong(Game):\n    pass\n")
            code = f"""
import parlour
for path in ({str(file)!r}, {str(package)!r}, {str(file)!r}):
    info = parlour.load(path)
    print(info.id, info.games, info.engines, parlour.game(info.games[0]).new().is_over)
try:
    parlour.load({folder!r} + "/wrong.py")
except parlour.PluginError as error:
    print(error)
"""
            ran = run_python("-c", code)
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        lines = ran.stdout.splitlines()
        mine, whole = (f"python:{name} ('python:{name}',) () False" for name in ("mine", "whole"))
        self.assertEqual(lines[:3], [mine, whole, mine])
        self.assertTrue(lines[3].startswith("wrong.py"), lines)

    def test_a_broken_script_is_refused_with_its_line(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "broken.py").write_text("x = 1\nraise KeyError('mine')\n")
            ran = run_python("-c", "import parlour; print(parlour.refused())", PARLOUR_SCRIPT_PATH=folder)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertIn("broken.py, line 2: KeyError", ran.stdout)

    def test_a_failing_opponent_brings_its_traceback(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "failing.py").write_text("def choose(state, clock):\n    return 1 / 0\n")
            lines = self.run_code(
                """
engine = parlour.Engine("python:failing")
for _ in range(2):
    try:
        engine.search(parlour.game("tic_tac_toe").new(), seconds=30)
    except parlour.PluginError as error:
        print(error.plugin, "failing.py" in str(error), "return 1 / 0" in error.remote_traceback)
""",
                PARLOUR_SCRIPT_PATH=folder,
            )
        self.assertEqual(lines, ["parlour.python True True"] * 2)


if __name__ == "__main__":
    unittest.main()
