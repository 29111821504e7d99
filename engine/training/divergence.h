// engine/training/divergence.h: says which neuron made a training diverge, and when.
#pragma once

#include <string>

#include "networks/network.h"
#include "training/batches.h"

namespace resonate {

/// One sentence part naming the first neuron whose membrane is not finite on `batch` (time step, neuron, ω where it
/// has one), or, where the forward pass is finite, the neuron with the largest ω. Costs one forward pass.
std::string describe_divergence(Network& network, const Batch& batch);

/// What is about to go wrong: a BRF neuron with δω >= 1, whose divergence boundary is not real. Empty where none has.
std::string boundary_crossing(const Network& network);

/// Brings |ω̂| of BRF neurons below the boundary: δω <= 0.999.
void clamp_omega(Network& network);

}  // namespace resonate
