#!/usr/bin/env bash
# Every fault, over and over: goes on where docs/evidence.md ends, writes there what was found, and ends when each
# campaign was tried as often as is asked for, or after that many seconds.
# Usage: campaign.sh [SECONDS [CAMPAIGN]]
set -euo pipefail
cd "$(dirname "$0")/../.."

cargo build --locked --quiet --package campaigns --package tools --bins
# The campaigns are tested too: each finds the fault that is planted for it.
cargo test --locked --quiet --package campaigns --features planted --test planted

# The state of the code that is tried: what only documents changes nothing of it.
code=(src-tauri tests Cargo.toml Cargo.lock)
commit=$(git log -1 --format=%h -- "${code[@]}")
[ -z "$(git status --porcelain -- "${code[@]}")" ] || commit="$commit+"
# A copy: whoever builds meanwhile changes nothing of what is tried.
mkdir -p target/campaign
find target/debug -maxdepth 1 -type f -executable -exec cp -t target/campaign {} +
target/campaign/campaign all docs/evidence.md "$commit" "$(date -u +%F)" "${1:-21600}" ${2:+"$2"}
