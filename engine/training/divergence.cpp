// engine/training/divergence.cpp: see divergence.h.
#include "training/divergence.h"

#include <sstream>

namespace resonate {
namespace {

/// "neuron 7 (ω = 101.3, δω = 1.013)"; without ω for neurons that do not resonate.
std::string describe_neuron(const RecurrentLayer& layer, int64_t neuron) {
    std::ostringstream text;
    text << "neuron " << neuron;
    const NeuronParameters parameters = layer.neuron_parameters();
    if (const auto omega = parameters.find("omega"); omega != parameters.end()) {
        const double value = std::abs(omega->second[neuron].item<double>());
        const double step = value * layer.constants().dt;
        text << " (ω = " << value << ", δω = " << step;
        if (step >= 1) text << "; from δω = 1 on the divergence boundary is not real";
        text << ")";
    }
    return text.str();
}

}  // namespace

std::string describe_divergence(Network& network, const Batch& batch) {
    const torch::NoGradGuard no_grad;
    int64_t step = -1;
    int64_t neuron = -1;
    const RecurrentLayer* broken_layer = nullptr;
    network.forward(batch.dense(network.dtype()), std::nullopt,
                    [&](int64_t l, int64_t t, const NeuronState&, NeuronState& after) {
                        if (step >= 0) return;
                        const torch::Tensor broken = torch::isfinite(after.u).logical_not().any(/*dim=*/0);
                        if (!broken.any().item<bool>()) return;
                        step = t;
                        neuron = broken.to(torch::kInt64).argmax().item<int64_t>();
                        broken_layer = network.layers()[static_cast<size_t>(l)].get();
                    });
    if (broken_layer != nullptr)
        return "the membrane of " + describe_neuron(*broken_layer, neuron) + " is not finite from time step " +
               std::to_string(step) + " on";
    const RecurrentLayer& layer = network.hidden();
    const NeuronParameters parameters = layer.neuron_parameters();
    if (const auto omega = parameters.find("omega"); omega != parameters.end())
        return "its membranes are finite; the highest frequency has " +
               describe_neuron(layer, omega->second.abs().argmax().item<int64_t>());
    return "its membranes are finite";
}

std::string boundary_crossing(const Network& network) {
    const torch::NoGradGuard no_grad;
    for (const auto& layer : network.layers()) {
        if (layer->neuron().type != NeuronType::brf) continue;
        const torch::Tensor omega = layer->neuron_parameters().at("omega").abs();
        if (omega.max().item<double>() * layer->constants().dt < 1) continue;
        return describe_neuron(*layer, omega.argmax().item<int64_t>());
    }
    return {};
}

void clamp_omega(Network& network) {
    constexpr double closest = 0.999;
    const torch::NoGradGuard no_grad;
    for (const auto& layer : network.layers()) {
        if (layer->neuron().type != NeuronType::brf) continue;
        const double limit = closest / layer->constants().dt;
        layer->neuron_parameters().at("omega").clamp_(-limit, limit);
    }
}

}  // namespace resonate
