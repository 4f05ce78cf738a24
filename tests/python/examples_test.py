"""The examples run, and what they show is right."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import tempfile
import unittest
from types import ModuleType

from support import BUILD, EXAMPLES, run_python


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def needs(*modules: str):  # type: ignore[no-untyped-def]
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    return unittest.skipIf(bool(missing), f"{', '.join(missing)} is not installed")


class CtypesClient(unittest.TestCase):
    def test_the_c_interface_works_from_ctypes_alone(self) -> None:
        ran = run_python("-I", str(EXAMPLES / "ctypes_client.py"), str(BUILD / "plugins" / "tic_tac_toe.so"))
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(
            ran.stdout.splitlines(),
            ["a3 b3 c3 a2 b2 c2 a1 ", "tic_tac_toe: xox/oxo/x.. o", "result: [1.0, -1.0]"],
        )

    def test_it_plays_what_the_module_plays(self) -> None:
        import parlour

        client = load("ctypes_client")
        for id in ("four_in_a_row", "reversi", "draughts"):
            game = client.Game(str(BUILD / "plugins" / f"{id}.so"))
            raw, state = game.new_state(), parlour.game(id).new()
            for ply in range(1000):
                self.assertEqual(game.legal(raw), state.legal_moves())
                self.assertEqual(bytes(raw), state.to_bytes())
                move = state.random_move(ply)
                self.assertEqual(game.move_text(raw, move), state.move_text(move))
                over = game.play(raw, move)
                state.play(move)
                self.assertEqual((over, game.text(raw)), (state.is_over, state.text))
                if over:
                    break
            self.assertEqual(tuple(game.outcome(raw)), state.result)
            game.close()

    def test_another_file_is_refused(self) -> None:
        ran = run_python(str(EXAMPLES / "ctypes_client.py"), str(BUILD / "plugins" / "minimax.so"))
        self.assertNotEqual(ran.returncode, 0)
        self.assertIn("has no games", ran.stderr)


@needs("pygame")
class Pygame(unittest.TestCase):
    def test_a_game_in_a_window_without_a_display(self) -> None:
        code = """
import sys
sys.path.insert(0, sys.argv[1])
import pygame
import pygame_tic_tac_toe as example

pygame.display.init()
for square in (4, 0, 2, 6, 1, 3, 5, 7, 8):
    position = (square % 3 * example.SQUARE + 20, square // 3 * example.SQUARE + 20)
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=position))
seen = []
draw = example.TicTacToe.draw
def watch(self, surface):
    draw(self, surface)
    seen.append((self.state.text, self.headline(), surface.get_at((example.SIDE // 2, example.SIDE // 2))[:3]))
example.TicTacToe.draw = watch
quit_display, pygame.display.init = pygame.display.quit, lambda: None
example.main(3)
print(seen[-1])
"""
        ran = run_python("-c", code, str(EXAMPLES), SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        text, headline, middle = eval(ran.stdout)
        self.assertIn("x", text.split("/")[1])
        self.assertIn(headline, ("A draw", "The engine wins"))
        self.assertEqual(middle, (0xE4, 0x57, 0x4C))

    def test_the_starter_plays_a_game_as_it_is_written(self) -> None:
        code = """
import sys
sys.path.insert(0, sys.argv[1])
import pygame
import my_window as starter

waits, texts = iter([(column, row) for row in range(3) for column in range(3)]), []
def click(milliseconds):  # in place of the pause after each picture: a square more is touched, at last the window closed
    square = next(waits, None)
    if square is None:
        pygame.event.post(pygame.event.Event(pygame.QUIT))
        return
    middle = (square[0] * starter.CELL + starter.CELL // 2, square[1] * starter.CELL + starter.CELL // 2)
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, button=1, pos=middle))
pygame.time.wait = click
draw = starter.draw
def watch(screen, state):
    draw(screen, state)
    middle = starter.CELL // 2
    colours = [screen.get_at((column * starter.CELL + middle, row * starter.CELL + middle))[:3]
               for row in range(3) for column in range(3)]
    texts.append((state.text, state.is_over, colours.count((0x2f, 0x5d, 0x8a))))
starter.draw = watch
starter.main()
print(texts)
"""
        with tempfile.TemporaryDirectory() as folder:
            made = subprocess.run(
                [str(BUILD / "parlour"), "new", "window", "my_window", "--directory", folder],
                capture_output=True,
                text=True,
                check=False,
            )
            self.assertEqual(made.returncode, 0, made.stdout + made.stderr)
            ran = run_python("-c", code, folder, SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        pictures = eval(ran.stdout)
        self.assertTrue(any(over for _, over, _ in pictures), pictures)
        for text, _, discs in pictures:
            self.assertEqual(text.split()[0].count("o"), discs, pictures)

    def test_the_engine_never_loses(self) -> None:
        import random

        example = load("pygame_tic_tac_toe")
        for seed in range(20):
            luck, game = random.Random(seed), example.TicTacToe()
            while not game.state.is_over:
                square = luck.choice(game.state.legal_moves())
                middle = example.SQUARE // 2
                self.assertTrue(
                    game.click(square % 3 * example.SQUARE + middle, square // 3 * example.SQUARE + middle)
                )
                self.assertFalse(game.click(square % 3 * example.SQUARE, square // 3 * example.SQUARE))
            self.assertLessEqual(game.state.result[0], 0)


@needs("numpy")
class Numpy(unittest.TestCase):
    def test_batched_self_play_counts_who_wins(self) -> None:
        share = load("batched_self_play").first_player_share("tic_tac_toe", 4096)
        self.assertAlmostEqual(share, 0.585, delta=0.04)

    def test_evaluations_one_by_one_and_in_batches_agree(self) -> None:
        import numpy as np

        import parlour

        example = load("python_evaluation")
        states = [parlour.game("four_in_a_row").new().after(i).after(j) for i in range(7) for j in range(7)]
        boards = np.array([np.asarray(state.board) for state in states])
        players = np.array([state.player for state in states], np.int8)
        together = example.central_of_many(memoryview(boards), memoryview(players))
        self.assertTrue(np.allclose(together, [example.central(state) for state in states]))
        ran = run_python(str(EXAMPLES / "python_evaluation.py"))
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual(len(ran.stdout.splitlines()), 3)


if __name__ == "__main__":
    unittest.main()
