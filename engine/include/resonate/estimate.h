// resonate/estimate.h: what a run takes, before it starts: time, memory, disk.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "resonate/concurrency.h"
#include "resonate/experiment.h"
#include "resonate/experiment_config.h"

namespace resonate {

struct RunEstimate {
    double seconds_per_epoch = 0;    ///< training, and validation and test
    double seconds = 0;              ///< of all epochs
    std::uint64_t memory_bytes = 0;  ///< most that a process with this training holds
    std::uint64_t memory_free = 0;   ///< what the machine could give now; 0 = not known
    std::uint64_t disk_bytes = 0;    ///< of the run folder, with the epochs it keeps
    std::uint64_t disk_free = 0;     ///< on the disk of the folder for runs
    std::string source;              ///< of the time: "measured" or "earlier runs"
};

/// Time from earlier runs of the same experiment in options.runs_dir with as many threads, else from a few batches;
/// memory from those batches, which run as a process of their own (resonate-cli beside this program). Blocks for as
/// long as it takes to load the data set and train on four batches. Nothing where `control` stopped it, which takes
/// less than 0.1 s. Throws ConfigError, DataError where the data set is not here, RunError.
std::optional<RunEstimate> estimate_run(const ExperimentConfig& config, const RunOptions& options,
                                        TrainingControl& control);

/// The same, and remembers what was measured: experiments that differ in epochs, seed, learning rate, recording or
/// title are not measured again. Any thread may call it.
class RunEstimator {
 public:
    std::optional<RunEstimate> estimate(const ExperimentConfig& config, const RunOptions& options,
                                        TrainingControl& control);

 private:
    struct Measured {
        double seconds = 0;
        std::uint64_t memory_bytes = 0;
    };
    std::mutex mutex_;
    std::map<std::string, Measured> known_;
};

}  // namespace resonate
