#!/bin/sh
# One real window on a real X server: it opens, shows something, and a click on a tile's button begins a game.
# smoke_xvfb.sh PARLOUR_PROGRAM; 77 (skipped) without xvfb-run, xdotool or import.
parlour=$1
for tool in xvfb-run xdotool import identify; do
    if ! command -v "$tool" >/dev/null 2>&1; then
        echo "skipped: $tool is not installed"
        exit 77
    fi
done
if [ -z "$PARLOUR_SMOKE_INSIDE" ]; then
    PARLOUR_SMOKE_INSIDE=1
    export PARLOUR_SMOKE_INSIDE
    exec xvfb-run -a -s "-screen 0 1400x900x24" sh "$0" "$parlour"
fi

unset SDL_VIDEODRIVER
folder=$(mktemp -d)
export XDG_DATA_HOME="$folder/data" XDG_CONFIG_HOME="$folder/config" XDG_STATE_HOME="$folder/state" \
    XDG_CACHE_HOME="$folder/cache"
"$parlour" --size 1280x800 --scale 1 --seed 3 >"$folder/out" 2>&1 &
program=$!
fail() {
    echo "$1"
    cat "$folder/out"
    kill "$program" 2>/dev/null
    rm -rf "$folder"
    exit 1
}
tries=0
until window=$(xdotool search --onlyvisible --name '^Parlour$' 2>/dev/null | head -1) && [ -n "$window" ]; do
    tries=$((tries + 1))
    [ "$tries" -gt 200 ] && fail "no window appeared"
    kill -0 "$program" 2>/dev/null || fail "the program ended"
    sleep 0.1
done
# Until the first frame is on the screen.
tries=0
while colors=$(import -window "$window" "$folder/shot.png" 2>/dev/null && identify -format '%k' "$folder/shot.png") &&
    [ "${colors:-0}" -lt 500 ]; do
    tries=$((tries + 1))
    [ "$tries" -gt 100 ] && fail "the window stayed empty ($colors colours)"
    sleep 0.1
done
# The play button on the first tile of a 1280x800 gallery, whose tiles are narrower where there are more games.
tries=0
until xdotool search --onlyvisible --name ' - Parlour$' >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -gt 40 ] && fail "a click on a tile's button began no game"
    xdotool mousemove --window "$window" $((tries % 2 ? 283 : 386)) 382 click 1
    sleep 0.3
done
kill -0 "$program" 2>/dev/null || fail "the program ended"
kill "$program"
wait "$program" 2>/dev/null
rm -rf "$folder"
echo "a window opened, showed $colors colours and began a game"
