// engine/neurons/leaky_integrator.h: the leak shared by LI, LIF and ALIF.  x_t = α x_{t−1} + (1−α) input_t
#pragma once

#include <torch/torch.h>

namespace resonate {

/// α = exp(−1/|τ̂|) of a raw time constant in steps; any shape.
torch::Tensor decay_per_step(const torch::Tensor& tau);

/// One step of the leak. `input` and `previous` are [B, N], `decay` is [N].
torch::Tensor leak(const torch::Tensor& input, const torch::Tensor& previous, const torch::Tensor& decay);

}  // namespace resonate
