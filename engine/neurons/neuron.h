// engine/neurons/neuron.h: what every neuron is: a pure step from (current, state) to the next state.
// B batch, H neurons. Steps are LibTorch operations: they run on any dtype and device and autograd differentiates them.
#pragma once

#include <torch/torch.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "resonate/experiment_config.h"

namespace resonate {

/// State of one layer between two steps, each [B, H]; a neuron leaves undefined what it does not have.
struct NeuronState {
    torch::Tensor z;  ///< spike, 0 or 1
    torch::Tensor u;  ///< membrane (real part)
    torch::Tensor v;  ///< membrane, imaginary part (BRF, RF)
    torch::Tensor q;  ///< refractory variable (BRF)
    torch::Tensor a;  ///< threshold adaptation (ALIF)
};

struct NeuronConstants {
    double dt = 0.01;        ///< integration step δ, model time
    double threshold = 1.0;  ///< θ
    double gamma = 0.9;      ///< refractory decay γ
    Surrogate surrogate = Surrogate::double_gaussian;
};

/// Raw trainable parameters by the name they have in a checkpoint, each [H].
using NeuronParameters = std::map<std::string, torch::Tensor>;

/// One time step; `current` is [B, H].
using NeuronStep = std::function<NeuronState(const torch::Tensor& current, const NeuronState& previous)>;

/// A neuron model. Adding one: a pair of files with such a definition, and its line in neuron_definition().
struct NeuronDefinition {
    NeuronType type;
    std::vector<std::string> parameters;  ///< names, in the order they are initialised
    bool has_v = false;
    bool has_q = false;
    bool has_a = false;
    /// Computes what is constant over a sequence (|ω̂|, p(ω), α …) once, and returns the step that uses it.
    NeuronStep (*prepare)(const NeuronParameters&, const NeuronConstants&) = nullptr;
    /// Threshold the membrane had to exceed in a step, [B, H] or broadcastable to it.
    torch::Tensor (*threshold)(const NeuronState& before, const NeuronState& after, const NeuronConstants&) = nullptr;
    /// Damping at rest, [H] (BRF: p(ω) − |b̂|, RF: −|b̂|); nullptr for neurons that do not resonate.
    torch::Tensor (*resting_damping)(const NeuronParameters&, const NeuronConstants&) = nullptr;
};

const NeuronDefinition& neuron_definition(NeuronType type);

/// All-zero state for a batch.
NeuronState initial_state(const NeuronDefinition& neuron, int64_t batch, int64_t hidden,
                          const torch::TensorOptions& options);

}  // namespace resonate
