#!/usr/bin/env bash
# Runs clang-tidy over the sources of a build; skips plainly where it is not installed.
# Usage: tidy.sh BUILD_FOLDER [PATH_PATTERN]
set -eu
cd "$(dirname "$0")/.."
command -v run-clang-tidy > /dev/null || { echo "skipped: clang-tidy is not installed"; exit 0; }
build=$1
database=$build/tidy
mkdir -p "$database"
# clang does not know this flag of gcc's.
sed 's/ -fno-gnu-unique//' "$build/compile_commands.json" > "$database/compile_commands.json"
report=$database/report.txt
if ! run-clang-tidy -quiet -j "$(nproc)" -p "$database" -extra-arg=-Wno-unknown-warning-option \
    "${2:-/(host|plugins|plugin_api)/}" > "$report" 2>&1; then
    grep -E "(error|warning):" "$report" | sort -u
    exit 1
fi
echo "clang-tidy found nothing in $(git ls-files 'host/*.cpp' 'plugins/*.cpp' | wc -l) sources"
