#!/usr/bin/env bash
# Builds the window's page when something it is made of is newer than it.
set -euo pipefail
cd "$(dirname "$0")/../.."
page=ui/dist/index.html
if [ ! -d ui/dist/assets ] || [ -n "$(find ui/src ui/index.html ui/*.ts ui/*.js ui/package.json package-lock.json -newer "$page" -print -quit)" ]; then
  npm run build --silent --workspace ui -- --logLevel warn
fi
