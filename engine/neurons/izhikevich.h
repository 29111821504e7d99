// engine/neurons/izhikevich.h: resonate-and-fire neuron with a hard reset (Izhikevich 2001).
//   w = u + iv    w ← w + δ ((b + iω) w + I)    z = Θ(Im w − θ)    on a spike w ← i    b = −|b̂|
// It fires on v, not on u; gradients flow through z of the reset.
#pragma once

#include "neurons/resonator.h"

namespace resonate {

/// One Euler step of length constants.dt and the reset. `current` is [B, H].
NeuronState izhikevich_step(const torch::Tensor& current, const NeuronState& previous, const ResonatorRates& rates,
                            const NeuronConstants& constants);

const NeuronDefinition& izhikevich_neuron();

}  // namespace resonate
