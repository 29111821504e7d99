// engine/neurons/rf.cpp: see rf.h.
#include "neurons/rf.h"

#include "neurons/surrogate.h"

namespace resonate {

NeuronState rf_step(const torch::Tensor& current, const NeuronState& previous, const RfRates& rates,
                    const NeuronConstants& constants) {
    const torch::Tensor& u = previous.u;
    const torch::Tensor& v = previous.v;
    NeuronState next;
    next.u = torch::add(u, torch::addcmul(torch::addcmul(current, rates.damping, u), rates.omega, v, -1), constants.dt);
    next.v = torch::add(v, torch::addcmul(rates.omega * u, rates.damping, v), constants.dt);
    next.z = spike(next.u - constants.threshold, constants.surrogate);
    return next;
}

const NeuronDefinition& rf_neuron() {
    static const NeuronDefinition definition{
        .type = NeuronType::rf,
        .parameters = {"omega", "b_offset"},
        .has_v = true,
        .prepare = [](const NeuronParameters& parameters, const NeuronConstants& constants) -> NeuronStep {
            const RfRates rates{parameters.at("omega").abs(), -parameters.at("b_offset").abs()};
            return [rates, constants](const torch::Tensor& current, const NeuronState& previous) {
                return rf_step(current, previous, rates, constants);
            };
        },
        .threshold = [](const NeuronState&, const NeuronState& after,
                        const NeuronConstants& constants) { return torch::full_like(after.u, constants.threshold); },
        .resting_damping = [](const NeuronParameters& parameters,
                              const NeuronConstants&) { return -parameters.at("b_offset").abs(); },
    };
    return definition;
}

}  // namespace resonate
