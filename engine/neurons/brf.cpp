// engine/neurons/brf.cpp: see brf.h.
#include "neurons/brf.h"

#include "neurons/surrogate.h"

namespace resonate {

torch::Tensor divergence_boundary(const torch::Tensor& omega, double dt) {
    return (torch::sqrt(1 - torch::square(omega * dt)) - 1) / dt;
}

BrfRates brf_rates(const BrfParameters& parameters, const NeuronConstants& constants) {
    const torch::Tensor omega = parameters.omega.abs();
    return {omega, divergence_boundary(omega, constants.dt) - parameters.b_offset.abs()};
}

NeuronState brf_step(const torch::Tensor& current, const NeuronState& previous, const BrfRates& rates,
                     const NeuronConstants& constants) {
    const auto& [z, u, v, q, a] = previous;
    const torch::Tensor b = rates.damping - q;
    NeuronState next;
    next.u = torch::add(u, torch::addcmul(torch::addcmul(current, b, u), rates.omega, v, -1), constants.dt);
    next.v = torch::add(v, torch::addcmul(rates.omega * u, b, v), constants.dt);
    next.z = spike(next.u - q - constants.threshold, constants.surrogate);
    next.q = torch::add(next.z, q, constants.gamma);
    return next;
}

const NeuronDefinition& brf_neuron() {
    static const NeuronDefinition definition{
        .type = NeuronType::brf,
        .parameters = {"omega", "b_offset"},
        .has_v = true,
        .has_q = true,
        .prepare = [](const NeuronParameters& parameters, const NeuronConstants& constants) -> NeuronStep {
            const BrfRates rates = brf_rates({parameters.at("omega"), parameters.at("b_offset")}, constants);
            return [rates, constants](const torch::Tensor& current, const NeuronState& previous) {
                return brf_step(current, previous, rates, constants);
            };
        },
        .threshold = [](const NeuronState& before, const NeuronState&,
                        const NeuronConstants& constants) { return before.q + constants.threshold; },
        .resting_damping =
            [](const NeuronParameters& parameters, const NeuronConstants& constants) {
                return brf_rates({parameters.at("omega"), parameters.at("b_offset")}, constants).damping;
            },
    };
    return definition;
}

}  // namespace resonate
