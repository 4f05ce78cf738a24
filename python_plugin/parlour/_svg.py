"""A position as an SVG picture: what State.scene() tells, in the colours of Parlour's dark theme."""

from __future__ import annotations

import math
from html import escape
from typing import Any

from . import _parlour

# Colour roles of the interface: parlour/game_board.h.
_NONE, _PLAYER0, _RGBA = 0, 16, 255
_ROLES = {1: "#efe6d3", 2: "#3a3340", 3: "#8d97a8", 4: "#2a3140", 5: "#f2b94b", 6: "#e0565b"}
_PLAYERS = ("#e4574c", "#4c8fe4", "#3fae6a", "#c58be8")
_DECOR = 1
_ROUND, _CIRCLE, _HEX_FLAT, _HEX_POINTY, _POLYGON = 1, 2, 3, 4, 5
_DISC, _RING, _CROSS, _SQUARE, _TRIANGLE, _CARD, _DIE, _TILE, _GLYPH = range(9)
_FACE_DOWN, _FADED = 1, 2


def draw(state: _parlour.State) -> str | None:
    """The picture, 320 pixels wide or high at most; None where the game draws nothing."""
    scene = state.scene()
    if scene is None:
        return None
    x0, y0, x1, y1 = scene["extent"] or (0.0, 0.0, 1.0, 1.0)
    scale = 320 / max(x1 - x0, y1 - y0)
    cells = {cell["id"]: cell for cell in scene["cells"]}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{(x1 - x0) * scale:.0f}" height="{(y1 - y0) * scale:.0f}" '
        f'viewBox="{x0:g} {y0:g} {x1 - x0:g} {y1 - y0:g}" role="img" font-family="sans-serif">',
        f"<title>{escape(state.text)}</title>",
        f'<rect x="{x0:g}" y="{y0:g}" width="{x1 - x0:g}" height="{y1 - y0:g}" fill="#171c26"/>',
    ]
    parts += [_cell(cell) for cell in scene["cells"]]
    parts += [_piece(piece, cells[piece["cell"]]) for piece in scene["pieces"] if piece["cell"] in cells]
    parts += [_mark(mark, cells) for mark in scene["marks"]]
    parts.append("</svg>")
    return "".join(parts)


def _color(role: int, rgba: int) -> str:
    if role == _RGBA:
        return f"#{rgba:08x}"
    if role >= _PLAYER0:
        return _PLAYERS[(role - _PLAYER0) % len(_PLAYERS)]
    return _ROLES.get(role, "none")


def _polygon(points: list[tuple[float, float]], style: str) -> str:
    return f'<polygon points="{" ".join(f"{x:g},{y:g}" for x, y in points)}" {style}/>'


def _regular(x: float, y: float, radius: float, corners: int, turn: float) -> list[tuple[float, float]]:
    angles = [math.radians(turn + 360 * i / corners) for i in range(corners)]
    return [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]


def _cell(cell: dict[str, Any]) -> str:
    fill = _color(cell["color"], cell["rgba"])
    x, y, w, h = cell["x"], cell["y"], cell["w"], cell["h"]
    style = f'fill="{fill}"'
    if not cell["flags"] & _DECOR and cell["color"] == _NONE:
        style = 'fill="none"'
    turn = f' transform="rotate({cell["angle"]:g} {x:g} {y:g})"' if cell["angle"] else ""
    shape = cell["shape"]
    if shape == _CIRCLE:
        return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{w / 2:g}" ry="{h / 2:g}" {style}/>'
    if shape in (_HEX_FLAT, _HEX_POINTY):
        return _polygon(_regular(x, y, w / 2, 6, 0 if shape == _HEX_FLAT else 30), style)
    if shape == _POLYGON:
        return _polygon([(x + dx, y + dy) for dx, dy in cell["corners"]], style)
    corner = f' rx="{min(w, h) * 0.12:g}"' if shape == _ROUND else ""
    return f'<rect x="{x - w / 2:g}" y="{y - h / 2:g}" width="{w:g}" height="{h:g}"{corner}{turn} {style}/>'


def _text(x: float, y: float, size: float, text: str, fill: str) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill}" text-anchor="middle" '
        f'dominant-baseline="central">{escape(text)}</text>'
    )


def _piece(piece: dict[str, Any], cell: dict[str, Any]) -> str:
    x, y = cell["x"] + piece["dx"], cell["y"] + piece["dy"]
    radius = min(cell["w"], cell["h"]) * 0.42 * piece["scale"]
    fill = _color(piece["color"], piece["rgba"])
    faded = ' opacity="0.5"' if piece["flags"] & _FADED else ""
    kind, glyph = piece["kind"], piece["glyph"] or ""
    out = f"<g{faded}>"
    if kind == _RING:
        out += f'<circle cx="{x:g}" cy="{y:g}" r="{radius * 0.8:g}" fill="none" stroke="{fill}" stroke-width="{radius * 0.3:g}"/>'
    elif kind == _CROSS:
        arm = radius * 0.75
        out += (
            f'<path d="M{x - arm:g} {y - arm:g}L{x + arm:g} {y + arm:g}M{x + arm:g} {y - arm:g}L{x - arm:g} {y + arm:g}" '
            f'stroke="{fill}" stroke-width="{radius * 0.3:g}" stroke-linecap="round"/>'
        )
    elif kind in (_SQUARE, _TILE, _CARD, _DIE):
        down = kind == _CARD and piece["flags"] & _FACE_DOWN
        out += (
            f'<rect x="{x - radius:g}" y="{y - radius:g}" width="{2 * radius:g}" height="{2 * radius:g}" '
            f'rx="{radius * 0.2:g}" fill="{"#4a5a86" if down else fill}"/>'
        )
        face = "" if down else glyph or (str(piece["count"]) if piece["count"] else "")
        if face:
            out += _text(x, y, radius, face, "#1c2230")
    elif kind == _TRIANGLE:
        out += _polygon(_regular(x, y, radius, 3, -90), f'fill="{fill}"')
    elif kind == _GLYPH:
        out += _text(x, y, radius * 1.8, glyph, fill)
    else:
        out += f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}" stroke="#00000055" stroke-width="{radius * 0.08:g}"/>'
        if piece["level"]:
            out += _text(x, y, radius, "\N{BLACK CHESS QUEEN}", "#d8a531")
        elif piece["count"]:
            out += _text(x, y, radius, str(piece["count"]), "#1c2230")
    return out + "</g>"


def _mark(mark: dict[str, Any], cells: dict[int, dict[str, Any]]) -> str:
    first, second = cells.get(mark["cell_a"]), cells.get(mark["cell_b"])
    if first is None:
        return ""
    color = _color(mark["color"], mark["rgba"])
    if mark["kind"] == 0 and second is not None:
        return (
            f'<line x1="{first["x"]:g}" y1="{first["y"]:g}" x2="{second["x"]:g}" y2="{second["y"]:g}" '
            f'stroke="{color}" stroke-width="0.12" stroke-linecap="round"/>'
        )
    if mark["kind"] == 1:
        return f'<circle cx="{first["x"]:g}" cy="{first["y"]:g}" r="0.46" fill="none" stroke="{color}" stroke-width="0.06"/>'
    if mark["kind"] == 2 and mark["text"]:
        return _text(first["x"], first["y"], 0.5, mark["text"], color)
    return ""
