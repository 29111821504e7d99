// engine/kernels/sequence_problem.h: one batch of sequences through a network, as plain memory.
// T time steps, B batch, I inputs, H hidden neurons, C classes. All arrays are row-major floats unless told otherwise.
#pragma once

#include <cstdint>

#include "resonate/neuron_types.h"

namespace resonate::kernels {

/// Order of the state variables in the arrays below; a neuron leaves null what it does not have.
enum StateVariable { state_z, state_u, state_v, state_q, state_a, state_count };
inline constexpr int max_layers = 2;
/// What is constant over a sequence, as the neuron's definition computes it: ω and damping at rest of BRF, RF and HRF;
/// α and ρ of ALIF; α of LIF.
inline constexpr int max_rates = 2;

struct LayerProblem {
    NeuronType neuron = NeuronType::brf;
    Decay decay = Decay::exponential;
    Surrogate surrogate = Surrogate::double_gaussian;
    float dt = 0, threshold = 0, gamma = 0;
    std::int64_t inputs = 0;  ///< I of this layer: of the data, or H of the layer below
    std::int64_t hidden = 0;  ///< H
    bool recurrent = true;
    const float* weight = nullptr;  ///< [H, I+H], or [H, I] where not recurrent
    const float* bias = nullptr;    ///< [H] or null
    const float* rates[max_rates] = {};
    const float* initial[state_count] = {};  ///< [B, H]; null: zero

    float* final[state_count] = {};  ///< [B, H] state after the last step; null: not wanted
    float* trace[state_count] = {};  ///< [T, B, H] state after every step; null: not wanted
    float* weight_gradient = nullptr;
    float* bias_gradient = nullptr;
    float* rate_gradients[max_rates] = {};
};

/// What goes in, and where what comes out is written. Gradients are of
///   loss_scale · Σ −log softmax(o_t)[label]  +  spike_cost · (number of spikes),
/// written (not added) where `with_gradient` is set; then each gradient of a weight that is there must be there.
struct SequenceProblem {
    std::int64_t steps = 0;
    std::int64_t batch = 0;
    std::int64_t inputs = 0;
    std::int64_t classes = 0;
    const float* input = nullptr;                  ///< [T, B, I]; its zeros cost little. Null where events are given:
    const std::int64_t* event_offsets = nullptr;   ///< [T · B + 1] sample b has input 1 at step t in the channels
    const std::int32_t* event_channels = nullptr;  ///< from place event_offsets[t B + b] to before that of b + 1
    int layer_count = 1;
    LayerProblem layers[max_layers];

    const float* out_weight = nullptr;      ///< [C, H of the last layer]
    const float* out_bias = nullptr;        ///< [C] or null
    const float* out_alpha = nullptr;       ///< [C]
    const float* initial_output = nullptr;  ///< [B, C]; null: zero

    const std::int64_t* labels = nullptr;  ///< [T, B] or [B]; null: no loss
    bool label_per_step = false;
    bool decide_on_last = false;  ///< labels [B]: decide on the last step used instead of on the mean over them
    std::int64_t first_used = 0;  ///< steps [first_used, first_used + used) enter loss and accuracy
    std::int64_t used = 0;
    bool with_gradient = false;
    float loss_scale = 1;
    float spike_cost = 0;

    float* outputs = nullptr;       ///< [T, B, C] read-out potentials; null: not wanted
    float* final_output = nullptr;  ///< [B, C]; null: not wanted
    float* out_weight_gradient = nullptr;
    float* out_bias_gradient = nullptr;
    float* out_alpha_gradient = nullptr;
};

struct SequenceResult {
    double loss_sum = 0;  ///< Σ over used steps and samples of −log softmax(o_t)[label], not scaled
    double spikes = 0;    ///< of all hidden layers
    std::int64_t correct = 0;
    double forward_share = 1;  ///< share of the time spent on the way forward
};

}  // namespace resonate::kernels
