"""What a position looks like, said in words: cells, pieces, marks, buttons. The program draws it."""

from __future__ import annotations

from typing import Any, Sequence, Union

SHAPES = {"rect": 0, "round": 1, "circle": 2, "hex_flat": 3, "hex_pointy": 4}
COLORS = {"none": 0, "light": 1, "dark": 2, "line": 3, "neutral": 4, "accent": 5, "warn": 6}
PIECES = {"disc": 0, "ring": 1, "cross": 2, "square": 3, "triangle": 4, "card": 5, "die": 6, "tile": 7, "glyph": 8}
PLAYER0, RGBA = 16, 255
_NONE = 0xFFFFFFFF

Color = Union[str, int]


def _color(color: Color) -> tuple[int, int]:
    """A role's name, a player's number, or "#rrggbb", as the role and the RGBA of the C interface."""
    if isinstance(color, int):
        return PLAYER0 + color, 0
    if color.startswith("#"):
        digits = color[1:]
        if len(digits) not in (6, 8):
            raise ValueError(f"a colour is written #rrggbb or #rrggbbaa, not {color!r}")
        return RGBA, int(digits.ljust(8, "f"), 16)
    if color not in COLORS:
        raise ValueError(f"{color!r} is no colour; there are {', '.join(COLORS)}, a player's number and #rrggbb")
    return COLORS[color], 0


def _choice(kind: str, known: dict[str, int], what: str) -> int:
    if kind not in known:
        raise ValueError(f"{kind!r} is no {what}; there are {', '.join(known)}")
    return known[kind]


class Board:
    """A picture in the making, in units of one cell: x to the right, y down.

    Cells have ids of the game's own choice (0 and up); pieces and marks lie on them. Colours are "light", "dark",
    "neutral", "accent" and so on, a player's number, or "#rrggbb".
    """

    def __init__(self) -> None:
        self.cells: list[tuple[Any, ...]] = []
        self.pieces: list[tuple[Any, ...]] = []
        self.marks: list[tuple[Any, ...]] = []
        self.widgets: list[tuple[Any, ...]] = []
        self._box: tuple[float, float, float, float] | None = None

    @classmethod
    def grid(cls, columns: int, rows: int, *, chequered: bool = False, shape: str = "rect",
             letters: bool = True) -> Board:
        """A board of columns x rows cells; the cell in a column and row (from the top) has the id
        row * columns + column, and is called "a1" at the bottom left."""
        board = cls()
        for row in range(rows):
            for column in range(columns):
                color = "light" if not chequered or (row + column) % 2 == 0 else "dark"
                label = chr(97 + column) + str(rows - row) if letters and columns <= 26 else ""
                board.cell(row * columns + column, column + 0.5, row + 0.5, shape=shape, color=color, outline=True,
                           label=label)
        return board

    @classmethod
    def rows(cls, lengths: Sequence[int], *, piece: str = "disc", color: Color = "neutral",
             room: int | None = None) -> Board:
        """Rows of pieces, one below the other: the cell of piece k of row r has the id r * 100 + k. `room` is how
        many places a row has at least."""
        board = cls()
        width = max([room or 1, *lengths])
        for row, length in enumerate(lengths):
            for k in range(width):
                board.cell(row * 100 + k, k + 0.5, row + 0.5, shape="circle", color="none", label=f"{row + 1}.{k + 1}")
                if k < length:
                    board.piece(row * 100 + k, piece, color)
        return board

    def extent(self, left: float, top: float, right: float, bottom: float) -> None:
        """The picture's edges; without it they enclose all cells."""
        self._box = (float(left), float(top), float(right), float(bottom))

    def cell(self, id: int, x: float, y: float, width: float = 1.0, height: float = 1.0, *, shape: str = "rect",
             color: Color = "neutral", outline: bool = False, raised: bool = False, angle: float = 0.0,
             label: str = "") -> None:
        """A place whose centre is (x, y)."""
        role, rgba = _color(color)
        flags = (4 if outline else 0) | (8 if raised else 0)
        self.cells.append((int(id), _choice(shape, SHAPES, "shape"), role, flags, rgba, float(x), float(y),
                           float(width), float(height), float(angle), label))

    def piece(self, cell: int, kind: str = "disc", color: Color = "neutral", *, glyph: str = "", label: str = "",
              count: int = 0, level: int = 0, scale: float = 1.0, id: int = 0, faded: bool = False,
              face_down: bool = False) -> None:
        """A thing on a cell. `label` names it for those who do not see it; its first letter stands for it in text."""
        role, rgba = _color(color)
        flags = (1 if face_down else 0) | (2 if faded else 0)
        self.pieces.append((int(cell), _choice(kind, PIECES, "kind of piece"), role, flags, rgba, int(level), int(id),
                            int(count), float(scale), glyph, label or kind))

    def line(self, first: int, last: int, color: Color = "accent") -> None:
        """A line through two cells: a winning row."""
        role, rgba = _color(color)
        self.marks.append((0, int(first), int(last), role, rgba, ""))

    def ring(self, cell: int, color: Color = "accent") -> None:
        """A ring around a cell."""
        role, rgba = _color(color)
        self.marks.append((1, int(cell), _NONE, role, rgba, ""))

    def text(self, cell: int, text: str, color: Color = "line") -> None:
        """A few letters over a cell."""
        role, rgba = _color(color)
        self.marks.append((2, int(cell), _NONE, role, rgba, text))

    def button(self, id: int, label: str, *, player: int = -1, key: str = "") -> None:
        """A button beside the board; `touches` says which move it is a step of. `key` is a letter that presses it."""
        self.widgets.append((int(id), 0, int(player), ord(key[0].lower()) if key else 0, label or "-", ""))

    def counter(self, id: int, label: str, value: object, *, player: int = -1) -> None:
        """A number or word beside the board."""
        self.widgets.append((int(id), 1, int(player), 0, label or "-", str(value)))

    def box(self) -> tuple[float, float, float, float]:
        """The extent, given or found."""
        if self._box is not None or not self.cells:
            return self._box or (0.0, 0.0, 1.0, 1.0)
        return (min(c[5] - c[7] / 2 for c in self.cells), min(c[6] - c[8] / 2 for c in self.cells),
                max(c[5] + c[7] / 2 for c in self.cells), max(c[6] + c[8] / 2 for c in self.cells))
