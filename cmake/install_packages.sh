#!/usr/bin/env bash
# Installs the Debian packages of cmake/packages.txt that are missing, with sudo where it has to.
# Usage: install_packages.sh play|test...
set -eu
list=$(dirname "$0")/packages.txt
missing=()
for part in "$@"; do
    while read -r package; do
        dpkg-query -W -f='${db:Status-Status}\n' "$package" 2> /dev/null | grep -qx installed || missing+=("$package")
    done < <(awk -v want="[$part]" '/^\[/ { on = ($0 == want); next } on && !/^#/ && NF { print $1 }' "$list")
done
[ ${#missing[@]} -gt 0 ] || exit 0

command -v apt-get > /dev/null || {
    echo "Parlour needs these packages, and this system has no apt-get to install them: ${missing[*]}" >&2
    exit 1
}
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    command -v sudo > /dev/null || {
        echo "Parlour needs these packages; ask an administrator to run: apt-get install ${missing[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi
echo "Installing what Parlour needs: ${missing[*]}" >&2
"${as_root[@]}" apt-get update -qq >&2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
