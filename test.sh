#!/usr/bin/env bash
# Installs what is missing, builds, runs every test and ends with ctest's own summary.
#   ./test.sh              all of it: what sanitizers can tell, release, a short fuzz
#   ./test.sh ARGUMENTS    arguments for ctest, on the release build: ./test.sh -R reversi
set -eu
here=$(cd "$(dirname "$0")" && pwd)
cd "$here"
"$here/cmake/install_packages.sh" play test
jobs=$(nproc)

run() { # PRESET CTEST-ARGUMENT...
    local preset=$1
    shift
    echo "== $preset: build"
    cmake --preset "$preset" > /dev/null
    cmake --build --preset "$preset" -- --quiet
    echo "== $preset: test"
    ctest --preset "$preset" -j "$jobs" "$@"
}

if [ $# -gt 0 ]; then
    run release "$@"
    exit
fi
"$here/cmake/check_style.sh"
run asan
run tsan
run release
run fuzz
