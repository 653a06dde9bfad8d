#!/usr/bin/env bash
# Takes the README's pictures of the real window: walks through the sample, light and dark, and keeps some of what it saw.
set -euo pipefail
cd "$(dirname "$0")/../.."
tests/scripts/build-window.sh
cargo build --locked --quiet --bin headroom-desktop --bin headroom
cargo test --locked --quiet -p acceptance --test native -- every_view >/dev/null
mkdir -p docs/pictures
for view in overview plans usage invoices; do
  for theme in "" -dark; do
    # As many colours as a picture of a window needs.
    convert "target/screenshots/native-sample$theme-$view.png" -strip -colors 256 "png8:docs/pictures/$view$theme.png"
  done
done
convert target/screenshots/native-sample-organisation-team.png -strip -colors 256 png8:docs/pictures/team.png
ls -l docs/pictures
