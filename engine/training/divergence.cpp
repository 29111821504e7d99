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
    network.forward(batch.input, [&](int64_t t, const NeuronState&, NeuronState& after) {
        if (step >= 0) return;
        const torch::Tensor broken = torch::isfinite(after.u).logical_not().any(/*dim=*/0);
        if (!broken.any().item<bool>()) return;
        step = t;
        neuron = broken.to(torch::kInt64).argmax().item<int64_t>();
    });
    const RecurrentLayer& layer = network.hidden();
    if (step >= 0)
        return "the membrane of " + describe_neuron(layer, neuron) + " is not finite from time step " +
               std::to_string(step) + " on";
    const NeuronParameters parameters = layer.neuron_parameters();
    if (const auto omega = parameters.find("omega"); omega != parameters.end())
        return "its membranes are finite; the highest frequency has " +
               describe_neuron(layer, omega->second.abs().argmax().item<int64_t>());
    return "its membranes are finite";
}

}  // namespace resonate
