#!/usr/bin/env bash
# What proves the page of the window, fast things first. `test-window.sh fast` leaves Chromium out.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/scripts/steps.sh

step "window: format, types, lints, unit tests"
npm run --silent format:check
npm run --silent check
npm run --silent lint
npm run --silent test:unit 2>&1 | tee "$logs/vitest.log"
count "$logs/vitest.log" 's/^ *Tests +([0-9]+) passed.*/\1/p'

if [ "${1:-all}" != fast ]; then
  step "the window in Chromium"
  npm run --silent test:ui 2>&1 | tee "$logs/playwright.log"
  count "$logs/playwright.log" 's/^ *([0-9]+) passed.*/\1/p'
fi
