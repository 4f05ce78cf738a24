"""Games and positions: rules, errors, comparing, pickling, copies, views."""

from __future__ import annotations

import copy
import gc
import importlib
import multiprocessing
import pickle
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import tracemalloc
import unittest
from pathlib import Path

from support import run_python

import parlour


def random_walk(state: parlour.State, luck: random.Random, most: int = 500) -> parlour.State:
    for _ in range(most):
        if state.is_over:
            break
        state.play(luck.choice(state.legal_moves()))
    return state


class Games(unittest.TestCase):
    def test_the_shipped_games_are_found_with_their_options(self) -> None:
        games = {info.id: info for info in parlour.games()}
        for id in ("tic_tac_toe", "reversi", "four_in_a_row", "draughts", "pig", "kuhn_poker"):
            self.assertIn(id, games)
        sizes = {option.id: option for option in games["reversi"].options}["size"]
        self.assertEqual(sizes.type, "choice")
        self.assertEqual((sizes.default, [value for value, _ in sizes.choices]), (8, [8, 6, 4]))
        self.assertEqual(parlour.refused(), [])

    def test_options_make_another_game(self) -> None:
        game = parlour.game("reversi", size=6)
        self.assertEqual(game.board_shape, (6, 6))
        self.assertEqual(game.variant, "size=6")
        self.assertNotEqual(game, parlour.game("reversi"))
        self.assertEqual(game, parlour.game("reversi", size="6"))
        self.assertEqual(hash(game), hash(parlour.game("reversi", size=6)))

    def test_options_are_plain_values_both_ways(self) -> None:
        for size in (6, "6"):
            options = parlour.game("reversi", size=size).options
            self.assertEqual((options, type(options["size"])), ({"size": 6}, int))
        self.assertEqual(parlour.game("reversi").options, {})
        self.assertEqual(pickle.loads(pickle.dumps(parlour.game("reversi", size=6))).options, {"size": 6})
        given = {"memory_mb": 2, "exploration": 0.5, "reuse": False}
        engine = parlour.Engine("mcts", **given)
        self.assertEqual(engine.options, given)
        self.assertEqual([type(value) for value in engine.options.values()], [int, float, bool])
        kinds = {"bool": bool, "int": int, "float": float, "text": str}
        for info in (*parlour.games(), *parlour.engines()):
            for option in info.options:
                values = [option.default, *(value for value, _ in option.choices)]
                self.assertEqual({type(value) for value in values}, {kinds.get(option.type, type(option.default))})
                bound = kinds[option.type] if option.type in ("int", "float") else type(None)
                self.assertEqual((type(option.min), type(option.max)), (bound, bound))

    def test_every_bad_argument_ends_in_a_sentence(self) -> None:
        game = parlour.game("reversi")
        state = game.new()
        cases = (
            (lambda: parlour.game("reversi", size="\udc80"), parlour.OptionError, "size"),
            (lambda: parlour.game("reversi", size="6\0"), parlour.OptionError, "size has a NUL"),
            (lambda: parlour.game("reversi", nonsense=1), parlour.OptionError, "there are size"),
            (lambda: parlour.game("\udc80"), parlour.ArgumentError, "game's id"),
            (lambda: parlour.game(5), TypeError, "game's id is a text, not int"),
            (lambda: game.new(-1), parlour.ArgumentError, "seed .* not -1"),
            (lambda: game.new("x"), TypeError, "seed is a whole number, not str"),
            (lambda: game.player_name(2), parlour.ArgumentError, "player .* 0 to 1, not 2"),
            (lambda: game.from_text(5), TypeError, "text"),
            (lambda: game.from_text("\udc80"), parlour.ArgumentError, "text"),
            (lambda: game.from_text(state.text + "\0"), parlour.ArgumentError, "NUL"),
            (lambda: state.play("c4\0"), parlour.IllegalMove, "no move has"),
            (lambda: state.play("\udcff"), parlour.IllegalMove, "no move has"),
            (lambda: parlour.Engine("minimax", seed=-1), parlour.ArgumentError, "seed .* not -1"),
            (lambda: parlour.Engine("minimax", nonsense=1), parlour.OptionError, "there are hash_mb, leaf"),
            (lambda: parlour.Engine(5), TypeError, "engine's id is a text, not int"),
            (lambda: parlour.Engine("minimax").supports(5), TypeError, "a Game is needed"),
            (lambda: parlour.BatchEnv(game, -1), parlour.ArgumentError, "n is a whole number from 1 .* not -1"),
            (lambda: parlour.BatchEnv(game, 2**40), parlour.ArgumentError, "n is a whole number"),
            (lambda: parlour.BatchEnv(game, 1, seed=-1), parlour.ArgumentError, "seed"),
            (lambda: parlour.BatchEnv(game, 1).step([-1]), parlour.IllegalMove, "game 0"),
        )
        for call, kind, sentence in cases:
            with self.subTest(sentence), self.assertRaisesRegex(kind, sentence) as caught:
                call()  # type: ignore[no-untyped-call]
            self.assertNotIn("incompatible", str(caught.exception))

    def test_what_is_refused_is_a_parlour_error(self) -> None:
        game = parlour.game("tic_tac_toe")
        calls = (
            lambda: game.from_text("nonsense"),
            lambda: game.from_bytes(b""),
            lambda: game.new().view(7),
            lambda: parlour.Engine("minimax").search(game.new(), nodes=0),
            lambda: parlour.BatchEnv(game, 0),
            lambda: parlour.BatchEnv(game, 2).step([1]),
            lambda: parlour.BatchEnv(game, 2, masks=bytearray(1)),
            lambda: parlour.play(game, ["random"]),
        )
        for number, call in enumerate(calls):
            with self.subTest(number), self.assertRaises(parlour.ArgumentError) as caught:
                call()  # type: ignore[no-untyped-call]
            self.assertIsInstance(caught.exception, parlour.ParlourError)
            self.assertIsInstance(caught.exception, ValueError)

    @unittest.skipIf(shutil.which("cc") is None, "there is no C compiler")
    def test_other_threads_run_while_a_plugin_is_loaded(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            source, plugin = Path(folder, "slow.c"), Path(folder, "slow.so")
            source.write_text(
                "#include <unistd.h>\n__attribute__((constructor)) static void slow(void) { usleep(300000); }\n"
            )
            subprocess.run(["cc", "-shared", "-fPIC", "-o", str(plugin), str(source)], check=True)
            code = """
import parlour, sys, threading, time
parlour.games()
counted, ready, done = 0, threading.Event(), threading.Event()

def count():
    global counted
    while not done.is_set():
        counted += 1
        ready.set()
        time.sleep(0.001)

thread = threading.Thread(target=count)
thread.start()
ready.wait()
before = counted
try:
    parlour.load(sys.argv[1])
except parlour.PluginError:
    print(counted - before)
done.set()
"""
            ran = run_python("-c", code, str(plugin))
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        self.assertGreater(int(ran.stdout), 5)

    def test_wrong_ids_and_options_end_in_a_sentence(self) -> None:
        with self.assertRaisesRegex(parlour.NotFound, "there is no game"):
            parlour.game("no_such_game")
        with self.assertRaisesRegex(LookupError, "there are"):
            parlour.Engine("no_such_engine")
        with self.assertRaisesRegex(parlour.OptionError, "size"):
            parlour.game("reversi", size=7)
        with self.assertRaisesRegex(ValueError, "nonsense"):
            parlour.game("reversi", nonsense=1)
        with self.assertRaisesRegex(parlour.OptionError, "list"):
            parlour.game("reversi", size=[6])

    def test_the_catalogues_are_packages_as_well(self) -> None:
        reversi = importlib.import_module("parlour.games.reversi")
        self.assertIs(reversi, parlour.games.reversi)
        self.assertEqual(parlour.games.reversi.new(size=6).game, parlour.game("reversi", size=6))
        self.assertEqual(parlour.engines.mcts.Engine(memory_mb=2).options, {"memory_mb": 2})
        self.assertIn("draughts", dir(parlour.games))
        with self.assertRaises(ModuleNotFoundError):
            importlib.import_module("parlour.games.no_such_game")
        with self.assertRaisesRegex(AttributeError, "there are"):
            parlour.games.no_such_game

    def test_importing_alone_loads_no_plugin(self) -> None:
        code = "import parlour; print('/plugins/' in open('/proc/self/maps').read())"
        self.assertEqual(run_python("-c", code).stdout.strip(), "False")


class Rules(unittest.TestCase):
    def test_every_game_plays_to_its_end_and_back(self) -> None:
        luck = random.Random(5)
        for info in parlour.games():
            if info.id.startswith("python:"):
                continue
            with self.subTest(info.id):
                start = parlour.game(info.id).new(3)
                state = random_walk(start.copy(), luck, 5000)
                self.assertTrue(state.is_over)
                self.assertEqual(state.legal_moves(), [])
                self.assertEqual(state.player, -1)
                result = state.result
                assert result is not None
                self.assertEqual(len(result), state.game.players)
                low, high = state.game.utility_range
                self.assertTrue(all(low <= value <= high for value in result))
                with self.assertRaises(parlour.GameOver):
                    state.play(0)
                moves = state.history
                replayed = start.copy()
                for move in moves:
                    replayed.play(move)
                self.assertEqual(replayed, state)
                walked = start.copy()
                way = []
                for move in moves:
                    way.append((walked.player, walked.is_over, walked.is_chance, walked.result, walked.ply))
                    walked.play(move)
                for move, before in zip(reversed(moves), reversed(way)):
                    self.assertEqual(state.undo(), move)
                    now = (state.player, state.is_over, state.is_chance, state.result, state.ply)
                    self.assertEqual(now, before)
                self.assertEqual(state, start)
                self.assertEqual(state.to_bytes(), start.to_bytes())
                with self.assertRaisesRegex(parlour.ParlourError, "no move to take back"):
                    state.undo()

    def test_texts_round_trip(self) -> None:
        luck = random.Random(6)
        for id in ("tic_tac_toe", "reversi", "four_in_a_row", "draughts"):
            state = parlour.game(id).new()
            while not state.is_over:
                moves, texts = state.legal_moves(), state.legal_texts()
                self.assertEqual([state.parse_move(text) for text in texts], moves)
                self.assertEqual([state.move_text(move) for move in moves], texts)
                state.play(luck.choice(texts))
                self.assertEqual(state.game.from_bytes(state.to_bytes()), state)

    def test_illegal_moves_leave_the_position_as_it_was(self) -> None:
        state = parlour.game("tic_tac_toe").new()
        state.play("b2")
        before = state.to_bytes()
        for wrong in (4, "b2", 9, 2**32 - 1, 2**40, -1, "zz", "", "\udcff"):
            with self.subTest(wrong), self.assertRaises(parlour.IllegalMove):
                state.play(wrong)
        for strange in (None, 1.5, True, [], b"a3"):
            with self.subTest(strange), self.assertRaises(TypeError):
                state.play(strange)
        self.assertEqual(state.to_bytes(), before)
        self.assertEqual(state.ply, 1)
        with self.assertRaises(ValueError):
            state.play(4)

    def test_bad_positions_are_refused(self) -> None:
        game = parlour.game("tic_tac_toe")
        for text in ("", "x.o", "xxx/xxx/xxx x", "......... x y"):
            with self.subTest(text), self.assertRaises(ValueError):
                game.from_text(text)
        for data in (b"", b"123", b"\xff" * game.state_size, b"\0" * (game.state_size + 1)):
            with self.subTest(data), self.assertRaises(ValueError):
                game.from_bytes(data)
        with self.assertRaises(TypeError):
            game.from_bytes("text")

    def test_chance_moves_are_moves_with_odds(self) -> None:
        state = parlour.game("kuhn_poker").new()
        self.assertTrue(state.is_chance)
        outcomes = state.chance_outcomes()
        self.assertAlmostEqual(sum(odds for _, odds in outcomes), 1, places=5)
        self.assertEqual([move for move, _ in outcomes], state.legal_moves())
        self.assertEqual(state.random_move(4), state.random_move(4))
        state.play(state.random_move(4))
        self.assertFalse(state.is_chance)
        self.assertEqual(state.chance_outcomes(), [])

    def test_views_hide_what_a_player_does_not_see(self) -> None:
        first, second = (parlour.game("kuhn_poker").new() for _ in range(2))
        outcomes = first.legal_moves()
        views = set()
        for move in outcomes:
            views.add(first.after(move).view(0).to_bytes())
        self.assertLess(len(views), len(outcomes))
        self.assertEqual(first, second)

    def test_playouts_end_and_repeat(self) -> None:
        state = parlour.game("reversi", size=6).new()
        self.assertEqual(state.playout(1), state.playout(1))
        self.assertEqual(len({state.playout(seed) for seed in range(30)}) > 1, True)
        self.assertEqual(state.ply, 0)


class Values(unittest.TestCase):
    def setUp(self) -> None:
        self.state = random_walk(parlour.game("reversi").new(), random.Random(1), 20)

    def test_states_compare_by_position(self) -> None:
        other = self.state.copy()
        self.assertEqual(self.state, other)
        self.assertEqual(hash(self.state), hash(other))
        self.assertEqual(self.state.key, other.key)
        other.play(other.legal_moves()[0])
        self.assertNotEqual(self.state, other)
        self.assertNotEqual(self.state, parlour.game("reversi", size=6).new())
        self.assertNotEqual(self.state, "text")
        self.assertEqual({self.state: 1}[self.state.copy()], 1)

    def test_copies_are_independent(self) -> None:
        for make in (copy.copy, copy.deepcopy, parlour.State.copy, lambda s: pickle.loads(pickle.dumps(s))):
            twin = make(self.state)
            self.assertEqual(twin, self.state)
            self.assertEqual(twin.history, self.state.history)
            twin.play(twin.legal_moves()[-1])
            self.assertNotEqual(twin, self.state)
            twin.undo()
            twin.undo()
            self.assertEqual(twin.ply, self.state.ply - 1)

    def test_a_branch_keeps_its_own_history(self) -> None:
        first, second = self.state.legal_moves()[:2]
        left, right = self.state.after(first), self.state.after(second)
        self.assertEqual(left.history[:-1], right.history[:-1])
        self.assertEqual((left.undo(), right.undo()), (first, second))
        self.assertEqual(left, right)

    def test_states_travel_to_other_processes(self) -> None:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            texts = pool.map(parlour.State.legal_texts, [self.state])
        self.assertEqual(texts, [self.state.legal_texts()])

    def test_a_damaged_pickle_is_refused(self) -> None:
        restore, (game, start, moves) = self.state.__reduce__()
        with self.assertRaises(ValueError):
            restore(game, b"\xff" * len(start), moves)
        with self.assertRaises(parlour.IllegalMove):
            restore(game, start, (63, 63, 63))

    def test_they_describe_themselves(self) -> None:
        self.assertIn(self.state.text, repr(self.state))
        self.assertEqual(str(self.state), self.state.text)
        svg = self.state._repr_svg_()
        assert svg is not None
        import xml.dom.minidom

        picture = xml.dom.minidom.parseString(svg)
        discs = picture.getElementsByTagName("circle")
        self.assertEqual(len(discs), sum(cell > 0 for row in self.state.board.tolist() for cell in row))

    def test_bytes_are_shown_in_place_read_only_and_live(self) -> None:
        view = memoryview(self.state)
        self.assertTrue(view.readonly)
        self.assertEqual(bytes(view), self.state.to_bytes())
        self.state.undo()
        self.assertEqual(bytes(view), self.state.to_bytes())
        with self.assertRaises(TypeError):
            view[0] = 1
        state, self.state = self.state, self.state.copy()
        expected = state.to_bytes()
        del state
        gc.collect()
        self.assertEqual(bytes(view), expected)

    def test_boards_and_planes_show_the_pieces(self) -> None:
        state = parlour.game("four_in_a_row").new()
        for move in (3, 3, 4):
            state.play(move)
        board = state.board
        self.assertEqual((board.shape, board.format, board.readonly), ((6, 7), "b", True))
        rows = board.tolist()
        self.assertEqual((rows[5][3], rows[4][3], rows[5][4]), (1, 2, 1))
        self.assertEqual(sum(map(sum, rows)), 4)
        planes = state.planes()
        self.assertEqual(planes.shape, state.game.planes_shape)
        mine, _, theirs, _, first = planes.tolist()
        self.assertEqual((mine[4][3], theirs[5][3], theirs[5][4]), (1.0, 1.0, 1.0))
        self.assertEqual(first[0][0], 0.0)
        with self.assertRaisesRegex(ValueError, "elements"):
            state.planes(out=bytearray(10))

    def test_wrong_arguments_are_refused(self) -> None:
        with self.assertRaises(TypeError):
            parlour.State()  # type: ignore[call-arg]
        with self.assertRaises(ValueError):
            self.state.view(2)
        with self.assertRaises(ValueError):
            self.state.scene(viewer=7)
        with self.assertRaises(AttributeError):
            self.state.player = 1  # type: ignore[misc]
        with self.assertRaises(parlour.ParlourError):
            parlour.game("draughts").new().legal_mask() if not parlour.game("draughts").move_space else self.fail()


class Memory(unittest.TestCase):
    def test_methods_leak_no_references(self) -> None:
        game = parlour.game("tic_tac_toe")
        state = game.new()

        def everything() -> None:
            state.play("b2")
            twin = pickle.loads(pickle.dumps(state))
            twin.after("a1").board.tolist()
            state.legal_texts()
            state.planes()
            state._repr_svg_()
            memoryview(state).release()
            for wrong in (4, "zz"):
                try:
                    state.play(wrong)
                except parlour.IllegalMove:
                    pass
            state.undo()

        for _ in range(50):
            everything()
        gc.collect()
        before = sys.getrefcount(game), sys.getrefcount(state), sys.getrefcount(parlour.State)
        tracemalloc.start()
        for _ in range(500):
            everything()
        gc.collect()
        first = tracemalloc.get_traced_memory()[0]
        for _ in range(500):
            everything()
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - first
        tracemalloc.stop()
        self.assertEqual(before, (sys.getrefcount(game), sys.getrefcount(state), sys.getrefcount(parlour.State)))
        self.assertLess(grown, 20_000)

    def test_long_histories_are_let_go_of(self) -> None:
        state = parlour.game("pig").new(1)
        luck = random.Random(2)
        copies = []
        for _ in range(3000):
            if state.is_over:
                state = state.game.new(1)
            state.play(luck.choice(state.legal_moves()))
            copies.append(state.copy())
        del state, copies
        gc.collect()

    def test_histories_and_copies_give_their_memory_back(self) -> None:
        # Histories are not in memory that tracemalloc sees: the process must not grow instead.
        def resident() -> int:
            with open("/proc/self/statm") as file:
                return int(file.read().split()[1]) * resource.getpagesize()

        state = parlour.game("tic_tac_toe").new()

        def use(times: int) -> None:
            for _ in range(times):
                twin = state.copy()
                twin.play(4)
                twin.copy().play(0)
                twin.undo()

        use(20_000)
        before = resident()
        use(200_000)
        self.assertLess(resident() - before, 4_000_000)

    def test_threads_share_games_and_states(self) -> None:
        state = parlour.game("reversi").new()
        problems: list[BaseException] = []

        def work(seed: int) -> None:
            try:
                for i in range(30):
                    mine = random_walk(state.copy(), random.Random(seed * 100 + i))
                    while mine.ply:
                        mine.undo()
                    assert mine == state
            except BaseException as problem:
                problems.append(problem)

        threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(problems, [])


if __name__ == "__main__":
    unittest.main()
