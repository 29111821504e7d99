// engine/runs/run_folder.cpp: see run_folder.h.
#include "runs/run_folder.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>
#include <random>

#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/run_store.h"
#include "resonate/statistics.h"
#include "runs/checkpoint.h"
#include "runs/permutation.h"
#include "runs/run_changes.h"

namespace resonate {
namespace {

std::string today(const char* format) {
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    localtime_r(&now, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, format, &parts)};
}

std::string short_id() {
    static constexpr char digits[] = "0123456789abcdef";
    std::random_device device;
    std::string id;
    for (int i = 0; i < 6; ++i) id += digits[device() % 16];
    return id;
}

nlohmann::json metrics_json(const SplitMetrics& metrics) {
    return {{"loss", metrics.loss}, {"accuracy", metrics.accuracy}, {"sop", metrics.sop}};
}

nlohmann::json row_json(const EpochMetrics& row) {
    nlohmann::json json{{"epoch", row.epoch}, {"test", metrics_json(row.test)}};
    if (row.train) json["train"] = metrics_json(*row.train);
    if (row.validation) json["validation"] = metrics_json(*row.validation);
    return json;
}

}  // namespace

RunFolder::RunFolder(std::filesystem::path path, ExperimentConfig config)
    : path_(std::move(path)), config_(std::move(config)), lock_(path_), events_(path_), kept_(path_) {}

std::unique_ptr<RunFolder> RunFolder::create(const std::filesystem::path& runs_dir, const ExperimentConfig& config,
                                             const std::string& name) {
    std::error_code failure;
    std::filesystem::create_directories(runs_dir, failure);
    if (failure)
        throw RunError(runs_dir.string() + ": the folder for runs cannot be made: " + failure.message() +
                       "; choose another one");
    const std::string stem = today("%Y-%m-%d") + "-" + config.dataset.name + "-" + to_string(config.neuron.type) + "-";
    for (int tries = 0; tries < 100; ++tries) {
        const std::filesystem::path path =
            std::filesystem::absolute(runs_dir / (name.empty() ? stem + short_id() : name));
        if (!std::filesystem::create_directory(path, failure)) {
            if (!failure && !name.empty())
                throw RunError(path.string() + ": a run of that name is there already; choose another name");
            if (!failure) continue;
            throw RunError(runs_dir.string() + ": the folder for runs cannot be written: " + failure.message() +
                           "; choose another one");
        }
        try {
            std::unique_ptr<RunFolder> run(new RunFolder(path, config));
            save_experiment(config, path / "experiment.yaml");
            return run;
        } catch (...) {
            // Nothing of value is in it yet: do not leave an empty folder behind.
            std::filesystem::remove_all(path, failure);
            throw;
        }
    }
    throw RunError(runs_dir.string() + ": no free name for a run folder was found; choose another folder for runs");
}

std::unique_ptr<RunFolder> RunFolder::open(const std::filesystem::path& folder) {
    std::vector<RunChange> changes;
    ExperimentConfig config = load_changed_experiment(folder, changes);
    std::unique_ptr<RunFolder> run(new RunFolder(std::filesystem::canonical(folder), std::move(config)));
    run->changes_ = std::move(changes);
    return run;
}

void RunFolder::require_space(std::uintmax_t bytes) const {
    std::error_code failure;
    const std::filesystem::space_info space = std::filesystem::space(path_, failure);
    if (failure || space.available >= bytes) return;
    throw RunError(path_.string() + ": the disk is nearly full: " + std::to_string(space.available / 1024) +
                   " KiB are free, the run needs " + std::to_string((bytes + 1023) / 1024) +
                   " KiB; free some space or choose another folder for runs");
}

void RunFolder::write_summary(RunStatus status, const std::string& message, const std::vector<EpochMetrics>& history) {
    nlohmann::json json{
        {"run", id()},
        {"status", to_string(status)},
        {"message", message},
        {"title", config_.title},
        {"dataset", config_.dataset.name},
        {"neuron", to_string(config_.neuron.type)},
        {"seed", config_.training.seed},
        {"epochs", config_.training.epochs},
        {"epochs_done", history.empty() ? 0 : history.back().epoch},
        {"parameters", started_.parameters},
        {"threads", started_.threads},
        {"train_samples", started_.train_samples},
        {"validation_samples", started_.validation_samples},
        {"test_samples", started_.test_samples},
        {"program", "resonate " RESONATE_VERSION},
        {"written", today("%Y-%m-%dT%H:%M:%S%z")},
    };
    if (!started_.forked_from.empty()) {
        json["forked_from"] = started_.forked_from;
        json["forked_epoch"] = started_.forked_epoch;
    }
    double seconds = 0;
    for (const EpochMetrics& row : history) seconds += row.seconds;
    json["seconds"] = seconds;
    if (!history.empty()) json["last"] = row_json(history.back());
    const auto best = std::find_if(history.begin(), history.end(), [](const EpochMetrics& row) { return row.best; });
    if (best != history.end()) json["best"] = row_json(*best);
    if (const RunResult result = result_of(history); result.best_test) json["best_test"] = row_json(*result.best_test);
    write_file_atomically(path_ / "summary.json", json.dump(2) + "\n");
    if (status != RunStatus::running) events_.flush();
}

void RunFolder::save_permutation(const std::vector<std::int64_t>& permutation) {
    write_file_atomically(path_ / "permutation.pt", permutation_bytes(permutation));
}

void RunFolder::record_epochs(const std::vector<EpochMetrics>& history) {
    write_file_atomically(path_ / "metrics.csv", metrics_csv(history));
    write_summary(RunStatus::running, "", history);
    events_.record(history);
}

void RunFolder::save_best(const TrainingSnapshot& snapshot) {
    write_file_atomically(best_checkpoint(), checkpoint_bytes(snapshot));
}

void RunFolder::save_last(const TrainingSnapshot& snapshot) {
    write_file_atomically(last_checkpoint(), checkpoint_bytes(snapshot));
    saved_epoch_ = snapshot.progress.epoch;
}

void RunFolder::keep_epoch(const ProbeFrame& frame, const TrainingProgress& progress,
                           const RecordingConfig& recording) {
    keep_epoch(frame, last_checkpoint(), progress, recording);
}

void RunFolder::keep_epoch(const ProbeFrame& frame, const std::filesystem::path& checkpoint,
                           const TrainingProgress& progress, const RecordingConfig& recording) {
    int best = -1;
    for (const EpochMetrics& row : progress.history)
        if (row.best) best = row.epoch;
    kept_.keep(frame, checkpoint, best, static_cast<std::uint64_t>(recording.epoch_megabytes) * 1'000'000);
}

void RunFolder::record_change(const RunChange& change) {
    changes_.push_back(change);
    write_changes(path_, changes_);
    set_field(config_, change.path, change.to);
}

}  // namespace resonate
