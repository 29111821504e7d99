// tests/engine/training_fixture.h: a training of a moment, and what watches it.
#pragma once

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <vector>

#include "resonate/experiment.h"
#include "resonate/run_store.h"

namespace resonate::tests {

inline ExperimentConfig small_config() {
    ExperimentConfig config;
    config.dataset.synthetic_train = 10;
    config.dataset.synthetic_test = 3;
    config.dataset.validation_fraction = 0.2;
    config.network.hidden_size = 6;
    config.training.batch_size = 3;
    config.training.epochs = 3;
    return config;
}

/// After three epochs its network tells 12 test sequences apart.
inline ExperimentConfig spiking_config() {
    ExperimentConfig config = small_config();
    config.dataset.synthetic_train = 40;
    config.dataset.synthetic_test = 12;
    config.network.hidden_size = 20;
    return config;
}

inline RunOptions one_thread() {
    RunOptions options;
    options.threads = 1;
    return options;
}

/// Watches a run and may stop it.
class Watcher : public TrainingObserver {
 public:
    std::function<void(const BatchProgress&)> on_each_batch = [](const BatchProgress&) {};
    std::function<void(bool paused)> on_pause = [](bool) {};
    std::function<void()> on_change = [] {};
    bool probes = false;
    int stop_after = -1;  ///< batches, for who looks at it in on_each_batch
    RunStarted started;
    std::vector<RunChange> changes;
    std::vector<std::string> refusals;
    std::vector<int> recorded;
    std::vector<EpochMetrics> rows;
    std::vector<ProbeFrame> frames;
    int batches = 0;
    int ends = 0;

    void on_started(const RunStarted& start) override { started = start; }
    void on_paused(bool paused) override { on_pause(paused); }
    void on_changed(const RunChange& change) override {
        changes.push_back(change);
        on_change();
    }
    void on_change_refused(const std::string&, const std::string& sentence) override { refusals.push_back(sentence); }
    void on_recorded(const std::vector<int>& epochs) override { recorded = epochs; }
    void on_batch(const BatchProgress& progress) override {
        ++batches;
        on_each_batch(progress);
    }
    void on_epoch(const EpochMetrics& metrics) override { rows.push_back(metrics); }
    bool wants_probe() const override { return probes; }
    void on_probe(ProbeFrame&& frame) override { frames.push_back(std::move(frame)); }
    void on_ended(const RunOutcome&) override { ++ends; }
};

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// metrics.csv without the two columns that hold times.
inline std::string results_of(const std::filesystem::path& run) {
    std::vector<EpochMetrics> rows = read_metrics(run / "metrics.csv");
    for (EpochMetrics& row : rows) row.seconds = row.samples_per_second = 0;
    return metrics_csv(rows);
}

}  // namespace resonate::tests
