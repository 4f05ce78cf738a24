#!/usr/bin/env bash
# Compiles every example in the docs that says so: a ```cpp block behind <!-- compiled by tests/docs -->.
# Usage: compile_examples.sh DOCS_FOLDER INCLUDE_FOLDER
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
awk -v out="$work" '/<!-- compiled by tests\/docs -->/ { armed = 1; next }
    armed && /^```cpp/ { inside = 1; armed = 0; file = sprintf("%s/%d.cpp", out, ++n); next }
    inside && /^```/ { inside = 0; next }
    inside { print > file }' "$1"/*.md
count=0
for source in "$work"/*.cpp; do
    g++ -std=c++20 -fPIC -fvisibility=hidden -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I"$2" "$source"
    count=$((count + 1))
done
echo "$count examples"
[ $count -ge 2 ]
