// engine/training/probe.cpp: see probe.h.
#include "training/probe.h"

#include "training/batches.h"

namespace resonate {
namespace {

template <class Value>
std::vector<Value> to_vector(const torch::Tensor& tensor) {
    const torch::Tensor flat = tensor.to(torch::kCPU, torch::CppTypeToScalarType<Value>()).contiguous();
    const Value* begin = flat.data_ptr<Value>();
    return {begin, begin + flat.numel()};
}

/// The state before each step of a trace: zero, then the trace without its last step.
NeuronState one_step_earlier(const NeuronState& trace) {
    const auto shifted = [](const torch::Tensor& values) {
        if (!values.defined()) return values;
        return torch::cat({torch::zeros_like(values.narrow(0, 0, 1)), values.narrow(0, 0, values.size(0) - 1)});
    };
    return {shifted(trace.z), shifted(trace.u), shifted(trace.v), shifted(trace.q), shifted(trace.a)};
}

}  // namespace

ProbeFrame run_probe(Network& network, const SequenceSet& set, int64_t index, bool standardise) {
    const torch::NoGradGuard no_grad;
    const std::vector<int64_t> indices{index};
    const Batch batch = make_batch(set, indices, {.dtype = network.dtype(), .standardise = standardise});
    const NetworkTrace trace = network.trace(batch.input);

    ProbeFrame frame;
    frame.steps = static_cast<int>(trace.outputs.size(0));
    frame.inputs = static_cast<int>(batch.input.size(2));
    frame.classes = static_cast<int>(trace.outputs.size(2));
    frame.sample = static_cast<int>(index);
    frame.neuron = network.hidden().neuron().type;
    frame.input = to_vector<float>(batch.input);
    frame.labels = to_vector<std::int32_t>(batch.labels);
    frame.probabilities = to_vector<float>(torch::softmax(trace.outputs, -1));

    // Neurons of a second layer follow those of the first.
    std::vector<torch::Tensor> u, v, thresholds, spikes, omega, damping;
    for (size_t l = 0; l < trace.hidden.size(); ++l) {
        const RecurrentLayer& layer = *network.layers()[l];
        const NeuronState& states = trace.hidden[l];
        u.push_back(states.u);
        if (states.v.defined()) v.push_back(states.v);
        spikes.push_back(states.z);
        thresholds.push_back(
            layer.neuron().threshold(one_step_earlier(states), states, layer.constants()).expand_as(states.u));
        if (layer.neuron().resting_damping == nullptr) continue;
        const NeuronParameters parameters = layer.neuron_parameters();
        omega.push_back(parameters.at("omega").abs());
        damping.push_back(layer.neuron().resting_damping(parameters, layer.constants()));
    }
    frame.u = to_vector<float>(torch::cat(u, 2));
    frame.neurons = static_cast<int>(frame.u.size() / static_cast<size_t>(frame.steps));
    if (!v.empty()) frame.v = to_vector<float>(torch::cat(v, 2));
    frame.threshold = to_vector<float>(torch::cat(thresholds, 2));
    frame.spikes = to_vector<std::uint8_t>(torch::cat(spikes, 2));
    if (!omega.empty()) {
        frame.omega = to_vector<float>(torch::cat(omega));
        frame.b = to_vector<float>(torch::cat(damping));
    }
    return frame;
}

}  // namespace resonate
