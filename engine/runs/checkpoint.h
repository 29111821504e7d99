// engine/runs/checkpoint.h: best.pt and last.pt: weights with their published names, optimiser, and where the training
// was.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <string>

#include "networks/network.h"
#include "training/trainer.h"

namespace resonate {

/// A zip archive as Python's torch.save writes: {"model_state_dict", "optimizer_state_dict", "epoch", "loss",
/// "resonate": {progress}}.
std::string checkpoint_bytes(const TrainingSnapshot& snapshot);

/// Copies the weights of `file` into the network. Throws CheckpointError naming file and entry where it is not a
/// checkpoint, damaged, lacks an entry, or has one of another shape or with numbers that are not finite; the network is
/// then unchanged.
void load_weights(const std::filesystem::path& file, Network& network);

/// The same, and optimiser and progress as well (all but its history, which is in metrics.csv).
void load_training(const std::filesystem::path& file, Network& network, torch::optim::Adam& optimiser,
                   TrainingProgress& progress);

}  // namespace resonate
