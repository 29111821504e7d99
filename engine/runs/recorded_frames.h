// engine/runs/recorded_frames.h: probe frames of kept epochs as files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "resonate/training_events.h"

namespace resonate {

/// `epochs` in the run's folder.
std::filesystem::path epochs_folder(const std::filesystem::path& run_folder);
std::filesystem::path frame_file(const std::filesystem::path& run_folder, int epoch);

/// The frame as a NumPy archive: an array for each of its members, named as these; `epoch`, `batch`, `sample` of one
/// number each and `neuron` as letters. Input of whole numbers below 256 is kept as bytes.
std::string frame_bytes(const ProbeFrame& frame);
/// Most disk space that the kept epochs of a run will take: T steps, I inputs, C classes, and the size of a checkpoint.
std::uint64_t kept_bytes(const ExperimentConfig& config, std::int64_t steps, std::int64_t inputs, std::int64_t classes,
                         std::uint64_t checkpoint_bytes);

}  // namespace resonate
