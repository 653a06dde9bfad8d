#!/usr/bin/env bash
# Inside a display and a session bus: opens the app on the sample, waits until its figures are on the screen, keeps a
# picture of them, ends it. Whoever starts it sets the limit. Usage: picture.sh APP LOG PICTURE
set -euo pipefail
app=$1 log=$2 picture=$3
here=$(dirname "$0")
rm -f "$picture"
: >"$log"
"$app" --sample 2>>"$log" &
window=$!
trap 'kill "$window" 2>/dev/null || true; wait "$window" 2>/dev/null || true' EXIT
# tail ends with the app, grep with the line.
grep -q -m 1 "painted:" <(tail --pid="$window" -n +1 -f "$log") || exit 1
# The page has drawn its figures; the display shows them a few frames later. What proves it is the picture itself: the
# figures' colours are in it, and the next one is the same.
seen=$picture.part.png before=$picture.before.png
rm -f "$seen" "$before"
until [ -e "$before" ] && "$here/shows-figures.sh" "$seen" && compare -metric AE "$before" "$seen" null: >/dev/null 2>&1; do
  kill -0 "$window"
  if [ -e "$seen" ]; then mv "$seen" "$before"; fi
  import -window root "$seen"
done
mv "$seen" "$picture"
rm -f "$before"
