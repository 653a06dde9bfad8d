#!/usr/bin/env bash
# Has libFuzzer look for bytes that break a reader of what comes from outside (tests/fuzz), each target so long, and says how
# often it ran: lines for docs/evidence.md. What it came upon before lies in target/fuzz/corpus and is gone on from; what
# breaks a reader lies in target/fuzz/found. Building it takes minutes, once.
# Usage: fuzz.sh [SECONDS [TARGET]]; SANITIZER=address looks for damaged memory too, at a third of the speed.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}

export PATH="$PWD/target/tools/bin:$PATH"
version=0.13.2
if [ "$(cargo fuzz --version 2>/dev/null)" != "cargo-fuzz $version" ]; then
  echo "Installing cargo-fuzz into target/tools, once"
  cargo install --quiet --locked "cargo-fuzz@$version" --root target/tools
fi

# A sanitizer is an option that compilers of the stable channel know and don't offer.
export RUSTC_BOOTSTRAP=1
# What is tried is compiled as a whole by nobody: that is slow and finds nothing more.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_STRIP=none
folder=$PWD/target/fuzz
mkdir -p "$folder/found"
# Readers write files; in memory, where there is a place for that, and away with it afterwards.
TMPDIR=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")")
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

targets=("${2:-}")
[ -n "${2:-}" ] || mapfile -t targets < <(cargo fuzz list --fuzz-dir tests/fuzz)
commit=$(git log -1 --format=%h -- src-tauri tests/fuzz Cargo.lock)
failed=0
for target in "${targets[@]}"; do
  corpus=$folder/corpus/$target log=$folder/$target.log
  mkdir -p "$corpus"
  status=0
  cargo fuzz run --fuzz-dir tests/fuzz --target-dir "$folder/build" --sanitizer "${SANITIZER:-none}" \
    --features libfuzzer "$target" "$corpus" "tests/fuzz/seeds/$target" -- \
    -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 \
    -artifact_prefix="$folder/found/$target-" >"$log" 2>&1 || status=$?
  number() { sed -nE "s/^stat::$1: +([0-9]+)$/\1/p" "$log" | tail -n 1; }
  ran=$(number number_of_executed_units) peak=$(number peak_rss_mb)
  if [ "$status" -ne 0 ]; then
    failed=1
    tail -n 30 "$log" >&2
  fi
  printf '| %s | %s | %s | %s s | %s | %s MiB | %s |\n' "$target" "$commit" "$(date -u +%F)" "$seconds" \
    "$(printf "%'d" "${ran:-0}")" "${peak:-?}" "$([ "$status" -eq 0 ] && echo 0 || echo "a find: $log")"
done
exit "$failed"
