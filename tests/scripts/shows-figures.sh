#!/usr/bin/env bash
# Whether a picture of the window on the sample shows its figures: it has the sample's banner, a bar and letters, in
# their own colours, of one theme. A page that still waits has none of the first two. Usage: shows-figures.sh PICTURE
set -euo pipefail
picture=$1
tokens=$(dirname "$0")/../../ui/src/styles/tokens.css

convert "$picture" -alpha off -depth 8 -format %c histogram:info:- |
  awk -v tokens="$tokens" '
    BEGIN {
      while ((getline line < tokens) > 0)
        if (match(line, /--[a-z-]+: light-dark\(#[0-9a-f]+, #[0-9a-f]+\)/)) {
          split(substr(line, RSTART + 2, RLENGTH - 3), part, /: light-dark\(|, /)
          light[part[1]] = part[2]; dark[part[1]] = part[3]
        }
      if (!("ink" in light && "warn-wash" in light)) { print "no colours in " tokens > "/dev/stderr"; exit failed = 2 }
    }
    match($0, /#[0-9A-F]+/) { count[tolower(substr($0, RSTART, 7))] += $1 }
    function bars(of) { return count[of["bar-good"]] + count[of["bar-warn"]] + count[of["bar-bad"]] }
    function shown(of) { return count[of["warn-wash"]] > 2000 && bars(of) > 500 && count[of["ink"]] > 500 }
    END { if (failed) exit failed; exit !(shown(light) || shown(dark)) }'
