// engine/neurons/leaky_integrator.cpp: see leaky_integrator.h.
#include "neurons/leaky_integrator.h"

namespace resonate {

torch::Tensor decay_per_step(const torch::Tensor& tau, Decay decay) {
    const torch::Tensor rate = -1 / tau.abs();
    return decay == Decay::linear ? (1 + rate).clamp(0, 1) : torch::exp(rate);
}

torch::Tensor leak(const torch::Tensor& input, const torch::Tensor& previous, const torch::Tensor& decay) {
    return torch::lerp(input, previous, decay);
}

}  // namespace resonate
