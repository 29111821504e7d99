// engine/neurons/resonator.h: the Euler step of a damped oscillation u + iv, shared by BRF, RF and Izhikevich's RF.
//   exponential:  u_t = u_{t−1} + δ (b u_{t−1} − ω v_{t−1} + I_t)    v_t = v_{t−1} + δ (ω u_{t−1} + b v_{t−1})
//   linear:       u_t = u_{t−1} + δ (−b − ω v_{t−1} + I_t)           v_t = v_{t−1} + δ (ω u_{t−1} − b)
// Linear decay keeps the sign with which it was published: a negative b pushes upwards.
#pragma once

#include "neurons/neuron.h"

namespace resonate {

/// Each [H].
struct ResonatorRates {
    torch::Tensor omega;    ///< |ω̂|
    torch::Tensor damping;  ///< b at rest
};

struct Oscillation {
    torch::Tensor u, v;  ///< [B, H]
};

/// p(ω) = (−1 + √(1 − (δω)²)) / δ, the divergence boundary: the damping at which |u + iv| is constant under Euler steps
/// of length dt. NaN where dt·ω > 1.
torch::Tensor divergence_boundary(const torch::Tensor& omega, double dt);

/// `b` is [H] or [B, H], `current` [B, H].
Oscillation oscillate(const torch::Tensor& current, const torch::Tensor& u, const torch::Tensor& v,
                      const torch::Tensor& b, const torch::Tensor& omega, const NeuronConstants& constants);

/// ω = |ω̂|, b = −|b̂|: the rates of RF and Izhikevich's RF.
NeuronRates plain_resonator_rates(const NeuronParameters& parameters, const NeuronConstants& constants);

/// What RF and Izhikevich's RF are but for their step: those rates, u and v, and a threshold that never moves.
NeuronDefinition plain_resonator(NeuronType type, decltype(NeuronDefinition::step) step);

}  // namespace resonate
