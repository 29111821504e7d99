// engine/neurons/brf.h: balanced resonate-and-fire neuron (Higuchi et al., ICML 2024).
//   ω = |ω̂|    p(ω) = (−1 + √(1 − (δω)²)) / δ    b_t = p(ω) − |b̂| − q_{t−1}
//   u_t, v_t: one step of resonator.h with damping b_t
//   z_t = Θ(u_t − θ − q_{t−1})    q_t = γ q_{t−1} + z_t
#pragma once

#include "neurons/resonator.h"

namespace resonate {

/// Raw, each [H]; used as |x|.
struct BrfParameters {
    torch::Tensor omega, b_offset;
};

ResonatorRates brf_rates(const BrfParameters& parameters, const NeuronConstants& constants);

/// One Euler step of length constants.dt. `current` is [B, H].
NeuronState brf_step(const torch::Tensor& current, const NeuronState& previous, const ResonatorRates& rates,
                     const NeuronConstants& constants);

const NeuronDefinition& brf_neuron();

}  // namespace resonate
