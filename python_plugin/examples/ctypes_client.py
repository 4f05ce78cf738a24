#!/usr/bin/python3
"""Parlour's C interface from ctypes alone: no module, no compiler, any Python 3.8 or later.

    python3 python_plugin/examples/ctypes_client.py build/plugins/tic_tac_toe.so

Loads a game plugin, checks its entry, makes a game and plays it with moves read into a buffer of the caller's. The
structs follow plugin_api/include/parlour/{entry,game}.h; only the fields that are used have to be right, and the order
of those before them.
"""

from __future__ import annotations

import ctypes
import sys
from ctypes import CFUNCTYPE, POINTER, byref, c_char, c_char_p, c_float, c_int32, c_uint16, c_uint32, c_uint64, c_void_p
from typing import Any

ABI_MAGIC, ABI_MAJOR = 0x31524C50, 1
TERMINAL = 0x0100


class Error(ctypes.Structure):
    """parlour_error: a sentence for a person, in the caller's memory."""

    _fields_ = [("code", c_int32), ("line", c_uint32), ("text", c_char * 248)]


class Host(ctypes.Structure):
    """parlour_host: what a plugin may ask of who loaded it."""


LogFunction = CFUNCTYPE(None, c_void_p, c_int32, c_char_p)
ExtensionFunction = CFUNCTYPE(c_void_p, c_void_p, c_char_p)
Host._fields_ = [
    ("size", c_uint32),
    ("abi_major", c_uint16),
    ("abi_minor", c_uint16),
    ("impl", c_void_p),
    ("name", c_char_p),
    ("version", c_char_p),
    ("log", LogFunction),
    ("get_extension", ExtensionFunction),
]


class Entry(ctypes.Structure):
    """parlour_entry_t: the one symbol that a plugin exports."""

    _fields_ = [
        ("magic", c_uint32),
        ("abi_major", c_uint16),
        ("abi_minor", c_uint16),
        ("min_host_minor", c_uint16),
        ("reserved0", c_uint16),
        ("size", c_uint32),
        ("id", c_char_p),
        ("name", c_char_p),
        ("version", c_char_p),
        ("vendor", c_char_p),
        ("license", c_char_p),
        ("url", c_char_p),
        ("summary", c_char_p),
        ("init", CFUNCTYPE(c_int32, POINTER(Host), c_char_p, POINTER(Error))),
        ("deinit", CFUNCTYPE(None)),
        ("get_factory", CFUNCTYPE(c_void_p, c_char_p)),
    ]


class GameInfo(ctypes.Structure):
    """parlour_game_info: the numbers of a game."""

    _fields_ = [
        ("size", c_uint32),
        ("flags", c_uint32),
        ("players", c_uint32),
        ("state_size", c_uint32),
        ("max_moves", c_uint32),
        ("move_space", c_uint32),
        ("max_plies", c_uint32),
        ("reserved0", c_uint32),
        ("util_min", c_float),
        ("util_max", c_float),
        ("id", c_char_p),
        ("name", c_char_p),
        ("variant", c_char_p),
    ]


class GameApi(ctypes.Structure):
    """parlour_game_api: the rules. States and moves are the caller's memory."""

    _fields_ = [
        ("size", c_uint32),
        ("reserved0", c_uint32),
        ("legal", CFUNCTYPE(c_uint32, c_void_p, c_void_p, POINTER(c_uint32), c_uint32)),
        ("apply", CFUNCTYPE(c_uint32, c_void_p, c_void_p, c_uint32)),
        ("turn", CFUNCTYPE(c_uint32, c_void_p, c_void_p)),
        ("outcome", CFUNCTYPE(None, c_void_p, c_void_p, POINTER(c_float))),
        ("hash", CFUNCTYPE(c_uint64, c_void_p, c_void_p)),
        ("initial", CFUNCTYPE(c_uint32, c_void_p, c_void_p, c_uint64)),
        ("info", CFUNCTYPE(None, c_void_p, POINTER(GameInfo))),
        ("get_extension", CFUNCTYPE(c_void_p, c_void_p, c_char_p)),
        ("check", CFUNCTYPE(c_int32, c_void_p, c_void_p, POINTER(Error))),
        ("move_text", CFUNCTYPE(c_int32, c_void_p, c_void_p, c_uint32, c_char_p, c_uint32)),
        ("parse_move", CFUNCTYPE(c_int32, c_void_p, c_void_p, c_char_p, POINTER(c_uint32), POINTER(Error))),
        ("state_text", CFUNCTYPE(c_int32, c_void_p, c_void_p, c_char_p, c_uint32)),
        ("parse_state", CFUNCTYPE(c_int32, c_void_p, c_char_p, c_void_p, POINTER(Error))),
        ("destroy", CFUNCTYPE(None, c_void_p)),
    ]


class RawGame(ctypes.Structure):
    """parlour_game: a table and the object that its functions are given."""

    _fields_ = [("api", POINTER(GameApi)), ("self", c_void_p)]


class GameDesc(ctypes.Structure):
    """parlour_game_desc."""

    _fields_ = [
        ("size", c_uint32),
        ("flags", c_uint32),
        ("players_min", c_uint32),
        ("players_max", c_uint32),
        ("id", c_char_p),
        ("name", c_char_p),
        ("family", c_char_p),
        ("summary", c_char_p),
    ]


class GameFactory(ctypes.Structure):
    """parlour_game_factory."""

    _fields_ = [
        ("size", c_uint32),
        ("reserved0", c_uint32),
        ("refresh", CFUNCTYPE(c_uint64)),
        ("count", CFUNCTYPE(c_uint32)),
        ("describe", CFUNCTYPE(c_int32, c_uint32, POINTER(GameDesc))),
        ("option", c_void_p),
        ("create", CFUNCTYPE(c_int32, POINTER(Host), c_char_p, c_void_p, c_uint32, POINTER(RawGame), POINTER(Error))),
    ]


def print_log(host: Any, severity: int, text: bytes) -> None:
    """What the plugin wants logged."""
    print("log:", text.decode(), file=sys.stderr)


# The plugin keeps the pointer for as long as the process lives.
HOST = Host(
    size=ctypes.sizeof(Host),
    abi_major=ABI_MAJOR,
    name=b"ctypes_client",
    version=b"1.0",
    log=LogFunction(print_log),
    get_extension=ExtensionFunction(lambda host, id: None),
)


class Game:
    """The first game of a plugin file, with its default options. Raises OSError or ValueError with the reason."""

    def __init__(self, path: str) -> None:
        entry = Entry.in_dll(ctypes.CDLL(path), "parlour_entry")
        if entry.magic != ABI_MAGIC or entry.abi_major != ABI_MAJOR:
            raise ValueError(f"{path} is not a plugin for interface {ABI_MAJOR}")
        error = Error()
        if entry.init(byref(HOST), path.encode(), byref(error)) != 0:
            raise ValueError(error.text.decode())
        address = entry.get_factory(b"parlour.games/1")
        if not address:
            raise ValueError(f"{path} has no games")
        factory = GameFactory.from_address(address)
        about = GameDesc(size=ctypes.sizeof(GameDesc))
        if factory.describe(0, byref(about)) != 0:
            raise ValueError(f"{path} has no games")
        self.id = about.id.decode()
        self._raw = RawGame()
        if factory.create(byref(HOST), about.id, None, 0, byref(self._raw), byref(error)) != 0:
            raise ValueError(error.text.decode())
        self._api = self._raw.api.contents
        self.info = GameInfo(size=ctypes.sizeof(GameInfo))
        self._api.info(self._raw.self, byref(self.info))
        self._moves = (c_uint32 * max(1, self.info.max_moves))()

    def close(self) -> None:
        """Destroys the game: whoever creates destroys."""
        self._api.destroy(self._raw.self)

    def new_state(self) -> Any:
        """A buffer of our own, 16-byte aligned, with the position at the start."""
        buffer = (c_char * (self.info.state_size + 15))()
        shift = -ctypes.addressof(buffer) % 16
        state = (c_char * self.info.state_size).from_buffer(buffer, shift)
        self._api.initial(self._raw.self, state, 0)
        return state

    def legal(self, state: Any) -> list[int]:
        """The legal moves, filled into a buffer that is used again and again."""
        count = self._api.legal(self._raw.self, state, self._moves, len(self._moves))
        return list(self._moves[:count])

    def play(self, state: Any, move: int) -> bool:
        """Plays a legal move in place; whether the game is over."""
        return bool(self._api.apply(self._raw.self, state, move) & TERMINAL)

    def move_text(self, state: Any, move: int) -> str:
        """The move in the players' notation."""
        text = ctypes.create_string_buffer(256)
        self._api.move_text(self._raw.self, state, move, text, len(text))
        return text.value.decode()

    def text(self, state: Any) -> str:
        """The position as a line of text."""
        text = ctypes.create_string_buffer(4096)
        self._api.state_text(self._raw.self, state, text, len(text))
        return text.value.decode()

    def outcome(self, state: Any) -> list[float]:
        """One utility a player; finished games only."""
        utilities = (c_float * self.info.players)()
        self._api.outcome(self._raw.self, state, utilities)
        return list(utilities)


def main() -> None:
    """Plays the first legal move again and again until the game is over."""
    if len(sys.argv) != 2:
        raise SystemExit("usage: ctypes_client.py PLUGIN.so")
    game = Game(sys.argv[1])
    state = game.new_state()
    over = False
    plies = 0
    while not over and plies < 1000:
        move = game.legal(state)[0]
        print(game.move_text(state, move), end=" ")
        over = game.play(state, move)
        plies += 1
    print(f"\n{game.id}: {game.text(state)}")
    if over:
        print("result:", game.outcome(state))
    game.close()


if __name__ == "__main__":
    main()
