#!/usr/bin/env bash
# Checks that the tree is formatted as .clang-format says; skips plainly where clang-format is not installed.
set -eu
cd "$(dirname "$0")/.."
command -v clang-format > /dev/null || { echo "skipped: clang-format is not installed"; exit 0; }
git ls-files -z '*.h' '*.hpp' '*.c' '*.cpp' | xargs -0 clang-format --dry-run --Werror
