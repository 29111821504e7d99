// app/session/experiment_for.cpp: see experiment_for.h.
#include "session/experiment_for.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "resonate/config_io.h"
#include "resonate/run_store.h"

namespace resonate::app {
namespace {

/// How unlike two sets are: the form of their labels counts most, then the kind of their input, then its width.
double distance(const DatasetInfo& a, const DatasetInfo& b) {
    const auto dense = [](const DatasetInfo& info) {
        return info.input_kind == InputKind::values || info.input_kind == InputKind::coefficients;
    };
    return (a.label_per_step != b.label_per_step ? 1000 : 0) + (a.input_kind != b.input_kind ? 20 : 0) +
           (dense(a) != dense(b) ? 100 : 0) +
           std::abs(std::log(static_cast<double>(std::max(1, a.inputs)) / std::max(1, b.inputs)));
}

}  // namespace

ProposedExperiment experimentFor(const DatasetConfig& dataset, const DatasetInfo& info) {
    std::optional<ProposedExperiment> likest;
    double least = 0;
    for (const Preset& preset : list_presets()) {
        if (!preset.file.empty()) continue;  // the user's own may be anything
        ProposedExperiment proposed{QString::fromStdString(preset.name), load_preset(preset.name)};
        const std::string& name = proposed.config.dataset.name;
        if (!info.own && name == info.name && proposed.config.neuron.type == NeuronType::brf) return proposed;
        const bool first = name == info.name && !info.own;
        const double unlike =
            first ? -1
                  : distance(info, dataset_info(name)) + (proposed.config.neuron.type == NeuronType::brf ? 0 : 0.5);
        if (likest && unlike >= least) continue;
        likest = proposed;
        least = unlike;
    }
    ProposedExperiment made = likest.value_or(ProposedExperiment{});
    if (least < 0) return made;
    ExperimentConfig& config = made.config;
    made.preset.clear();
    config.dataset.name = dataset.name;
    config.dataset.path = dataset.path;
    config.title = info.title + ", " + display_name(config.neuron.type);
    config.description = info.description;
    config.reference.reset();
    return made;
}

std::optional<ProposedExperiment> presetOf(const ExperimentConfig& config) {
    const std::vector<Field>& fields = field_catalogue();
    std::optional<ProposedExperiment> made;
    std::ptrdiff_t fewest = 0;
    for (const Preset& preset : list_presets()) {
        if (config.title.empty() || preset.title != config.title) continue;
        ProposedExperiment one{QString::fromStdString(preset.name),
                               load_preset(preset.file.empty() ? preset.name : preset.file.string())};
        const std::ptrdiff_t others = std::count_if(fields.begin(), fields.end(), [&](const Field& field) {
            return field.get(one.config) != field.get(config);
        });
        if (made && others >= fewest) continue;
        made = std::move(one);
        fewest = others;
    }
    return made;
}

ExperimentConfig experimentOf(const StoredRun& run) {
    ExperimentConfig config = run.config;
    // Backwards: the first change of a field says what it was at the start.
    for (auto change = run.changes.rbegin(); change != run.changes.rend(); ++change)
        if (change->path == "recording.probe_sample" || change->path == "recording.follow_worst")
            set_field(config, change->path, change->from);
    return config;
}

}  // namespace resonate::app
