#!/usr/bin/env bash
# Compares the interface as it is with the stored baseline of its major version.
# Usage: abi.sh BASELINE LIBRARY; with PARLOUR_UPDATE_ABI=1 writes the baseline (only before a release).
set -u
command -v abidiff > /dev/null || { echo "skipped: abidiff is not installed (abigail-tools)"; exit 77; }
if [ "${PARLOUR_UPDATE_ABI:-}" = 1 ]; then
    abidw --no-corpus-path --no-comp-dir-path --no-show-locs --drop-private-types --out-file "$1" "$2"
    exit
fi
# Bit 4: a change; bit 8: an incompatible one. Growth of a SIZED struct is a change that wants a new baseline.
abidiff --no-show-locs "$1" "$2"
