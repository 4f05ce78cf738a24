"""Engines from Python: searching, stopping, threads, asyncio, evaluators, batches."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
import unittest
from collections.abc import AsyncIterator, Iterator

from support import PATIENCE, run_python

import parlour

FOUR = parlour.game("four_in_a_row")


class Searching(unittest.TestCase):
    def test_tic_tac_toe_is_a_draw(self) -> None:
        for id in ("minimax", "mcts"):
            result = parlour.Engine(id).search(parlour.game("tic_tac_toe").new(), nodes=200_000)
            self.assertEqual((result.value, result.proven), (0.0, True))

    def test_a_result_tells_what_was_found(self) -> None:
        state = FOUR.new()
        result = parlour.Engine("minimax").search(state, depth=6, lines=3)
        self.assertEqual(state.move_text(result.move), result.text)
        self.assertEqual(len(result.lines), 3)
        self.assertEqual([line.rank for line in result.lines], [1, 2, 3])
        self.assertEqual(result.line[0], result.move)
        self.assertEqual(result.lines[0].moves, result.line)
        self.assertEqual(len(result.lines[0].texts), len(result.line))
        self.assertGreaterEqual(result.depth, 6)
        self.assertEqual({stat.move for stat in result.stats}, set(state.legal_moves()))
        self.assertEqual(state, FOUR.new())

    def test_the_same_arguments_give_the_same_result(self) -> None:
        results = [parlour.Engine("mcts", seed=9).search(FOUR.new(), playouts=3000) for _ in range(2)]
        self.assertEqual(results[0][:-1], results[1][:-1])
        engine = parlour.Engine("mcts")
        first = engine.search(FOUR.new(), playouts=3000, seed=9)
        self.assertEqual(first.stats, results[0].stats)
        self.assertNotEqual(engine.search(FOUR.new(), playouts=3000, seed=10).stats, first.stats)

    def test_search_batch_takes_several(self) -> None:
        engine = parlour.Engine("minimax")
        self.assertEqual(len(engine.search_batch((FOUR.new() for _ in range(2)), depth=1)), 2)
        for wrong in (FOUR.new(), 5):
            with self.assertRaisesRegex(TypeError, r"search_batch\(\) takes a list of States"):
                engine.search_batch(wrong, depth=1)  # type: ignore[arg-type]
        for name in ("threads", "width"):
            with self.assertRaisesRegex(parlour.ArgumentError, name):
                engine.search_batch(
                    [FOUR.new()], depth=1, batch_evaluate=(lambda b, p: [0.0]) if name == "width" else None, **{name: 0}
                )

    def test_only_and_strength_limit_a_search(self) -> None:
        state = FOUR.new()
        result = parlour.Engine("minimax").search(state, depth=4, only=["1", state.legal_moves()[6]])
        self.assertIn(result.text, ("1", "7"))
        with self.assertRaises(parlour.IllegalMove):
            parlour.Engine("minimax").search(state, depth=4, only=[])
        weak = parlour.Engine("mcts").search(state, seconds=10, strength=0)
        self.assertLess(weak.nodes, 100)

    def test_wrong_limits_are_refused(self) -> None:
        engine = parlour.Engine("minimax")
        wrong = (("nodes", 0), ("nodes", -1), ("depth", 2**40), ("seconds", -1), ("seconds", float("nan")), ("strength", 1001))
        for name, value in wrong:
            with self.subTest((name, value)), self.assertRaisesRegex(ValueError, name):
                engine.search(FOUR.new(), **{name: value})
        for name, value in (("nodes", "many"), ("seconds", "long"), ("on_info", 5), ("evaluate", "x")):
            with self.subTest((name, value)), self.assertRaises(TypeError):
                engine.search(FOUR.new(), **{name: value})
        with self.assertRaises(TypeError):
            engine.search("no state")  # type: ignore[arg-type]
        self.assertFalse(engine.busy)

    def test_finished_games_and_chance_nodes_are_refused(self) -> None:
        over = parlour.game("tic_tac_toe").from_text("xxx/oo./... o")
        with self.assertRaises(parlour.GameOver):
            parlour.Engine("minimax").search(over)
        with self.assertRaisesRegex(parlour.ParlourError, "chance"):
            parlour.Engine("minimax").search(parlour.game("kuhn_poker").new())

    def test_hidden_games_are_searched_from_what_the_player_sees(self) -> None:
        state = parlour.game("kuhn_poker").new()
        found: dict[bytes, set[float | None]] = {}
        for deal in state.legal_moves():
            dealt = state.after(deal)
            result = parlour.Engine("mcts").search(dealt, playouts=500)
            found.setdefault(dealt.view(0).to_bytes(), set()).add(result.value)
        self.assertTrue(all(len(values) == 1 for values in found.values()))

    def test_an_engine_goes_from_game_to_game(self) -> None:
        engine = parlour.Engine("minimax", FOUR)
        for id in ("tic_tac_toe", "reversi", "pig", "tic_tac_toe"):
            state = parlour.game(id).new()
            while state.is_chance:
                state.play(state.random_move(1))
            self.assertIn(engine.search(state, nodes=2000).move, state.legal_moves())

    def test_progress_is_told_and_can_end_the_search(self) -> None:
        told: list[parlour.SearchInfo] = []
        parlour.Engine("minimax").search(FOUR.new(), depth=8, on_info=told.append)
        self.assertGreater(len(told), 1)
        self.assertEqual(told[-1].line[0] in FOUR.new().legal_moves(), True)
        began = time.monotonic()
        result = parlour.Engine("mcts").search(FOUR.new(), seconds=4 * PATIENCE, on_info=lambda info: False)
        self.assertLess(time.monotonic() - began, PATIENCE)
        self.assertIn(result.move, FOUR.new().legal_moves())

    def test_an_exception_of_on_info_ends_the_search_and_comes_out(self) -> None:
        def fail(info: parlour.SearchInfo) -> None:
            raise KeyError("mine")

        engine = parlour.Engine("mcts")
        with self.assertRaisesRegex(KeyError, "mine"):
            engine.search(FOUR.new(), seconds=4 * PATIENCE, on_info=fail)
        self.assertFalse(engine.busy)
        engine.search(FOUR.new(), playouts=10)


class Stopping(unittest.TestCase):
    def test_stop_returns_what_there_is(self) -> None:
        engine = parlour.Engine("mcts")
        self.assertFalse(engine.stop())
        timer = threading.Timer(0.2, engine.stop)
        timer.start()
        result = engine.search(FOUR.new(), seconds=4 * PATIENCE)
        self.assertLess(result.seconds, PATIENCE)
        timer.join()

    def test_a_second_search_meanwhile_is_refused(self) -> None:
        engine = parlour.Engine("mcts")
        thread = threading.Thread(target=engine.search, args=(FOUR.new(),), kwargs={"seconds": 4 * PATIENCE})
        thread.start()
        while not engine.busy:
            time.sleep(0.001)
        with self.assertRaises(parlour.EngineBusy):
            engine.search(FOUR.new())
        with self.assertRaises(parlour.EngineBusy):
            engine.new_game()
        with engine:
            pass
        thread.join(PATIENCE)
        self.assertFalse(thread.is_alive())
        self.assertFalse(engine.busy)

    def test_other_threads_run_during_a_search(self) -> None:
        engine = parlour.Engine("mcts")
        counted = 0

        def count() -> None:
            nonlocal counted
            while not engine.busy:
                time.sleep(0.001)
            while engine.busy:
                counted += 1

        thread = threading.Thread(target=count)
        thread.start()
        engine.search(FOUR.new(), seconds=0.3)
        thread.join()
        self.assertGreater(counted, 1000)

    def test_ctrl_c_stops_a_search_and_its_evaluators(self) -> None:
        for extra in ({}, {"evaluate": lambda state: 0.0}):
            engine = parlour.Engine("mcts")
            timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
            timer.start()
            began = time.monotonic()
            with self.assertRaises(KeyboardInterrupt):
                engine.search(FOUR.new(), seconds=4 * PATIENCE, **extra)  # type: ignore[arg-type]
                time.sleep(1)
            self.assertLess(time.monotonic() - began, PATIENCE)
            timer.join()
            self.assertFalse(engine.busy)

    def test_ctrl_c_ends_a_program(self) -> None:
        code = (
            "import parlour, sys; print('ready', flush=True); "
            "parlour.Engine('minimax').search(parlour.game('draughts').new(), seconds=1000)"
        )
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert child.stdout is not None
        self.assertEqual(child.stdout.readline().strip(), "ready")
        time.sleep(0.3)
        child.send_signal(signal.SIGINT)
        _, errors = child.communicate(timeout=PATIENCE)
        self.assertIn("KeyboardInterrupt", errors)

    def test_a_program_may_end_during_a_search(self) -> None:
        code = (
            "import parlour, threading, time; e = parlour.Engine('mcts');"
            "threading.Thread(target=e.search, args=(parlour.game('reversi').new(),), kwargs={'seconds': 1000},"
            " daemon=True).start()\n"
            "while not e.busy: time.sleep(0.001)"
        )
        ended = run_python("-c", code)
        self.assertEqual((ended.returncode, ended.stderr), (0, ""))


class Async(unittest.TestCase):
    def test_searches_run_side_by_side_and_the_loop_goes_on(self) -> None:
        async def main() -> int:
            ticks = 0

            async def tick() -> None:
                nonlocal ticks
                while True:
                    ticks += 1
                    await asyncio.sleep(0.001)

            ticking = asyncio.create_task(tick())
            engines = [parlour.Engine("mcts"), parlour.Engine("minimax")]
            results = await asyncio.gather(*(engine.search_async(FOUR.new(), seconds=0.2) for engine in engines))
            self.assertTrue(all(result.move in FOUR.new().legal_moves() for result in results))
            ticking.cancel()
            return ticks

        self.assertGreater(asyncio.run(main()), 5)

    def test_cancelling_stops_the_engine(self) -> None:
        async def main() -> None:
            engine = parlour.Engine("mcts")
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(engine.search_async(FOUR.new(), seconds=4 * PATIENCE), 0.1)
            self.assertFalse(engine.busy)
            self.assertIn((await engine.search_async(FOUR.new(), playouts=50)).move, FOUR.new().legal_moves())

        asyncio.run(asyncio.wait_for(main(), PATIENCE))

    def test_errors_arrive_at_the_await(self) -> None:
        async def main() -> None:
            engine = parlour.Engine("mcts")
            with self.assertRaises(ZeroDivisionError):
                await engine.search_async(FOUR.new(), playouts=1000, evaluate=lambda state: 1 / 0)
            first = asyncio.create_task(engine.search_async(FOUR.new(), seconds=4 * PATIENCE))
            await asyncio.sleep(0.05)
            with self.assertRaises(parlour.EngineBusy):
                await engine.search_async(FOUR.new())
            engine.stop()
            self.assertEqual((await first).text in FOUR.new().legal_texts(), True)

        asyncio.run(asyncio.wait_for(main(), PATIENCE))

    def test_a_closed_loop_is_nobodys_trouble(self) -> None:
        engine = parlour.Engine("mcts")

        async def main() -> None:
            asyncio.create_task(engine.search_async(FOUR.new(), seconds=4 * PATIENCE))
            await asyncio.sleep(0.05)

        loop = asyncio.new_event_loop()
        loop.run_until_complete(main())
        for task in asyncio.all_tasks(loop):
            task.cancel()
        engine.stop()
        loop.run_until_complete(asyncio.gather(*asyncio.all_tasks(loop), return_exceptions=True))
        loop.close()
        self.assertFalse(engine.busy)


class Evaluators(unittest.TestCase):
    def test_a_python_function_decides_what_native_search_plays(self) -> None:
        # Of two sure ways to the same game, the function likes pieces on the left (or the right).
        def wish(sign: int):  # type: ignore[no-untyped-def]
            def evaluate(state: parlour.State) -> float:
                columns = [sum(row[c] == state.player + 1 for row in state.board.tolist()) for c in range(7)]
                theirs = [sum(row[c] == 2 - state.player for row in state.board.tolist()) for c in range(7)]
                return sign * sum((3 - c) * (columns[c] - theirs[c]) for c in range(7)) / 100

            return evaluate

        minimax = parlour.Engine("minimax")
        self.assertEqual(minimax.search(FOUR.new(), depth=1, evaluate=wish(1)).text, "1")
        self.assertEqual(minimax.search(FOUR.new(), depth=1, evaluate=wish(-1)).text, "7")
        mcts = parlour.Engine("mcts")
        self.assertEqual(mcts.search(FOUR.new(), playouts=300, evaluate=wish(1)).text, "1")
        self.assertEqual(mcts.search(FOUR.new(), playouts=300, evaluate=wish(-1)).text, "7")

    def test_it_is_called_with_states_and_may_answer_for_every_player(self) -> None:
        seen: list[parlour.State] = []

        def evaluate(state: parlour.State) -> tuple[float, float]:
            seen.append(state)
            return (0.25, -0.25)

        result = parlour.Engine("mcts").search(FOUR.new(), playouts=100, evaluate=evaluate)
        self.assertAlmostEqual(result.value or 0, 0.25, places=5)
        self.assertTrue(all(isinstance(state, parlour.State) and state.player >= 0 for state in seen))
        self.assertEqual(seen[0].game, FOUR)

    def test_wrong_answers_end_the_search_with_a_sentence(self) -> None:
        cases = (
            (lambda state: "good", TypeError),
            (lambda state: None, TypeError),
            (lambda state: float("nan"), ValueError),
            (lambda state: (1.0,), ValueError),
            (lambda: 0.0, TypeError),
        )
        for evaluate, error in cases:
            for id in ("minimax", "mcts"):
                with self.assertRaises(error):
                    parlour.Engine(id).search(FOUR.new(), seconds=4 * PATIENCE, evaluate=evaluate)  # type: ignore

    def test_games_with_chance_are_judged_at_somebodys_turn(self) -> None:
        state = parlour.game("pig").new()
        while state.is_chance:
            state.play(state.random_move(1))
        result = parlour.Engine("mcts").search(state, playouts=300, evaluate=lambda s: 0.1 if s.player >= 0 else 1 / 0)
        self.assertIn(result.move, state.legal_moves())

    def test_other_threads_run_while_a_function_judges(self) -> None:
        engine, counted = parlour.Engine("mcts"), 0

        def count() -> None:
            nonlocal counted
            while not engine.busy:
                time.sleep(0.001)
            while engine.busy:
                counted += 1

        thread = threading.Thread(target=count)
        thread.start()
        engine.search(FOUR.new(), seconds=0.3, evaluate=lambda state: 0.0)
        thread.join()
        self.assertGreater(counted, 100)

    def test_nothing_is_leaked(self) -> None:
        def evaluate(state: parlour.State) -> float:
            return 0.0

        engine = parlour.Engine("mcts", memory_mb=1)
        state = FOUR.new()

        def use() -> None:
            engine.search(state, playouts=50, evaluate=evaluate)
            engine.search(state, playouts=50)
            engine.search_batch([state] * 3, playouts=20, batch_evaluate=lambda b, p: [0.0] * len(p), width=2)
            with self.assertRaises(ZeroDivisionError):
                engine.search(state, playouts=50, evaluate=lambda s: 1 / 0)

        use()
        gc.collect()
        before = sys.getrefcount(evaluate), sys.getrefcount(state), sys.getrefcount(engine)
        for _ in range(20):
            use()
        engine.search(state, playouts=50, evaluate=evaluate)
        engine.search(state, playouts=50)
        gc.collect()
        engine.search(state, playouts=50)
        self.assertEqual(before, (sys.getrefcount(evaluate), sys.getrefcount(state), sys.getrefcount(engine)))


class Batches(unittest.TestCase):
    def setUp(self) -> None:
        self.states = [FOUR.new().after(first).after(second) for first in range(7) for second in range(7)]

    def test_a_batch_gives_what_one_by_one_gives(self) -> None:
        engine = parlour.Engine("minimax")
        single = [engine.search(state, nodes=500)[:-1] for state in self.states]
        self.assertEqual([result[:-1] for result in engine.search_batch(self.states, nodes=500)], single)
        self.assertEqual([result[:-1] for result in engine.search_batch(self.states, nodes=500, threads=3)], single)
        self.assertEqual(engine.search_batch([], nodes=5), [])

    def test_judging_together_gives_what_judging_alone_gives(self) -> None:
        def one(state: parlour.State) -> float:
            return ((state.key >> 7) % 1000 - 500) / 1000

        sizes: list[int] = []

        def many(states: list[parlour.State]) -> list[float]:
            sizes.append(len(states))
            return [one(state) for state in states]

        for id, options in (("mcts", {"memory_mb": 1}), ("minimax", {"hash_mb": 1})):
            engine = parlour.Engine(id, **options)
            alone = engine.search_batch(self.states, nodes=60, evaluate=one)
            sizes.clear()
            together = engine.search_batch(
                self.states, nodes=60, batch_evaluate=many, batch_input="states", width=16
            )
            self.assertEqual([r[:-1] for r in together], [r[:-1] for r in alone])
            self.assertEqual(max(sizes), 16)
            self.assertGreater(sum(sizes) / len(sizes), 10)

    def test_boards_and_planes_come_as_arrays(self) -> None:
        shapes: set[tuple[int, ...]] = set()

        def look(arrays: memoryview, players: memoryview) -> list[float]:
            shapes.add(arrays.shape[1:])
            self.assertEqual(arrays.shape[0], len(players))
            self.assertTrue(set(players.tolist()) <= {0, 1})
            return [0.0] * len(players)

        engine = parlour.Engine("mcts", memory_mb=1)
        for kind, shape in (("boards", FOUR.board_shape), ("planes", FOUR.planes_shape)):
            shapes.clear()
            engine.search_batch(self.states, playouts=10, batch_evaluate=look, batch_input=kind)
            self.assertEqual(shapes, {shape})

    def test_failures_of_a_batch_come_out(self) -> None:
        engine = parlour.Engine("mcts", memory_mb=1)
        for function, error in (
            (lambda boards, players: 1 / 0, ZeroDivisionError),
            (lambda boards, players: [0.0], ValueError),
            (lambda boards, players: ["x"] * len(players), TypeError),
            (lambda boards, players: None, TypeError),
        ):
            with self.assertRaises(error):
                engine.search_batch(self.states, seconds=4 * PATIENCE, batch_evaluate=function)
            self.assertFalse(engine.busy)
        with self.assertRaisesRegex(ValueError, "batch_input"):
            engine.search_batch(self.states, nodes=5, batch_evaluate=lambda b, p: [], batch_input="pictures")
        mixed = [*self.states, parlour.game("tic_tac_toe").new()]
        with self.assertRaisesRegex(ValueError, "different games"):
            engine.search_batch(mixed, nodes=5, batch_evaluate=lambda b, p: [])


def search_in_child(engine: parlour.Engine | None, text: str) -> str:
    return (engine or parlour.Engine("minimax")).search(FOUR.from_text(text), depth=5).text


class Processes(unittest.TestCase):
    def test_a_forked_child_searches_with_the_parents_engine(self) -> None:
        engine = parlour.Engine("minimax")
        expected = engine.search(FOUR.new(), depth=5).text
        reader, writer = multiprocessing.get_context("fork").Pipe(False)

        def child() -> None:
            writer.send(search_in_child(engine, FOUR.new().text))

        process = multiprocessing.get_context("fork").Process(target=child)
        process.start()
        self.assertTrue(reader.poll(PATIENCE))
        self.assertEqual(reader.recv(), expected)
        process.join()


class Playing(unittest.TestCase):
    def test_engines_functions_and_objects_play(self) -> None:
        class Last:
            def __init__(self) -> None:
                self.heard: list[str] = []

            def new_game(self, state: parlour.State, me: int) -> None:
                self.heard.append(f"new {me}")

            def choose(self, state: parlour.State, clock: parlour.Clock) -> str:
                assert not clock.out_of_time(-1e9)
                return state.legal_texts()[-1]

            def game_over(self, state: parlour.State) -> None:
                self.heard.append("over")

        last = Last()
        game = parlour.play(FOUR, ["minimax", last], nodes=3000, seed=4)
        self.assertEqual((game.winner, last.heard), (0, ["new 1", "over"]))
        state = FOUR.new()
        for move in game.moves:
            state.play(move)
        self.assertEqual(state.result, game.result)
        again = parlour.play(FOUR, [parlour.Engine("minimax"), Last()], nodes=3000, seed=4)
        self.assertEqual(again.moves, game.moves)

    def test_generators_count_with_their_last_move(self) -> None:
        def choose(state: parlour.State):  # type: ignore[no-untyped-def]
            yield state.legal_moves()[0]
            yield state.legal_moves()[-1]

        game = parlour.play(FOUR, [choose, lambda state: state.legal_moves()[0]], max_plies=1)
        self.assertEqual((game.texts, game.result, game.winner), (("7",), None, None))

    def test_async_choosers_play_as_in_the_program(self) -> None:
        class Waits:
            async def choose(self, state: parlour.State, clock: parlour.Clock) -> int:
                await asyncio.sleep(0)
                return state.legal_moves()[-1]

        class Improves:
            async def choose(self, state: parlour.State, clock: parlour.Clock) -> AsyncIterator[int]:
                for move in state.legal_moves():
                    await asyncio.sleep(0)
                    yield move

        async def function(state: parlour.State) -> str:
            return state.legal_texts()[-1]

        for player in (Waits(), Improves(), function):
            self.assertEqual(parlour.play(FOUR, [player, "random"], max_plies=1).texts, ("7",))

        async def inside() -> parlour.GameResult:  # as in a notebook, whose loop runs already
            return parlour.play(FOUR, [Waits(), Improves()], max_plies=2)

        self.assertEqual(asyncio.run(inside()).texts, ("7", "7"))

    def test_a_generator_ends_with_its_time(self) -> None:
        def choose(state: parlour.State) -> Iterator[int]:
            while True:
                yield state.legal_moves()[3]

        self.assertEqual(parlour.play(FOUR, [choose, "random"], seconds=0.01, max_plies=1).texts, ("4",))

    def test_choosers_are_given_the_limits(self) -> None:
        seen: list[tuple[object, ...]] = []

        class Looks:
            def choose(self, state: parlour.State, clock: parlour.Clock) -> int:
                seen.append((clock.budget, clock.nodes, clock.playouts, clock.depth, clock.strength))
                return state.legal_moves()[0]

        for limits in ({}, {"nodes": 5, "strength": 7}, {"seconds": 2.0, "playouts": 3}, {"depth": 4}):
            parlour.play(FOUR, [Looks(), "random"], max_plies=1, **limits)  # type: ignore[arg-type]
        infinite = float("inf")
        expected = [(0.1, None, None, None, None), (infinite, 5, None, None, 7), (2.0, None, 3, None, None)]
        self.assertEqual(seen, [*expected, (infinite, None, None, 4, None)])

    def test_observe_gets_the_position_before_the_move(self) -> None:
        class Watches(parlour.Opponent):
            def __init__(self) -> None:
                self.heard: list[tuple[int, int, int]] = []

            def choose(self, state: parlour.State, clock: parlour.Clock) -> int:
                return state.legal_moves()[0]

            def observe(self, state: parlour.State, player: int, move: int) -> None:
                assert state.is_legal(move) and state.player == player
                self.heard.append((state.ply, player, move))

        watcher = Watches()
        game = parlour.play(FOUR, [watcher, "random"], nodes=1, seed=2)
        turns = len(game.moves) - (1 if len(game.moves) % 2 else 2)  # what was told at its last turn
        self.assertEqual(watcher.heard, [(ply, ply % 2, game.moves[ply]) for ply in range(turns)])
        watcher.heard.clear()
        parlour.play(parlour.game("kuhn_poker"), [watcher, "random"], nodes=1)
        self.assertEqual(watcher.heard, [])

    def test_the_seed_reaches_an_opponents_luck(self) -> None:
        class Lucky(parlour.Opponent):
            def choose(self, state: parlour.State, clock: parlour.Clock) -> int:
                return self.random.choice(state.legal_moves())

        games = [parlour.play(FOUR, [Lucky(), Lucky()], seed=seed).moves for seed in (1, 1, 2, 3)]
        self.assertEqual(games[0], games[1])
        self.assertEqual(len(set(games)), 3)

    def test_chance_and_hidden_games_are_played(self) -> None:
        for id in ("pig", "kuhn_poker"):
            game = parlour.play(parlour.game(id), ["random", "mcts"], playouts=50, seed=2)
            assert game.result is not None
            self.assertAlmostEqual(sum(game.result), 0, places=5)

    def test_bad_players_end_the_game_with_a_sentence(self) -> None:
        with self.assertRaisesRegex(ValueError, "2 players"):
            parlour.play(FOUR, ["random"])
        with self.assertRaises(parlour.IllegalMove):
            parlour.play(FOUR, [lambda state: 99, "random"])
        with self.assertRaisesRegex(TypeError, "gave None"):
            parlour.play(FOUR, [lambda state: None, "random"])  # type: ignore
        with self.assertRaisesRegex(TypeError, "a Game or a State, not int"):
            parlour.play(5, ["random", "random"])  # type: ignore
        with self.assertRaisesRegex(TypeError, "player 2 is of type int; a player is"):
            parlour.play(FOUR, ["random", 5])  # type: ignore
        with self.assertRaisesRegex(TypeError, "a list with one player a seat"):
            parlour.play(FOUR, "ab")
        with self.assertRaisesRegex(parlour.ArgumentError, "strength .* 1000, not 5000"):
            parlour.play(FOUR, [lambda state: 0, "random"], strength=5000)

        def wrong(state: parlour.State) -> int:
            return 99

        line = wrong.__code__.co_firstlineno
        with self.assertRaisesRegex(parlour.IllegalMove, f"player 1, engines_test.py, line {line}: wrong gave 99,.*legal"):
            parlour.play(FOUR, [wrong, "random"])


if __name__ == "__main__":
    unittest.main()
