// engine/neurons/resonator.cpp: see resonator.h.
#include "neurons/resonator.h"

namespace resonate {

torch::Tensor divergence_boundary(const torch::Tensor& omega, double dt) {
    return (torch::sqrt(1 - torch::square(omega * dt)) - 1) / dt;
}

Oscillation oscillate(const torch::Tensor& current, const torch::Tensor& u, const torch::Tensor& v,
                      const torch::Tensor& b, const torch::Tensor& omega, const NeuronConstants& constants) {
    if (constants.decay == Decay::linear)
        return {torch::add(u, torch::addcmul(current - b, omega, v, -1), constants.dt),
                torch::add(v, omega * u - b, constants.dt)};
    return {torch::add(u, torch::addcmul(torch::addcmul(current, b, u), omega, v, -1), constants.dt),
            torch::add(v, torch::addcmul(omega * u, b, v), constants.dt)};
}

NeuronRates plain_resonator_rates(const NeuronParameters& parameters, const NeuronConstants&) {
    return {parameters.at("omega").abs(), -parameters.at("b_offset").abs()};
}

NeuronDefinition plain_resonator(NeuronType type, decltype(NeuronDefinition::step) step) {
    return {
        .type = type,
        .parameters = {"omega", "b_offset"},
        .has_v = true,
        .rates = plain_resonator_rates,
        .step = step,
        .threshold = constant_threshold,
        .resting_damping =
            [](const NeuronParameters& parameters, const NeuronConstants& constants) {
                return plain_resonator_rates(parameters, constants)[1];
            },
    };
}

}  // namespace resonate
