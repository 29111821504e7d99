// engine/neurons/lif.cpp: see lif.h.
#include "neurons/lif.h"

#include "neurons/leaky_integrator.h"
#include "neurons/surrogate.h"

namespace resonate {

NeuronState lif_step(const torch::Tensor& current, const NeuronState& previous, const torch::Tensor& alpha,
                     const NeuronConstants& constants) {
    const torch::Tensor membrane = leak(current, previous.u, alpha);
    NeuronState next;
    next.z = spike(membrane - constants.threshold, constants);
    next.u = torch::sub(membrane, next.z, constants.threshold);
    return next;
}

const NeuronDefinition& lif_neuron() {
    static const NeuronDefinition definition{
        .type = NeuronType::lif,
        .parameters = {"tau_mem"},
        .rates = [](const NeuronParameters& parameters, const NeuronConstants& constants) -> NeuronRates {
            return {decay_per_step(parameters.at("tau_mem"), constants.decay)};
        },
        .step = [](const torch::Tensor& current, const NeuronState& previous, const NeuronRates& rates,
                   const NeuronConstants& constants) { return lif_step(current, previous, rates[0], constants); },
        .threshold = constant_threshold,
    };
    return definition;
}

}  // namespace resonate
