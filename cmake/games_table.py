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

root = pathlib.Path(__file__).resolve().parent.parent
table = root / "docs" / "games.md"

TRAITS = {
    "chance": "chance",
    "hidden": "hidden information",
    "simultaneous": "moves at once",
    "compound": "several moves in a row",
    "path_dependent": "repetition",
}
COUNTS = {"perft", "perft_ended"}
POSITIONS = {"distinct_by_ply", "classes_by_ply", "reachable", "reachable_classes", "games", "terminal", "accepted_positions"}
VALUES = {"value", "score_value", "expected_value"}

HEAD = """# The games

Made by `cmake/games_table.py` from the plugins, `tests/facts/*.facts` and `parlour bench playouts`; do not edit it.
`./play.sh` and the question mark beside a board give a game's whole rules; the head of `plugins/games/ID.cpp` pins its
exact variant. Facts marked *nightly* run under `ctest -L nightly`. Playouts are uniformly random games per second on one
thread of {machine}, by `legal` and `apply` / by the game's playout call.

| game | id | players | variant and options | features | facts asserted | playouts a second | plies |
|---|---|--:|---|---|---|--:|--:|
"""


def run(program, *words):
    return json.loads(subprocess.run([program, *words], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout)


def rows_of(game):
    """(nightly, kind, first argument) of each row of a game's facts."""
    file = root / "tests" / "facts" / f"{game}.facts"
    rows = []
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        words = re.sub(r"\[[^]]*\]|\{[^}]*\}", " ", line).split()
        if not words or words[0].startswith("#"):
            continue
        nightly = words[0] == "nightly"
        words = words[1:] if nightly else words
        rows.append((nightly, words[0], words[1] if len(words) > 1 else "", line))
    return rows


def facts_text(game):
    rows = rows_of(game)
    parts = []
    by_ply = [line.partition(" = ")[2].split() for _, kind, _, line in rows if kind == "nodes_by_ply"]
    depths = [len(counts) - 1 for counts in by_ply if counts]
    depths += [int(first) for nightly, kind, first, _ in rows if kind in COUNTS and not nightly]
    nightly_depths = [int(first) for nightly, kind, first, _ in rows if kind in COUNTS and nightly]
    if depths:
        deeper = max(nightly_depths, default=0)
        parts.append(f"perft to {max(depths)}" + (f" (nightly {deeper})" if deeper > max(depths) else ""))
    for kinds, words in ((POSITIONS, "positions counted"), (VALUES, "values of boards")):
        number = sum(kind in kinds for _, kind, _, _ in rows)
        if number:
            parts.append(f"{words}: {number}")
    if any(kind == "random_play" for _, kind, _, _ in rows):
        parts.append("random games")
    files = sum(kind.startswith("positions_") for _, kind, _, _ in rows)
    if files:
        parts.append(f"files of positions: {files}")
    named = COUNTS | POSITIONS | VALUES | {"nodes_by_ply", "random_play"}
    others = sum(kind not in named and not kind.startswith("positions_") for _, kind, _, _ in rows)
    parts.append(f"notation and endings: {others}")
    return ", ".join(parts)


def option_text(option):
    if option["type"] == "bool":
        return option["label"].lower()
    if option.get("choices"):
        return f"{option['label'].lower()} ({', '.join(choice_text(choice) for choice in option['choices'])})"
    if option["type"] in ("int", "float"):
        return f"{option['label'].lower()} {option['min']:g} to {option['max']:g}"
    return option["label"].lower()


def choice_text(choice):
    return choice["label"] if isinstance(choice, dict) else str(choice)


def row_of(game):
    low, high = game["players_min"], game["players_max"]
    options = "; ".join(option_text(option) for option in game["options"])
    features = ", ".join(TRAITS[trait] for trait in game["traits"] if trait in TRAITS)
    variant = game["summary"] + (f" Options: {options}." if options else "")
    return [game["name"], f"`{game['id']}`", str(low) if low == high else f"{low}-{high}", variant, features,
            facts_text(game["id"])]


def line_of(cells):
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def number(value):
    return f"{value / 1e6:.2f} M" if value >= 1e6 else f"{value / 1e3:.1f} k" if value >= 1e3 else f"{value:.0f}"


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve() / "parlour")
    games = sorted((game for game in run(program, "list", "--json")["games"] if ":" not in game["id"]),
                   key=lambda game: game["name"])
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
    speed = {}
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
