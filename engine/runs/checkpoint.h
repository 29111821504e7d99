// engine/runs/checkpoint.h: best.pt and last.pt: weights with their published names, optimiser, and where the training
// was.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <string>

#include "networks/network.h"
#include "training/trainer.h"

namespace resonate {

/// A zip archive that Python's torch.load opens, also with weights_only=True: {"model_state_dict": OrderedDict,
/// "optimizer_state_dict" (for torch.optim.Adam), "epoch", "loss", "resonate": {progress, permutation of
/// a permuted data set}}.
std::string checkpoint_bytes(const TrainingSnapshot& snapshot);

/// Copies the weights of `file`, of this program or of Python, into the network's parameters and buffers; the state
/// dictionary may be the whole file. A mask that removes connections becomes the network's; a file without one stands
/// for all ones. Throws CheckpointError naming file and entry where it is not a checkpoint, damaged, of another neuron,
/// lacks an entry, has one more, or has one of another shape or with numbers that are not finite; the network is then
/// unchanged.
void load_weights(const std::filesystem::path& file, Network& network);

/// The same, and optimiser and progress as well (all but its history, which is in metrics.csv).
void load_training(const std::filesystem::path& file, Network& network, torch::optim::Adam& optimiser,
                   TrainingProgress& progress);

}  // namespace resonate
