#!/usr/bin/env bash
# Checks that each plugin of a folder exports its entry and nothing else.
# Usage: exports.sh FOLDER
set -u
failed=0 seen=0
for plugin in "$1"/*.so "$1"/x86-64-v3/*.so; do
    [ -f "$plugin" ] || continue
    seen=$((seen + 1))
    exported=$(nm -D --defined-only "$plugin" | awk '{print $3}' | sort | tr '\n' ' ')
    if [ "$exported" != "parlour_entry " ]; then
        echo "$plugin exports: $exported"
        failed=1
    fi
done
echo "$seen plugins"
[ $seen -gt 0 ] && exit $failed
echo "there is no plugin in $1"
exit 1
