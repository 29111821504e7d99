// engine/networks/read_out.h: leaky-integrator read-out without spikes:  o_t = α o_{t−1} + (1−α)(W_out z_t + bias).
#pragma once

#include <torch/torch.h>

#include "resonate/experiment_config.h"

namespace resonate {

/// Parameters as in published checkpoints: linear.weight [C, H], linear.bias [C], tau_mem [C].
class ReadOut : public torch::nn::Module {
 public:
    ReadOut(int64_t hidden, int64_t classes, bool bias, const NormalRange& tau, Decay decay, at::Generator generator);

    /// Potentials [T, B, C] for spikes [T, B, H], from `start` [B, C] or from zero.
    torch::Tensor forward(const torch::Tensor& spikes, const torch::Tensor& start = {});

    const torch::Tensor& weight() const { return linear_->weight; }
    const torch::Tensor& bias() const { return linear_->bias; }
    /// α of each class, [C].
    torch::Tensor alpha() const;

 private:
    Decay decay_;
    torch::nn::Linear linear_{nullptr};
    torch::Tensor tau_mem_;
};

}  // namespace resonate
