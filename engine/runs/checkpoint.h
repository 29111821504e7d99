// engine/runs/checkpoint.h: best.pt and last.pt: weights with their published names, optimiser, and where the training
// was.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <string>

#include "networks/network.h"
#include "training/trainer.h"

namespace resonate {

/// A zip archive that Python's torch.load opens, also with weights_only=True: {"model_state_dict": OrderedDict,
/// "optimizer_state_dict" (for torch.optim.Adam), "epoch", "loss", "resonate": {progress}}.
std::string checkpoint_bytes(const TrainingSnapshot& snapshot);

/// Masks [H, I+H] by their name in the file, "hidden.linear.mask".
using ConnectionMasks = std::map<std::string, torch::Tensor>;

/// Copies the weights of `file`, of this program or of Python, into the network's parameters and buffers; the state
/// dictionary may be the whole file. A mask that is all ones needs no place in the network, and a file without one
/// stands for all ones. A mask that removes connections of a network without mask goes to `masks`; where that is null,
/// it is an error.
/// Throws CheckpointError naming file and entry where it is not a checkpoint, damaged, of another neuron, lacks an
/// entry, has one more, or has one of another shape or with numbers that are not finite; the network is then unchanged.
void load_weights(const std::filesystem::path& file, Network& network, ConnectionMasks* masks = nullptr);

/// The same, and optimiser and progress as well (all but its history, which is in metrics.csv).
void load_training(const std::filesystem::path& file, Network& network, torch::optim::Adam& optimiser,
                   TrainingProgress& progress);

}  // namespace resonate
