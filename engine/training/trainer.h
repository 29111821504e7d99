// engine/training/trainer.h: one training from its first to its last batch, able to go on from any batch.
#pragma once

#include <torch/torch.h>

#include <limits>
#include <string>
#include <vector>

#include "data/sequence_set.h"
#include "networks/network.h"
#include "resonate/concurrency.h"
#include "resonate/experiment.h"
#include "resonate/training_events.h"
#include "training/batches.h"

namespace resonate {

class LiveChanges;
class ProbeSchedule;

/// Sums over samples, from which SplitMetrics come.
struct RunningSums {
    double loss = 0;  ///< of the loss per step used, over samples
    double correct = 0;
    double decisions = 0;
    double spikes = 0;
    double samples = 0;

    SplitMetrics metrics() const;
};

/// Everything but weights and optimiser that decides how a training goes on.
struct TrainingProgress {
    int epoch = 0;           ///< passes done
    int batch = 0;           ///< batches done of the pass in progress
    bool evaluated = false;  ///< the row of `epoch` is in the history
    RunningSums pass;        ///< of the pass in progress, or of the last one until it is evaluated
    double pass_seconds = 0;
    double best_loss = std::numeric_limits<double>::infinity();
    std::vector<EpochMetrics> history;
};

struct TrainingSnapshot {
    const Network& network;
    const torch::optim::Adam& optimiser;
    const TrainingProgress& progress;
    std::vector<std::int64_t> permutation = {};  ///< of the data set's steps; empty where they are not permuted
};

/// Keeps what must survive the training. Any call may throw RunError; the training then ends.
class TrainingRecorder {
 public:
    virtual ~TrainingRecorder() = default;
    virtual void record_epochs(const std::vector<EpochMetrics>& history) = 0;
    virtual void save_best(const TrainingSnapshot& snapshot) = 0;
    virtual void save_last(const TrainingSnapshot& snapshot) = 0;
    /// Of an evaluated epoch whose last.pt was just saved.
    virtual void keep_epoch(const ProbeFrame& /*frame*/, const TrainingProgress& /*progress*/,
                            const RecordingConfig& /*recording*/) {}
    /// Epochs that are kept now.
    virtual std::vector<int> kept_epochs() const { return {}; }
    virtual void record_change(const RunChange& /*change*/) {}
};

struct TrainingEnd {
    RunStatus status = RunStatus::finished;
    std::string message;
};

/// One optimiser step on one batch, in its three parts (for timing).
struct BatchResult {
    RunningSums sums;
    double gradient_norm = 0;  ///< before clipping
    double forward_seconds = 0;
    double backward_seconds = 0;
    std::string divergence;         ///< what is no longer a number, or about to be; empty where all is well
    bool boundary_crossed = false;  ///< it is a neuron beyond the divergence boundary, named there
};

class Trainer {
 public:
    /// The config has been validated. Throws ConfigError where it does not fit the data set.
    Trainer(ExperimentConfig config, DatasetSplits data, ComputePath path = ComputePath::automatic);

    Network& network() { return *network_; }
    torch::optim::Adam& optimiser() { return *optimiser_; }
    TrainingProgress& progress() { return progress_; }
    /// By the fused kernels, or by the step loop?
    bool fused() const { return fused_; }
    const TrainingSplit& split() const { return split_; }
    /// Sequences of one of the data set's sets, as this training shows them to the network.
    Batch batch_of(const SequenceSet& set, std::span<const int64_t> indices) const;
    TrainingSnapshot snapshot() const { return {*network_, *optimiser_, progress_, data_.permutation}; }

    /// Trains from where progress() stands until done, stopped or diverged.
    TrainingEnd run(TrainingObserver& observer, TrainingControl& control, TrainingRecorder& recorder);

    /// Forward, loss, backward, clipping and optimiser on one batch; with a tbptt_window once per piece of the
    /// sequence.
    BatchResult train_batch(const Batch& batch, double learning_rate);

    /// `control` may end it early; nothing is returned then. `worst`, where asked for, becomes the sequence with the
    /// largest loss.
    std::optional<SplitMetrics> evaluate(const SequenceSet& set, std::span<const int64_t> indices,
                                         const TrainingControl& control, int64_t* worst = nullptr);

    /// Test sequence `index` through the network as it is now, as the probe of a training shows it; epoch and batch are
    /// left for the caller.
    ProbeFrame probe(std::int64_t index) const;

    /// Step size of pass `epoch`, 0-based.
    double learning_rate(int epoch) const;

 private:
    enum class Evaluation { done, stopped, diverged };

    Evaluation evaluate_epoch(TrainingObserver& observer, TrainingControl& control, TrainingRecorder& recorder,
                              ProbeSchedule& probe);
    /// Keeps the epoch that was just evaluated where recording.epoch_interval wants it.
    void keep_epoch(TrainingObserver& observer, TrainingRecorder& recorder, const ProbeSchedule& probe);
    /// Pauses until something is to be done.
    void pause(TrainingObserver& observer, TrainingControl& control, TrainingRecorder& recorder, ProbeSchedule& probe,
               LiveChanges& changes);
    /// Gradient norm, clipping, optimiser; false where the gradient is not finite and nothing was changed.
    bool step(double& gradient_norm);
    /// `explained`: `what` names the neuron already.
    TrainingEnd diverged(const Batch* batch, const std::string& what, bool explained = false);

    ExperimentConfig config_;
    DatasetSplits data_;
    TrainingSplit split_;
    std::shared_ptr<Network> network_;
    std::vector<torch::Tensor> trained_;  ///< parameters that are not frozen
    std::unique_ptr<torch::optim::Adam> optimiser_;
    bool fused_ = false;
    bool standardise_ = false;
    TrainingProgress progress_;
    double evaluation_seconds_ = 0;
};

}  // namespace resonate
