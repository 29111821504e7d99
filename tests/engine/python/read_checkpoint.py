"""Opens a checkpoint as a careful Python user does: read_checkpoint.py FILE prints one line per tensor of the state
dictionary, "name shape type bytes-in-hex". Also loads the optimiser's state into torch.optim.Adam and makes a step."""
import sys
from collections import OrderedDict

import torch

checkpoint = torch.load(sys.argv[1], weights_only=True)
weights = checkpoint["model_state_dict"]
assert type(weights) is OrderedDict
for name, tensor in weights.items():
    print(name, "x".join(map(str, tensor.shape)), tensor.dtype, tensor.numpy().tobytes().hex())

parameters = [torch.nn.Parameter(tensor.clone()) for tensor in weights.values()]
adam = torch.optim.Adam(parameters, lr=1.0)
adam.load_state_dict(checkpoint["optimizer_state_dict"])
assert adam.param_groups[0]["lr"] == 0.1
assert adam.state[parameters[0]]["step"] == 3
sum(parameter.sum() for parameter in parameters).backward()
adam.step()
assert isinstance(checkpoint["epoch"], int) and float(checkpoint["loss"]) == 0.0
assert checkpoint["resonate"]["epoch"] == checkpoint["epoch"] == 7
