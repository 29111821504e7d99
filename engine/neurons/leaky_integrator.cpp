// engine/neurons/leaky_integrator.cpp: see leaky_integrator.h.
#include "neurons/leaky_integrator.h"

namespace resonate {

torch::Tensor decay_per_step(const torch::Tensor& tau) { return torch::exp(-1 / tau.abs()); }

torch::Tensor leak(const torch::Tensor& input, const torch::Tensor& previous, const torch::Tensor& decay) {
    return torch::lerp(input, previous, decay);
}

}  // namespace resonate
