#!/usr/bin/env bash
# Installs what is missing, builds, and runs all tests without a display. Arguments go to ctest:
# ./packaging/test.sh -R Golden
set -euo pipefail
cd "$(dirname "$0")/.."
packaging/install-deps.sh
log=$(mktemp)
cmake --preset dev > "$log" 2>&1 || { cat "$log" >&2; exit 1; }
rm -f "$log"
cmake --build --preset dev
export QT_QPA_PLATFORM=offscreen
exec ctest --preset dev "$@"
