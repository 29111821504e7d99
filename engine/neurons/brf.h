// engine/neurons/brf.h: balanced resonate-and-fire neuron (Higuchi et al., ICML 2024).
//   ω = |ω̂|    p(ω) = (−1 + √(1 − (δω)²)) / δ    b_t = p(ω) − |b̂| − q_{t−1}
//   u_t = u_{t−1} + δ (b_t u_{t−1} − ω v_{t−1} + I_t)
//   v_t = v_{t−1} + δ (ω u_{t−1} + b_t v_{t−1})
//   z_t = Θ(u_t − θ − q_{t−1})    q_t = γ q_{t−1} + z_t
#pragma once

#include "neurons/neuron.h"

namespace resonate {

struct BrfParameters {
    torch::Tensor omega, b_offset;  ///< [H] raw: used as |x|
};

/// What is constant over a sequence, each [H].
struct BrfRates {
    torch::Tensor omega;    ///< |ω̂|
    torch::Tensor damping;  ///< p(ω) − |b̂|
};

/// p(ω), the divergence boundary: the damping at which |u + iv| is constant under Euler steps of length dt. NaN where
/// dt·ω > 1.
torch::Tensor divergence_boundary(const torch::Tensor& omega, double dt);

BrfRates brf_rates(const BrfParameters& parameters, const NeuronConstants& constants);

/// One Euler step of length constants.dt. `current` is [B, H].
NeuronState brf_step(const torch::Tensor& current, const NeuronState& previous, const BrfRates& rates,
                     const NeuronConstants& constants);

const NeuronDefinition& brf_neuron();

}  // namespace resonate
