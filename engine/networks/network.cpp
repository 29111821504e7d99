// engine/networks/network.cpp: see network.h.
#include "networks/network.h"

#include <ATen/CPUGeneratorImpl.h>

namespace resonate {

Network::Network(const ExperimentConfig& config, int64_t inputs, int64_t classes, std::uint64_t seed) {
    const at::Generator generator = at::detail::createCPUGenerator(seed);
    const NetworkConfig& network = config.network;
    RecurrentLayerOptions options;
    options.recurrent = network.recurrent;
    options.bias = network.hidden_bias;
    options.mask_probability = network.mask_probability;
    options.decay = network.decay;
    options.neuron = config.neuron;
    options.inputs = inputs;
    for (const int size : {network.hidden_size, network.second_hidden_size}) {
        if (size == 0) break;
        options.hidden = size;
        layers_.push_back(register_module(layers_.empty() ? "hidden" : "hidden2",
                                          std::make_shared<RecurrentLayer>(options, generator)));
        options.inputs = size;
    }
    out_ = register_module("out", std::make_shared<ReadOut>(options.inputs, classes, network.output_bias,
                                                            network.output_tau, network.decay, generator));
    const auto named = named_parameters();
    for (const std::string& name : frozen_parameters(config.training))
        if (torch::Tensor const* parameter = named.find(name)) parameter->set_requires_grad(false);
}

NetworkOutput Network::forward(const torch::Tensor& input, const std::optional<NetworkState>& start,
                               const StepHook& hook) {
    NetworkOutput result;
    std::vector<torch::Tensor> spikes;
    torch::Tensor driving = input;
    for (size_t l = 0; l < layers_.size(); ++l) {
        const auto before = start ? std::optional(start->hidden[l]) : std::nullopt;
        LayerOutput layer = layers_[l]->forward(driving, before, hook, static_cast<int64_t>(l));
        driving = layer.spikes;
        spikes.push_back(layer.spikes);
        result.state.hidden.push_back(layer.state);
    }
    result.spikes = spikes.size() == 1 ? spikes.front() : torch::cat(spikes, 2);
    result.outputs = out_->forward(driving, start ? start->output : torch::Tensor());
    result.state.output = result.outputs[-1];
    return result;
}

bool Network::can_fuse() const {
    for (const auto& layer : layers_)
        if (!has_fused_kernel(layer->neuron().type) || layer->constants().smooth_spikes) return false;
    const torch::Tensor any = layers_.front()->parameters().front();
    return any.scalar_type() == torch::kFloat32 && any.device().is_cpu();
}

FusedResult Network::forward_fused(const FusedInput& input, const FusedTask& task,
                                   const std::optional<NetworkState>& start) {
    FusedNetwork network;
    for (size_t l = 0; l < layers_.size(); ++l) {
        const RecurrentLayer& layer = *layers_[l];
        network.layers.push_back({.neuron = layer.neuron().type,
                                  .constants = layer.constants(),
                                  .inputs = layer.options().inputs,
                                  .weight = layer.weight(),
                                  .bias = layer.bias(),
                                  .rates = layer.rates(),
                                  .start = start ? start->hidden[l] : NeuronState()});
    }
    network.out_weight = out_->weight();
    network.out_bias = out_->bias();
    network.out_alpha = out_->alpha();
    if (start) network.out_start = start->output;
    return run_fused(input, network, task);
}

NetworkTrace Network::trace(const torch::Tensor& input, bool allow_fused) {
    const torch::NoGradGuard no_grad;
    if (allow_fused && can_fuse()) {
        FusedTask task;
        task.want_outputs = true;
        task.want_traces = true;
        FusedResult result = forward_fused(input, task);
        return {result.outputs, std::move(result.traces)};
    }
    NetworkTrace trace;
    std::vector<std::vector<NeuronState>> steps(layers_.size());
    trace.outputs = forward(input, std::nullopt, [&](int64_t layer, int64_t, const NeuronState&, NeuronState& after) {
                        steps[static_cast<size_t>(layer)].push_back(after);
                    }).outputs;
    for (const std::vector<NeuronState>& of_layer : steps) {
        const auto stacked = [&](torch::Tensor NeuronState::*variable) {
            if (!(of_layer.front().*variable).defined()) return torch::Tensor();
            std::vector<torch::Tensor> values;
            for (const NeuronState& state : of_layer) values.push_back(state.*variable);
            return torch::stack(values);
        };
        trace.hidden.push_back({stacked(&NeuronState::z), stacked(&NeuronState::u), stacked(&NeuronState::v),
                                stacked(&NeuronState::q), stacked(&NeuronState::a)});
    }
    return trace;
}

int64_t Network::parameter_count() const {
    int64_t count = 0;
    for (const torch::Tensor& parameter : parameters()) count += parameter.numel();
    return count;
}

void Network::set_smooth_spikes(bool smooth) {
    for (const auto& layer : layers_) layer->set_smooth_spikes(smooth);
}

}  // namespace resonate
