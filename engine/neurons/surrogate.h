// engine/neurons/surrogate.h: the spike function Θ and what its derivative is replaced by.
#pragma once

#include <torch/torch.h>

#include "neurons/neuron.h"

namespace resonate {

/// Θ(x): 1 where x > 0 (strictly), else 0, same shape and dtype as x; its gradient is surrogate_derivative(x).
torch::Tensor spike(const torch::Tensor& x, Surrogate surrogate);

/// The spike function of a layer: the one above, or with smooth_spikes the integral of the surrogate.
torch::Tensor spike(const torch::Tensor& x, const NeuronConstants& constants);

/// S(x) with dS/dx = surrogate_derivative(x) and S(−∞) = 0, differentiable by autograd: for finite differences.
torch::Tensor smooth_spike(const torch::Tensor& x, Surrogate surrogate);

/// dz/dx as the backward pass takes it (spec: neurons.md, section 3; double Gaussian: Yin et al. 2021).
torch::Tensor surrogate_derivative(const torch::Tensor& x, Surrogate surrogate);

}  // namespace resonate
