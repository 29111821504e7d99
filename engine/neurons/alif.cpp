// engine/neurons/alif.cpp: see alif.h.
#include "neurons/alif.h"

#include "neurons/leaky_integrator.h"
#include "neurons/surrogate.h"

namespace resonate {
namespace {

torch::Tensor alif_threshold(const torch::Tensor& adaptation) {
    return adaptation * alif_adaptation_strength + alif_base_threshold;
}

}  // namespace

NeuronState alif_step(const torch::Tensor& current, const NeuronState& previous, const AlifRates& rates,
                      const NeuronConstants& constants) {
    NeuronState next;
    next.a = leak(previous.z, previous.a, rates.rho);
    const torch::Tensor threshold = alif_threshold(next.a);
    const torch::Tensor membrane = leak(current, previous.u, rates.alpha);
    next.z = spike(membrane - threshold, constants);
    next.u = torch::addcmul(membrane, next.z, threshold, -1);
    return next;
}

const NeuronDefinition& alif_neuron() {
    static const NeuronDefinition definition{
        .type = NeuronType::alif,
        .parameters = {"tau_mem", "tau_adp"},
        .has_a = true,
        .rates = [](const NeuronParameters& parameters, const NeuronConstants& constants) -> NeuronRates {
            return {decay_per_step(parameters.at("tau_mem"), constants.decay),
                    decay_per_step(parameters.at("tau_adp"), constants.decay)};
        },
        .step =
            [](const torch::Tensor& current, const NeuronState& previous, const NeuronRates& rates,
               const NeuronConstants& constants) {
                return alif_step(current, previous, {rates[0], rates[1]}, constants);
            },
        .threshold = [](const NeuronState&, const NeuronState& after,
                        const NeuronConstants&) { return alif_threshold(after.a); },
    };
    return definition;
}

}  // namespace resonate
