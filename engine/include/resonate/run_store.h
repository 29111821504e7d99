// resonate/run_store.h: run folders as other parts of the program read them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "resonate/experiment_config.h"
#include "resonate/training_events.h"

namespace resonate {

/// A run folder as it lies on disk.
struct StoredRun {
    std::string id;
    std::filesystem::path folder;
    ExperimentConfig config;
    std::vector<EpochMetrics> metrics;
    RunStatus status = RunStatus::stopped;  ///< `running` where a program holds its lock
    bool imported = false;                  ///< from an event file of another program; its status is `finished`
    std::int64_t parameters = 0;            ///< trainable numbers; 0 = not known
    std::string message;                    ///< how it ended, a sentence; empty where it has not
    std::vector<int> recorded;              ///< as recorded_epochs()
    std::vector<RunChange> changes;         ///< made while it ran; `config` has them
    std::vector<std::int64_t> step_order;   ///< as RunStarted::step_order
    std::string forked_from;                ///< as RunStarted::forked_from
    int forked_epoch = 0;
};

/// Throws RunError naming the file that is missing or damaged.
StoredRun open_run(const std::filesystem::path& folder);
/// Epochs of a run whose probe frame and checkpoint are kept in its folder `epochs`, ascending. Empty where there are
/// none or they cannot be listed.
std::vector<int> recorded_epochs(const std::filesystem::path& run_folder);
/// The probe frame of a kept epoch (epochs/epoch_12.npz, which numpy.load opens as well). Throws RunError naming the
/// file where it is missing or damaged.
ProbeFrame read_frame(const std::filesystem::path& run_folder, int epoch);
/// Of that frame ω and b alone, which are read in a fraction of the time. Throws as read_frame().
ResonatorPlaces read_resonators(const std::filesystem::path& run_folder, int epoch);
/// The checkpoint of a kept epoch: epochs/epoch_12.pt.
std::filesystem::path epoch_checkpoint(const std::filesystem::path& run_folder, int epoch);

/// Rows of a metrics.csv. Throws RunError naming file and line.
std::vector<EpochMetrics> read_metrics(const std::filesystem::path& file);
/// metrics.csv as text, header first.
std::string metrics_csv(const std::vector<EpochMetrics>& rows);
/// What `resonate-cli export --what metrics` writes. `format`: "csv" or "npz". Throws ConfigError or RunError.
void export_metrics(const std::filesystem::path& run_folder, const std::string& format,
                    const std::filesystem::path& out);
/// Writes all of `content` to a temporary name beside `file`, flushes it to the disk and renames. Throws RunError.
void write_file_atomically(const std::filesystem::path& file, std::string_view content);

}  // namespace resonate
