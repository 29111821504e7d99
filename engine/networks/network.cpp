// engine/networks/network.cpp: see network.h.
#include "networks/network.h"

#include <ATen/CPUGeneratorImpl.h>

namespace resonate {

Network::Network(const ExperimentConfig& config, int64_t inputs, int64_t classes, std::uint64_t seed) {
    const at::Generator generator = at::detail::createCPUGenerator(seed);
    hidden_ = register_module("hidden",
                              std::make_shared<RecurrentLayer>(
                                  RecurrentLayerOptions{inputs, config.network.hidden_size, config.network.recurrent,
                                                        config.network.hidden_bias, config.neuron},
                                  generator));
    out_ = register_module("out",
                           std::make_shared<ReadOut>(config.network.hidden_size, classes, config.network.output_bias,
                                                     config.network.output_tau, generator));
}

NetworkOutput Network::forward(const torch::Tensor& input, const StepHook& hook) {
    const torch::Tensor spikes = hidden_->forward(input, hook).spikes;
    return {out_->forward(spikes), spikes};
}

int64_t Network::parameter_count() const {
    int64_t count = 0;
    for (const torch::Tensor& parameter : parameters()) count += parameter.numel();
    return count;
}

}  // namespace resonate
