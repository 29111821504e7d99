// engine/neurons/neuron.cpp: the neurons there are.
#include "neurons/neuron.h"

#include "neurons/alif.h"
#include "neurons/brf.h"
#include "neurons/hrf.h"
#include "neurons/izhikevich.h"
#include "neurons/lif.h"
#include "neurons/rf.h"

namespace resonate {

torch::Tensor constant_threshold(const NeuronState&, const NeuronState& after, const NeuronConstants& constants) {
    return torch::full_like(after.u, constants.threshold);
}

torch::Tensor refractory_threshold(const NeuronState& before, const NeuronState&, const NeuronConstants& constants) {
    return before.q + constants.threshold;
}

const NeuronDefinition& neuron_definition(NeuronType type) {
    switch (type) {
        case NeuronType::brf: return brf_neuron();
        case NeuronType::rf: return rf_neuron();
        case NeuronType::alif: return alif_neuron();
        case NeuronType::lif: return lif_neuron();
        case NeuronType::hrf: return hrf_neuron();
        case NeuronType::izhikevich: return izhikevich_neuron();
    }
    TORCH_CHECK(false, "neuron type without a definition");
}

NeuronState initial_state(const NeuronDefinition& neuron, int64_t batch, int64_t hidden,
                          const torch::TensorOptions& options) {
    const torch::Tensor zero = torch::zeros({batch, hidden}, options);
    NeuronState state;
    state.z = zero;
    state.u = zero;
    if (neuron.has_v) state.v = zero;
    if (neuron.has_q) state.q = zero;
    if (neuron.has_a) state.a = zero;
    return state;
}

}  // namespace resonate
