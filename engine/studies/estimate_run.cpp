// engine/studies/estimate_run.cpp: see resonate/estimate.h.
#include <algorithm>
#include <fstream>

#include "resonate/error.h"
#include "resonate/estimate.h"
#include "resonate/machine.h"
#include "resonate/run_catalogue.h"
#include "studies/measure_epoch.h"
#include "studies/study_needs.h"
#include "studies/study_pace.h"

namespace resonate {
namespace {

std::string path_name(ComputePath path) {
    switch (path) {
        case ComputePath::loop: return "loop";
        case ComputePath::fused: return "fused";
        case ComputePath::automatic: break;
    }
    return {};
}

/// Memory the kernel could hand out without swapping; 0 where it does not say.
std::uint64_t free_memory() {
    std::ifstream facts("/proc/meminfo");
    std::string name;
    std::uint64_t kibibytes = 0;
    std::string rest;
    while (facts >> name >> kibibytes && std::getline(facts, rest))
        if (name == "MemAvailable:") return kibibytes * 1024;
    return 0;
}

/// Experiments with the same key take equally long per epoch.
std::string measured_key(ExperimentConfig config, const MeasureSetting& setting) {
    config.training.learning_rate = 1;
    config.training.schedule = LearningRateSchedule::constant;
    return pace_key(config) + "\n" + setting.path + " " + std::to_string(setting.threads) + " " +
           setting.data_dir.string();
}

}  // namespace

std::optional<RunEstimate> estimate_run(const ExperimentConfig& config, const RunOptions& options,
                                        TrainingControl& control) {
    return RunEstimator().estimate(config, options, control);
}

std::optional<RunEstimate> RunEstimator::estimate(const ExperimentConfig& config, const RunOptions& options,
                                                  TrainingControl& control) {
    if (const std::vector<ConfigProblem> problems = validate(config); !problems.empty())
        throw ConfigError(problems.front().path + ": " + problems.front().message);
    // Random input would stand in for it, and no sequences to count.
    DatasetCheck datasets(options.data_dir);
    if (const std::string& problem = datasets.problem(config.dataset); !problem.empty()) throw DataError(problem);

    const MeasureSetting setting{
        {}, options.data_dir, options.threads > 0 ? options.threads : physical_cores(), path_name(options.path)};
    const std::string key = measured_key(config, setting);
    std::optional<Measured> measured;
    {
        const std::lock_guard lock(mutex_);
        if (const auto found = known_.find(key); found != known_.end()) measured = found->second;
    }
    if (!measured) {
        const std::optional<MeasuredEpoch> epoch = measure_epoch(config, setting, control);
        if (!epoch) return std::nullopt;
        measured = Measured{epoch->seconds, epoch->memory_bytes};
        const std::lock_guard lock(mutex_);
        known_[key] = *measured;
    }
    StudyPace pace;
    RunCatalogue runs(options.runs_dir);
    runs.refresh();
    pace.learn(runs, setting.threads);
    const std::optional<double> earlier = pace.seconds_per_epoch(config);

    RunEstimate estimate;
    estimate.seconds_per_epoch = earlier.value_or(measured->seconds);
    // Epoch 0 evaluates the untrained network; its share of a pass lies within the error of three batches.
    estimate.seconds = estimate.seconds_per_epoch * config.training.epochs;
    estimate.memory_bytes = measured->memory_bytes;
    estimate.memory_free = free_memory();
    estimate.disk_bytes = run_bytes(config);
    estimate.disk_free = free_bytes(options.runs_dir);
    estimate.source = earlier ? "earlier runs" : "measured";
    return estimate;
}

}  // namespace resonate
