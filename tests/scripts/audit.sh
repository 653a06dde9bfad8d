#!/usr/bin/env bash
# Asks cargo-deny about every dependency: bans, licences, where it comes from (deny.toml). Builds the tool where it is
# missing, which takes minutes.
set -euo pipefail
cd "$(dirname "$0")/../.."

export PATH="$PWD/target/tools/bin:$PATH"
if ! command -v cargo-deny >/dev/null; then
  echo "Installing cargo-deny into target/tools, once"
  cargo install --quiet --locked cargo-deny@0.20.2 --root target/tools
fi
cargo deny --locked check bans licenses sources
