#!/usr/bin/env bash
# Inside a display and a session bus: times two windows in turn from process start to their line
# "painted". Usage: start-times.sh HEADROOM BARE RUNS
set -euo pipefail
headroom=$1 bare=$2 runs=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HEADROOM_DATA_DIR="$folder/data"

# Milliseconds until the command writes "painted" on standard error.
until_painted() {
  local began ended pid
  mkfifo "$folder/errors"
  began=$(date +%s%N)
  "$@" 2>"$folder/errors" >/dev/null &
  pid=$!
  grep -q -m 1 painted <"$folder/errors"
  ended=$(date +%s%N)
  kill "$pid"; wait "$pid" 2>/dev/null || true
  rm "$folder/errors"
  echo $(((ended - began) / 1000000))
}

: >"$folder/headroom"; : >"$folder/bare"
until_painted "$headroom" --sample >/dev/null
until_painted "$bare" >/dev/null
for _ in $(seq "$runs"); do
  until_painted "$headroom" >>"$folder/headroom"
  until_painted "$bare" >>"$folder/bare"
done
middle() { sort -n "$1" | awk '{value[NR] = $1} END {print value[int((NR + 1) / 2)]}'; }
awk -v a="$(middle "$folder/headroom")" -v b="$(middle "$folder/bare")" -v runs="$runs" \
  'BEGIN { printf "Headroom %d ms, bare window %d ms: %.2f times (median of %d)\n", a, b, a / b, runs }'
