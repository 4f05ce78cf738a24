#!/usr/bin/env bash
# Installs what is missing, builds, opens the gallery (in the terminal where there is no display).
#   ./play.sh              the gallery
#   ./play.sh ARGUMENTS    any of Parlour's commands: ./play.sh perft reversi 6, ./play.sh --help
#   ./play.sh --build      only builds; the program is then build/parlour
set -eu
here=$(cd "$(dirname "$0")" && pwd)
"$here/cmake/install_packages.sh" play

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# What is measured against rules that are inlined needs them built so.
if [ "${1:-}" = bench ]; then measured=bench_modules; fi
build() {
    cmake -S "$here" -B "$here/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DPARLOUR_TESTS="${PARLOUR_TESTS:-OFF}" &&
        cmake --build "$here/build" --target all ${measured:-}
}
# The build's own words only matter when it fails; standard output belongs to the program.
if [ "${1:-}" = --build ]; then
    build >&2
    echo "Built: $here/build/parlour"
    exit 0
fi
if ! build > "$log" 2>&1; then
    cat "$log" >&2
    echo "Parlour could not be built; the lines above say why." >&2
    exit 1
fi
rm -f "$log"
trap - EXIT
exec "$here/build/parlour" "$@"
