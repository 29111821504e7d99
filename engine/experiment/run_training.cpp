// engine/experiment/run_training.cpp: joins data, trainer and run folder into one run.
#include <filesystem>

#include "data/sequence_set.h"
#include "experiment/checks.h"
#include "experiment/continue_run.h"
#include "experiment/experiment_data.h"
#include "experiment/threads.h"
#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/experiment.h"
#include "resonate/run_store.h"
#include "runs/checkpoint.h"
#include "runs/permutation.h"
#include "runs/recorded_frames.h"
#include "runs/run_folder.h"
#include "runs/run_summary.h"
#include "training/trainer.h"

namespace resonate {
namespace {

/// Room for both checkpoints and their temporary copies, and the small files.
constexpr std::uintmax_t checkpoints_kept = 4;
constexpr std::uintmax_t small_files_bytes = std::uintmax_t{1} << 20;

RunStarted describe_start(const RunFolder& run, Trainer& trainer, const DatasetSplits& data, int threads) {
    const SequenceSet::Shape& shape = data.train->shape();
    RunStarted started;
    started.run_id = run.id();
    started.folder = run.path();
    started.config = run.config();
    started.inputs = static_cast<int>(shape.inputs);
    started.classes = static_cast<int>(shape.classes);
    started.steps = static_cast<int>(shape.steps);
    started.parameters = trainer.network().parameter_count();
    started.train_samples = static_cast<int>(trainer.split().train.size());
    started.validation_samples = static_cast<int>(trainer.split().validation.size());
    started.test_samples = static_cast<int>(trainer.split().test.size());
    started.threads = threads;
    started.history = trainer.progress().history;
    started.recorded = run.kept_epochs();
    started.changes = run.changes();
    started.step_order = data.permutation;
    if (const std::optional<RunSummary> summary = read_summary(run.path())) {
        started.forked_from = summary->forked_from;
        started.forked_epoch = summary->forked_epoch;
    }
    return started;
}

/// Before the first batch, so that what cannot be written is known before any time is spent.
void write_first_files(RunFolder& run, Trainer& trainer, const DatasetSplits& data, bool is_new) {
    const std::uintmax_t checkpoint = checkpoint_bytes(trainer.snapshot()).size() * 3;
    const SequenceSet::Shape& shape = data.test->shape();
    std::uintmax_t bytes = checkpoints_kept * checkpoint + small_files_bytes;
    if (is_new) bytes += kept_bytes(run.config(), shape.steps, shape.inputs, shape.classes, checkpoint);
    run.require_space(bytes);
    run.record_epochs(trainer.progress().history);
    if (!is_new) return;
    if (!data.permutation.empty()) run.save_permutation(data.permutation);
    run.save_last(trainer.snapshot());
}

/// The order of steps that the weights of a fork know; empty where there is none.
std::vector<std::int64_t> permutation_of_fork(const Fork& fork) {
    const std::filesystem::path checkpoint = epoch_checkpoint(fork.run_folder, fork.epoch);
    // begin_from() says what is missing.
    if (!std::filesystem::exists(checkpoint)) return {};
    return permutation_of_checkpoint(checkpoint);
}

/// " Saved up to epoch 3 in …": what a broken run leaves behind.
std::string what_is_saved(const RunFolder& run) {
    if (run.saved_epoch() < 0) return " What was saved before stays in " + run.path().string() + ".";
    return " Saved up to epoch " + std::to_string(run.saved_epoch()) + " in " + run.path().string() + ".";
}

/// Removes a new folder in which no training has started: nothing of value is in it.
void discard(std::unique_ptr<RunFolder> run) {
    const std::filesystem::path folder = run->path();
    run.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
}

}  // namespace

RunOutcome run_training(const ExperimentConfig& config, const RunOptions& options, TrainingObserver& observer,
                        TrainingControl& control) {
    std::unique_ptr<RunFolder> run;
    if (options.resume) run = RunFolder::open(*options.resume);
    const ExperimentConfig& used = run ? run->config() : config;
    require_valid(used);
    const int threads = use_threads(options.threads);
    std::vector<std::int64_t> permutation;
    if (options.resume && std::filesystem::exists(run->last_checkpoint()))
        permutation = permutation_of_checkpoint(run->last_checkpoint());
    // The weights are of the order in which their steps were shown.
    if (options.fork) permutation = permutation_of_fork(*options.fork);
    const DatasetSplits data = load_experiment_data(used.dataset, options.data_dir, std::move(permutation));
    Trainer trainer(used, data, options.path);
    if (options.resume)
        go_on(*run, trainer);
    else
        run = RunFolder::create(options.runs_dir, config, options.run_name);
    if (options.fork) {
        try {
            begin_from(*options.fork, *run, trainer);
        } catch (...) {
            discard(std::move(run));
            throw;
        }
    }
    RunStarted started = describe_start(*run, trainer, data, threads);
    started.resumed = options.resume.has_value();
    if (options.fork) {
        started.forked_from = std::filesystem::canonical(options.fork->run_folder).filename().string();
        started.forked_epoch = options.fork->epoch;
    }
    try {
        run->describe(started);
        write_first_files(*run, trainer, data, !options.resume);
    } catch (const Error&) {
        if (!options.resume) discard(std::move(run));
        throw;
    }
    observer.on_started(started);

    RunOutcome outcome;
    outcome.folder = run->path();
    const std::vector<EpochMetrics>& history = trainer.progress().history;
    try {
        const TrainingEnd end = trainer.run(observer, control, *run);
        outcome.status = end.status;
        outcome.message = end.message;
        if (end.status == RunStatus::stopped)
            outcome.message += " The run can be resumed from " + run->path().string() + ".";
        if (end.status == RunStatus::diverged) outcome.message += what_is_saved(*run);
    } catch (const Error& error) {
        outcome.status = RunStatus::failed;
        outcome.message = std::string(error.what()) + "; the run stopped." + what_is_saved(*run);
    } catch (const std::exception& error) {
        outcome.status = RunStatus::failed;
        outcome.message = "The computation failed: " + first_line(error.what()) + "." + what_is_saved(*run);
    }
    if (!history.empty()) outcome.last = history.back();
    for (const EpochMetrics& row : history)
        if (row.best) outcome.best = row;
    try {
        run->write_summary(outcome.status, outcome.message, history);
    } catch (const RunError& error) {
        if (outcome.status != RunStatus::failed) {
            outcome.status = RunStatus::failed;
            outcome.message += std::string(" ") + error.what();
        }
    }
    // The folder is free again before anybody hears of the end: who listens may resume at once.
    run.reset();
    observer.on_ended(outcome);
    return outcome;
}

}  // namespace resonate
