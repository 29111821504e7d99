// engine/kernels/fused_network.h: the fused kernels as LibTorch sees them: a network with its loss as one function.
// T time steps, B batch, I inputs, H hidden neurons, C classes. Everything is float32 on the CPU.
#pragma once

#include <torch/torch.h>

#include <vector>

#include "neurons/neuron.h"

namespace resonate {

/// Input of a batch: values, or where all are 0 or 1 and few are 1 a list of those.
struct FusedInput {
    FusedInput(const torch::Tensor& dense)  // NOLINT: a tensor is an input
        : values(dense), steps(dense.size(0)), batch(dense.size(1)), inputs(dense.size(2)) {}
    FusedInput(torch::Tensor event_offsets, torch::Tensor event_channels, int64_t T, int64_t B, int64_t I)
        : offsets(std::move(event_offsets)), channels(std::move(event_channels)), steps(T), batch(B), inputs(I) {}

    torch::Tensor values;    ///< float [T, B, I], or undefined and
    torch::Tensor offsets;   ///< int64 [T · B + 1]: sample b has input 1 at step t in the channels from place
    torch::Tensor channels;  ///< int32, offsets[t B + b] to offsets[t B + b + 1]
    int64_t steps, batch, inputs;
};

struct FusedLayer {
    NeuronType neuron = NeuronType::brf;
    NeuronConstants constants;
    int64_t inputs = 0;    ///< I of this layer
    torch::Tensor weight;  ///< [H, I+H], or [H, I] without recurrence
    torch::Tensor bias;    ///< [H] or undefined
    NeuronRates rates;     ///< as the neuron's definition computes them
    NeuronState start;     ///< [B, H] each; undefined: zero
};

struct FusedNetwork {
    std::vector<FusedLayer> layers;  ///< one or two
    torch::Tensor out_weight;        ///< [C, H]
    torch::Tensor out_bias;          ///< [C] or undefined
    torch::Tensor out_alpha;         ///< [C]
    torch::Tensor out_start;         ///< [B, C]; undefined: zero
};

/// What is asked of the network: loss_scale · Σ −log softmax(o_t)[label] + spike_cost · spikes.
struct FusedTask {
    torch::Tensor labels;  ///< int64 [T, B] or [B]; undefined: no loss
    int64_t first_used = 0;
    int64_t used = 0;             ///< steps [first_used, first_used + used) count
    bool decide_on_last = false;  ///< else on the mean over the steps used (labels [B])
    double loss_scale = 1;
    double spike_cost = 0;
    bool want_outputs = false;
    bool want_states = false;  ///< after the last step
    bool want_traces = false;  ///< after every step
};

struct FusedResult {
    torch::Tensor objective;          ///< scalar with gradient; the kernels have computed it on the way
    double loss_sum = 0;              ///< Σ over steps used and samples of −log softmax(o_t)[label]
    double spikes = 0;                ///< of all hidden layers
    int64_t correct = 0;              ///< right decisions
    torch::Tensor outputs;            ///< [T, B, C]
    std::vector<NeuronState> states;  ///< per layer, [B, H] each
    torch::Tensor output_state;       ///< [B, C]
    std::vector<NeuronState> traces;  ///< per layer, [T, B, H] each
    double forward_share = 1;         ///< share of the time spent on the way forward
};

/// Are there kernels for this neuron? (Not for Izhikevich's hard reset.)
bool has_fused_kernel(NeuronType neuron);

/// Number of threads the kernels use from now on, >= 1.
void set_kernel_threads(int threads);

/// Gradients are computed where autograd is on and a parameter asks for one.
FusedResult run_fused(const FusedInput& input, const FusedNetwork& network, const FusedTask& task);

}  // namespace resonate
