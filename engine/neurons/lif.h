// engine/neurons/lif.h: leaky integrate-and-fire neuron with soft reset.
//   α: decay_per_step() of τ̂_m    û_t = α u_{t−1} + (1−α) I_t    z_t = Θ(û_t − θ)    u_t = û_t − z_t θ
#pragma once

#include "neurons/neuron.h"

namespace resonate {

/// One step. `current` is [B, H], `alpha` [H].
NeuronState lif_step(const torch::Tensor& current, const NeuronState& previous, const torch::Tensor& alpha,
                     const NeuronConstants& constants);

const NeuronDefinition& lif_neuron();

}  // namespace resonate
