#!/usr/bin/env bash
# Builds the Debian package, installs it into a folder of its own with dpkg, opens the window that came with it, takes
# it away again, and says its size and what it depends on; beside it a list of what it is made of (CycloneDX). Usage: package.sh release|debug
set -euo pipefail
cd "$(dirname "$0")/../.."
profile=${1:-release}

# Programs and their list of what they need.
tests/scripts/build-window.sh
case "$profile" in
  release) cargo build --locked --quiet --release --bin headroom-desktop --bin headroom; flags=() ;;
  debug) cargo build --locked --quiet --bin headroom-desktop --bin headroom; flags=(--debug) ;;
  *) echo "release or debug, not \"$profile\"" >&2; exit 2 ;;
esac
mkdir -p target/package
cp "target/$profile/headroom" target/package/headroom
npx tauri bundle "${flags[@]}" --bundles deb >target/package/bundle.log 2>&1 || { cat target/package/bundle.log >&2; exit 1; }
package=$(ls -t "target/$profile"/bundle/deb/*.deb | head -n 1)

# What it is made of, beside it.
cargo run --locked --quiet --package tools --bin write-sbom >"${package%.deb}.cdx.json"

# What it declares is true: a desktop finds and shows it, apt can satisfy it.
root=$PWD/target/package/root
rm -rf "$root"
mkdir -p "$root"/var/lib/dpkg/{info,updates,triggers}
touch "$root"/var/lib/dpkg/{status,available}
dpkg="dpkg --root=$root --force-not-root --force-depends --log=/dev/null"
$dpkg --install "$package" >target/package/install.log 2>&1 || { cat target/package/install.log >&2; exit 1; }
desktop-file-validate "$root/usr/share/applications/Headroom.desktop"
appstreamcli validate --no-net --pedantic "$root/usr/share/metainfo/app.headroom.desktop.metainfo.xml"
apt-get install --simulate --no-install-recommends "./$package" >target/package/apt.log 2>&1 || { cat target/package/apt.log >&2; exit 1; }
if ldd "$root/usr/bin/headroom-desktop" "$root/usr/bin/headroom" | grep "not found"; then exit 1; fi
"$root/usr/bin/headroom" --version

# The window opens from where it was installed.
picture=target/package/window.png log=target/package/window.log
HEADROOM_DATA_DIR=$PWD/target/package/data tests/scripts/headless.sh target/package/headless.log \
  tests/scripts/picture.sh "$root/usr/bin/headroom-desktop" "$log" "$picture" ||
  { cat "$log" target/package/headless.log >&2; exit 1; }
echo "The installed window shows: $(sed -n 's/^ *INFO painted: //p' "$log" | head -n 1)"

# And it goes without leaving anything.
installed=$(dpkg-deb --field "$package" Installed-Size)
$dpkg --purge headroom >/dev/null 2>&1
left=$(find "$root" -type f -not -path "$root/var/lib/dpkg/*")
[ -z "$left" ] || { echo "left behind: $left" >&2; exit 1; }

echo "Package: $package"
echo "Size: $(($(stat --format=%s "$package") / 1024)) KiB, installed $installed KiB ($profile)"
echo "Made of: $(grep -c '"purl"' "${package%.deb}.cdx.json") packages, listed in ${package%.deb}.cdx.json"
echo "Depends: $(dpkg-deb --field "$package" Depends)"
