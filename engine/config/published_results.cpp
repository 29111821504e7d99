// engine/config/published_results.cpp: resources/published_results.yaml joined with the references of the presets.
#include <yaml-cpp/yaml.h>

#include "config/shipped_presets.h"
#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/statistics.h"

namespace resonate {
namespace {

constexpr int authors_seeds = 5;

std::optional<Spread> authors(const YAML::Node& row, const char* key) {
    if (!row[key]) return std::nullopt;
    return Spread{authors_seeds, row[key][0].as<double>(), row[key][1].as<double>()};
}

PublishedResult result(const std::string& preset, const YAML::Node& row) {
    const ExperimentConfig config = load_preset(preset);
    const ReferenceResult reference = config.reference.value_or(ReferenceResult());
    PublishedResult result;
    result.preset = preset;
    result.dataset = config.dataset.name;
    result.neuron = config.neuron.type;
    result.parameters = row["parameters"].as<std::int64_t>();
    if (row["epoch95"]) result.epoch95 = row["epoch95"].as<int>();
    result.authors_last = authors(row, "authors_last");
    result.authors_chosen = authors(row, "authors_selected");
    result.source = reference.source;
    if (const YAML::Node kind = row["reference"]) {
        result.other_network = true;
        result.accuracy = row["accuracy"].as<double>();
        result.sop = row["sop"].as<double>();
        const int seeds = reference.accuracy_std > 0 ? authors_seeds : 1;
        (kind.as<std::string>() == "authors_last" ? result.authors_last : result.authors_chosen) =
            Spread{seeds, reference.accuracy, reference.accuracy_std};
    } else {
        result.accuracy = reference.accuracy;
        result.accuracy_std = reference.accuracy_std;
        result.sop = reference.sop;
    }
    return result;
}

std::vector<PublishedResult> read() {
    std::vector<PublishedResult> results;
    for (const auto& row : YAML::Load(published_results_yaml)["results"])
        results.push_back(result(row.first.as<std::string>(), row.second));
    return results;
}

}  // namespace

const std::vector<PublishedResult>& published_results() {
    static const std::vector<PublishedResult> results = read();
    return results;
}

}  // namespace resonate
