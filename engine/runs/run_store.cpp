// engine/runs/run_store.cpp: run folders as they are read.
#include "resonate/run_store.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "resonate/config_io.h"
#include "resonate/error.h"
#include "runs/run_lock.h"

namespace resonate {

StoredRun open_run(const std::filesystem::path& folder) {
    if (!std::filesystem::is_directory(folder)) throw RunError(folder.string() + ": expected a run folder");
    const std::filesystem::path experiment = folder / "experiment.yaml";
    if (!std::filesystem::exists(experiment))
        throw RunError(folder.string() + ": is not a run folder: experiment.yaml is missing");
    StoredRun run;
    run.folder = std::filesystem::canonical(folder);
    run.id = run.folder.filename().string();
    run.config = load_experiment(experiment);
    if (const auto metrics = folder / "metrics.csv"; std::filesystem::exists(metrics))
        run.metrics = read_metrics(metrics);
    if (run_is_locked(folder)) {
        run.status = RunStatus::running;
        return run;
    }
    std::ifstream stream(folder / "summary.json");
    if (!stream) return run;
    const nlohmann::json summary = nlohmann::json::parse(stream, nullptr, /*allow_exceptions=*/false);
    if (!summary.is_object() || !summary.contains("status") || !summary["status"].is_string())
        throw RunError((folder / "summary.json").string() +
                       ": expected a JSON object with 'status', found something else");
    const std::string name = summary["status"];
    // "running" without a lock: the program was killed.
    for (const RunStatus status : {RunStatus::finished, RunStatus::diverged, RunStatus::failed})
        if (to_string(status) == name) run.status = status;
    return run;
}

}  // namespace resonate
