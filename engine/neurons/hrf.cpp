// engine/neurons/hrf.cpp: see hrf.h.
#include "neurons/hrf.h"

#include "neurons/surrogate.h"

namespace resonate {
namespace {

NeuronRates hrf_rates(const NeuronParameters& parameters, const NeuronConstants&) {
    const torch::Tensor omega = parameters.at("omega").abs();
    return {omega, omega.square() * hrf_damping_share + parameters.at("b_offset").abs()};
}

}  // namespace

NeuronState hrf_step(const torch::Tensor& current, const NeuronState& previous, const ResonatorRates& rates,
                     const NeuronConstants& constants) {
    const torch::Tensor& u = previous.u;
    const torch::Tensor& q = previous.q;
    const double dt = constants.dt;
    NeuronState next;
    next.v = torch::add(previous.v, u, dt);
    const torch::Tensor force = torch::addcmul(current, rates.omega.square(), next.v, -1);
    next.u = torch::add(u, torch::addcmul(force, rates.damping + q, u, -2), dt);
    next.z = spike(next.u - q - constants.threshold, constants);
    next.q = torch::add(next.z, q, constants.gamma);
    return next;
}

const NeuronDefinition& hrf_neuron() {
    static const NeuronDefinition definition{
        .type = NeuronType::hrf,
        .parameters = {"omega", "b_offset"},
        .has_v = true,
        .has_q = true,
        .rates = hrf_rates,
        .step =
            [](const torch::Tensor& current, const NeuronState& previous, const NeuronRates& rates,
               const NeuronConstants& constants) {
                return hrf_step(current, previous, {rates[0], rates[1]}, constants);
            },
        .threshold = refractory_threshold,
        // A positive b damps here; elsewhere a negative one does.
        .resting_damping = [](const NeuronParameters& parameters,
                              const NeuronConstants& constants) { return -hrf_rates(parameters, constants)[1]; },
    };
    return definition;
}

}  // namespace resonate
