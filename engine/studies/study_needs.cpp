// engine/studies/study_needs.cpp: see study_needs.h.
#include "studies/study_needs.h"

#include <array>
#include <cstdio>
#include <limits>

#include "resonate/datasets.h"
#include "resonate/error.h"
#include "resonate/study.h"
#include "runs/recorded_frames.h"

namespace resonate {
namespace {

/// Weights and Adam's two moments; best.pt, last.pt and a temporary copy of one.
constexpr std::uint64_t numbers_per_parameter = 3;
constexpr std::uint64_t checkpoints = 3;
/// Rows of metrics.csv and of the event file, both rounded up.
constexpr std::uint64_t bytes_per_epoch = 1024;
/// Headers of checkpoints, experiment.yaml, summary.json, logs, blocks of the file system.
constexpr std::uint64_t small_files = std::uint64_t{128} << 10;

std::string problem_of(const DatasetConfig& dataset, const std::filesystem::path& data_dir) {
    try {
        if (dataset_info(dataset.name).own) {
            describe_dataset(dataset);
            return {};
        }
        const DatasetReport report = dataset_status(dataset.name, data_dir);
        const bool usable = report.status == DatasetStatus::ready || report.status == DatasetStatus::generated;
        return usable ? std::string() : report.message;
    } catch (const Error& error) {
        return error.what();
    }
}

}  // namespace

const std::string& DatasetCheck::problem(const DatasetConfig& dataset) {
    for (const Seen& seen : seen_)
        if (seen.name == dataset.name && seen.path == dataset.path) return seen.problem;
    return seen_.emplace_back(Seen{dataset.name, dataset.path, problem_of(dataset, data_dir_)}).problem;
}

std::int64_t parameter_count(const ExperimentConfig& config, std::int64_t inputs, std::int64_t classes) {
    const NetworkConfig& network = config.network;
    const std::int64_t per_neuron = config.neuron.type == NeuronType::lif ? 1 : 2;
    std::int64_t count = 0;
    for (const std::int64_t hidden : {network.hidden_size, network.second_hidden_size}) {
        if (hidden == 0) break;
        count += hidden * (inputs + (network.recurrent ? hidden : 0) + per_neuron + (network.hidden_bias ? 1 : 0));
        inputs = hidden;
    }
    return count + classes * (inputs + 1 + (network.output_bias ? 1 : 0));
}

std::int64_t parameters_of(const ExperimentConfig& config) {
    try {
        const DatasetInfo info = describe_dataset(config.dataset);
        return parameter_count(config, info.inputs, info.classes);
    } catch (const Error&) {
        return 0;
    }
}

std::uint64_t run_bytes(const ExperimentConfig& config) {
    const std::uint64_t width = config.training.precision == Precision::float64 ? 8 : 4;
    std::uint64_t checkpoint = 0;
    std::uint64_t kept = 0;
    try {
        const DatasetInfo info = describe_dataset(config.dataset);
        checkpoint = numbers_per_parameter * width *
                     static_cast<std::uint64_t>(parameter_count(config, info.inputs, info.classes));
        kept = kept_bytes(config, info.steps, info.inputs, info.classes, checkpoint);
    } catch (const Error&) {
        // Own data that cannot be looked at: what does not depend on it remains.
    }
    return checkpoints * checkpoint + kept + bytes_per_epoch * static_cast<std::uint64_t>(config.training.epochs) +
           small_files;
}

std::uint64_t free_bytes(std::filesystem::path folder) {
    folder = std::filesystem::absolute(folder);
    std::error_code failure;
    while (folder.has_relative_path() && !std::filesystem::exists(folder, failure)) folder = folder.parent_path();
    const std::filesystem::space_info space = std::filesystem::space(folder, failure);
    return failure ? std::numeric_limits<std::uint64_t>::max() : space.available;
}

std::string bytes_text(std::uint64_t bytes) {
    constexpr std::array units = {"KiB", "MiB", "GiB", "TiB"};
    double value = static_cast<double>(bytes) / 1024;
    std::size_t unit = 0;
    while (value >= 1024 && unit + 1 < units.size()) {
        value /= 1024;
        ++unit;
    }
    char text[48];
    std::snprintf(text, sizeof text, value < 10 ? "%.1f %s" : "%.0f %s", value, units[unit]);
    return text;
}

}  // namespace resonate
