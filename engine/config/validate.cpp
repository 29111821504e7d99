// engine/config/validate.cpp: everything wrong with an experiment, at once.
#include <algorithm>
#include <cmath>

#include "config/field_table.h"
#include "resonate/config_io.h"
#include "resonate/datasets.h"

namespace resonate {
namespace {

std::string text(double value) { return value_text(FieldValue(value)); }

class Problems {
 public:
    void add(const std::string& path, const std::string& message) {
        // A field's first problem is the one to mend; what follows from it would only distract.
        const auto same = [&](const ConfigProblem& problem) { return problem.path == path; };
        if (std::none_of(list_.begin(), list_.end(), same)) list_.push_back({path, message});
    }
    std::vector<ConfigProblem> take() { return std::move(list_); }

 private:
    std::vector<ConfigProblem> list_;
};

void check_ranges(const ExperimentConfig& config, Problems& problems) {
    for (const Field& field : field_catalogue()) {
        if (!field.applies(config)) continue;
        const FieldValue value = field.get(config);
        if (const std::string problem = range_problem(field, value); !problem.empty())
            problems.add(field.path, problem);
        if (const auto* name = std::get_if<std::string>(&value);
            name && !field.choices.empty() &&
            std::find(field.choices.begin(), field.choices.end(), *name) == field.choices.end())
            problems.add(field.path, "expected a known name, found '" + *name + "'");
    }
}

void check_neuron(const NeuronConfig& neuron, Problems& problems) {
    if (neuron.type == NeuronType::alif || neuron.type == NeuronType::lif) return;
    const auto ordered = [&](const UniformRange& range, const std::string& path) {
        if (range.max < range.min)
            problems.add(path + ".max",
                         "expected at least the lower end " + text(range.min) + ", found " + text(range.max));
    };
    ordered(neuron.omega, "neuron.omega");
    ordered(neuron.b_offset, "neuron.b_offset");
    if (neuron.type == NeuronType::brf && neuron.dt * neuron.omega.max >= 1)
        problems.add("neuron.omega.max", "expected less than 1/δ = " + text(1 / neuron.dt) +
                                             ", beyond which the divergence boundary is not real, found " +
                                             text(neuron.omega.max));
    if (neuron.omega.max == 0)
        problems.add("neuron.omega.max", "expected more than 0: at exactly 0 the frequency has no gradient, found 0");
}

void check_network(const ExperimentConfig& config, Problems& problems) {
    const NeuronType type = config.neuron.type;
    if (config.network.decay == Decay::linear && (type == NeuronType::hrf || type == NeuronType::izhikevich))
        problems.add("network.decay", "expected exponential: linear decay is not defined for " + display_name(type));
    const std::vector<std::string> known = parameter_names(config);
    size_t frozen = 0;
    for (const std::string& name : frozen_parameters(config.training)) {
        if (std::find(known.begin(), known.end(), name) != known.end()) {
            ++frozen;
            continue;
        }
        std::string list;
        for (const std::string& parameter : known) list += (list.empty() ? "" : ", ") + parameter;
        problems.add("training.frozen", "expected parameters of this network (" + list + "), found '" + name + "'");
    }
    if (frozen >= known.size()) problems.add("training.frozen", "leaves no parameter to train");
}

std::string what_lies_at_path(const DatasetInfo& info) {
    if (info.name == "own_arrays") return "the definition of your arrays (.yaml)";
    if (info.name == "own_spikes") return "a spike file (.h5), or a folder with train.h5 and test.h5";
    return "a folder with one folder of recordings for each class";
}

void check_against_dataset(const ExperimentConfig& config, const DatasetInfo& info, Problems& problems) {
    const TrainingConfig& training = config.training;
    if (training.label_last) {
        if (training.n_last > info.steps)
            problems.add("training.n_last", "expected at most the " + std::to_string(info.steps) +
                                                " time steps of the data set, found " +
                                                std::to_string(training.n_last));
    } else if (training.sub_seq_length >= info.steps) {
        problems.add("training.sub_seq_length", "expected less than the " + std::to_string(info.steps) +
                                                    " time steps of the data set, found " +
                                                    std::to_string(training.sub_seq_length));
    }
    if (info.synthetic) {
        const int count =
            std::max(1, static_cast<int>(std::lround(config.dataset.fraction * config.dataset.synthetic_train)));
        if (count - static_cast<int>(std::floor(config.dataset.validation_fraction * count)) < 1)
            problems.add("dataset.validation_fraction", "leaves no sequence to train");
        if (config.recording.probe_sample >= config.dataset.synthetic_test)
            problems.add("recording.probe_sample",
                         "expected less than the " + std::to_string(config.dataset.synthetic_test) +
                             " test sequences, found " + std::to_string(config.recording.probe_sample));
    }
}

}  // namespace

namespace {

Problems problems_alone(const ExperimentConfig& config) {
    Problems problems;
    check_ranges(config, problems);
    check_neuron(config.neuron, problems);
    check_network(config, problems);
    for (const DatasetInfo& info : dataset_catalogue())
        if (info.name == config.dataset.name && !info.own) check_against_dataset(config, info, problems);
    return problems;
}

/// The user's own data: are they there, and do they go with the rest?
void check_own_data_files(const ExperimentConfig& config, const DatasetInfo& info, Problems& problems) {
    if (config.dataset.path.empty()) {
        problems.add("dataset.path", "expected " + what_lies_at_path(info) + ", found nothing");
        return;
    }
    try {
        check_against_dataset(config, describe_dataset(config.dataset), problems);
    } catch (const std::exception& error) {
        problems.add("dataset.path", error.what());
    }
}

}  // namespace

std::vector<ConfigProblem> validate_alone(const ExperimentConfig& config) { return problems_alone(config).take(); }

std::vector<ConfigProblem> validate(const ExperimentConfig& config) {
    Problems problems = problems_alone(config);
    for (const DatasetInfo& info : dataset_catalogue())
        if (info.name == config.dataset.name && info.own) check_own_data_files(config, info, problems);
    return problems.take();
}

bool operator==(const ExperimentConfig& a, const ExperimentConfig& b) {
    for (const Field& field : field_catalogue())
        if (field.get(a) != field.get(b)) return false;
    return a.reference == b.reference;
}

}  // namespace resonate
