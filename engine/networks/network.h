// engine/networks/network.h: one recurrent hidden layer and a leaky-integrator read-out.
#pragma once

#include <memory>

#include "networks/read_out.h"
#include "networks/recurrent_layer.h"

namespace resonate {

struct NetworkOutput {
    torch::Tensor outputs;  ///< [T, B, C] read-out potentials
    torch::Tensor spikes;   ///< [T, B, H]
};

/// Modules "hidden" and "out", so that the state dictionary has the published names.
class Network : public torch::nn::Module {
 public:
    /// `seed` decides every initial parameter.
    Network(const ExperimentConfig& config, int64_t inputs, int64_t classes, std::uint64_t seed);

    /// `input` is [T, B, I].
    NetworkOutput forward(const torch::Tensor& input, const StepHook& hook = nullptr);

    RecurrentLayer& hidden() { return *hidden_; }
    int64_t parameter_count() const;
    torch::Dtype dtype() const { return parameters().front().scalar_type(); }

 private:
    std::shared_ptr<RecurrentLayer> hidden_;
    std::shared_ptr<ReadOut> out_;
};

}  // namespace resonate
