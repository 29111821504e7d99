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
    static const NeuronDefinition definition{
        .type = NeuronType::rf,
        .parameters = {"omega", "b_offset"},
        .has_v = true,
        .rates = plain_resonator_rates,
        .step =
            [](const torch::Tensor& current, const NeuronState& previous, const NeuronRates& rates,
               const NeuronConstants& constants) {
                return rf_step(current, previous, {rates[0], rates[1]}, constants);
            },
        .threshold = [](const NeuronState&, const NeuronState& after,
                        const NeuronConstants& constants) { return torch::full_like(after.u, constants.threshold); },
        .resting_damping =
            [](const NeuronParameters& parameters, const NeuronConstants& constants) {
                return plain_resonator_rates(parameters, constants)[1];
            },
    };
    return definition;
}

}  // namespace resonate
