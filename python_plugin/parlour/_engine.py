"""Engines: opponents that search."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import TracebackType
from typing import Any, Optional, Union

from . import _parlour
from ._types import SearchInfo, SearchResult

Evaluate = Callable[[_parlour.State], Union[float, Sequence[float]]]
"""Judges a position: one number in [-1, 1] for the player to move, or a sequence with one number a player."""
BatchEvaluate = Callable[..., Any]
"""Judges many positions at once: called with (boards, players), (planes, players) or (states), returns a sequence or
array of what Evaluate returns."""
OnInfo = Callable[[SearchInfo], Optional[bool]]
"""Is told the progress of a search; returning False ends the search with what it has."""


class Engine(_parlour._Engine):
    """An opponent that searches: Engine("minimax"), Engine("mcts", seed=7, exploration=0.7).

    One engine does one search at a time; a second one meanwhile raises EngineBusy. It remembers what it found for as
    long as it is given positions of one game, and forgets when it is given another game's, or by new_game(). Searches
    that are not limited by time depend on their arguments, options and seed alone.

    As a context manager it stops its search at the end of the block.
    """

    def __init__(self, id: str, game: _parlour.Game | None = None, *, seed: int = 1, **options: Any) -> None:
        """The engine with this id, see parlour.engines(). `game`, where given, is only checked: an engine that does
        not play it raises ParlourError. `seed` is where luck comes from; options as engines() lists them.

        Raises NotFound, OptionError, ArgumentError, PluginError.
        """
        super().__init__(id, options, seed)
        if game is not None:
            score, why = self.supports(game)
            if score < 1:
                raise _parlour.ParlourError(f"engine {id} does not play {game.id}" + (f": {why}" if why else ""))

    def search(
        self,
        state: _parlour.State,
        *,
        seconds: float | None = None,
        nodes: int | None = None,
        playouts: int | None = None,
        depth: int | None = None,
        strength: int | None = None,
        lines: int = 1,
        only: Iterable[int | str] | None = None,
        seed: int | None = None,
        on_info: OnInfo | None = None,
        evaluate: Evaluate | None = None,
    ) -> SearchResult:
        """Searches a position for the player to move and returns what it found.

        Ends at the first limit it meets: seconds, nodes (positions), playouts (simulations), depth (plies); after one
        second without any. `strength` 0..1000: below 1000 it plays weaker. `lines` asks for that many best moves.
        `only` names the moves to choose from. `on_info` is told the progress, on this thread. `evaluate` judges positions instead of
        the game's own evaluation (minimax) or random games (mcts); it is called on this thread.

        The GIL is let go of; other threads go on. Ctrl-C stops the search (KeyboardInterrupt); so does an exception in
        a function given here, which is raised from here. stop() from another thread makes it return what it has.

        Raises GameOver, IllegalMove, ArgumentError, EngineBusy, SearchCancelled (stopped before there was anything),
        PluginError.
        """
        return self._search(state, _wishes(seconds, nodes, playouts, depth, strength, lines, only, seed, on_info, evaluate))

    async def search_async(
        self,
        state: _parlour.State,
        *,
        seconds: float | None = None,
        nodes: int | None = None,
        playouts: int | None = None,
        depth: int | None = None,
        strength: int | None = None,
        lines: int = 1,
        only: Iterable[int | str] | None = None,
        seed: int | None = None,
        on_info: OnInfo | None = None,
        evaluate: Evaluate | None = None,
    ) -> SearchResult:
        """As search(), to be awaited: it runs on the engine's own thread and the event loop goes on.

        `on_info` and `evaluate` are called on that thread. Cancelling the task stops the search, and waits the few
        milliseconds until the engine is free again.
        """
        import asyncio  # here, because it is slow to import

        wishes = _wishes(seconds, nodes, playouts, depth, strength, lines, only, seed, on_info, evaluate)
        loop = asyncio.get_running_loop()
        finished = asyncio.Event()
        search = self._start(state, wishes, lambda: loop.call_soon_threadsafe(finished.set))
        try:
            await finished.wait()
        except asyncio.CancelledError:
            search.stop()
            while not finished.is_set():
                try:
                    await finished.wait()
                except asyncio.CancelledError:
                    continue
            raise
        return self._result(search)

    def search_batch(
        self,
        states: Iterable[_parlour.State],
        *,
        threads: int = 1,
        seconds: float | None = None,
        nodes: int | None = None,
        playouts: int | None = None,
        depth: int | None = None,
        strength: int | None = None,
        lines: int = 1,
        seed: int | None = None,
        evaluate: Evaluate | None = None,
        batch_evaluate: BatchEvaluate | None = None,
        batch_input: str = "boards",
        width: int = 32,
    ) -> list[SearchResult]:
        """Searches many positions with one call, each with the same limits; the results in their order.

        `threads` native threads, each with an engine of its own with the same options, share the positions (not with
        functions in Python, which need this thread).

        `batch_evaluate` judges positions in batches: up to `width` searches (each with an engine of its own) go on
        side by side on this thread, and whenever all of them wait for a judgement the function is called once for all.
        With batch_input="boards" it is called as fn(boards, players), boards an int8 memoryview of shape
        (n, *game.board_shape) as State.board, players int8 (n,); with "planes" as fn(planes, players), planes float32
        (n, *game.planes_shape); with "states" as fn(states). It returns n numbers in [-1, 1], each for the player to
        move in its position. The arrays are the function's to keep; numpy.asarray(boards) copies nothing.
        """
        if not isinstance(states, Iterable):
            hint = "; search() is for one" if isinstance(states, _parlour.State) else ""
            raise TypeError(f"search_batch() takes a list of States, not {type(states).__name__}{hint}")
        if evaluate is not None and batch_evaluate is not None:
            raise _parlour.ArgumentError("give evaluate or batch_evaluate, not both")
        states = list(states)
        wishes = _wishes(seconds, nodes, playouts, depth, strength, lines, None, seed, None, evaluate)
        if batch_evaluate is not None:
            return self._search_together(states, wishes, batch_evaluate, batch_input, width)
        return self._search_batch(states, wishes, threads)

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        options = "".join(f", {name}={value!r}" for name, value in self.options.items())
        return f"<Engine {self.id}{options}>"


def _wishes(
    seconds: float | None,
    nodes: int | None,
    playouts: int | None,
    depth: int | None,
    strength: int | None,
    lines: int,
    only: Iterable[int | str] | None,
    seed: int | None,
    on_info: OnInfo | None,
    evaluate: Evaluate | None,
) -> dict[str, Any]:
    """The arguments of a search that the native half reads; None is as good as not given."""
    return {
        "seconds": seconds,
        "nodes": nodes,
        "playouts": playouts,
        "depth": depth,
        "strength": strength,
        "lines": lines,
        "only": only,
        "seed": seed,
        "on_info": on_info,
        "evaluate": evaluate,
    }
