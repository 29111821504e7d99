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
    /// Learns from the runs of a folder that had as many threads.
    void learn(const RunCatalogue& runs, int threads);
    /// `seconds` for `epochs` of them; a later word on the same run replaces the earlier one.
    void learn(const ExperimentConfig& config, const std::string& run, double seconds, int epochs);
    std::optional<double> seconds_per_epoch(const ExperimentConfig& config) const;

 private:
    struct Work {
        double seconds = 0;
        int epochs = 0;
    };
    std::map<std::string, std::map<std::string, Work>> known_;
};

}  // namespace resonate
