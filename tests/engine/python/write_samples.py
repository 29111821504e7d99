"""Writes files as Python users have them: write_samples.py FOLDER. Needs PyTorch."""
import pathlib
import sys
from collections import OrderedDict

import torch

folder = pathlib.Path(sys.argv[1])


def save(name, value, **options):
    torch.save(value, folder / name, **options)


numbers = [1.5, -2.0, 0.25, 100.0, -0.0, 3.0]
types = {"float16": torch.float16, "bfloat16": torch.bfloat16, "float32": torch.float32, "float64": torch.float64,
         "int8": torch.int8, "int16": torch.int16, "int32": torch.int32, "int64": torch.int64, "uint8": torch.uint8,
         "bool": torch.bool}
save("types.pt", {name: torch.tensor(numbers).abs().to(dtype) for name, dtype in types.items()})

base = torch.arange(12, dtype=torch.float32)
save("views.pt", {
    "base": base,
    "transposed": base.reshape(3, 4).t(),
    "slice": base[2:11:3],
    "expanded": base[5].expand(2, 3),
    "scalar": base[7],
    "empty": torch.zeros(0, 4),
    "parameter": torch.nn.Parameter(base.reshape(4, 3)),
})

state = OrderedDict([("hidden.omega", torch.ones(3))])
state._metadata = OrderedDict([("", {"version": 1})])
save("values.pt", {"state": state, "size": torch.Size([2, 3]), "dtype": torch.float16, "text": "δω", "bytes": b"\x00\xff",
                   "whole": 2 ** 40, "beyond": 2 ** 70, "real": 0.1, "none": None, "flag": True, "set": {1, 2},
                   "nested": [(1, 2.0), {"a": []}]})
for protocol in (2, 3, 4, 5):
    save("protocol%d.pt" % protocol, {"protocol": protocol, "bytes": b"abc", "tensor": base},
         pickle_protocol=protocol)
save("Netz δ=0.01.pt", {"tensor": base})
save("old.pt", {"tensor": base}, _use_new_zipfile_serialization=False)
save("module.pt", torch.nn.Linear(2, 2))
