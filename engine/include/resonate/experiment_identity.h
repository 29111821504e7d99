// resonate/experiment_identity.h: which experiments compute the same, and in which fields others differ.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "resonate/experiment_config.h"

namespace resonate {

/// A text that two experiments share exactly when they compute the same numbers: "path=value" lines of every field that
/// matters for them. Title, description, reference and recording decide nothing and are left out.
std::string experiment_identity(const ExperimentConfig& config);
/// The same without training.seed: equal for runs that are repetitions of one experiment.
std::string identity_without_seed(const ExperimentConfig& config);

/// A field in which experiments differ.
struct FieldDifference {
    std::string path;   ///< "training.learning_rate"
    std::string label;  ///< "Learning rate"
    std::vector<std::string>
        values;  ///< one per experiment, as YAML has it; empty where the field does not matter there
};

/// Every field, but title and description, that is not the same in all of them; in the order of the form.
std::vector<FieldDifference> field_differences(std::span<const ExperimentConfig> configs);

}  // namespace resonate
