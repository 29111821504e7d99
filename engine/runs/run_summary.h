// engine/runs/run_summary.h: what summary.json says of a run, quick to read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "resonate/training_events.h"

namespace resonate {

struct RunSummary {
    RunStatus status = RunStatus::stopped;  ///< as written: `running` stays where the program was killed
    bool imported = false;
    std::string message;
    int epochs = 0;
    int epochs_done = 0;
    std::int64_t parameters = 0;
    int threads = 0;
    int train_samples = 0;
    int validation_samples = 0;
    int test_samples = 0;
    std::string forked_from;  ///< as RunStarted::forked_from
    int forked_epoch = 0;
    double seconds = 0;
    std::string written;  ///< local time, ISO 8601
    std::optional<EpochMetrics> last;
    std::optional<EpochMetrics> selected;   ///< epoch and splits only; so is best_test
    std::optional<EpochMetrics> best_test;  ///< absent in folders of version 0.1
};

/// Nothing where the folder has no summary yet. Throws RunError naming the file.
std::optional<RunSummary> read_summary(const std::filesystem::path& folder);

}  // namespace resonate
