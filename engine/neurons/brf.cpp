// engine/neurons/brf.cpp: see brf.h.
#include "neurons/brf.h"

#include "neurons/surrogate.h"

namespace resonate {

ResonatorRates brf_rates(const BrfParameters& parameters, const NeuronConstants& constants) {
    const torch::Tensor omega = parameters.omega.abs();
    return {omega, divergence_boundary(omega, constants.dt) - parameters.b_offset.abs()};
}

NeuronState brf_step(const torch::Tensor& current, const NeuronState& previous, const ResonatorRates& rates,
                     const NeuronConstants& constants) {
    const torch::Tensor& q = previous.q;
    const auto [u, v] = oscillate(current, previous.u, previous.v, rates.damping - q, rates.omega, constants);
    NeuronState next;
    next.u = u;
    next.v = v;
    next.z = spike(u - q - constants.threshold, constants);
    next.q = torch::add(next.z, q, constants.gamma);
    return next;
}

const NeuronDefinition& brf_neuron() {
    static const NeuronDefinition definition{
        .type = NeuronType::brf,
        .parameters = {"omega", "b_offset"},
        .has_v = true,
        .has_q = true,
        .rates = [](const NeuronParameters& parameters, const NeuronConstants& constants) -> NeuronRates {
            const auto [omega, damping] = brf_rates({parameters.at("omega"), parameters.at("b_offset")}, constants);
            return {omega, damping};
        },
        .step =
            [](const torch::Tensor& current, const NeuronState& previous, const NeuronRates& rates,
               const NeuronConstants& constants) {
                return brf_step(current, previous, {rates[0], rates[1]}, constants);
            },
        .threshold = refractory_threshold,
        .resting_damping =
            [](const NeuronParameters& parameters, const NeuronConstants& constants) {
                return brf_rates({parameters.at("omega"), parameters.at("b_offset")}, constants).damping;
            },
    };
    return definition;
}

}  // namespace resonate
