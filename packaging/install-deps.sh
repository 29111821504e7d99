#!/usr/bin/env bash
# Installs the Debian packages Resonate is built with, if any is missing; otherwise calls nothing.
# Usage: packaging/install-deps.sh [--engine-only]
set -euo pipefail

engine=(
    g++ cmake ninja-build ccache pkg-config  # compile, quickly the second time
    libtorch-dev          # LibTorch: tensors, autograd, Adam
    libopenblas-dev       # the fast BLAS under LibTorch
    libyaml-cpp-dev       # experiments as YAML
    libmatio-dev          # MAT files (ECG-QTDB)
    libcurl4-openssl-dev ca-certificates  # downloads of data sets
    libssl-dev            # hashes of data files
    libarchive-dev        # NumPy archives, packed data files (MNIST)
    libcli11-dev          # command line
    nlohmann-json3-dev    # JSON
    libhdf5-dev           # HDF5 files (SHD), golden numbers of the tests
    libprotobuf-dev       # event files of TensorBoard
    libsndfile1-dev       # WAV files (Google Speech Commands, own recordings)
    libsamplerate0-dev    # recordings of other sampling rates
    libfftw3-dev          # coefficients of recordings
    qt6-base-dev          # Qt Test; Qt Widgets of the window
)
window=(
    qt6-charts-dev        # curves
    qt6-svg-dev           # icons, SVG export
    libgif-dev            # animations of epochs
    libqt6opengl6-dev libgl-dev libopengl-dev libvulkan-dev libxkbcommon-dev  # asked for by Qt Charts' CMake files
    qt6-qpa-plugins       # draws on X11 and Wayland
    fonts-dejavu-core     # a font with the letters of the equations
)

wanted=("${engine[@]}")
[ "${1:-}" = --engine-only ] || wanted+=("${window[@]}")

if ! command -v dpkg-query >/dev/null; then
    echo "install-deps: this is not a Debian system. Install these libraries with your own package manager:" >&2
    echo "  LibTorch >= 1.13, OpenBLAS, Qt >= 6.4 (Widgets, Charts, Svg, Test), yaml-cpp, matio, libcurl, OpenSSL, libarchive," >&2
    echo "  CLI11, nlohmann-json, HDF5, libsndfile, libsamplerate, FFTW, giflib, CMake >= 3.25, Ninja, a C++20 compiler;" >&2
    echo "  then build with: cmake --preset release" >&2
    exit 1
fi

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "install-deps: installing what Resonate is built with: ${missing[*]}"
become=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "install-deps: packages are missing and sudo is not here. As root run: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    become=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
if ! { "${become[@]}" apt-get update -q && "${become[@]}" apt-get install -q -y --no-install-recommends "${missing[@]}"; }; then
    echo "install-deps: apt-get failed; is the network there? Needed: ${missing[*]}" >&2
    exit 1
fi
