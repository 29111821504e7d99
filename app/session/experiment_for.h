// app/session/experiment_for.h: an experiment to begin with for a data set.
#pragma once

#include <QString>

#include "resonate/datasets.h"
#include "resonate/experiment_config.h"

namespace resonate::app {

struct ProposedExperiment {
    QString preset;  ///< its name, or "" where the experiment was made from that of another set
    ExperimentConfig config;
};

/// The preset of the set: of BRF where there is one. Else the preset of the set most like it, turned to this one.
/// Throws ConfigError.
ProposedExperiment experimentFor(const DatasetConfig& dataset, const DatasetInfo& info);

}  // namespace resonate::app
