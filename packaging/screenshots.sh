#!/usr/bin/env bash
# Takes the pictures of the README without a display: the first start with its tour, two experiments while they train,
# one with larger letters in a small window, and the Data workspace
# with a sample of each kind of set whose files are in $RESONATE_DATA_DIR, else in ../shared/data; a finished run in the
# middle of its epochs; and Figure 5 of the runs in $RESONATE_RUNS_DIR, else of small ones made for it.
# Usage: packaging/screenshots.sh [SECONDS]   (default 9; $RESONATE_PRESET: the build to use, default release)
set -euo pipefail
cd "$(dirname "$0")/.."
after=${1:-9}
preset=${RESONATE_PRESET:-release}
data=${RESONATE_DATA_DIR:-$PWD/../shared/data}
packaging/install-deps.sh
cmake --preset "$preset" > /dev/null
cmake --build --preset "$preset" --target resonate resonate-cli
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -p docs/pictures

# shoot PICTURE ARGUMENTS…: a home of its own, so that the pictures show the program as it is on its first start, but
# for the size of the letters in $letters.
letters=normal
shoot() {
    local picture=$1
    shift
    rm -rf "$home/config"
    mkdir -p "$home/config/Resonate/Resonate"
    printf '[General]\ntextSize=%s\n' "$letters" > "$home/config/Resonate/Resonate/window.ini"
    HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_CACHE_HOME=$home/cache \
        QT_QPA_PLATFORM=offscreen "build/$preset/bin/resonate" --runs-dir "$home/runs" --size 1440x900 \
        --screenshot "docs/pictures/$picture.png" "$@"
    echo "docs/pictures/$picture.png"
}

# A run to look back at, and runs to compare.
build/$preset/bin/resonate-cli train synthetic_ecg_brf --epochs 40 --runs-dir "$home/finished" > "$home/log" 2>&1
runs=${RESONATE_RUNS_DIR:-$home/compared}
if [ -z "${RESONATE_RUNS_DIR:-}" ]; then
    for neuron in brf rf alif; do
        for seed in 1 2 3; do
            build/$preset/bin/resonate-cli train "synthetic_ecg_$neuron" --epochs 40 --seed $seed --runs-dir "$runs" \
                >> "$home/log" 2>&1
        done
    done
fi

for theme in light dark; do
    shoot "tour-$theme" --theme "$theme" --tour 2 --after 2
    letters=larger
    shoot "large-letters-$theme" --theme "$theme" --size 1200x800 --epoch 40 --after 3 "$home"/finished/*
    letters=normal
    shoot "replay-$theme" --theme "$theme" --epoch 6 --after 3 "$home"/finished/*
    shoot "compare-$theme" --theme "$theme" --workspace compare --runs-dir "$runs" --data-dir "$data" \
        --views figure5 --after 5
    shoot "train-$theme" --theme "$theme" --start --after "$after"
    shoot "train-output-$theme" --theme "$theme" --start --after "$after" --views activity,output synthetic_digits_brf
    # Folder of the files and name of the set: events with segments, images, images with permuted pixels, spikes,
    # coefficients.
    for pair in ecg:ecg mnist:smnist mnist:psmnist spoken-digits:spoken_digits gsc:gsc; do
        if [ ! -d "$data/${pair%%:*}" ]; then
            echo "screenshots: no picture of ${pair##*:}: $data/${pair%%:*} is not there" >&2
            continue
        fi
        shoot "data-${pair##*:}-$theme" --theme "$theme" --workspace data --data-dir "$data" \
            --dataset "${pair##*:}" --after "$after"
    done
done
