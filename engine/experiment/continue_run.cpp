// engine/experiment/continue_run.cpp: see continue_run.h.
#include "experiment/continue_run.h"

#include <limits>

#include "resonate/error.h"
#include "resonate/run_store.h"
#include "runs/checkpoint.h"
#include "runs/run_summary.h"

namespace resonate {
namespace {

/// The rows of epochs 0 to `last` of a run.
std::vector<EpochMetrics> rows_up_to(const std::filesystem::path& folder, int last) {
    const std::filesystem::path metrics = folder / "metrics.csv";
    std::vector<EpochMetrics> rows;
    if (std::filesystem::exists(metrics)) rows = read_metrics(metrics);
    std::erase_if(rows, [last](const EpochMetrics& row) { return row.epoch > last; });
    if (static_cast<int>(rows.size()) != last + 1)
        throw RunError(metrics.string() + ": expected the rows of epochs 0 to " + std::to_string(last) + ", found " +
                       std::to_string(rows.size()) + " rows; start a new run");
    return rows;
}

/// The loss by which epochs are chosen; the largest number where a row has none.
double choosing_loss(const EpochMetrics& row) {
    const std::optional<SplitMetrics>& choosing = row.validation ? row.validation : row.train;
    return choosing ? choosing->loss : std::numeric_limits<double>::max();
}

/// Among these rows the best is the one the training knew when it had no others.
void mark_best(std::vector<EpochMetrics>& rows) {
    for (EpochMetrics& row : rows) row.best = false;
    double lowest = std::numeric_limits<double>::infinity();
    EpochMetrics* best = rows.empty() ? nullptr : &rows.front();
    for (EpochMetrics& row : rows)
        if (const double loss = choosing_loss(row); loss <= lowest) {
            lowest = loss;
            best = &row;
        }
    if (best) best->best = true;
}

}  // namespace

void go_on(RunFolder& run, Trainer& trainer) {
    if (!std::filesystem::exists(run.last_checkpoint()))
        throw RunError(run.path().string() + ": holds no last.pt to go on from; start a new run");
    load_training(run.last_checkpoint(), trainer.network(), trainer.optimiser(), trainer.progress());
    TrainingProgress& progress = trainer.progress();
    // Rows written after the checkpoint will be made again.
    const int last = progress.evaluated ? progress.epoch : progress.epoch - 1;
    std::vector<EpochMetrics> rows = rows_up_to(run.path(), last);
    // Killed between its last epoch and its summary, a run only needs the latter.
    const std::optional<RunSummary> summary = read_summary(run.path());
    if (progress.epoch >= run.config().training.epochs && progress.evaluated && summary &&
        summary->status == RunStatus::finished)
        throw RunError(run.path().string() + ": this run has already finished its " +
                       std::to_string(run.config().training.epochs) + " epochs");
    mark_best(rows);
    progress.history = std::move(rows);
    run.kept().drop_after(last);
}

void begin_from(const Fork& fork, RunFolder& run, Trainer& trainer) {
    const std::filesystem::path checkpoint = epoch_checkpoint(fork.run_folder, fork.epoch);
    if (!std::filesystem::exists(checkpoint))
        throw RunError(fork.run_folder.string() + ": epoch " + std::to_string(fork.epoch) +
                       " is not kept there; choose one that is");
    if (run.config().training.epochs <= fork.epoch)
        throw ConfigError("training.epochs: expected more than the " + std::to_string(fork.epoch) +
                          " epochs that are done at the fork, found " + std::to_string(run.config().training.epochs) +
                          "; ask for more epochs");
    load_training(checkpoint, trainer.network(), trainer.optimiser(), trainer.progress());
    TrainingProgress& progress = trainer.progress();
    std::vector<EpochMetrics> rows = rows_up_to(fork.run_folder, fork.epoch);
    mark_best(rows);
    // Where the weights of the best epoch were not kept, those of the fork are the best there are.
    int best = 0;
    for (const EpochMetrics& row : rows)
        if (row.best) best = row.epoch;
    std::filesystem::path best_weights = epoch_checkpoint(fork.run_folder, best);
    if (!std::filesystem::exists(best_weights)) {
        for (EpochMetrics& row : rows) row.best = row.epoch == fork.epoch;
        progress.best_loss = choosing_loss(rows.back());
        best_weights = checkpoint;
    }
    std::filesystem::copy_file(best_weights, run.best_checkpoint());
    progress.history = std::move(rows);
    if (run.config().recording.epoch_interval > 0)
        run.keep_epoch(read_frame(fork.run_folder, fork.epoch), checkpoint, progress, run.config().recording);
}

}  // namespace resonate
