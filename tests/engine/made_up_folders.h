// tests/engine/made_up_folders.h: made-up runs as folders on disk.
#pragma once

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "made_up_runs.h"
#include "resonate/config_io.h"
#include "resonate/statistics.h"

namespace resonate::tests {

/// Bytes that end as a checkpoint does.
inline const std::string archive_end = std::string("PK\x05\x06") + std::string(18, '\0');

inline void overwrite(const std::filesystem::path& file, const std::string& text) {
    std::ofstream stream(file, std::ios::binary);
    stream << text;
}

inline std::string summary_of(const StoredRun& run, const std::string& status) {
    const auto row = [](const EpochMetrics& metrics) {
        return nlohmann::json{
            {"epoch", metrics.epoch},
            {"test", {{"loss", metrics.test.loss}, {"accuracy", metrics.test.accuracy}, {"sop", 1.0}}}};
    };
    const RunResult result = result_of(run.metrics);
    return nlohmann::json{{"status", status},
                          {"message", "Finished."},
                          {"epochs_done", result.last->epoch},
                          {"parameters", 1734},
                          {"seconds", result.seconds},
                          {"last", row(*result.last)},
                          {"best", row(*result.selected)},
                          {"best_test", row(*result.best_test)}}
        .dump(2);
}

/// A run folder as the program leaves it.
inline std::filesystem::path write_run(const std::filesystem::path& runs, const std::string& id, const StoredRun& run,
                                       const std::string& status = "finished") {
    const std::filesystem::path folder = runs / id;
    std::filesystem::create_directories(folder);
    overwrite(folder / "experiment.yaml", to_yaml(run.config));
    overwrite(folder / "metrics.csv", metrics_csv(run.metrics));
    overwrite(folder / "summary.json", summary_of(run, status));
    overwrite(folder / "last.pt", "weights" + archive_end);
    overwrite(folder / "lock", "");
    return folder;
}

}  // namespace resonate::tests
