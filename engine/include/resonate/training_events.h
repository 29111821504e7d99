// resonate/training_events.h: what a running training tells its watchers. Plain values, copied, never live tensors.
// T time steps, I inputs, H hidden neurons, C classes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "resonate/experiment_config.h"

namespace resonate {

/// Result over one split. Loss: mean over samples and steps used; accuracy in %; SOP: hidden spikes per sample.
struct SplitMetrics {
    double loss = 0;
    double accuracy = 0;
    double sop = 0;
};

/// Row of metrics.csv: validation and test of the network after `epoch` passes; `train` is the running mean of the pass
/// that led there (absent for epoch 0). `validation` is absent where validation_fraction is 0.
struct EpochMetrics {
    int epoch = 0;
    double learning_rate = 0;  ///< step size of the pass that led here
    std::optional<SplitMetrics> train;
    std::optional<SplitMetrics> validation;
    SplitMetrics test;
    double seconds = 0;             ///< training and evaluation of this epoch
    double samples_per_second = 0;  ///< training only
    bool best = false;              ///< lowest validation loss so far (ties: the later)
};

struct BatchProgress {
    int epoch = 0;  ///< pass in progress, 1 … epochs
    int epochs = 0;
    int batch = 0;                  ///< batches done in this pass
    int batches = 0;                ///< batches of a pass
    double loss = 0;                ///< of this batch
    double accuracy = 0;            ///< of this batch, %
    double samples_per_second = 0;  ///< recent
    double seconds_left = 0;        ///< until the last epoch, evaluation included
};

/// One probe sample run through the network as it is now. Time-major arrays.
struct ProbeFrame {
    int epoch = 0;    ///< passes begun
    int batch = 0;    ///< batches done in that pass
    int steps = 0;    ///< T
    int inputs = 0;   ///< I
    int neurons = 0;  ///< H
    int classes = 0;  ///< C
    int sample = 0;   ///< index in the test set
    NeuronType neuron = NeuronType::brf;
    std::vector<float> input;          ///< [T, I]
    std::vector<std::int32_t> labels;  ///< [T] where labelled per step, else [1]
    std::vector<float> u;              ///< [T, H] membrane
    std::vector<float> v;              ///< [T, H] imaginary part; empty for ALIF and LIF
    std::vector<float> threshold;      ///< [T, H] the membrane had to exceed; BRF: θ + q, ALIF: 0.01 + 1.8 a
    std::vector<std::uint8_t> spikes;  ///< [T, H] 0 or 1
    std::vector<float> probabilities;  ///< [T, C] softmax of the read-out
    std::vector<float> omega;          ///< [H] |ω̂|; empty for ALIF and LIF
    std::vector<float> b;  ///< [H] damping at rest; BRF: p(ω) − |b̂|, RF: −|b̂|; empty for ALIF and LIF
};

/// Frequency and damping of all neurons at the end of an epoch, as in its probe frame.
struct ResonatorPlaces {
    int epoch = 0;
    std::vector<float> omega, b;  ///< [H] as ProbeFrame::omega and b
};

/// A field that changed while a run went on; a row of its changes.csv.
struct RunChange {
    int epoch = 0;  ///< passes done
    int batch = 0;  ///< batches done of the next one
    std::string path;
    std::string from;  ///< values as `--set` takes them
    std::string to;

    bool operator==(const RunChange&) const = default;
};

struct RunStarted {
    std::string run_id;
    std::filesystem::path folder;
    ExperimentConfig config;
    int inputs = 0;
    int classes = 0;
    int steps = 0;
    std::int64_t parameters = 0;  ///< trainable numbers
    int train_samples = 0;
    int validation_samples = 0;
    int test_samples = 0;
    int threads = 0;
    bool resumed = false;
    std::vector<EpochMetrics> history;  ///< rows written before, where resumed
    /// [T] of permuted sets: step t shows what is step step_order[t] of the set as it is published; else empty.
    std::vector<std::int64_t> step_order = {};
    std::vector<int> recorded = {};  ///< epochs kept so far, ascending: see run_store.h
    std::vector<RunChange> changes = {};
    std::string forked_from = {};  ///< id of the run this one began from; empty where it began anew
    int forked_epoch = 0;          ///< and the epoch of that run
};

enum class RunStatus { running, finished, stopped, diverged, failed };
std::string to_string(RunStatus status);

struct RunOutcome {
    RunStatus status = RunStatus::failed;
    std::string message;           ///< one sentence for people; says what was saved
    std::filesystem::path folder;  ///< empty if the run never got one
    std::optional<EpochMetrics> last;
    std::optional<EpochMetrics> best;
};

/// Implemented by the window, the command line, the run folder. All calls come from the engine thread.
class TrainingObserver {
 public:
    virtual ~TrainingObserver() = default;
    virtual void on_started(const RunStarted&) {}
    virtual void on_batch(const BatchProgress&) {}
    virtual void on_epoch(const EpochMetrics&) {}
    virtual void on_paused(bool /*paused*/) {}
    /// A change asked for with TrainingControl::request_change() is in force from the next batch on.
    virtual void on_changed(const RunChange&) {}
    /// It is not possible: `sentence` says why. Nothing changed.
    virtual void on_change_refused(const std::string& /*path*/, const std::string& /*sentence*/) {}
    /// An epoch was kept; all that are kept now, ascending.
    virtual void on_recorded(const std::vector<int>& /*epochs*/) {}
    /// Asked before a probe run: without a watcher none is made.
    virtual bool wants_probe() const { return false; }
    virtual void on_probe(ProbeFrame&&) {}
    virtual void on_ended(const RunOutcome&) {}
};

}  // namespace resonate
