// engine/networks/read_out.cpp: see read_out.h.
#include "networks/read_out.h"

#include "networks/recurrent_layer.h"
#include "neurons/leaky_integrator.h"

namespace resonate {

ReadOut::ReadOut(int64_t hidden, int64_t classes, bool bias, const NormalRange& tau, Decay decay,
                 at::Generator generator)
    : decay_(decay) {
    linear_ = register_module("linear", torch::nn::Linear(torch::nn::LinearOptions(hidden, classes).bias(bias)));
    xavier_uniform(linear_->weight, generator);
    if (bias) torch::nn::init::zeros_(linear_->bias);
    tau_mem_ = register_parameter("tau_mem", torch::empty({classes}).normal_(tau.mean, tau.std, generator));
}

torch::Tensor ReadOut::alpha() const { return decay_per_step(tau_mem_, decay_); }

torch::Tensor ReadOut::forward(const torch::Tensor& spikes, const torch::Tensor& start) {
    const std::vector<torch::Tensor> currents = linear_->forward(spikes).unbind(0);
    const torch::Tensor decay = alpha();
    torch::Tensor potential = start.defined() ? start : torch::zeros_like(currents.front());
    std::vector<torch::Tensor> potentials;
    potentials.reserve(currents.size());
    for (const torch::Tensor& current : currents) {
        potential = leak(current, potential, decay);
        potentials.push_back(potential);
    }
    return torch::stack(potentials);
}

}  // namespace resonate
