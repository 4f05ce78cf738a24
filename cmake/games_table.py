#!/usr/bin/env python3
"""Makes docs/games.md from the plugins themselves, their rows of facts and a measurement.

    cmake/games_table.py BUILD           writes docs/games.md; measures playouts with BUILD/parlour
    cmake/games_table.py BUILD --check   writes nothing; says what of the file is no longer true but for figures

BUILD is a build folder with `parlour` and its plugins. Exits with 1 when the check finds something.
"""

import json
import pathlib
import re
import subprocess
import sys
from typing import Any, NamedTuple

root = pathlib.Path(__file__).resolve().parent.parent
table = root / "docs" / "games.md"

TRAITS = {
    "chance": "chance",
    "hidden": "hidden information",
    "simultaneous": "moves at once",
    "compound": "several moves in a row",
    "path_dependent": "repetition",
}
COUNTS = {
    "distinct_by_ply": "positions by ply",
    "classes_by_ply": "positions by ply up to symmetry",
    "winnable_by_ply": "winnable positions by ply",
    "reachable": "positions that can arise",
    "reachable_classes": "positions that can arise up to symmetry",
    "choices": "positions of choice up to symmetry",
    "games": "whole games",
    "terminal": "finished positions",
    "accepted_positions": "legal positions",
    "share": "shares of random starts",
}
VALUES = {"value", "score_value", "expected_value", "most_wins"}
PERFT = {"perft", "perft_ended", "nodes_by_ply"}
NAMED_APART = 3  # so many boards of other options are named, more are counted together

HEAD = """# The games

Made by `cmake/games_table.py` from the plugins, `tests/facts/*.facts` and `parlour bench playouts`; do not edit it.
`./play.sh` and the question mark beside a board give a game's whole rules; the head of `plugins/games/ID.cpp` has the
variant in full. A perft is to so many plies from the start of the default game; other boards, options and positions are
named apart. Facts marked *nightly* run under `ctest -L nightly`. Sources stand beside the figures in
`tests/facts/ID.facts`; what is not published there is a recount by a program of its own. Playouts are uniformly random
games per second on one thread of {machine}, by `legal` and `apply` / by the game's playout call.

| game | id | players | variant | options | features | facts asserted | published sources | playouts a second | plies |
|---|---|--:|---|---|---|---|---|--:|--:|
"""


def run(program: str, *words: str) -> Any:
    return json.loads(subprocess.run([program, *words], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)


class Facts(NamedTuple):
    heads: dict[str, str]  # "variant", "sources", "features"
    positions: dict[str, str]  # name of a position by what its text begins with
    rows: list["Row"]


class Row(NamedTuple):
    nightly: bool
    kind: str
    options: str
    position: str
    arguments: list[str]
    results: list[str]

    @property
    def of_start(self) -> bool:
        return not self.options and not self.position


def facts_of(game: str) -> Facts:
    facts = Facts({}, {}, [])
    file = root / "tests" / "facts" / f"{game}.facts"
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        if head := re.match(r"# (variant|sources|features): (.+)", line):
            facts.heads[head[1]] = head[2]
        elif named := re.match(r"# position (.+?): \{(.+?)\}?$", line):
            facts.positions[named[2]] = named[1]
        elif row := re.match(r"(nightly )?(\w+)(?: \[([^]]*)\])?(?: \{([^}]*)\})?(.*?) = (.*)", line):
            facts.rows.append(Row(bool(row[1]), row[2], row[3] or "", row[4] or "", row[5].split(), row[6].split()))
    return facts


def depth_of(row: Row) -> int:
    return len(row.results) - 1 if row.kind == "nodes_by_ply" else int(row.arguments[0])


def board_name(row: Row, names: dict[str, str]) -> str:
    """What a row of perft is about: the start, a position with a name, a board of other options, or others."""
    if row.of_start:
        return "perft"
    for beginning, name in names.items():
        if row.position.startswith(beginning):
            return name
    return "other positions" if row.position else row.options.replace(",", ", ")


def depth_text(name: str, rows: list[Row]) -> str:
    default = max((depth_of(row) for row in rows if not row.nightly), default=0)
    nightly = max((depth_of(row) for row in rows if row.nightly), default=0)
    if default == 0:
        return f"{name} to {nightly} (nightly)"
    return f"{name} to {default}" + (f" (nightly {nightly})" if nightly > default else "")


def perft_texts(facts: Facts) -> list[str]:
    boards: dict[str, list[Row]] = {}
    for row in facts.rows:
        if row.kind in PERFT:
            boards.setdefault(board_name(row, facts.positions), []).append(row)
    by_options = [name for name in boards if name not in ("perft", "other positions", *facts.positions.values())]
    if len(by_options) > NAMED_APART:
        boards["other boards"] = [row for name in by_options for row in boards.pop(name)]
    order = ["perft", *facts.positions.values(), *sorted(by_options), "other boards", "other positions"]
    return [depth_text(name, boards[name]) for name in order if name in boards]


def with_nightly(default: int, nightly: int) -> str:
    if default == 0:
        return f"{nightly} (nightly)"
    return f"{default} (nightly {default + nightly})" if nightly else str(default)


def elsewhere(rows: list[Row]) -> str:
    return "" if any(row.of_start for row in rows) else " under other options"


def value_texts(facts: Facts) -> list[str]:
    rows = [row for row in facts.rows if row.kind in VALUES]
    others = [row.nightly for row in rows if not row.of_start]
    texts = ["value of the start" + (" (nightly)" if row.nightly else "") for row in rows if row.of_start]
    return texts + ([f"values elsewhere: {with_nightly(others.count(False), others.count(True))}"] if others else [])


def facts_text(facts: Facts) -> str:
    parts = perft_texts(facts)
    for kind, words in COUNTS.items():
        if rows := [row for row in facts.rows if row.kind == kind]:
            parts.append(words + elsewhere(rows) + (" (nightly)" if all(row.nightly for row in rows) else ""))
    parts += value_texts(facts)
    if random := [row for row in facts.rows if row.kind == "random_play"]:
        parts.append("random games" + elsewhere(random))
    if files := sum(row.kind.startswith("positions_") for row in facts.rows):
        parts.append(f"files of positions: {files}")
    named = PERFT | VALUES | COUNTS.keys() | {"random_play"}
    others = sum(row.kind not in named and not row.kind.startswith("positions_") for row in facts.rows)
    return "; ".join([*parts, f"rows about rules and notation: {others}"])


def option_text(option: dict[str, Any]) -> str:
    if option["type"] == "bool":
        return str(option["label"]).lower()
    if option.get("choices"):
        return f"{option['label'].lower()} ({' / '.join(choice_text(choice) for choice in option['choices'])})"
    if option["type"] in ("int", "float"):
        return f"{option['label'].lower()} {option['min']:g} to {option['max']:g}"
    return str(option["label"]).lower()


def choice_text(choice: Any) -> str:
    return str(choice["label"] if isinstance(choice, dict) else choice)


def row_of(game: dict[str, Any]) -> list[str]:
    facts = facts_of(game["id"])
    low, high = game["players_min"], game["players_max"]
    options = "; ".join(option_text(option) for option in game["options"])
    features = [TRAITS[trait] for trait in game["traits"] if trait in TRAITS]
    features += [facts.heads["features"]] if "features" in facts.heads else []
    features += ["swap"] if any(option["id"] == "swap" for option in game["options"]) else []
    return [game["name"], f"`{game['id']}`", str(low) if low == high else f"{low}-{high}",
            facts.heads.get("variant", game["summary"]), options, ", ".join(features), facts_text(facts),
            facts.heads.get("sources", "")]


def line_of(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def number(value: float) -> str:
    return f"{value / 1e6:.2f} M" if value >= 1e6 else f"{value / 1e3:.1f} k" if value >= 1e3 else f"{value:.0f}"


def main() -> int:
    program = str(pathlib.Path(sys.argv[1]).resolve() / "parlour")
    games = sorted((game for game in run(program, "list", "--json")["games"] if ":" not in game["id"]),
                   key=lambda game: str(game["name"]))
    if "--check" in sys.argv[2:]:
        kept = table.read_text(encoding="utf-8") if table.exists() else ""
        wrong = [game["id"] for game in games if line_of(row_of(game))[:-2] not in kept]
        lines = sum(line.startswith("| ") for line in kept.splitlines()) - 1
        if wrong or lines != len(games):
            print(f"docs/games.md is out of date ({', '.join(wrong) or 'games are gone'}): run cmake/games_table.py BUILD")
            return 1
        return 0
    words = [word for game in games for word in ("--game", game["id"])]
    bench = run(program, "bench", "playouts", "--json", *words)
    speed: dict[str, dict[str, Any]] = {}
    for row in bench["rows"]:
        speed.setdefault(row["game"], {})[row["what"]] = row
    machine = f"a shared machine ({bench['machine']['processor']}, {bench['machine']['compiler']})"
    text = HEAD.format(machine=machine)
    for game in games:
        rows = speed.get(game["id"], {})
        way, call = rows.get("legal+apply"), rows.get("playout call")
        figures = " / ".join(number(each["per_second"]) for each in (way, call) if each)
        plies = f"{way['plies_per_game']:.0f}" if way else ""
        text += line_of([*row_of(game), figures, plies])
    table.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
