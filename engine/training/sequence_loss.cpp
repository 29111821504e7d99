// engine/training/sequence_loss.cpp: see sequence_loss.h.
#include "training/sequence_loss.h"

#include <algorithm>

#include "resonate/error.h"

namespace resonate {
namespace {

/// [steps used, B]
torch::Tensor targets_of(const torch::Tensor& labels, const StepsUsed& used, int64_t batch) {
    return labels.dim() == 2 ? labels.narrow(0, used.first, used.count)
                             : labels.unsqueeze(0).expand({used.count, batch});
}

}  // namespace

StepsUsed steps_used(const TrainingConfig& config, int64_t steps) {
    const int64_t count = config.label_last ? std::min<int64_t>(config.n_last, steps) : steps - config.sub_seq_length;
    if (count < 1)
        throw ConfigError("training.sub_seq_length: expected less than the " + std::to_string(steps) +
                          " time steps of the data set, found " + std::to_string(config.sub_seq_length));
    return {steps - count, count};
}

SequenceLoss sequence_loss(const torch::Tensor& outputs, const torch::Tensor& labels, const TrainingConfig& config) {
    return sequence_loss(outputs, labels, steps_used(config, outputs.size(0)), config.label_last);
}

torch::Tensor sequence_losses(const torch::Tensor& outputs, const torch::Tensor& labels, const StepsUsed& used) {
    const torch::NoGradGuard no_grad;
    const torch::Tensor chances = torch::log_softmax(outputs.narrow(0, used.first, used.count), -1);
    return -chances.gather(-1, targets_of(labels, used, outputs.size(1)).unsqueeze(-1)).squeeze(-1).sum(0);
}

SequenceLoss sequence_loss(const torch::Tensor& outputs, const torch::Tensor& labels, const StepsUsed& used,
                           bool decide_on_last) {
    const int64_t batch = outputs.size(1);
    const torch::Tensor potentials = outputs.narrow(0, used.first, used.count);
    const bool per_step = labels.dim() == 2;
    const torch::Tensor targets = targets_of(labels, used, batch);

    namespace functional = torch::nn::functional;
    SequenceLoss loss;
    loss.sum = functional::nll_loss(functional::log_softmax(potentials, -1).flatten(0, 1), targets.reshape(-1),
                                    functional::NLLLossFuncOptions().reduction(torch::kSum)) /
               static_cast<double>(batch);
    loss.steps = used.count;

    const torch::NoGradGuard no_grad;
    if (per_step) {
        loss.correct = potentials.argmax(-1).eq(targets).sum();
        loss.decisions = used.count * batch;
    } else {
        const torch::Tensor decided = decide_on_last ? potentials[used.count - 1] : potentials.mean(0);
        loss.correct = decided.argmax(-1).eq(labels).sum();
        loss.decisions = batch;
    }
    return loss;
}

}  // namespace resonate
