#!/usr/bin/env bash
# Compiles every header of the interface alone, by every compiler that is here, in every standard that it promises.
# Usage: headers_alone.sh INCLUDE_FOLDER
set -u
include=$1
failed=0 tried=0
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT

try() { # LANGUAGE STANDARD HEADER COMPILER FLAG...
    local language=$1 standard=$2 header=$3
    shift 3
    printf '#include <parlour/%s>\n' "$header" > "$empty/alone.$language"
    tried=$((tried + 1))
    if ! "$@" -std="$standard" -Wall -Wextra -Wpedantic -Werror -fsyntax-only -I"$include" "$empty/alone.$language"; then
        echo "$header does not compile alone as $standard by $1"
        failed=1
    fi
}

for compiler in gcc clang; do
    command -v $compiler > /dev/null || { echo "skipped: $compiler is not installed"; continue; }
    padded=(); [ $compiler = clang ] && padded=(-Wpadded)
    for path in "$include"/parlour/*.h; do
        header=$(basename "$path")
        for standard in c99 c11; do try c $standard "$header" $compiler "${padded[@]}"; done
        for standard in c++11 c++17 c++20; do try cpp $standard "$header" $compiler "${padded[@]}"; done
    done
    for path in "$include"/parlour/*.hpp; do try cpp c++20 "$(basename "$path")" $compiler -Wshadow -Wconversion; done
done
echo "$tried compilations"
exit $failed
