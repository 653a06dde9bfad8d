#!/usr/bin/env bash
# Inside a display and a session bus: opens the app on the sample, waits until it has painted, keeps a
# picture, ends it. Usage: picture.sh APP LOG PICTURE
set -euo pipefail
app=$1 log=$2 picture=$3
: >"$log"
"$app" --sample 2>>"$log" &
window=$!
# tail ends with the app, grep with the line.
if ! timeout 60 grep -q -m 1 "painted:" <(tail --pid="$window" -n +1 -f "$log"); then
  kill "$window" 2>/dev/null || true
  exit 1
fi
# Painted means that the page is drawn; the display shows it a few frames later.
blank=1
for _ in $(seq 50); do
  import -window root "$picture"
  colours=$(identify -format %k "$picture")
  if [ "$colours" -gt 200 ]; then blank=0; break; fi
  timeout 0.2 tail -f /dev/null || true
done
kill "$window"
wait "$window" 2>/dev/null || true
exit "$blank"
