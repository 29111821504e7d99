// engine/neurons/rf.cpp: see rf.h.
#include "neurons/rf.h"

#include "neurons/surrogate.h"

namespace resonate {

NeuronState rf_step(const torch::Tensor& current, const NeuronState& previous, const ResonatorRates& rates,
                    const NeuronConstants& constants) {
    const auto [u, v] = oscillate(current, previous.u, previous.v, rates.damping, rates.omega, constants);
    NeuronState next;
    next.u = u;
    next.v = v;
    next.z = spike(u - constants.threshold, constants);
    return next;
}

const NeuronDefinition& rf_neuron() {
    static const NeuronDefinition definition =
        plain_resonator(NeuronType::rf, [](const torch::Tensor& current, const NeuronState& previous,
                                           const NeuronRates& rates, const NeuronConstants& constants) {
            return rf_step(current, previous, {rates[0], rates[1]}, constants);
        });
    return definition;
}

}  // namespace resonate
