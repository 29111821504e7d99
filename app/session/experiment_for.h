// app/session/experiment_for.h: an experiment to begin with for a data set.
#pragma once

#include <QString>
#include <optional>

#include "resonate/datasets.h"
#include "resonate/experiment_config.h"

namespace resonate {
struct StoredRun;
}

namespace resonate::app {

struct ProposedExperiment {
    QString preset;  ///< its name, or "" where the experiment was made from that of another set
    ExperimentConfig config;
};

/// The preset of the set: of BRF where there is one. Else the preset of the set most like it, turned to this one.
/// Throws ConfigError.
ProposedExperiment experimentFor(const DatasetConfig& dataset, const DatasetInfo& info);

/// The preset that an experiment was made from: the one of its title, or of several the one with the fewest other
/// values. Throws ConfigError.
std::optional<ProposedExperiment> presetOf(const ExperimentConfig& config);

/// What was run, as a new Start would begin it: other sequences that were looked at meanwhile are no part of it.
ExperimentConfig experimentOf(const StoredRun& run);

}  // namespace resonate::app
