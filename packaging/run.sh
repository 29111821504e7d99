#!/usr/bin/env bash
# Installs what is missing, builds, and opens the window. Arguments go to the program: ./packaging/run.sh --help
set -euo pipefail
cd "$(dirname "$0")/.."
packaging/install-deps.sh
log=$(mktemp)
cmake --preset release > "$log" 2>&1 || { cat "$log" >&2; exit 1; }
rm -f "$log"
cmake --build --preset release --target resonate resonate-cli
case " $* " in
    *" --help "* | *" -h "* | *" --version "* | *" -v "*) export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}" ;;
esac
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]; then
    echo "run: there is no display here. Start this on a desktop, or train without a window:" >&2
    echo "  build/release/bin/resonate-cli train synthetic_ecg_brf" >&2
    exit 1
fi
exec build/release/bin/resonate "$@"
