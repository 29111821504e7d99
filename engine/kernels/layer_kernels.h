// engine/kernels/layer_kernels.h: the neurons' steps over all samples and neurons of a slice, chosen by type.
#pragma once

#include "kernels/neuron_kernels.h"
#include "kernels/slice_memory.h"

namespace resonate::kernels::RESONATE_ISA {

/// A layer as one step sees it: blocks [n, H].
struct StepView {
    const LayerProblem* problem;
    const LayerWeights* weights;
    Index samples;
    Index size;  ///< padded H

    NeuronValues values(Index h, Index rates) const {
        NeuronValues result{};
        for (Index r = 0; r < rates; ++r) result.rate[r] = load(weights->rates[r] + h);
        result.dt = problem->dt;
        result.threshold = problem->threshold;
        result.gamma = problem->gamma;
        return result;
    }
};

/// From the state `before` to the state `after` (may be the same arrays); writes membranes and spike bits.
template <class Neuron>
void forward_step(const StepView& view, const float* const* before, float* const* after, const float* current,
                  float* membrane, std::uint32_t* spikes, Index words) {
    const Index rates = rate_count(view.problem->neuron);
    for (Index b = 0; b < view.samples; ++b) {
        for (Index w = 0; w < words; ++w) spikes[b * words + w] = 0;
        for (Index h = 0; h < view.size; h += width) {
            const Index at = b * view.size + h;
            Vector state[Neuron::states];
            for (int i = 0; i < Neuron::states; ++i) state[i] = load(before[i] + at);
            Vector reached;
            const Mask spike = Neuron::forward(state, load(current + at), view.values(h, rates), reached);
            for (int i = 0; i < Neuron::states; ++i) store(after[i] + at, state[i]);
            store(membrane + at, reached);
            spikes[b * words + h / 32] |= bits(spike) << (h % 32);
        }
    }
}

/// `spike_gradient` is dz; `current_gradient` receives dI; carries and gradients of the rates are updated.
template <class Neuron, Surrogate surrogate>
void backward_step(const StepView& view, const float* const* before, const float* const* after, const float* membrane,
                   const float* current, const float* spike_gradient, float* const* carry, float* current_gradient,
                   float* const* rate_gradients) {
    const Index rates = rate_count(view.problem->neuron);
    for (Index h = 0; h < view.size; h += width) {
        const NeuronValues values = view.values(h, rates);
        Vector rate_gradient[2]{};
        for (Index r = 0; r < rates; ++r) rate_gradient[r] = load(rate_gradients[r] + h);
        for (Index b = 0; b < view.samples; ++b) {
            const Index at = b * view.size + h;
            Vector old[Neuron::states], next[Neuron::states], later[Neuron::states];
            for (int i = 0; i < Neuron::states; ++i) {
                old[i] = load(before[i] + at);
                next[i] = load(after[i] + at);
                later[i] = load(carry[i] + at);
            }
            const Vector change =
                Neuron::template backward<surrogate>(old, next, load(membrane + at), load(current + at),
                                                     load(spike_gradient + at), later, rate_gradient, values);
            store(current_gradient + at, change);
            for (int i = 0; i < Neuron::states; ++i) store(carry[i] + at, later[i]);
        }
        for (Index r = 0; r < rates; ++r) store(rate_gradients[r] + h, rate_gradient[r]);
    }
}

using ForwardStep = void (*)(const StepView&, const float* const*, float* const*, const float*, float*, std::uint32_t*,
                             Index);
using BackwardStep = void (*)(const StepView&, const float* const*, const float* const*, const float*, const float*,
                              const float*, float* const*, float*, float* const*);

struct NeuronFunctions {
    int states;
    const StateVariable* variables;
    ForwardStep forward;
    BackwardStep backward;
};

template <class Neuron>
NeuronFunctions functions_of(Surrogate surrogate) {
    NeuronFunctions functions{Neuron::states, Neuron::variables, forward_step<Neuron>, nullptr};
    switch (surrogate) {
        case Surrogate::double_gaussian: functions.backward = backward_step<Neuron, Surrogate::double_gaussian>; break;
        case Surrogate::multi_gaussian: functions.backward = backward_step<Neuron, Surrogate::multi_gaussian>; break;
        case Surrogate::gaussian: functions.backward = backward_step<Neuron, Surrogate::gaussian>; break;
        case Surrogate::linear: functions.backward = backward_step<Neuron, Surrogate::linear>; break;
        case Surrogate::exponential: functions.backward = backward_step<Neuron, Surrogate::exponential>; break;
    }
    return functions;
}

/// The kernels of a layer. The caller has checked that there are any: Izhikevich's hard reset runs as a step loop only.
inline NeuronFunctions neuron_functions(const LayerProblem& layer) {
    const bool linear = layer.decay == Decay::linear;
    switch (layer.neuron) {
        case NeuronType::rf:
            return linear ? functions_of<RfKernel<Decay::linear>>(layer.surrogate)
                          : functions_of<RfKernel<Decay::exponential>>(layer.surrogate);
        case NeuronType::hrf: return functions_of<HrfKernel>(layer.surrogate);
        case NeuronType::alif: return functions_of<AlifKernel>(layer.surrogate);
        case NeuronType::lif: return functions_of<LifKernel>(layer.surrogate);
        default:
            return linear ? functions_of<BrfKernel<Decay::linear>>(layer.surrogate)
                          : functions_of<BrfKernel<Decay::exponential>>(layer.surrogate);
    }
}

}  // namespace resonate::kernels::RESONATE_ISA
