// engine/studies/measure_epoch.h: a few batches of an experiment, timed in a process of their own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "resonate/concurrency.h"
#include "resonate/experiment_config.h"

namespace resonate {

struct MeasureSetting {
    std::filesystem::path cli_program;  ///< resonate-cli; empty = default_cli_program()
    std::filesystem::path data_dir;
    int threads = 1;
    std::string path;  ///< "loop" or "fused"; empty = automatic
};

struct MeasuredEpoch {
    double seconds = 0;              ///< training, and validation and test
    std::uint64_t memory_bytes = 0;  ///< most that the process held: program, data set and network
};

/// In a process of its own, so that this one needs no LibTorch and keeps its memory. Nothing where it was stopped,
/// which takes some 20 ms. Throws RunError saying what went wrong.
std::optional<MeasuredEpoch> measure_epoch(const ExperimentConfig& config, const MeasureSetting& setting,
                                           TrainingControl& control);

}  // namespace resonate
