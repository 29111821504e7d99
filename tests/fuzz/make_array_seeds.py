#!/usr/bin/env python3
"""Seeds for fuzz_array_files: make_array_seeds.py OUT. Needs NumPy (Debian: python3-numpy)."""
import io
import pathlib
import sys

import numpy

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
numbers = numpy.arange(24).reshape(2, 3, 4)
for kind in ("b1", "u1", "i1", "<u2", ">i2", "<i4", ">u8", "<f2", ">f4", "<f8"):
    for order in "CF":
        stream = io.BytesIO()
        numpy.save(stream, numpy.asarray(numbers.astype(kind), order=order))
        (out / f"npy-{kind.strip('<>')}-{order}").write_bytes(b"\x00" + stream.getvalue())
for name, save in (("stored", numpy.savez), ("packed", numpy.savez_compressed)):
    stream = io.BytesIO()
    save(stream, x_train=numbers.astype("f4"), y_train=numpy.arange(2))
    (out / f"npz-{name}").write_bytes(b"\x01" + stream.getvalue())
for name, text in {
    "long": "sequence,step,label,x,y\na,0,left,1,2\na,1,left,3,4\nb,0,right,5,6\nb,1,right,7,8\n",
    "wide": "label;t0;t1\n0;0.5;1e-3\n1;-1;2\n",
    "matrix": "1\t2\t3\n4\t5\t6\n",
    "quotes": '# "label", "a b"\r\n"1","+2"\r\n\r\n0,3\r\n',
}.items():
    (out / f"csv-{name}").write_bytes(b"\x02" + text.encode())
