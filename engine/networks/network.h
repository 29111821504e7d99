// engine/networks/network.h: one or two hidden layers and a leaky-integrator read-out.
// T time steps, B batch, I inputs, H hidden neurons, C classes.
#pragma once

#include <memory>
#include <optional>

#include "kernels/fused_network.h"
#include "networks/read_out.h"
#include "networks/recurrent_layer.h"

namespace resonate {

/// Between two steps.
struct NetworkState {
    std::vector<NeuronState> hidden;  ///< per layer
    torch::Tensor output;             ///< [B, C]
};

struct NetworkOutput {
    torch::Tensor outputs;  ///< [T, B, C] read-out potentials
    torch::Tensor spikes;   ///< [T, B, H], the neurons of a second layer after those of the first
    NetworkState state;     ///< after the last step
};

/// Every step of a pass without gradient.
struct NetworkTrace {
    torch::Tensor outputs;            ///< [T, B, C]
    std::vector<NeuronState> hidden;  ///< per layer, [T, B, H] each
};

/// Modules "hidden" (and "hidden2") and "out", so that the state dictionary has the published names.
class Network : public torch::nn::Module {
 public:
    /// `seed` decides every initial parameter.
    Network(const ExperimentConfig& config, int64_t inputs, int64_t classes, std::uint64_t seed);

    /// The step loop: the definition. `input` is [T, B, I]; from `start` or from state zero.
    NetworkOutput forward(const torch::Tensor& input, const std::optional<NetworkState>& start = std::nullopt,
                          const StepHook& hook = nullptr);

    /// Can the fused kernels compute this network? They do float32 on the CPU, for all neurons but Izhikevich's.
    bool can_fuse() const;
    /// The same network through the fused kernels, with its loss. Only where can_fuse().
    FusedResult forward_fused(const FusedInput& input, const FusedTask& task,
                              const std::optional<NetworkState>& start = std::nullopt);

    /// A pass without gradient that records every step, by the kernels where they can.
    NetworkTrace trace(const torch::Tensor& input, bool allow_fused = true);

    RecurrentLayer& hidden() { return *layers_.front(); }
    const std::vector<std::shared_ptr<RecurrentLayer>>& layers() const { return layers_; }
    int64_t parameter_count() const;
    torch::Dtype dtype() const { return parameters().front().scalar_type(); }
    /// For finite differences: see NeuronConstants.
    void set_smooth_spikes(bool smooth);

 private:
    std::vector<std::shared_ptr<RecurrentLayer>> layers_;
    std::shared_ptr<ReadOut> out_;
};

}  // namespace resonate
