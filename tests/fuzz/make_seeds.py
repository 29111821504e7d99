#!/usr/bin/env python3
"""Seeds for the fuzzers: make_seeds.py CHECKPOINT_FOLDER OUT makes OUT/archive and OUT/pickle."""
import pathlib
import sys
import zipfile

source, out = map(pathlib.Path, sys.argv[1:3])
largest = 64 * 1024  # small seeds are mutated faster
for name in ("archive", "pickle"):
    (out / name).mkdir(parents=True, exist_ok=True)
for path in sorted(source.glob("*.pt")):
    with zipfile.ZipFile(path) as archive:
        pickle = next(name for name in archive.namelist() if name.endswith("/data.pkl"))
        (out / "pickle" / (path.stem + ".pkl")).write_bytes(archive.read(pickle))
    if path.stat().st_size <= largest:
        (out / "archive" / path.name).write_bytes(path.read_bytes())
