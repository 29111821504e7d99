// engine/neurons/lif.cpp: see lif.h.
#include "neurons/lif.h"

#include "neurons/leaky_integrator.h"
#include "neurons/surrogate.h"

namespace resonate {

NeuronState lif_step(const torch::Tensor& current, const NeuronState& previous, const torch::Tensor& alpha,
                     const NeuronConstants& constants) {
    const torch::Tensor membrane = leak(current, previous.u, alpha);
    NeuronState next;
    next.z = spike(membrane - constants.threshold, constants.surrogate);
    next.u = torch::sub(membrane, next.z, constants.threshold);
    return next;
}

const NeuronDefinition& lif_neuron() {
    static const NeuronDefinition definition{
        .type = NeuronType::lif,
        .parameters = {"tau_mem"},
        .prepare = [](const NeuronParameters& parameters, const NeuronConstants& constants) -> NeuronStep {
            const torch::Tensor alpha = decay_per_step(parameters.at("tau_mem"));
            return [alpha, constants](const torch::Tensor& current, const NeuronState& previous) {
                return lif_step(current, previous, alpha, constants);
            };
        },
        .threshold = [](const NeuronState&, const NeuronState& after,
                        const NeuronConstants& constants) { return torch::full_like(after.u, constants.threshold); },
    };
    return definition;
}

}  // namespace resonate
