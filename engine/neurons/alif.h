// engine/neurons/alif.h: adaptive leaky integrate-and-fire neuron (Yin et al. 2021, as in Higuchi et al. 2024).
//   α, ρ: decay_per_step() of τ̂_m, τ̂_a   a_t = ρ a_{t−1} + (1−ρ) z_{t−1}   ϑ_t = 0.01 + 1.8 a_t
//   û_t = α u_{t−1} + (1−α) I_t    z_t = Θ(û_t − ϑ_t)    u_t = û_t − z_t ϑ_t
#pragma once

#include "neurons/neuron.h"

namespace resonate {

inline constexpr double alif_base_threshold = 0.01;
inline constexpr double alif_adaptation_strength = 1.8;  ///< β

struct AlifRates {
    torch::Tensor alpha;  ///< [H] membrane decay per step
    torch::Tensor rho;    ///< [H] adaptation decay per step
};

/// One step. `current` is [B, H]. Gradients flow through z_t and ϑ_t of the soft reset.
NeuronState alif_step(const torch::Tensor& current, const NeuronState& previous, const AlifRates& rates,
                      const NeuronConstants& constants);

const NeuronDefinition& alif_neuron();

}  // namespace resonate
