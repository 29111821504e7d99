#!/usr/bin/python3
"""Seeds for the fuzzers of recordings: make_recording_seeds.py OUT makes OUT/recording and OUT/recording_archive."""
import gzip
import io
import pathlib
import struct
import sys
import tarfile

out = pathlib.Path(sys.argv[1])
for name in ("recording", "recording_archive"):
    (out / name).mkdir(parents=True, exist_ok=True)


def wav(rate, channels, bits, tag, sound, form=b"RIFF", before=b""):
    order = ">" if form == b"RIFX" else "<"
    frame = channels * bits // 8
    body = b"WAVE" + before + b"fmt " + struct.pack(order + "IHHIIHH", 16, tag, channels, rate, rate * frame, frame, bits)
    body += b"data" + struct.pack(order + "I", len(sound)) + sound
    return form + struct.pack(order + "I", len(body)) + body


sound = bytes((i * i * 7 + i) % 256 for i in range(480))
ds64 = b"ds64" + struct.pack("<IQQQI", 28, 600, len(sound), 240, 0)
wavs = {
    "published": wav(16000, 1, 16, 1, sound), "stereo": wav(44100, 2, 16, 1, sound), "bytes": wav(8000, 1, 8, 1, sound),
    "24": wav(48000, 1, 24, 1, sound), "float": wav(16000, 1, 32, 3, struct.pack("<60f", *[i / 60 for i in range(60)])),
    "double": wav(22050, 1, 64, 3, struct.pack("<60d", *[i / 60 for i in range(60)])), "alaw": wav(8000, 1, 8, 6, sound),
    "rifx": wav(16000, 1, 16, 1, sound, b"RIFX"), "rf64": wav(16000, 1, 16, 1, sound, b"RF64", ds64),
    "list": wav(16000, 1, 16, 1, sound, before=b"LIST\x04\0\0\0INFO"),
}
for name, content in wavs.items():
    (out / "recording" / f"{name}.wav").write_bytes(content)

for kind in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=kind) as archive:
        for name, content in [("./bed/a.wav", wavs["published"]), ("x" * 60 + "/" + "y" * 60 + ".wav", b"x"), ("é.txt", b"")]:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "../x"
        archive.addfile(link)
    (out / "recording_archive" / f"{kind}.tar").write_bytes(stream.getvalue())
    (out / "recording_archive" / f"{kind}.tar.gz").write_bytes(gzip.compress(stream.getvalue(), mtime=0))
