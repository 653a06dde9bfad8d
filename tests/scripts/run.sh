#!/usr/bin/env bash
# Builds Headroom and opens its window. Where there is no display, opens it on one of its own with the
# sample account, waits for the first painted figures, and keeps a picture of them.
set -euo pipefail
cd "$(dirname "$0")/../.."

tests/scripts/build-window.sh
cargo build --locked --quiet --bin headroom-desktop --bin headroom
app=target/debug/headroom-desktop

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec "$app" "$@"
fi

picture=target/headroom.png
log=target/headroom.log
export HEADROOM_DATA_DIR="$PWD/target/headless-data"
rm -f "$picture" "$log"
if ! tests/scripts/headless.sh target/headless.log tests/scripts/picture.sh "$app" "$log" "$picture"; then
  echo "The window did not show its figures. What it said:" >&2
  cat "$log" target/headless.log >&2 || true
  exit 1
fi
echo "No display here, so the window was opened on one of its own."
echo "Picture: $picture"
echo "It shows: $(sed -n 's/^ *INFO painted: //p' "$log" | head -n 1)"
