// resonate/experiment.h: run experiments. The way in for the window, the command line and other programs.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "resonate/concurrency.h"
#include "resonate/datasets.h"
#include "resonate/experiment_config.h"
#include "resonate/training_events.h"

namespace resonate {

/// How a network is computed. automatic: fused kernels where there are any for neuron and precision, else the step
/// loop, which is the definition.
enum class ComputePath { automatic, loop, fused };

/// A kept epoch of a run.
struct Fork {
    std::filesystem::path run_folder;
    int epoch = 0;
};

/// Where and with what a run works. Of what is here only `threads` (summation order) and `path` (rounding) change its
/// results, within float precision.
struct RunOptions {
    std::filesystem::path data_dir;               ///< one folder per data set; see default_data_dir()
    std::filesystem::path runs_dir = "runs";      ///< the run folder is made in it
    std::string run_name;                         ///< of the run folder; empty = date, data set, neuron and a drawn id
    std::optional<std::filesystem::path> resume;  ///< run folder to go on with; its own experiment.yaml is used
    /// A new run that goes on from a kept epoch of another: its weights, optimiser and rows up to there. With the same
    /// experiment it repeats what that run did next.
    std::optional<Fork> fork = std::nullopt;
    int threads = 0;  ///< worker threads, >= 1; 0 = physical cores
    ComputePath path = ComputePath::automatic;
    std::optional<std::filesystem::path> permutation;  ///< evaluation: the order of steps that came with a model (.pt)
};

/// Trains until done, stopped, diverged or failed; blocks. Saves as it goes. Throws Error (ConfigError, DataError,
/// RunError, CheckpointError) for what is wrong before the first batch; afterwards every end is a RunOutcome.
/// `on_ended` is called exactly once where `on_started` was.
RunOutcome run_training(const ExperimentConfig& config, const RunOptions& options, TrainingObserver& observer,
                        TrainingControl& control);

/// A training on a thread of its own. Not itself thread-safe: one owner, usually the UI thread.
class TrainingSession {
 public:
    /// Starts at once. Errors before the first batch arrive as on_ended with status failed. `observer` must outlive the
    /// session.
    TrainingSession(ExperimentConfig config, RunOptions options, TrainingObserver& observer);
    /// Asks to stop and waits.
    ~TrainingSession();
    TrainingSession(const TrainingSession&) = delete;
    TrainingSession& operator=(const TrainingSession&) = delete;

    void pause() { control_.request_pause(); }
    void resume() { control_.request_resume(); }
    /// One batch, then a pause.
    void step() { control_.request_step(); }
    /// Changes a field of the run, as `--set` would; on_changed or on_change_refused follows.
    void change(const std::string& path, const std::string& value) { control_.request_change({path, value}); }
    /// Returns at once; on_ended follows, last.pt is saved before it.
    void stop() { control_.request_stop(); }
    bool finished() const { return finished_; }

 private:
    TrainingControl control_;
    std::atomic<bool> finished_{false};
    std::thread thread_;
};

struct EvaluationResult {
    SplitMetrics metrics;
    std::int64_t samples = 0;
    double seconds = 0;
};

/// Evaluates a checkpoint, of this program or as Python wrote it, on one split. `limit` 0 = all samples. Throws Error.
EvaluationResult evaluate_checkpoint(const std::filesystem::path& checkpoint, const ExperimentConfig& config,
                                     Split split, const RunOptions& options, std::int64_t limit = 0);

struct BenchResult {
    std::string path;  ///< "fused" or "loop"
    std::string data;  ///< "dataset" or "random"
    int threads = 0;
    int batches = 0;
    double step_ms_median = 0;  ///< forward, loss, backward, optimiser of one batch
    double forward_ms_median = 0;
    double backward_ms_median = 0;
    double samples_per_s = 0;
    double peak_rss_mb = 0;
    int train_samples = 0;  ///< sequences of a pass; 0 where data is "random", and so for the next two
    int validation_samples = 0;
    int test_samples = 0;
    std::optional<double> max_gradient_error;  ///< against the loop, where checked
};

/// Times training batches. Where the data set's files are absent, random input of the same shape and rate is used.
/// `check` compares the gradients of the first batch with those of the step loop first (slow, and needs its memory).
BenchResult run_bench(const ExperimentConfig& config, const RunOptions& options, int batches, bool check = false);

/// "0.1.0"
std::string program_version();
/// "Resonate 0.1.0", then "LibTorch 1.13.1" in a line of its own.
std::string version_text();
/// What LibTorch says of its threads and of the libraries it computes with, several lines.
std::string parallel_text();

}  // namespace resonate
