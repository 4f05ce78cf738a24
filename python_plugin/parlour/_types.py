"""The plain values that Parlour returns: named tuples, so that they compare, unpack, pickle and print."""

from __future__ import annotations

from typing import NamedTuple, Optional, Union

OptionValue = Union[bool, int, float, str]
"""What options are given as, and returned as."""


class OptionInfo(NamedTuple):
    """One option of a game or an engine, given as a keyword argument where it is made."""

    id: str
    """The keyword: lower case, digits, '_'."""
    type: str
    """"bool", "int", "float", "choice" or "text"."""
    label: str
    """What people see in a form."""
    help: str
    """One sentence."""
    default: OptionValue
    """The default: a bool, int, float or str as the option's kind is; of choices that are all whole numbers an int."""
    min: Union[int, float, None]
    """The smallest value of an int or float, else None."""
    max: Union[int, float, None]
    """The largest value of an int or float, else None."""
    choices: tuple[tuple[OptionValue, str], ...]
    """(value, label) of each choice."""
    advanced: bool
    """Whether only those who ask for more are shown it."""


class GameInfo(NamedTuple):
    """A game that was found; game(info.id) makes it."""

    id: str
    name: str
    family: str
    summary: str
    players_min: int
    players_max: int
    options: tuple[OptionInfo, ...]
    file: str
    """The plugin's file; of a script's game that of the plugin that runs scripts."""


class EngineInfo(NamedTuple):
    """An engine that was found; Engine(info.id) makes it."""

    id: str
    name: str
    version: str
    author: str
    summary: str
    options: tuple[OptionInfo, ...]
    file: str
    """The plugin's file."""


class PluginInfo(NamedTuple):
    """A plugin file or script that load() loaded, and the ids of what is in it."""

    id: str
    name: str
    version: str
    file: str
    games: tuple[str, ...]
    engines: tuple[str, ...]


class MoveStat(NamedTuple):
    """What a search knows of one move of the position it searched."""

    move: int
    text: str
    visits: int
    """Simulations or nodes spent on it."""
    value: float
    """In [-1, 1] for the player to move."""
    prior: float
    """0..1; 0 where the engine has none."""


class Line(NamedTuple):
    """One of the best lines that a search reports; rank 1 is the best."""

    rank: int
    value: Optional[float]
    """In [-1, 1] for the player to move; None where the engine tells none."""
    proven: bool
    """Whether the value is exact."""
    depth: int
    """Plies."""
    moves: tuple[int, ...]
    texts: tuple[str, ...]
    """The moves in the game's notation."""


class SearchInfo(NamedTuple):
    """Progress of a search, as on_info is given it."""

    rank: int
    depth: int
    nodes: int
    """Nodes or simulations so far."""
    value: Optional[float]
    """In [-1, 1] for the player to move at the root."""
    proven: bool
    line: tuple[int, ...]
    stats: tuple[tuple[int, int, float, float], ...]
    """(move, visits, value, prior) of root moves; empty where the engine tells none."""
    text: str
    seconds: float
    """Since the search began."""


class SearchResult(NamedTuple):
    """What Engine.search() returns."""

    move: int
    """The move to play; legal."""
    text: str
    """The move in the game's notation."""
    value: Optional[float]
    """In [-1, 1] for the player to move: 1 a sure win; None where the engine tells none."""
    proven: bool
    """Whether the value is exact: no deeper search would change it."""
    resign: bool
    """Whether the engine would rather give up."""
    nodes: int
    """Positions or simulations looked at."""
    depth: int
    """Plies searched in full (alpha-beta) or the tree's deepest (Monte Carlo)."""
    line: tuple[int, ...]
    """The principal variation, beginning with `move` where the engine reports it."""
    lines: tuple[Line, ...]
    """The best lines by rank, as many as were asked for."""
    stats: tuple[MoveStat, ...]
    """What is known of each root move; empty where the engine does not tell."""
    seconds: float
    """How long it took."""


class GameResult(NamedTuple):
    """A game that play() played."""

    result: Optional[tuple[float, ...]]
    """One utility a player, as State.result; None when the game was not finished."""
    moves: tuple[int, ...]
    """All moves, chance moves too."""
    texts: tuple[str, ...]
    """The moves in the game's notation."""
    seconds: tuple[float, ...]
    """How long each player has thought."""
    winner: Optional[int]
    """The only player with the highest utility; None for draws and unfinished games."""
