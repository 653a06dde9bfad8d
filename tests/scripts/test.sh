#!/usr/bin/env bash
# Everything that proves Headroom, fast things first. `test.sh fast` leaves the two browsers out. The page's half works
# beside Rust's: each of them waits a good part of its time, for frames or for programs.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/scripts/steps.sh
fast=${1:-all}
: >"$logs/passed"

# In a process group of its own, so that none of it goes on when this ends.
setsid tests/scripts/test-window.sh "$fast" >"$logs/window.log" 2>&1 &
window=$!
trap 'kill -- -"$window" 2>/dev/null || true' EXIT
# Waits for the page's half and shows what it said.
finish() {
  local status=0
  wait "$window" || status=$?
  cat "$logs/window.log"
  [ "$status" -eq 0 ] || { echo "The window's half failed: $logs/window.log" >&2; exit 1; }
}
# The next step, unless the other half has failed by then.
next() {
  if ! kill -0 "$window" 2>/dev/null && [ -z "${finished:-}" ]; then finish; finished=yes; fi
  step "$1"
}

step "format"
cargo fmt --all --check

next "build"
tests/scripts/build-window.sh
cargo build --locked --workspace

next "Rust lints"
cargo clippy --locked --quiet --workspace --all-targets -- -D warnings

next "Rust tests"
if [ "$fast" = fast ]; then
  cargo test --locked --workspace --lib --test golden --test cli --test contract --test proof --test store --test sources --test app --test live --test campaigns 2>&1 | tee "$logs/rust.log"
else
  cargo test --locked --workspace 2>&1 | tee "$logs/rust.log"
fi
count "$logs/rust.log" 's/^test result: ok\. ([0-9]+) passed.*/\1/p'

if [ "$fast" != fast ]; then
  next "the Debian package"
  tests/scripts/package.sh debug
fi

[ -n "${finished:-}" ] || finish
printf '\n%s passed, 0 failed\n' "$(awk '{sum += $1} END {print sum + 0}' "$logs/passed")"
