"""Batched environments: the same games as one by one, over our arrays or the caller's."""

from __future__ import annotations

import array
import random
import threading
import unittest

import parlour

try:
    import numpy as np
except ImportError:
    np = None  # type: ignore[assignment]


def compare(test: unittest.TestCase, env: parlour.BatchEnv, states: list[parlour.State]) -> None:
    """Every array against states that were played one by one."""
    game = env.game
    for index, state in enumerate(states):
        test.assertEqual(env.state(index), state)
        test.assertEqual(env.players.tolist()[index], state.player)
        legal = state.legal_moves()
        test.assertEqual(env.counts.tolist()[index], len(legal))
        test.assertEqual(env.legal.tolist()[index][: len(legal)], legal)
        if game.move_space:
            test.assertEqual(bytes(env.masks.tolist()[index]), bytes(state.legal_mask()))
        if game.board_shape != (0,):
            test.assertEqual(env.boards().tolist()[index], state.board.tolist())
            test.assertEqual(env.planes().tolist()[index], state.planes().tolist())


class Batched(unittest.TestCase):
    def test_a_batch_plays_what_states_play(self) -> None:
        for id in ("tic_tac_toe", "four_in_a_row", "reversi", "draughts"):
            with self.subTest(id):
                luck = random.Random(3)
                game = parlour.game(id)
                env = parlour.BatchEnv(game, 6)
                states = [game.new() for _ in range(6)]
                for ply in range(150):
                    moves = [luck.choice(state.legal_moves()) for state in states]
                    env.step(moves)
                    for index, (state, move) in enumerate(zip(states, moves)):
                        state.play(move)
                        rewards, done = env.rewards.tolist()[index], env.done.tolist()[index]
                        self.assertEqual(done, int(state.is_over))
                        self.assertEqual(tuple(rewards), state.result or (0.0,) * game.players)
                        if state.is_over:
                            states[index] = game.new()
                    if ply % 10 == 0:
                        compare(self, env, states)

    def test_chance_moves_are_played_and_repeat_with_the_seed(self) -> None:
        game = parlour.game("pig")

        def history(seed: int) -> list[object]:
            env = parlour.BatchEnv(game, 8, seed)
            out: list[object] = []
            for step in range(50):
                env.step(env.sample(step))
                self.assertNotIn(True, [env.state(i).is_chance for i in range(8)])
                out.append(env.states.tolist())
            return out

        self.assertEqual(history(1), history(1))
        self.assertNotEqual(history(1), history(2))

    def test_without_auto_reset_finished_games_stay(self) -> None:
        env = parlour.BatchEnv(parlour.game("tic_tac_toe"), 2)
        for moves in ((0, 0), (3, 3), (1, 1), (4, 4), (2, 8)):
            env.step(moves, auto_reset=False)
        self.assertEqual((env.done.tolist(), env.players.tolist()), ([1, 0], [-1, 1]))
        self.assertEqual(env.rewards.tolist(), [[1.0, -1.0], [0.0, 0.0]])
        self.assertEqual(env.sample(1).tolist()[0], 2**32 - 1)
        env.step((2**32 - 1, 5), auto_reset=False)
        self.assertEqual(env.done.tolist(), [0, 1])
        self.assertTrue(env.state(0).is_over)
        env.step((0, 0), auto_reset=True)
        self.assertEqual(env.players.tolist(), [0, 0])

    def test_an_illegal_move_changes_nothing(self) -> None:
        env = parlour.BatchEnv(parlour.game("tic_tac_toe"), 3)
        env.step([0, 1, 2])
        before = env.states.tobytes()
        with self.assertRaisesRegex(parlour.IllegalMove, "move 2 is not legal in game 2"):
            env.step([1, 2, 2])
        with self.assertRaises(parlour.IllegalMove):
            env.step([1, 2, 10**6])
        for wrong in ([1, 2], [1, 2, 3, 4], array.array("I", [1])):
            with self.assertRaises(ValueError):
                env.step(wrong)
        for strange in (None, 5, ["a", "b", "c"], array.array("d", [1, 2, 3])):
            with self.assertRaises(TypeError):
                env.step(strange)
        self.assertEqual(env.states.tobytes(), before)

    def test_any_whole_numbers_are_moves(self) -> None:
        for code in "bBhHiIlLqQ":
            env = parlour.BatchEnv(parlour.game("tic_tac_toe"), 3)
            env.step(array.array(code, [0, 4, 8]))
            self.assertEqual([env.state(i).history for i in range(3)], [()] * 3)
            self.assertEqual([env.state(i).text[:3] for i in range(3)], ["x..", "...", "..."])

    def test_arrays_of_the_caller_are_filled_in_place(self) -> None:
        game = parlour.game("tic_tac_toe")
        masks, done, rewards = bytearray(4 * 9), bytearray(4), array.array("f", [9.0] * 8)
        env = parlour.BatchEnv(game, 4, masks=masks, done=done, rewards=rewards)
        self.assertIs(env.masks, masks)
        self.assertEqual((bytes(masks), rewards.tolist()), (b"\1" * 36, [0.0] * 8))
        env.step([0, 1, 2, 3])
        self.assertEqual([masks[9 * i + i] for i in range(4)], [0] * 4)
        with self.assertRaises(BufferError):
            masks.extend(b"more")
        boards = bytearray(4 * 9)
        self.assertIs(env.boards(out=memoryview(boards).cast("b")).obj, boards)
        self.assertEqual(boards[0], 1)
        del env
        masks.extend(b"more")

    def test_wrong_arrays_are_refused(self) -> None:
        game = parlour.game("tic_tac_toe")
        for arrays in (
            {"masks": bytearray(5)},
            {"masks": bytes(36)},
            {"rewards": bytearray(32)},
            {"counts": array.array("d", [0.0] * 4)},
        ):
            with self.subTest(arrays), self.assertRaises((ValueError, BufferError)):
                parlour.BatchEnv(game, 4, **arrays)
        with self.assertRaisesRegex(TypeError, "no array"):
            parlour.BatchEnv(game, 4, mask=bytearray(36))
        with self.assertRaises(ValueError):
            parlour.BatchEnv(game, 0)
        with self.assertRaises(TypeError):
            parlour.BatchEnv("tic_tac_toe", 4)  # type: ignore[arg-type]
        with self.assertRaises(IndexError):
            parlour.BatchEnv(game, 4).state(4)

    def test_views_outlive_the_environment(self) -> None:
        env = parlour.BatchEnv(parlour.game("tic_tac_toe"), 4)
        masks, states = env.masks, env.states
        del env
        self.assertEqual(masks.tolist(), [[1] * 9] * 4)
        self.assertEqual(states.shape, (4, 16))

    def test_bytes_that_are_no_position_are_not_made_a_state(self) -> None:
        env = parlour.BatchEnv(parlour.game("tic_tac_toe"), 1)
        memoryview(env.states).cast("B")[:6] = b"\xff" * 6
        with self.assertRaisesRegex(ValueError, "not a position"):
            env.state(0)

    def test_one_thread_at_a_time(self) -> None:
        env = parlour.BatchEnv(parlour.game("reversi"), 4096)
        outcomes: set[str] = set()

        def work() -> None:
            for seed in range(60):
                try:
                    env.reset(seed)
                    outcomes.add("fine")
                except parlour.EngineBusy:
                    outcomes.add("busy")

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertIn("fine", outcomes)
        env.step(env.sample(1))


@unittest.skipIf(np is None, "NumPy is not installed")
class WithNumPy(unittest.TestCase):
    def test_nothing_is_copied(self) -> None:
        game = parlour.game("four_in_a_row")
        env = parlour.BatchEnv(game, 16)
        masks = np.asarray(env.masks)
        self.assertEqual((masks.shape, masks.dtype), ((16, game.move_space), np.uint8))
        self.assertFalse(masks.flags.owndata)
        for _ in range(6):
            env.step(np.full(16, 3))
        self.assertTrue((masks[:, 3] == 0).all() and masks[:, 2].all())
        self.assertEqual(np.asarray(env.boards())[0, :, 3].tolist(), [2, 1, 2, 1, 2, 1])

    def test_the_callers_arrays_are_used(self) -> None:
        game = parlour.game("four_in_a_row")
        arrays = {
            "masks": np.zeros((16, game.move_space), np.uint8),
            "rewards": np.zeros((16, 2), np.float32),
            "players": np.zeros(16, np.int8),
            "counts": np.zeros(16, np.uint32),
        }
        env = parlour.BatchEnv(game, 16, **arrays)
        for name, given in arrays.items():
            self.assertIs(getattr(env, name), given)
        env.step(np.arange(16, dtype=np.int64) % 7)
        self.assertTrue((arrays["players"] == 1).all())
        planes = np.zeros((16, *game.planes_shape), np.float32)
        self.assertIs(env.planes(out=planes), planes)
        self.assertEqual(planes[:, 2].sum(), 16)
        with self.assertRaises((ValueError, BufferError)):
            env.planes(out=planes[:, ::2])
        with self.assertRaises(ValueError):
            env.planes(out=planes.astype(np.float64))

    def test_states_are_arrays_and_take_numpy_numbers(self) -> None:
        state = parlour.game("four_in_a_row").new()
        view = np.asarray(state)
        self.assertEqual((view.dtype, view.size, view.flags.writeable), (np.uint8, state.game.state_size, False))
        state.play(np.uint32(3))
        state.play(np.int64(3))
        self.assertEqual(view.tobytes(), state.to_bytes())
        self.assertEqual(np.asarray(state.board)[:, 3].tolist(), [0, 0, 0, 0, 2, 1])
        with self.assertRaises(TypeError):
            state.play(np.float32(3))


if __name__ == "__main__":
    unittest.main()
