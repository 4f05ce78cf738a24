#!/usr/bin/env python3
"""Plays every pair of engines at every game, a thousand games or more in all, in one process a pair.

Under the address sanitizer a leak makes the process fail at its end, so that this is the leak test of the whole
program; in every build it checks that all games end by the rules.

Usage: mixed_match.py PARLOUR [GAMES_IN_ALL]
"""
import itertools
import json
import subprocess
import sys

parlour, total = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000


def run(*arguments):
    done = subprocess.run([parlour, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        sys.exit(f"parlour {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return json.loads(done.stdout)


listed = run("list", "--json")
games = {game["id"]: game["players_max"] for game in listed["games"]}
engines = [engine["id"] for engine in listed["engines"]]
pairs = list(itertools.combinations_with_replacement(engines, 2))
alone = [(engine,) for engine in engines]
each = -(-total // sum(len(alone if players == 1 else pairs) for players in games.values()))
played = 0
for game, players in games.items():
    for seed, meeting in enumerate(alone if players == 1 else pairs):
        seats = [word for engine in meeting for word in ("--engine", engine)]
        result = run("match", game, *seats, "--games", str(each), "--nodes", "40", "--seed", str(seed + 1),
                     "--concurrency", "2", "--json")
        who = f"{game}, {' against '.join(meeting)}"
        if result["games"] != each:
            sys.exit(f"{who}: {result['games']} of {each} games were finished")
        endings = {name: count for name, count in result["endings"].items() if count and name != "normal"}
        if endings:
            sys.exit(f"{who}: games ended by {endings}")
        played += each
print(f"{played} games of {len(games)} games by {len(pairs)} pairs of engines, all ended by the rules")
if played < total:
    sys.exit("too few games were found to play")
