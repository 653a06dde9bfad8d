#!/usr/bin/env bash
# Everything that proves Headroom, fast things first. `test.sh fast` leaves the two browsers out.
set -euo pipefail
cd "$(dirname "$0")/../.."
fast=${1:-all}
logs=target/test-logs
mkdir -p "$logs"
passed=0

step() { printf '\n== %s\n' "$1"; }
# Adds up the "N passed" of a runner's own closing lines.
count() {
  local number
  number=$(sed 's/\x1b\[[0-9;]*m//g' "$1" | sed -nE "$2" | awk '{sum += $1} END {print sum + 0}')
  if [ "$number" -eq 0 ]; then echo "No test ran in $1" >&2; exit 1; fi
  passed=$((passed + number))
  echo "-- $number passed"
}

step "format"
cargo fmt --all --check
npm run --silent format:check

step "window: types, lints, unit tests"
npm run --silent check
npm run --silent lint
npm run --silent test:unit 2>&1 | tee "$logs/vitest.log"
count "$logs/vitest.log" 's/^ *Tests +([0-9]+) passed.*/\1/p'

step "build"
tests/scripts/build-window.sh
cargo build --locked --workspace

step "Rust lints"
cargo clippy --locked --quiet --workspace --all-targets -- -D warnings

step "Rust tests"
if [ "$fast" = fast ]; then
  cargo test --locked --workspace --lib --test golden --test cli --test contract --test proof --test store --test sources --test app --test live --test campaigns 2>&1 | tee "$logs/rust.log"
else
  cargo test --locked --workspace 2>&1 | tee "$logs/rust.log"
fi
count "$logs/rust.log" 's/^test result: ok\. ([0-9]+) passed.*/\1/p'

if [ "$fast" != fast ]; then
  step "the window in Chromium"
  npm run --silent test:ui 2>&1 | tee "$logs/playwright.log"
  count "$logs/playwright.log" 's/^ *([0-9]+) passed.*/\1/p'
fi

if [ "$fast" != fast ]; then
  step "the Debian package"
  tests/scripts/package.sh debug
fi

printf '\n%s passed, 0 failed\n' "$passed"
