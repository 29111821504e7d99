// engine/neurons/rf.h: vanilla resonate-and-fire neuron without reset (Izhikevich 2001, as in Higuchi et al. 2024).
//   b = −|b̂|    u_t = u_{t−1} + δ (b u_{t−1} − ω v_{t−1} + I_t)    v_t = v_{t−1} + δ (ω u_{t−1} + b v_{t−1})
//   z_t = Θ(u_t − θ)
// Nothing keeps b below the divergence boundary: a run may become NaN, and that is a result.
#pragma once

#include "neurons/neuron.h"

namespace resonate {

struct RfRates {
    torch::Tensor omega;    ///< [H] |ω̂|
    torch::Tensor damping;  ///< [H] −|b̂|
};

/// One Euler step of length constants.dt. `current` is [B, H].
NeuronState rf_step(const torch::Tensor& current, const NeuronState& previous, const RfRates& rates,
                    const NeuronConstants& constants);

const NeuronDefinition& rf_neuron();

}  // namespace resonate
