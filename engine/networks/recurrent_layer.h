// engine/networks/recurrent_layer.h: a hidden layer of one neuron type:  I_t = W [x_t ; z_{t−1}] + bias.
// T time steps, B batch, I inputs, H neurons.
#pragma once

#include <torch/torch.h>

#include <functional>

#include "neurons/neuron.h"
#include "resonate/experiment_config.h"

namespace resonate {

struct RecurrentLayerOptions {
    int64_t inputs = 0;     ///< I
    int64_t hidden = 0;     ///< H
    bool recurrent = true;  ///< W is [H, I+H], else [H, I]
    bool bias = false;
    double mask_probability = 0;  ///< of a recurrent weight to be cut
    Decay decay = Decay::exponential;
    NeuronConfig neuron;  ///< type, constants, initial parameter ranges
};

/// Looks at, or changes, a step of a layer: recording, spike deletion, noise. The loop path runs where one is set.
/// `layer` counts from 0 at the input.
using StepHook = std::function<void(int64_t layer, int64_t t, const NeuronState& before, NeuronState& after)>;

struct LayerOutput {
    torch::Tensor spikes;  ///< [T, B, H]
    NeuronState state;     ///< after the last step
};

/// Parameters as in published checkpoints: linear.weight [H, I+H], linear.bias [H], and the neuron's own [H]; buffer
/// linear.mask [H, I+H], 0 or 1, where weights are cut.
class RecurrentLayer : public torch::nn::Module {
 public:
    /// Draws Xavier-uniform weights over the whole matrix and the neuron's parameters from `generator`.
    RecurrentLayer(const RecurrentLayerOptions& options, at::Generator generator);

    /// Whole sequence, step by step, from `start` or from state zero. `input` is [T, B, I] of the parameters' dtype.
    LayerOutput forward(const torch::Tensor& input, const std::optional<NeuronState>& start = std::nullopt,
                        const StepHook& hook = nullptr, int64_t layer = 0);

    const RecurrentLayerOptions& options() const { return options_; }
    const NeuronDefinition& neuron() const { return *neuron_; }
    const NeuronConstants& constants() const { return constants_; }
    NeuronParameters neuron_parameters() const;
    NeuronRates rates() const { return neuron_->rates(neuron_parameters(), constants_); }
    /// [H, I+H] as used: what is cut is zero.
    torch::Tensor weight() const;
    torch::Tensor bias() const { return linear_->bias; }
    /// Cuts weights as `mask` [H, I+H] says (0 or 1); replaces an earlier mask.
    void set_mask(const torch::Tensor& mask);
    void set_smooth_spikes(bool smooth) { constants_.smooth_spikes = smooth; }

 private:
    RecurrentLayerOptions options_;
    const NeuronDefinition* neuron_;
    NeuronConstants constants_;
    torch::nn::Linear linear_{nullptr};
    torch::Tensor mask_;  ///< undefined where nothing is cut
};

/// Fills `weight` [out, in] uniformly in ±√(6 / (in + out)).
void xavier_uniform(torch::Tensor weight, at::Generator generator);

}  // namespace resonate
