#!/usr/bin/python3
"""What crossing the border between Python and native code costs, as JSON.

    PYTHONPATH=build/python python3 python_plugin/bench/border.py [--quick]

Nanoseconds a call, the median of several rounds, loops' own cost taken away. Rows: a simple call, with a string, with a
dict of 5, with a dict of 100; in C++ alone, from Python to native, from native to Python. Then the methods of State,
stepping games in batches against one by one, zero-copy views against copies, and native search from Python, the same
search by the program `parlour` beside it where there is one.
"""

from __future__ import annotations

import array
import importlib.util
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Callable

import parlour


def load_border() -> Any:
    """The module with the native half of the calls: beside the build folder's package."""
    folder = Path(parlour.__file__).parent.parent / "bench"
    for file in folder.glob("_border.*.so"):
        spec = importlib.util.spec_from_file_location("_border", file)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    raise SystemExit(f"the benchmark's module is not in {folder}: build the target _border")


border = load_border()
ROUNDS = 3 if "--quick" in sys.argv else 9
CALLS = 20_000 if "--quick" in sys.argv else 200_000


def per_call(statement: str, calls: int = CALLS, **names: Any) -> float:
    """Nanoseconds that a statement takes, without the loop around it."""
    source = f"def loop(times):\n for _ in times: {statement}\n"
    empty = "def loop(times):\n for _ in times: pass\n"
    costs = []
    timed, idle = dict(names), dict(names)
    exec(source, timed)
    exec(empty, idle)
    for _ in range(ROUNDS):
        times = range(calls)
        began = time.perf_counter()
        timed["loop"](times)
        middle = time.perf_counter()
        idle["loop"](times)
        costs.append((middle - began - (time.perf_counter() - middle)) / calls * 1e9)
    return round(statistics.median(costs), 1)


def median_of(measure: Callable[[], float]) -> float:
    return round(statistics.median(measure() for _ in range(ROUNDS)), 1)


def crossing() -> list[dict[str, Any]]:
    text, five = "four in a row", {f"key{i}": i for i in range(5)}
    hundred = {f"key{i}": i for i in range(100)}
    functions = {
        "simple": ("border.simple(1)", lambda value: value),
        "string": ("border.text(text)", len),
        "dict of 5": ("border.numbers(five)", lambda values: sum(values.values())),
        "dict of 100": ("border.numbers(hundred)", lambda values: sum(values.values())),
    }
    rows = []
    for kind, (statement, function) in functions.items():
        rows.append(
            {
                "call": kind,
                "native": median_of(lambda: float(border.native(kind, CALLS))),
                "python_to_native": per_call(statement, border=border, text=text, five=five, hundred=hundred),
                "native_to_python": median_of(lambda: float(border.call(function, kind, CALLS // 10, False))),
                "native_to_python_gil_taken": median_of(lambda: float(border.call(function, kind, CALLS // 10, True))),
            }
        )
    rows.append(
        {
            "call": "100 numbers in a buffer",
            "python_to_native": per_call("border.buffer(numbers)", border=border, numbers=array.array("l", range(100))),
        }
    )
    rows.append({"call": "simple, by pybind11", "python_to_native": per_call("border.simple_by_pybind11(1)", border=border)})
    return rows


def methods() -> dict[str, float]:
    state = parlour.game("tic_tac_toe").new()
    names = ("s.is_over", "s.player", "s.result", "s.key", "s.legal_moves()", "s.copy()", "s.play(4); s.undo()",
             "s.after(4)", "s.move_text(4)", "s.text", "memoryview(s)", "s.board", "s.planes()")
    return {name: per_call(name, CALLS // 4, s=state) for name in names}


def batches() -> list[dict[str, Any]]:
    """Steps in batches against three ways of one by one: States alone; States with what a batch has as Python objects
    (mask, legal moves, who moves, outcome); the same into the same NumPy arrays."""
    rows = []
    for id in ("tic_tac_toe", "four_in_a_row", "reversi"):
        game, n = parlour.game(id), 4096
        env = parlour.BatchEnv(game, n)
        filler = Filler(game, n) if importlib.util.find_spec("numpy") is not None else None
        full = [game.new() for _ in range(n)]
        states = [game.new() for _ in range(n)]
        batched: list[float] = []
        filled: list[float] = []
        described: list[float] = []
        played: list[float] = []
        for step in range(4 * ROUNDS):
            moves = array.array("I", env.sample(step).tobytes())
            times = [time.perf_counter()]
            env.step(moves)
            times.append(time.perf_counter())
            if filler is not None:
                filler.step(moves)
            times.append(time.perf_counter())
            for index, move in enumerate(moves):
                state = full[index]
                state.play(move)
                if state.result is not None:
                    full[index] = state = game.new()
                len(state.legal_moves()), state.legal_mask(), state.player
            times.append(time.perf_counter())
            for index, move in enumerate(moves):
                state = states[index]
                state.play(move)
                if state.result is not None:
                    states[index] = game.new()
            times.append(time.perf_counter())
            for series, begin, end in zip((batched, filled, described, played), times, times[1:]):
                series.append((end - begin) / n * 1e9)
        row: dict[str, Any] = {"game": id, "batch_ns_per_step": round(statistics.median(batched), 1)}
        ways = {"states_alone": played, "states_and_masks": described, "numpy_arrays": filled if filler else []}
        for name, series in ways.items():
            if series:
                row[f"one_by_one_{name}_ns_per_step"] = round(statistics.median(series), 1)
                row[f"times_faster_than_{name}"] = round(statistics.median(o / b for o, b in zip(series, batched)), 1)
        rows.append(row)
    return rows


class Filler:
    """What a BatchEnv does, one game after the other over States, into NumPy arrays."""

    def __init__(self, game: parlour.Game, n: int) -> None:
        import numpy

        self.numpy = numpy
        self.game, self.states = game, [game.new() for _ in range(n)]
        self.masks = numpy.zeros((n, game.move_space), numpy.uint8)
        self.legal = numpy.zeros((n, game.max_moves), numpy.uint32)
        self.counts = numpy.zeros(n, numpy.uint32)
        self.players = numpy.zeros(n, numpy.int8)
        self.rewards = numpy.zeros((n, game.players), numpy.float32)
        self.done = numpy.zeros(n, numpy.uint8)
        self.bytes = numpy.zeros((n, game.state_size), numpy.uint8)

    def step(self, moves: Any) -> None:
        for index, move in enumerate(moves):
            state = self.states[index]
            state.play(move)
            result = state.result
            self.done[index] = result is not None
            self.rewards[index] = 0 if result is None else result
            if result is not None:
                self.states[index] = state = self.game.new()
            legal = state.legal_moves()
            self.counts[index] = len(legal)
            self.players[index] = state.player
            self.legal[index, : len(legal)] = legal
            self.masks[index] = self.numpy.frombuffer(state.legal_mask(), self.numpy.uint8)
            self.bytes[index] = self.numpy.asarray(state)


def views() -> dict[str, float]:
    env = parlour.BatchEnv(parlour.game("four_in_a_row"), 4096)
    state = parlour.game("reversi").new()
    out = {
        "memoryview_of_a_state": per_call("memoryview(s)", CALLS // 4, s=state),
        "bytes_of_a_state": per_call("s.to_bytes()", CALLS // 4, s=state),
        "view_of_4096_states": per_call("env.states", CALLS // 4, env=env),
        "copy_of_4096_states": per_call("env.states.tobytes()", CALLS // 100, env=env),
    }
    if importlib.util.find_spec("numpy") is not None:
        import numpy

        out["numpy_view_of_4096_states"] = per_call("asarray(env.states)", CALLS // 20, env=env, asarray=numpy.asarray)
        out["numpy_view_of_a_state"] = per_call("asarray(s)", CALLS // 20, s=state, asarray=numpy.asarray)
    return out


def program() -> str | None:
    """The program `parlour` of the same build or installation, or one that is found otherwise."""
    for folder in list(Path(parlour.__file__).absolute().parents)[1:6]:
        for file in (folder / "parlour", folder / "bin" / "parlour"):
            if file.is_file() and os.access(file, os.X_OK):
                return str(file)
    return shutil.which("parlour")


def rate_in_program(command: str, engine: str, limit: str, number: int) -> float:
    """Nodes or simulations a second that the program's own search of the same position reports."""
    words = [command, "analyse", "four_in_a_row", "--engine", engine, f"--{limit}", str(number), "--seed", "1", "--json"]
    ran = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return float(json.loads(ran.stdout)["nodes_per_second"])


def against_program(nodes: int, playouts: int) -> dict[str, float]:
    """The same search by the module and by the program, by turns; each begins with a new engine."""
    out: dict[str, float] = {}
    command = program()
    if command is None:
        return out
    start = parlour.game("four_in_a_row").new()
    for engine, limit, number in (("minimax", "nodes", nodes), ("mcts", "playouts", playouts)):
        here, there = [], []
        for _ in range(ROUNDS):
            search = parlour.Engine(engine).search
            result = search(start, seed=1, nodes=number) if limit == "nodes" else search(start, seed=1, playouts=number)
            here.append(result.nodes / result.seconds)
            there.append(rate_in_program(command, engine, limit, number))
        out[f"{engine}_per_second_by_module"] = round(statistics.median(here))
        out[f"{engine}_per_second_by_program"] = round(statistics.median(there))
        out[f"{engine}_module_to_program"] = round(statistics.median(h / t for h, t in zip(here, there)), 3)
    return out


def searches() -> dict[str, float]:
    state = parlour.game("four_in_a_row").new()
    minimax, mcts = parlour.Engine("minimax"), parlour.Engine("mcts")
    nodes, playouts = (200_000, 20_000) if ROUNDS < 9 else (2_000_000, 200_000)
    out: dict[str, float] = {}
    rates = [r.nodes / r.seconds for r in (minimax.search(state, nodes=nodes) for _ in range(ROUNDS))]
    out["minimax_nodes_per_second"] = round(statistics.median(rates))
    rates = [r.nodes / r.seconds for r in (mcts.search(state, playouts=playouts) for _ in range(ROUNDS))]
    out["mcts_simulations_per_second"] = round(statistics.median(rates))
    rates = [r.nodes / r.seconds for r in (mcts.search(state, playouts=20_000, evaluate=lambda s: 0.0) for _ in range(3))]
    out["mcts_with_python_evaluation_per_second"] = round(statistics.median(rates))
    out["search_of_one_node_ns"] = per_call("e.search(s, nodes=1)", 500, e=minimax, s=parlour.game("tic_tac_toe").new())
    return {**out, **against_program(nodes, playouts)}


def main() -> None:
    print(
        json.dumps(
            {
                "benchmark": "border",
                "machine": platform.machine(),
                "cpus": os.cpu_count(),
                "python": platform.python_version(),
                "parlour": parlour.__version__,
                "unit": "ns per call",
                "crossing": crossing(),
                "state_methods": methods(),
                "batches": batches(),
                "views": views(),
                "search": searches(),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
