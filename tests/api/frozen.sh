#!/bin/sh
# Plugins that were built against each released interface stay as they were built, and load, pass and play in this
# program. Made from plugin_api/templates of that release:
#   gcc -std=c99 -O2 -fPIC -shared -fvisibility=hidden -s -Wl,--version-script=plugin_api/cmake/plugin.exports null_game_c.c
#   g++ -std=c++20 -fno-gnu-unique, and the same, null_engine.cpp
# Usage: frozen.sh PARLOUR_PROGRAM FROZEN_FOLDER; 77 (skipped) where there are none for this processor.
set -u
parlour=$1
processor=$(uname -m)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_CACHE_HOME="$folder/cache" XDG_DATA_HOME="$folder/data" XDG_STATE_HOME="$folder/state"
seen=0
for game in "$2"/interface_*_game_"$processor".so; do
    [ -f "$game" ] || continue
    seen=$((seen + 1))
    version=$(basename "$game" "_game_$processor.so")
    mkdir -p "$folder/$version"
    cp "$game" "$2/${version}_engine_$processor.so" "$folder/$version/"
    for plugin in "$folder/$version"/*.so; do
        "$parlour" validate "$plugin" || { echo "$plugin is no longer accepted"; exit 1; }
    done
    for pair in "null_engine random" "minimax null_engine" "mcts minimax"; do
        set -- "$1" "$2" $pair
        "$parlour" match null_game --plugins "$folder/$version" --engine "$3" --engine "$4" --games 4 --nodes 200 \
            --seed 7 --json > "$folder/result.json" || { cat "$folder/result.json"; exit 1; }
        grep -q '"normal": *4' "$folder/result.json" || {
            echo "$version: $3 against $4 did not end normally:"
            cat "$folder/result.json"
            exit 1
        }
    done
    echo "$version: accepted, and played"
done
[ $seen -gt 0 ] || { echo "skipped: there is no frozen plugin for $processor"; exit 77; }
