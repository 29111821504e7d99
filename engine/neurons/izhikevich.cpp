// engine/neurons/izhikevich.cpp: see izhikevich.h.
#include "neurons/izhikevich.h"

#include "neurons/surrogate.h"

namespace resonate {

NeuronState izhikevich_step(const torch::Tensor& current, const NeuronState& previous, const ResonatorRates& rates,
                            const NeuronConstants& constants) {
    const auto [u, v] = oscillate(current, previous.u, previous.v, rates.damping, rates.omega, constants);
    NeuronState next;
    next.z = spike(v - constants.threshold, constants);
    next.u = torch::addcmul(u, u, next.z, -1);
    next.v = torch::addcmul(v, 1 - v, next.z);
    return next;
}

const NeuronDefinition& izhikevich_neuron() {
    static const NeuronDefinition definition =
        plain_resonator(NeuronType::izhikevich, [](const torch::Tensor& current, const NeuronState& previous,
                                                   const NeuronRates& rates, const NeuronConstants& constants) {
            return izhikevich_step(current, previous, {rates[0], rates[1]}, constants);
        });
    return definition;
}

}  // namespace resonate
