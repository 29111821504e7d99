// engine/config/experiment_identity.cpp: experiments compared field by field.
#include "resonate/experiment_identity.h"

#include <algorithm>
#include <string_view>

#include "resonate/config_io.h"

namespace resonate {
namespace {

constexpr std::string_view seed_path = "training.seed";

bool decides_nothing(const Field& field) {
    return field.path == "title" || field.path == "description" || field.path.starts_with("recording.");
}

std::string identity(const ExperimentConfig& config, bool with_seed) {
    std::string text;
    for (const Field& field : field_catalogue()) {
        if (decides_nothing(field) || !field.applies(config)) continue;
        if (!with_seed && field.path == seed_path) continue;
        text += field.path + "=" + field_text(field, config) + "\n";
    }
    return text;
}

}  // namespace

std::string experiment_identity(const ExperimentConfig& config) { return identity(config, true); }

std::string identity_without_seed(const ExperimentConfig& config) { return identity(config, false); }

std::vector<FieldDifference> field_differences(std::span<const ExperimentConfig> configs) {
    std::vector<FieldDifference> differences;
    for (const Field& field : field_catalogue()) {
        if (field.path == "title" || field.path == "description") continue;
        FieldDifference difference{field.path, field.label, {}};
        for (const ExperimentConfig& config : configs)
            difference.values.push_back(field.applies(config) ? field_text(field, config) : "");
        const auto& values = difference.values;
        if (std::any_of(values.begin(), values.end(), [&](const std::string& value) { return value != values[0]; }))
            differences.push_back(std::move(difference));
    }
    return differences;
}

}  // namespace resonate
