// engine/studies/study_pace.h: how long an epoch of an experiment takes, learned from runs.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "resonate/experiment_config.h"
#include "resonate/run_catalogue.h"

namespace resonate {

/// Experiments that differ in their seed and their number of epochs only take equally long per epoch.
std::string pace_key(const ExperimentConfig& config);

class StudyPace {
 public:
    /// Learns from the runs of a folder; those that had another number of threads tell a rough pace only.
    void learn(const RunCatalogue& runs, int threads);
    /// `seconds` for `epochs` of them; a later word on the same run replaces the earlier one.
    void learn(const ExperimentConfig& config, const std::string& run, double seconds, int epochs);
    /// From runs with as many threads; nothing where there are none.
    std::optional<double> seconds_per_epoch(const ExperimentConfig& config) const;
    /// From runs with another number of threads, as if twice the threads were √2 times as fast: between no gain, as
    /// small networks have it, and all of it.
    std::optional<double> rough_seconds_per_epoch(const ExperimentConfig& config) const;

 private:
    struct Work {
        double seconds = 0;
        int epochs = 0;
    };
    /// By experiment, then by run.
    using Known = std::map<std::string, std::map<std::string, Work>>;
    static std::optional<double> pace_in(const Known& known, const ExperimentConfig& config);

    Known known_;
    Known rough_;
};

}  // namespace resonate
