// engine/runs/run_store.cpp: run folders as they are read.
#include "resonate/run_store.h"

#include "resonate/config_io.h"
#include "resonate/error.h"
#include "runs/permutation.h"
#include "runs/run_changes.h"
#include "runs/run_lock.h"
#include "runs/run_summary.h"

namespace resonate {

StoredRun open_run(const std::filesystem::path& folder) {
    if (!std::filesystem::is_directory(folder))
        throw RunError(folder.string() +
                       ": expected a run folder; choose one that is there, with experiment.yaml in it");
    StoredRun run;
    run.folder = std::filesystem::canonical(folder);
    run.id = run.folder.filename().string();
    run.config = load_changed_experiment(run.folder, run.changes);
    if (const auto metrics = folder / "metrics.csv"; std::filesystem::exists(metrics))
        run.metrics = read_metrics(metrics);
    // "running" without a lock: the program was killed.
    if (const auto summary = read_summary(folder)) {
        run.status = summary->status == RunStatus::running ? RunStatus::stopped : summary->status;
        run.imported = summary->imported;
        run.parameters = summary->parameters;
        run.message = summary->message;
        run.forked_from = summary->forked_from;
        run.forked_epoch = summary->forked_epoch;
    }
    run.recorded = recorded_epochs(run.folder);
    if (const auto file = folder / "permutation.pt"; std::filesystem::exists(file))
        run.step_order = read_permutation(file);
    if (run_is_locked(folder)) run.status = RunStatus::running;
    return run;
}

}  // namespace resonate
