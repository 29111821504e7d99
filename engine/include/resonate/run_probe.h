// resonate/run_probe.h: any test sequence through the networks that a run kept.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "resonate/experiment.h"
#include "resonate/training_events.h"

namespace resonate {

/// Looks at a finished run with other sequences than the one it recorded. Computes on the calling thread; one at a
/// time.
class RunProbe {
 public:
    RunProbe() = default;
    virtual ~RunProbe() = default;
    RunProbe(const RunProbe&) = delete;
    RunProbe& operator=(const RunProbe&) = delete;

    /// As read_frame() of that kept epoch, with test sequence `sample`, or the last where there are fewer. Throws
    /// CheckpointError naming the file that is missing or damaged.
    virtual ProbeFrame frame(int epoch, std::int64_t sample) = 0;
    /// The test sequence with the largest loss at that kept epoch, as recording.follow_worst chooses it; nothing where
    /// `control` asked to stop. Throws as frame().
    virtual std::optional<std::int64_t> worst(int epoch, const TrainingControl& control) = 0;
};

/// Loads the data set of the run, with the order of steps that it was trained with. Of `options`, `data_dir`,
/// `threads` and `path` count. Throws Error: a run that cannot be read, a data set that is not here.
std::unique_ptr<RunProbe> open_run_probe(const std::filesystem::path& run_folder, const RunOptions& options);

}  // namespace resonate
