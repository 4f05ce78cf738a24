#!/usr/bin/env bash
# What a newcomer does: installs Parlour, has `parlour new` write a game and an engine, builds them elsewhere against the
# installed package, and sees them appear, pass validation and play.
# Usage: out_of_tree.sh BUILD_FOLDER
set -eu
build=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export XDG_DATA_HOME=$work/data XDG_CACHE_HOME=$work/cache
unset PARLOUR_PLUGIN_PATH

say() { echo "-- $*"; }
want() { # TEXT FILE
    grep -qF -- "$1" "$2" || { echo "missing: $1, in:"; cat "$2"; exit 1; }
}

say "install"
cmake --install "$build" --prefix "$work/installed" > "$work/install.log"
parlour=$work/installed/bin/parlour

say "write"
cd "$work"
"$parlour" new game last_counter > new.txt
"$parlour" new engine looker > /dev/null
"$parlour" new cgame plain_counter > /dev/null

say "build"
for name in last_counter looker plain_counter; do
    cmake -S "$name" -B "$name/build" -DCMAKE_PREFIX_PATH="$work/installed" > "$name.log"
    cmake --build "$name/build" >> "$name.log"
    mkdir -p dropped
    cp "$name/build/$name.so" dropped/
done

say "validate"
"$parlour" validate dropped/*.so > validate.txt || { cat validate.txt; exit 1; }

say "appear"
"$parlour" list --json > before.json
if grep -q last_counter before.json; then echo "last_counter was there before it was dropped in"; exit 1; fi
export PARLOUR_PLUGIN_PATH=$work/dropped
"$parlour" list --json > list.json
want '"last_counter"' list.json
want '"looker"' list.json
want '"plain_counter"' list.json

say "play"
for game in last_counter plain_counter; do
    for engine in looker mcts minimax random; do
        "$parlour" match "$game" --engine looker --engine "$engine" --games 2 --nodes 200 --seed 3 --json > match.json
        want '"games": 2' match.json
    done
done
"$parlour" analyse last_counter --engine minimax --depth 20 > analyse.txt
want proven analyse.txt
say "done"
