#!/usr/bin/env bash
# Takes the pictures of the README: builds, trains the default experiment without a display and grabs the window.
# Usage: packaging/screenshots.sh [SECONDS]   (default 9)
set -euo pipefail
cd "$(dirname "$0")/.."
after=${1:-9}
packaging/install-deps.sh
cmake --preset release > /dev/null
cmake --build --preset release --target resonate
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -p docs/pictures
for theme in light dark; do
    # A home of its own: the pictures show the program as it is on its first start.
    HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data QT_QPA_PLATFORM=offscreen \
        build/release/bin/resonate --runs-dir "$home/runs" --theme "$theme" --size 1440x900 \
        --start --screenshot "docs/pictures/train-$theme.png" --after "$after"
    echo "docs/pictures/train-$theme.png"
done
