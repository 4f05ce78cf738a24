#!/usr/bin/env python3
"""Kills `parlour play` at random instants and compares the kept games with what it had printed.

kill_program.py PARLOUR ROUNDS: every move that stood on standard output has to be in the store, in order; the store
has to be readable without a word on standard error; an unfinished game has to load by its rules.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time

GAMES = ["reversi", "draughts", "four_in_a_row"]  # without chance: every line is a move
MOVE = re.compile(r"^[^:]+\([^)]*\): (.+)$")


def environment(home):
    out = {key: value for key, value in os.environ.items() if not key.startswith(("XDG_", "PARLOUR_"))}
    out.update(HOME=home, XDG_DATA_HOME=os.path.join(home, "data"), TERM="dumb")
    return out


def play_and_kill(parlour, game, seed, life, env):
    """What it printed as whole lines until it was killed, `life` seconds after the first, or had ended by itself;
    whether it was killed; and the seconds from the first to its end."""
    words = ["stdbuf", "-oL", parlour, "play", game, "--seat", "random", "--seat", "random", "--seed", str(seed)]
    with tempfile.TemporaryFile() as err:
        child = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=err, env=env)
        patience = threading.Timer(60, child.kill)
        patience.start()
        text = child.stdout.read(1)
        patience.cancel()
        begin = time.monotonic()
        end = threading.Timer(life, child.kill)
        end.start()
        text = (text + child.stdout.read()).decode()
        child.wait()
        lived = time.monotonic() - begin
        end.cancel()
        if child.returncode not in (0, -signal.SIGKILL):
            err.seek(0)
            raise SystemExit(f"{' '.join(words)} ended with {child.returncode}: {err.read().decode()}")
    return text[: text.rfind("\n") + 1].splitlines(), child.returncode != 0, lived


def ask(parlour, words, env):
    """The JSON that `parlour history` prints, and how long it took; a word of complaint ends the test."""
    begin = time.monotonic()
    done = subprocess.run([parlour, "history", *words, "--json"], env=env, capture_output=True, timeout=120)
    if done.returncode != 0 or done.stderr:
        raise SystemExit(f"parlour history {' '.join(words)} says {done.stderr.decode()} ({done.returncode})")
    return json.loads(done.stdout), time.monotonic() - begin


def go_on(parlour, game, stored, env):
    """Plays an unfinished game to its end; what was kept has to be its beginning."""
    done = subprocess.run([parlour, "play", "--resume", str(game)], stdin=subprocess.DEVNULL, env=env,
                          capture_output=True, timeout=300)
    after = ask(parlour, ["show", str(game)], env)[0]
    if done.returncode != 0 or not after["finished"] or after["moves"][: len(stored)] != stored:
        raise SystemExit(f"game {game} was not gone on with: {done.returncode}, {done.stderr.decode()}, {after}")
    return 1


def main(parlour, rounds):
    randomness = random.Random(7)
    accepted = lost = killed = resumed = 0
    times = []
    with tempfile.TemporaryDirectory() as home:
        env = environment(home)
        ask(parlour, [], env)  # begins the store, fills the plugin cache
        # How long a game takes, so that kills fall into games however fast the machine is.
        longest = play_and_kill(parlour, GAMES[0], 1000, 60, env)[2]
        known = {each["id"] for each in ask(parlour, [], env)[0]["games"]}
        for number in range(rounds):
            game = GAMES[number % len(GAMES)]
            lines, was_killed, _ = play_and_kill(parlour, game, number, randomness.uniform(0, longest), env)
            killed += was_killed
            moves = [match[1] for line in lines if (match := MOVE.match(line))]
            accepted += len(moves)
            listing, took = ask(parlour, [], env)
            times.append(took)
            fresh = [each["id"] for each in listing["games"] if each["id"] not in known]
            known.update(fresh)
            if any("problem" in each for each in listing["games"]) or len(fresh) > 1:
                raise SystemExit(f"round {number}: the list of games is not right: {listing}")
            stored = ask(parlour, ["show", str(fresh[0])], env)[0]["moves"] if fresh else []
            if stored[: len(moves)] != moves:
                lost += 1
                print(f"round {number}, {game}: printed {moves}, stored {stored}", file=sys.stderr)
            if fresh and resumed < rounds // 4 and not listing["games"][0]["finished"]:
                resumed += go_on(parlour, fresh[0], stored, env)
        # Every game loads by its rules: another store takes them all.
        file = os.path.join(home, "games.txt")
        for words in (["export", file], ["import", file, "--records", os.path.join(home, "other.sqlite")]):
            done = subprocess.run([parlour, "history", *words], env=env, capture_output=True, timeout=300)
            if done.returncode != 0:
                raise SystemExit(f"parlour history {words[0]}: {done.stderr.decode()}")
    times.sort()
    print(f"{killed} kills, {accepted} accepted moves, {lost} lost, 0 unreadable, {resumed} gone on with; "
          f"listing the games afterwards took {1000 * times[len(times) // 2]:.0f} ms (median)")
    if lost or accepted < rounds or not killed:
        raise SystemExit("moves were lost" if lost else "hardly anything was played, so nothing was shown")


if __name__ == "__main__":
    main(sys.argv[1], int(os.environ.get("PARLOUR_KILLS", sys.argv[2])))
