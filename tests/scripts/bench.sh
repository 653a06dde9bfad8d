#!/usr/bin/env bash
# Measures and prints with the machine and the commit: whole processes beside their yardsticks, then
# Criterion's benches. Nothing here passes or fails.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${RUNS:-9}

tests/scripts/build-window.sh
cargo build --release --quiet --workspace --bins --examples
release=target/release
echo "Commit $(git rev-parse --short HEAD), $(nproc) cores, $(uname -sm), $(rustc --version)"

median() { sort -n | awk '{value[NR] = $1} END {print value[int((NR + 1) / 2)]}'; }
# Seconds and peak kB of one run.
measured() { /usr/bin/time -f '%e %M' "$@" 2>&1 >/dev/null | tail -n 1; }

echo; echo "== simulate: 1,000,000 usage events, beside serde_json into typed structs"
scenario=target/bench-scenario.json
"$release/write-scenario" 1000000 >"$scenario"
bytes=$(stat -c %s "$scenario")
ours=target/bench-ours.txt theirs=target/bench-theirs.txt
: >"$ours"; : >"$theirs"
for _ in $(seq "$runs"); do
  measured "$release/headroom" simulate "$scenario" >>"$ours"
  measured "$release/parse-typed" "$scenario" >>"$theirs"
done
ours_s=$(cut -d' ' -f1 "$ours" | median); theirs_s=$(cut -d' ' -f1 "$theirs" | median)
peak=$(cut -d' ' -f2 "$ours" | median)
awk -v a="$ours_s" -v b="$theirs_s" -v peak="$peak" -v bytes="$bytes" -v runs="$runs" 'BEGIN {
  printf "simulate %.2f s, typed parsing %.2f s: %.2f times (median of %d)\n", a, b, a / b, runs
  printf "peak memory %.0f MiB for a file of %.0f MiB: %.2f times\n", peak / 1024, bytes / 1048576, peak * 1024 / bytes }'
rm -f "$scenario"

echo; echo "== simulate: an organisation, 10,000 users, 12 months, 10,000,000 usage events, line by line"
streamed=target/bench
mkdir -p "$streamed"
"$release/write-scenario" 10000000 10000 "$streamed"
: >"$ours"
for _ in 1 2 3; do measured "$release/headroom" simulate "$streamed/organisation.json" >>"$ours"; done
awk -v a="$(cut -d' ' -f1 "$ours" | median)" -v peak="$(cut -d' ' -f2 "$ours" | median)" 'BEGIN {
  printf "%.1f s, peak memory %.0f MiB (median of 3)\n", a, peak / 1024 }'
rm -r "$streamed"

echo; echo "== start: process start to painted figures, beside a bare window with an empty page"
setsid --wait xvfb-run --auto-servernum --server-args="-screen 0 1280x800x24 -nolisten tcp" \
  dbus-run-session -- tests/scripts/start-times.sh "$release/headroom-desktop" "$release/examples/bare-window" "$runs" 2>/dev/null

echo; echo "== Criterion"
cargo bench --quiet -p acceptance --bench engine -- --quick
