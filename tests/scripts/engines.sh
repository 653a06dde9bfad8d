#!/usr/bin/env bash
# Proves `headroom sql` on engines of companies: a bucket of cost exports, summed by DuckDB and by Spark in local mode, and
# by Trino's statement in DuckDB, comes to what importing the whole files gives, and to what an independent statement does.
# The engines come from PyPI into target/engines and stay there. Usage: engines.sh [ROWS]
set -euo pipefail
cd "$(dirname "$0")/../.."
rows=${1:-10000000}
engines=target/engines

for tool in python3 java; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: Python 3.10 and Java 17 or newer run the engines" >&2; exit 1; }
done
wanted=tests/engines/requirements.txt
if ! cmp -s "$wanted" "$engines/packages/.requirements"; then
  echo "Installing DuckDB, Spark and sqlglot"
  rm -rf "$engines/packages"
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --no-deps --target "$engines/packages" --requirement "$wanted"
  cp "$wanted" "$engines/packages/.requirements"
fi

cargo build --locked --release --quiet --package headroom-cli --package tools --bins
rm -rf "$engines/proof"
PYTHONPATH=$engines/packages python3 tests/engines/prove.py target/release/headroom target/release/write-imports "$engines/proof" "$rows"
rm -rf "$engines/proof"
