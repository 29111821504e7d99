// engine/neurons/hrf.h: harmonic resonate-and-fire neuron, a damped harmonic oscillator (Higuchi et al. 2024, "BHRF").
//   ω = |ω̂|    b_t = 0.005 ω² + |b̂| + q_{t−1}
//   v_t = v_{t−1} + δ u_{t−1}
//   u_t = u_{t−1} + δ I_t − 2 δ b_t u_{t−1} − δ ω² v_t      (the new v)
//   z_t = Θ(u_t − θ − q_{t−1})    q_t = γ q_{t−1} + z_t
#pragma once

#include "neurons/resonator.h"

namespace resonate {

/// Share of ω² in the damping.
inline constexpr double hrf_damping_share = 0.005;

/// One step of length constants.dt. `current` is [B, H]; rates.damping is 0.005 ω² + |b̂|.
NeuronState hrf_step(const torch::Tensor& current, const NeuronState& previous, const ResonatorRates& rates,
                     const NeuronConstants& constants);

const NeuronDefinition& hrf_neuron();

}  // namespace resonate
