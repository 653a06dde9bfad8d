#!/usr/bin/env bash
# Runs a command on a display and a session bus of its own, all in one process group that ends with it. What these and
# every service they start say goes into LOG with the command's own words. Usage: headless.sh LOG COMMAND…
set -euo pipefail
log=$1
shift
setsid --wait timeout --kill-after=5 600 \
  xvfb-run --auto-servernum --server-args="-screen 0 1280x800x24 -nolisten tcp" \
  dbus-run-session -- "$@" >"$log" 2>&1
