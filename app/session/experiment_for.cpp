// app/session/experiment_for.cpp: see experiment_for.h.
#include "session/experiment_for.h"

#include <cmath>
#include <optional>

#include "resonate/config_io.h"

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

}  // namespace resonate::app
