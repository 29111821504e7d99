// engine/training/objective.h: what a batch costs: one pass through the network, by the fused kernels or step by step.
#pragma once

#include <optional>

#include "networks/network.h"
#include "resonate/experiment.h"
#include "training/batches.h"
#include "training/sequence_loss.h"

namespace resonate {

/// What to compute of a batch, or of a piece of its steps.
struct ObjectiveTask {
    StepsUsed used;             ///< steps of this piece that enter loss and accuracy; count 0: only the state moves on
    int64_t steps_in_all = 0;   ///< steps used of the whole sequence: what the mean is taken over
    bool keep_outputs = false;  ///< all potentials
    bool keep_state = false;    ///< for the next piece
};

struct Objective {
    /// Scalar to differentiate: the sum over the steps used of the batch-mean negative log-likelihood; with an energy
    /// weight λ the mean over steps_in_all plus λ · (spikes / batch size).
    torch::Tensor value;
    double loss_sum = 0;  ///< over the steps used, of the batch-mean negative log-likelihood
    double correct = 0;
    double decisions = 0;
    double spikes = 0;                  ///< of all hidden layers and samples
    double forward_share = 1;           ///< share of the time spent so far that was not for the gradient
    torch::Tensor outputs;              ///< [T, B, C], where kept
    std::optional<NetworkState> state;  ///< detached, where kept
};

/// Does this network run on the fused kernels with this choice? Throws ConfigError where `fused` is asked for and there
/// are none.
bool uses_kernels(const Network& network, ComputePath path);

/// With autograd on, value.backward() gives the gradients. Labels as in Batch; `start` from an earlier piece.
Objective compute_objective(Network& network, const Batch& batch, const TrainingConfig& config,
                            const ObjectiveTask& task, bool fused,
                            const std::optional<NetworkState>& start = std::nullopt);

}  // namespace resonate
