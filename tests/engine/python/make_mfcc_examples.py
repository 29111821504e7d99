#!/usr/bin/python3
"""Coefficients of small recordings, computed step by step from their definition, for tests/engine/recordings_test.cpp.

Usage: make_mfcc_examples.py > mfcc_examples.txt. Needs NumPy; where PyTorch is there, its short-time Fourier transform
is compared as well. Shares nothing with the engine but the definition (torchaudio.transforms.MFCC and melscale_fbanks
with mel_scale="htk", norm=None): the Fourier transform is a matrix, the bands are interpolated.
"""
import math
import sys

import numpy as np

RATE, WINDOW, HOP, BANDS, COEFFICIENTS, STEPS = 16000, 400, 200, 40, 13, 100


def noise(count, amplitude):
    """Linear congruential generator of Numerical Recipes, upper 16 bits."""
    x, out = 1, []
    for _ in range(count):
        x = (1664525 * x + 1013904223) % 2**32
        out.append(amplitude * ((x >> 16) - 32768) / 32768)
    return np.array(out)


def chirp(count):
    t = np.arange(count) / RATE
    return 0.5 * np.sin(2 * math.pi * (100 * t + 1900 * t * t))


def click(count):
    out = np.zeros(count)
    out[count // 3] = 0.9
    return out


CLIPS = {
    "chirp": chirp(16000),
    "noise": noise(16000, 0.3),
    "long": chirp(30000) + noise(30000, 0.01),
    "limit": noise(19950, 0.1),
    "half": chirp(8000),
    "click": click(3000),
    "silence": np.zeros(8000),
    "short": noise(150, 0.5),
    "single": np.array([0.25]),
}


def mel(hertz):
    return 2595 * np.log10(1 + hertz / 700)


def bank():
    """[bins, bands]: triangles in hertz between points that are equally spaced in mel."""
    hertz = np.linspace(0, RATE / 2, WINDOW // 2 + 1)
    corners = 700 * (10 ** (np.linspace(mel(0.0), mel(RATE / 2), BANDS + 2) / 2595) - 1)
    return np.stack([np.interp(hertz, corners[b:b + 3], [0, 1, 0]) for b in range(BANDS)], axis=1)


def coefficients(samples):
    samples = samples.astype(np.float32).astype(np.float64)
    padded = np.pad(samples, WINDOW // 2, mode="reflect")
    hann = np.sin(math.pi * np.arange(WINDOW) / WINDOW) ** 2
    k, n = np.meshgrid(np.arange(WINDOW // 2 + 1), np.arange(WINDOW), indexing="ij")
    fourier = np.exp(-2j * math.pi * k * n / WINDOW)
    frames = [fourier @ (hann * padded[start:start + WINDOW]) for start in range(0, len(samples) + 1, HOP)]
    spectrum = np.array(frames)  # [frames, bins]
    compare_with_torch(samples, spectrum)
    loudness = np.log(np.abs(spectrum) ** 2 @ bank() + 1e-6)
    b, c = np.meshgrid(np.arange(BANDS), np.arange(COEFFICIENTS), indexing="ij")
    cosines = np.cos(math.pi / BANDS * (b + 0.5) * c) * math.sqrt(2 / BANDS)
    cosines[:, 0] /= math.sqrt(2)
    cepstrum = (loudness @ cosines)[:STEPS]
    cepstrum = np.concatenate([cepstrum, np.zeros((STEPS - len(cepstrum), COEFFICIENTS))])
    return (cepstrum - cepstrum.mean()) / (cepstrum.std(ddof=1) + 1e-8)


def compare_with_torch(samples, spectrum):
    try:
        import torch
    except ImportError:
        return
    if len(samples) <= WINDOW // 2:
        return  # torch does not reflect more than once
    other = torch.stft(torch.from_numpy(samples), WINDOW, HOP, window=torch.hann_window(WINDOW, dtype=torch.float64),
                       center=True, pad_mode="reflect", return_complex=True).numpy().T
    assert other.shape == spectrum.shape, (other.shape, spectrum.shape)
    assert np.abs(other - spectrum).max() < 1e-9


if __name__ == "__main__":
    for name, clip in CLIPS.items():
        sys.stdout.write(f"{name} {len(clip)}\n")
        for frame in coefficients(clip):
            sys.stdout.write(" ".join(f"{value:.6g}" for value in frame) + "\n")
