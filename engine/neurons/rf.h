// engine/neurons/rf.h: vanilla resonate-and-fire neuron without reset (Izhikevich 2001, as in Higuchi et al. 2024).
//   b = −|b̂|    u_t, v_t: one step of resonator.h with damping b    z_t = Θ(u_t − θ)
// Nothing keeps b below the divergence boundary: a run may become NaN, and that is a result.
#pragma once

#include "neurons/resonator.h"

namespace resonate {

/// One Euler step of length constants.dt. `current` is [B, H].
NeuronState rf_step(const torch::Tensor& current, const NeuronState& previous, const ResonatorRates& rates,
                    const NeuronConstants& constants);

const NeuronDefinition& rf_neuron();

}  // namespace resonate
