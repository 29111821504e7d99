// engine/neurons/neuron.h: what every neuron is: a pure step from (current, state) to the next state.
// B batch, H neurons. Steps are LibTorch operations: they run on any dtype and device and autograd differentiates them.
#pragma once

#include <torch/torch.h>

#include <map>
#include <string>
#include <vector>

#include "resonate/neuron_types.h"

namespace resonate {

/// State of one layer between two steps, each [B, H]; a neuron leaves undefined what it does not have.
struct NeuronState {
    torch::Tensor z;  ///< spike, 0 or 1
    torch::Tensor u;  ///< membrane (real part)
    torch::Tensor v;  ///< membrane, imaginary part (resonators)
    torch::Tensor q;  ///< refractory variable (BRF, HRF)
    torch::Tensor a;  ///< threshold adaptation (ALIF)
};

struct NeuronConstants {
    double dt = 0.01;        ///< integration step δ, model time
    double threshold = 1.0;  ///< θ
    double gamma = 0.9;      ///< refractory decay γ
    Surrogate surrogate = Surrogate::double_gaussian;
    Decay decay = Decay::exponential;
    /// Spikes are the integral of the surrogate instead of 0 and 1: finite differences then agree with the gradient.
    bool smooth_spikes = false;
};

/// Raw trainable parameters by the name they have in a checkpoint, each [H].
using NeuronParameters = std::map<std::string, torch::Tensor>;

/// What is constant over a sequence (|ω̂| and damping, or α and ρ), each [H]; what it holds is the definition's
/// business.
using NeuronRates = std::vector<torch::Tensor>;

/// A neuron model. Adding one: a pair of files with such a definition, and its line in neuron_definition().
struct NeuronDefinition {
    NeuronType type;
    std::vector<std::string> parameters;  ///< names, in the order they are initialised
    bool has_v = false;
    bool has_q = false;
    bool has_a = false;
    /// Computed once per sequence; the raw parameters get their gradients through it.
    NeuronRates (*rates)(const NeuronParameters&, const NeuronConstants&) = nullptr;
    /// One time step; `current` is [B, H].
    NeuronState (*step)(const torch::Tensor& current, const NeuronState& previous, const NeuronRates&,
                        const NeuronConstants&) = nullptr;
    /// Threshold the membrane had to exceed in a step, [B, H] or broadcastable to it.
    torch::Tensor (*threshold)(const NeuronState& before, const NeuronState& after, const NeuronConstants&) = nullptr;
    /// Damping at rest, [H] (BRF: p(ω) − |b̂|, RF: −|b̂|); nullptr for neurons that do not resonate.
    torch::Tensor (*resting_damping)(const NeuronParameters&, const NeuronConstants&) = nullptr;
};

/// NeuronDefinition::threshold of neurons whose threshold is θ, and of those with q: θ + q before the step.
torch::Tensor constant_threshold(const NeuronState& before, const NeuronState& after, const NeuronConstants& constants);
torch::Tensor refractory_threshold(const NeuronState& before, const NeuronState& after,
                                   const NeuronConstants& constants);

const NeuronDefinition& neuron_definition(NeuronType type);

/// All-zero state for a batch.
NeuronState initial_state(const NeuronDefinition& neuron, int64_t batch, int64_t hidden,
                          const torch::TensorOptions& options);

}  // namespace resonate
