# What the scripts of `make test` share; sourced from the root of the checkout.
logs=target/test-logs
mkdir -p "$logs"

step() { printf '\n== %s\n' "$1"; }
# Adds up the "N passed" of a runner's own closing lines.
count() {
  local number
  number=$(sed 's/\x1b\[[0-9;]*m//g' "$1" | sed -nE "$2" | awk '{sum += $1} END {print sum + 0}')
  if [ "$number" -eq 0 ]; then echo "No test ran in $1" >&2; exit 1; fi
  echo "$number" >>"$logs/passed"
  echo "-- $number passed"
}
