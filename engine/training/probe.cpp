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

}  // namespace

ProbeFrame run_probe(Network& network, const SequenceSet& set, int64_t index) {
    const torch::NoGradGuard no_grad;
    const std::vector<int64_t> indices{index};
    const Batch batch = make_batch(set, indices, network.dtype());
    RecurrentLayer& layer = network.hidden();

    std::vector<torch::Tensor> u, v, thresholds;
    const NetworkOutput output =
        network.forward(batch.input, [&](int64_t, const NeuronState& before, NeuronState& after) {
            u.push_back(after.u);
            if (after.v.defined()) v.push_back(after.v);
            thresholds.push_back(layer.neuron().threshold(before, after, layer.constants()));
        });

    ProbeFrame frame;
    frame.steps = static_cast<int>(output.spikes.size(0));
    frame.inputs = static_cast<int>(batch.input.size(2));
    frame.neurons = static_cast<int>(output.spikes.size(2));
    frame.classes = static_cast<int>(output.outputs.size(2));
    frame.sample = static_cast<int>(index);
    frame.neuron = layer.neuron().type;
    frame.input = to_vector<float>(batch.input);
    frame.labels = to_vector<std::int32_t>(batch.labels);
    frame.u = to_vector<float>(torch::stack(u));
    if (!v.empty()) frame.v = to_vector<float>(torch::stack(v));
    frame.threshold = to_vector<float>(torch::stack(thresholds));
    frame.spikes = to_vector<std::uint8_t>(output.spikes);
    frame.probabilities = to_vector<float>(torch::softmax(output.outputs, -1));
    if (layer.neuron().resting_damping != nullptr) {
        const NeuronParameters parameters = layer.neuron_parameters();
        frame.omega = to_vector<float>(parameters.at("omega").abs());
        frame.b = to_vector<float>(layer.neuron().resting_damping(parameters, layer.constants()));
    }
    return frame;
}

}  // namespace resonate
