// engine/training/sequence_loss.h: the objective over a sequence (spec: experiments.md, section 1).
// T time steps, B batch, C classes.
#pragma once

#include <torch/torch.h>

#include "resonate/experiment_config.h"

namespace resonate {

/// Steps [first, first + count) that loss and accuracy use.
struct StepsUsed {
    int64_t first = 0;
    int64_t count = 0;
};

/// From sub_seq_length on, or the last n_last where label_last is on. Throws ConfigError where none is left of T.
StepsUsed steps_used(const TrainingConfig& config, int64_t steps);

struct SequenceLoss {
    torch::Tensor sum;      ///< scalar with gradient: over steps, of the batch-mean negative log-likelihood
    torch::Tensor correct;  ///< scalar: right decisions
    int64_t steps = 0;      ///< steps used
    int64_t decisions = 0;  ///< decisions taken: B for a label per sequence, steps · B for a label per step
};

/// `outputs` [T, B, C]; `used` is not empty; `labels` int64, [T, B] (decides at every step used) or [B] (decides on the
/// mean over them, or on the last).
SequenceLoss sequence_loss(const torch::Tensor& outputs, const torch::Tensor& labels, const StepsUsed& used,
                           bool decide_on_last);
/// [B], without gradient: the loss of each sequence, over the steps used.
torch::Tensor sequence_losses(const torch::Tensor& outputs, const torch::Tensor& labels, const StepsUsed& used);
/// With the steps that the experiment uses of a whole sequence.
SequenceLoss sequence_loss(const torch::Tensor& outputs, const torch::Tensor& labels, const TrainingConfig& config);

}  // namespace resonate
