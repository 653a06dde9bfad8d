#!/usr/bin/env bash
# Installs what is missing: Debian packages through apt-get, npm packages by `npm ci`.
# Usage: setup.sh run|test|bench
set -euo pipefail
cd "$(dirname "$0")/../.."

build=(build-essential libwebkit2gtk-4.1-dev)
headless=(xvfb xauth dbus-daemon imagemagick fonts-dejavu-core)
tests=(webkit2gtk-driver xvfb xauth dbus-daemon chromium-headless-shell fonts-dejavu-core imagemagick poppler-utils
  xclip xdotool openbox desktop-file-utils appstream strace)

wanted=("${build[@]}")
case "${1:-run}" in
  bench) wanted+=("${tests[@]}" time) ;;
  test) wanted+=("${tests[@]}") ;;
  *) [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || wanted+=("${headless[@]}") ;;
esac

if [ "$(uname -s)" = Linux ] && command -v dpkg-query >/dev/null; then
  missing=()
  for package in "${wanted[@]}"; do
    status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing+=("$package")
  done
  if [ ${#missing[@]} -gt 0 ]; then
    if [ "$(id -u)" = 0 ]; then as_root=(env); elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root=(sudo env); else
      echo "These Debian packages are missing: ${missing[*]}" >&2
      echo "Install them with: sudo apt-get install --no-install-recommends ${missing[*]}" >&2
      exit 1
    fi
    echo "Installing Debian packages: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
fi

for tool in cargo node npm; do
  command -v "$tool" >/dev/null || { echo "$tool is missing: install Rust (rustup.rs) and Node.js 20 or newer" >&2; exit 1; }
done

# The lock file's copy inside node_modules says whether the packages are those of the lock file.
mark=node_modules/.headroom-lock
if ! cmp -s package-lock.json "$mark" 2>/dev/null; then
  echo "Installing npm packages"
  # No package of it needs its install script: native parts come as packages of their own.
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  cp package-lock.json "$mark"
fi
