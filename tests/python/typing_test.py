"""The stub says what the module is; the package and the examples are typed."""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
import unittest
from pathlib import Path

from support import BUILD, EXAMPLES, SOURCE, run_python

import parlour

HERE = Path(__file__).parent


@unittest.skipIf(importlib.util.find_spec("mypy") is None, "mypy is not installed")
class Types(unittest.TestCase):
    environment: dict[str, str]

    @classmethod
    def setUpClass(cls) -> None:
        cache = tempfile.TemporaryDirectory()  # one for all: the package and NumPy are read once
        cls.addClassCleanup(cache.cleanup)
        cls.environment = {"MYPY_CACHE_DIR": cache.name, "MYPYPATH": str(BUILD / "python")}

    def check(self, *arguments: str) -> None:
        ran = run_python("-m", "mypy", "--strict", *arguments, **self.environment)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)

    def errors_in(self, source: str) -> list[str]:
        """What mypy finds in a script of this text."""
        with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
            file.write(source)
            file.flush()
            ran = run_python("-m", "mypy", "--strict", file.name, **self.environment)
        self.assertLess(ran.returncode, 2, ran.stdout + ran.stderr)  # 2: it could not look
        return [line for line in ran.stdout.splitlines() if "error:" in line]

    def test_the_package_is_strictly_typed(self) -> None:
        self.check("-p", "parlour")

    @unittest.skipIf(
        any(importlib.util.find_spec(name) is None for name in ("numpy", "pygame")), "NumPy or pygame is not installed"
    )
    def test_the_examples_are_strictly_typed(self) -> None:
        self.check(*(str(file) for file in sorted(EXAMPLES.glob("*.py"))))

    @unittest.skipIf(
        any(importlib.util.find_spec(name) is None for name in ("numpy", "pygame")), "NumPy or pygame is not installed"
    )
    def test_scripts_and_starters_are_strictly_typed(self) -> None:
        scripts = sorted(EXAMPLES.glob("opponents/*.py")) + sorted(EXAMPLES.glob("games/*.py"))
        scripts += sorted((SOURCE / "plugin_api" / "templates").glob("*.py"))
        self.assertGreaterEqual(len(scripts), 9)
        with tempfile.TemporaryDirectory() as folder:
            # Under other names: beside a random.py mypy would take it for Python's own.
            copies = [str(shutil.copy(file, Path(folder) / f"checked_{file.name}")) for file in scripts]
            self.check(*copies)

    def test_wrong_scripts_are_found(self) -> None:
        source = (
            "from parlour import Clock, Opponent, Option, State\n"
            "class A(Opponent):\n"
            "    options = {'a': Option.int('1', 1, 2)}\n"
            "    def choose(self, state: State, clock: Clock) -> float:\n"
            "        clock.remaining()\n"
            "        return 1.5\n"
        )
        self.assertEqual(len(self.errors_in(source)), 3)

    def test_wrong_uses_are_found(self) -> None:
        source = (
            "import parlour\nstate = parlour.game('pig').new()\nstate.play(1.5)\nx: str = state.player\n"
        )
        self.assertEqual(len(self.errors_in(source)), 2)

    def test_right_uses_are_typed(self) -> None:
        right = (
            "import array\nimport parlour\n"
            "state: parlour.State = parlour.games.reversi.new(size=6)\n"
            "size: parlour.OptionValue = state.game.options['size']\n"
            "env = parlour.BatchEnv(state.game, 2, masks=bytearray(72), counts=array.array('I', [0, 0]))\n"
            "env.step(env.sample(1))\nenv.step([1, 2])\nenv.step(array.array('I', [1, 2]))\n"
            "again: parlour.State = state.game.from_bytes(memoryview(state.to_bytes()))\n"
            "class Waits:\n"
            "    async def choose(self, state: parlour.State, clock: parlour.Clock) -> int:\n"
            "        return state.legal_moves()[0]\n"
            "async def last(state: parlour.State) -> str:\n"
            "    return state.legal_texts()[-1]\n"
            "parlour.play(state, [Waits(), last], seed=3)\n"
        )
        self.assertEqual(self.errors_in(right), [])

    def test_the_arrays_of_a_batch_are_typed(self) -> None:
        right = (
            "import array\nimport parlour\n"
            "env = parlour.BatchEnv(parlour.game('tic_tac_toe'), 2, rewards=array.array('f', [0] * 4))\n"
            "ended: int = env.players[0] + sum(env.done) + max(env.counts.tolist()) + len(env.states)\n"
            "reward: float = env.rewards[0, 1] + env.rewards.tolist()[0][1]\n"
            "move: int = env.legal[1, 0]\n"
            "packed: bytes = env.states.tobytes()\n"
            "assert env.masks is not None\nenv.masks[0, 3] = 0\n"
            "other = parlour.BatchEnv(env.game, 2, masks=env.masks)\nenv.step(env.counts)\n"
        )
        self.assertEqual(self.errors_in(right), [])
        wrong = (
            "name: str = env.players[0]\nenv.rewards[0]\nenv.legal.sum()\nother.masks.tolist()\n"
            "env.done[0] = 'x'\nwhole: int = env.rewards[0, 0]\n"
        )
        self.assertEqual(len(self.errors_in(right + wrong)), 6)

    def test_modules_of_games_and_engines_are_typed(self) -> None:
        right = (
            "import parlour.engines.mcts\nimport parlour.games.reversi\n"
            "from parlour.engines import minimax as alpha_beta\nfrom parlour.games import nim, reversi\n"
            "state: parlour.State = reversi.new(size=6)\n"
            "again: parlour.State = parlour.games.reversi.new(seed=3)\n"
            "info: parlour.GameInfo = nim.info\n"
            "games: list[parlour.GameInfo] = parlour.games()\n"
            "engine: parlour.Engine = alpha_beta.Engine(state.game, hash_mb=1)\n"
            "other: parlour.Engine = parlour.engines.mcts.Engine(seed=3)\n"
        )
        self.assertEqual(self.errors_in(right), [])
        ran = run_python("-c", right)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        wrong = (
            "name: str = reversi.new()\nname = parlour.engines.mcts.info\nnim.new(seed='3')\n"
        )
        self.assertEqual(len(self.errors_in(right + wrong)), 3)

    def test_wrong_buffers_are_found(self) -> None:
        source = (
            "import parlour\ngame = parlour.game('reversi', size=None)\n"
            "env = parlour.BatchEnv(game, 2, masks=[1])\nenv.step(1.5)\ngame.from_bytes('text')\n"
        )
        self.assertEqual(len(self.errors_in(source)), 4)

    def test_the_stub_is_true(self) -> None:
        ran = run_python(
            "-m",
            "mypy.stubtest",
            "parlour._parlour",
            "--allowlist",
            str(HERE / "stubtest_allowed.txt"),
            "--ignore-unused-allowlist",
            **self.environment,
        )
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)


class Names(unittest.TestCase):
    def test_what_opponents_are_made_of_is_imported_when_asked_for(self) -> None:
        ran = run_python(
            "-c",
            "import sys, parlour\nassert 'parlour.script' not in sys.modules\n"
            "from parlour import Clock, Opponent, Option\nimport parlour.script as script\n"
            "assert (Clock, Opponent, Option) == (script.Clock, script.Opponent, script.Option)\n"
            "assert parlour.Game is not script.Game\n",
        )
        self.assertEqual(ran.returncode, 0, ran.stderr)
        with self.assertRaises(AttributeError):
            getattr(parlour, "Opponents")


class Documentation(unittest.TestCase):
    def test_every_public_name_is_explained(self) -> None:
        silent = []
        for name in parlour.__all__:
            thing = getattr(parlour, name)
            if isinstance(thing, str) or type(thing).__module__ in ("typing", "collections.abc"):
                continue  # a number, or the name of a type: those are explained in the source
            if not (getattr(thing, "__doc__", None) or "").strip():
                silent.append(name)
            if not isinstance(thing, type) or not (thing.__module__ or "").startswith("parlour"):
                continue
            for member, value in vars(thing).items():
                documented = getattr(value, "__doc__", None)
                if not member.startswith("_") and callable(value) and not documented:
                    silent.append(f"{name}.{member}")
                if isinstance(value, property) and not documented:
                    silent.append(f"{name}.{member}")
        self.assertEqual(silent, [])


if __name__ == "__main__":
    os.chdir(tempfile.gettempdir())  # so that no folder of this project is taken for the package
    unittest.main()
