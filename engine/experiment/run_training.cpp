// engine/experiment/run_training.cpp: joins data, trainer and run folder into one run.
#include <filesystem>

#include "data/sequence_set.h"
#include "experiment/checks.h"
#include "experiment/experiment_data.h"
#include "experiment/threads.h"
#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/experiment.h"
#include "resonate/run_store.h"
#include "runs/checkpoint.h"
#include "runs/permutation.h"
#include "runs/run_folder.h"
#include "runs/run_summary.h"
#include "training/trainer.h"

namespace resonate {
namespace {

/// Room for both checkpoints and their temporary copies, and the small files.
constexpr std::uintmax_t checkpoints_kept = 4;
constexpr std::uintmax_t small_files_bytes = std::uintmax_t{1} << 20;

/// Brings the trainer to where the run folder's last checkpoint was.
void go_on(const RunFolder& run, Trainer& trainer) {
    if (!std::filesystem::exists(run.last_checkpoint()))
        throw RunError(run.path().string() + ": holds no last.pt to go on from; start a new run");
    load_training(run.last_checkpoint(), trainer.network(), trainer.optimiser(), trainer.progress());
    TrainingProgress& progress = trainer.progress();
    const std::filesystem::path metrics = run.path() / "metrics.csv";
    std::vector<EpochMetrics> rows;
    if (std::filesystem::exists(metrics)) rows = read_metrics(metrics);
    // Rows written after the checkpoint will be made again.
    const int last = progress.evaluated ? progress.epoch : progress.epoch - 1;
    std::erase_if(rows, [last](const EpochMetrics& row) { return row.epoch > last; });
    if (static_cast<int>(rows.size()) != last + 1)
        throw RunError(metrics.string() + ": expected the rows of epochs 0 to " + std::to_string(last) + ", found " +
                       std::to_string(rows.size()) + " rows; start a new run");
    // Killed between its last epoch and its summary, a run only needs the latter.
    const std::optional<RunSummary> summary = read_summary(run.path());
    if (progress.epoch >= run.config().training.epochs && progress.evaluated && summary &&
        summary->status == RunStatus::finished)
        throw RunError(run.path().string() + ": this run has already finished its " +
                       std::to_string(run.config().training.epochs) + " epochs");
    // Among the rows kept the best is the one the checkpoint knew.
    for (EpochMetrics& row : rows) row.best = false;
    double lowest = std::numeric_limits<double>::infinity();
    size_t best = 0;
    for (size_t i = 0; i < rows.size(); ++i) {
        const std::optional<SplitMetrics>& choosing = rows[i].validation ? rows[i].validation : rows[i].train;
        if (const double loss = choosing ? choosing->loss : std::numeric_limits<double>::max(); loss <= lowest) {
            lowest = loss;
            best = i;
        }
    }
    if (!rows.empty()) rows[best].best = true;
    progress.history = std::move(rows);
}

RunStarted describe_start(const RunFolder& run, Trainer& trainer, const SequenceSet::Shape& shape, int threads,
                          bool resumed) {
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
    started.resumed = resumed;
    started.history = trainer.progress().history;
    return started;
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
    const DatasetSplits data = load_experiment_data(used.dataset, options.data_dir, std::move(permutation));
    Trainer trainer(used, data, options.path);
    if (options.resume)
        go_on(*run, trainer);
    else
        run = RunFolder::create(options.runs_dir, config, options.run_name);
    RunStarted started = describe_start(*run, trainer, data.train->shape(), threads, options.resume.has_value());
    started.step_order = data.permutation;
    try {
        run->require_space(checkpoints_kept * checkpoint_bytes(trainer.snapshot()).size() * 3 + small_files_bytes);
        run->describe(started);
        // Written before the first batch, so that what cannot be written is known before any time is spent.
        run->record_epochs(trainer.progress().history);
        if (!options.resume) {
            if (!data.permutation.empty()) run->save_permutation(data.permutation);
            run->save_last(trainer.snapshot());
        }
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
