// engine/kernels/fused_network.cpp: see fused_network.h.
#include "kernels/fused_network.h"

#include <memory>
#include <mutex>

#include "kernels/run_sequence.h"

namespace resonate {
namespace {

using kernels::SequenceProblem;
using kernels::SequenceResult;
using torch::autograd::variable_list;

/// The threads are shared by all networks of the program; one batch at a time runs on them.
struct SharedPool {
    std::mutex mutex;
    std::unique_ptr<kernels::WorkerPool> pool = std::make_unique<kernels::WorkerPool>(1);
};

SharedPool& shared_pool() {
    static SharedPool shared;
    return shared;
}

constexpr size_t parameters_per_layer = 2 + kernels::max_rates;  // weight, bias, rates

constexpr size_t read_out_parameters = 3;  // weight, bias, α
constexpr size_t most_parameters = read_out_parameters + kernels::max_layers * parameters_per_layer;
static_assert(most_parameters == 11, "run_fused() hands that many tensors to autograd");

/// Weights of the read-out, then those of the layers; empty where there is none, as autograd's functions take no
/// undefined tensors. Always most_parameters of them.
variable_list parameters_of(const FusedNetwork& network) {
    variable_list list{network.out_weight, network.out_bias, network.out_alpha};
    for (const FusedLayer& layer : network.layers) {
        list.push_back(layer.weight);
        list.push_back(layer.bias);
        for (size_t r = 0; r < kernels::max_rates; ++r)
            list.push_back(r < layer.rates.size() ? layer.rates[r] : torch::Tensor());
    }
    list.resize(most_parameters);
    for (torch::Tensor& parameter : list)
        if (!parameter.defined()) parameter = torch::empty({0});
    return list;
}

const float* read(const torch::Tensor& tensor) { return tensor.defined() ? tensor.data_ptr<float>() : nullptr; }
float* write(const torch::Tensor& tensor) { return tensor.defined() ? tensor.data_ptr<float>() : nullptr; }

torch::Tensor* variable(NeuronState& state, int index) {
    torch::Tensor* const variables[] = {&state.z, &state.u, &state.v, &state.q, &state.a};
    return variables[index];
}

bool has_variable(const NeuronDefinition& neuron, int index) {
    switch (index) {
        case kernels::state_v: return neuron.has_v;
        case kernels::state_q: return neuron.has_q;
        case kernels::state_a: return neuron.has_a;
        default: return true;
    }
}

/// One call: the problem as plain memory, and the tensors that own that memory.
class Call {
 public:
    Call(const FusedInput& input, const FusedNetwork& network, const FusedTask& task)
        : input_(input), network_(network), task_(task) {
        if (input_.values.defined()) {
            TORCH_CHECK(input_.values.scalar_type() == torch::kFloat32, "fused kernels take float [T, B, I]");
            input_.values = input_.values.contiguous();
        }
        TORCH_CHECK(!network.layers.empty() && network.layers.size() <= kernels::max_layers,
                    "fused kernels take one or two layers");
        labels_ = task.labels.defined() ? task.labels.contiguous() : torch::Tensor();
    }

    /// Runs it with these parameters (contiguous); fills `gradients`, one per parameter, where asked.
    void run(const variable_list& parameters, bool with_gradient, variable_list& gradients) {
        gradients.assign(parameters.size(), torch::Tensor());
        if (with_gradient)
            for (size_t i = 0; i < parameters.size(); ++i)
                if (parameters[i].defined()) gradients[i] = torch::empty_like(parameters[i]);
        describe(parameters, gradients, with_gradient);
        SharedPool& shared = shared_pool();
        const std::lock_guard lock(shared.mutex);
        const SequenceResult found = kernels::run_sequence(problem_, *shared.pool);
        result.loss_sum = found.loss_sum;
        result.spikes = found.spikes;
        result.correct = found.correct;
        result.forward_share = found.forward_share;
    }

    double objective() const { return task_.loss_scale * result.loss_sum + task_.spike_cost * result.spikes; }

    FusedResult result;

 private:
    void describe(const variable_list& parameters, const variable_list& gradients, bool with_gradient) {
        SequenceProblem& p = problem_;
        p.steps = input_.steps;
        p.batch = input_.batch;
        p.inputs = input_.inputs;
        p.input = read(input_.values);
        if (!input_.values.defined()) {
            p.event_offsets = input_.offsets.data_ptr<int64_t>();
            p.event_channels = input_.channels.data_ptr<int32_t>();
        }
        p.layer_count = static_cast<int>(network_.layers.size());
        p.with_gradient = with_gradient;
        p.loss_scale = static_cast<float>(task_.loss_scale);
        p.spike_cost = static_cast<float>(task_.spike_cost);
        for (int l = 0; l < p.layer_count; ++l) describe_layer(l, parameters, gradients);
        p.classes = parameters[0].size(0);
        p.out_weight = read(parameters[0]);
        p.out_bias = read(parameters[1]);
        p.out_alpha = read(parameters[2]);
        p.out_weight_gradient = write(gradients[0]);
        p.out_bias_gradient = write(gradients[1]);
        p.out_alpha_gradient = write(gradients[2]);
        out_start_ = network_.out_start.defined() ? network_.out_start.contiguous() : torch::Tensor();
        p.initial_output = read(out_start_);
        if (labels_.defined()) {
            p.labels = labels_.data_ptr<int64_t>();
            p.label_per_step = labels_.dim() == 2;
            p.decide_on_last = task_.decide_on_last;
            p.first_used = task_.first_used;
            p.used = task_.used;
        }
        if (task_.want_outputs) result.outputs = torch::empty({p.steps, p.batch, p.classes});
        if (task_.want_states) result.output_state = torch::empty({p.batch, p.classes});
        p.outputs = write(result.outputs);
        p.final_output = write(result.output_state);
    }

    void describe_layer(int l, const variable_list& parameters, const variable_list& gradients) {
        const FusedLayer& layer = network_.layers[static_cast<size_t>(l)];
        const NeuronDefinition& neuron = neuron_definition(layer.neuron);
        kernels::LayerProblem& p = problem_.layers[l];
        const size_t first = read_out_parameters + static_cast<size_t>(l) * parameters_per_layer;
        p.neuron = layer.neuron;
        p.decay = layer.constants.decay;
        p.surrogate = layer.constants.surrogate;
        p.dt = static_cast<float>(layer.constants.dt);
        p.threshold = static_cast<float>(layer.constants.threshold);
        p.gamma = static_cast<float>(layer.constants.gamma);
        p.inputs = layer.inputs;
        p.hidden = parameters[first].size(0);
        p.recurrent = parameters[first].size(1) > layer.inputs;
        p.weight = read(parameters[first]);
        p.bias = read(parameters[first + 1]);
        p.weight_gradient = write(gradients[first]);
        p.bias_gradient = write(gradients[first + 1]);
        for (size_t r = 0; r < kernels::max_rates; ++r) {
            p.rates[r] = read(parameters[first + 2 + r]);
            p.rate_gradients[r] = write(gradients[first + 2 + r]);
        }
        starts_.push_back(layer.start);
        if (task_.want_states) result.states.emplace_back();
        if (task_.want_traces) result.traces.emplace_back();
        for (int i = 0; i < kernels::state_count; ++i) {
            if (!has_variable(neuron, i)) continue;
            torch::Tensor& start = *variable(starts_.back(), i);
            if (start.defined()) start = start.contiguous();
            p.initial[i] = read(start);
            if (task_.want_states) {
                torch::Tensor& state = *variable(result.states.back(), i);
                state = torch::empty({problem_.batch, p.hidden});
                p.final[i] = write(state);
            }
            if (task_.want_traces) {
                torch::Tensor& trace = *variable(result.traces.back(), i);
                trace = torch::empty({problem_.steps, problem_.batch, p.hidden});
                p.trace[i] = write(trace);
            }
        }
    }

    FusedInput input_;
    torch::Tensor labels_;
    torch::Tensor out_start_;
    std::vector<NeuronState> starts_;
    const FusedNetwork& network_;
    const FusedTask& task_;
    SequenceProblem problem_;
};

variable_list contiguous(const variable_list& tensors) {
    variable_list result;
    for (const torch::Tensor& tensor : tensors)
        result.push_back(tensor.numel() > 0 ? tensor.detach().contiguous() : torch::Tensor());
    return result;
}

/// The kernels compute the gradient while they have the history at hand; backward() only scales it.
class FusedFunction : public torch::autograd::Function<FusedFunction> {
 public:
    /// LibTorch finds the tensors that want a gradient among single arguments only, not in a list.
    template <class... Tensors>
    static torch::Tensor forward(torch::autograd::AutogradContext* context, Call* call, const Tensors&... parameters) {
        variable_list gradients;
        call->run(contiguous({parameters...}), /*with_gradient=*/true, gradients);
        context->saved_data["gradients"] = gradients_list(gradients);
        return torch::tensor(call->objective(), torch::kFloat32);
    }

    static variable_list backward(torch::autograd::AutogradContext* context, const variable_list& outputs) {
        variable_list result{torch::Tensor()};
        const auto scale = outputs[0].item<float>();
        for (const c10::IValue& value : context->saved_data["gradients"].toListRef()) {
            torch::Tensor gradient = value.isNone() ? torch::Tensor() : value.toTensor();
            if (gradient.defined() && scale != 1) gradient = gradient * scale;
            result.push_back(gradient);
        }
        return result;
    }

 private:
    static c10::IValue gradients_list(const variable_list& gradients) {
        c10::impl::GenericList list(c10::AnyType::get());
        for (const torch::Tensor& gradient : gradients)
            list.push_back(gradient.defined() ? c10::IValue(gradient) : c10::IValue());
        return list;
    }
};

}  // namespace

bool has_fused_kernel(NeuronType neuron) { return neuron != NeuronType::izhikevich; }

void set_kernel_threads(int threads) {
    SharedPool& shared = shared_pool();
    const std::lock_guard lock(shared.mutex);
    if (shared.pool->size() != threads) shared.pool = std::make_unique<kernels::WorkerPool>(threads);
}

FusedResult run_fused(const FusedInput& input, const FusedNetwork& network, const FusedTask& task) {
    const variable_list parameters = parameters_of(network);
    Call call(input, network, task);
    bool wants_gradient = torch::GradMode::is_enabled() && task.labels.defined();
    if (wants_gradient)
        wants_gradient = std::any_of(parameters.begin(), parameters.end(),
                                     [](const torch::Tensor& parameter) { return parameter.requires_grad(); });
    if (wants_gradient) {
        const variable_list& p = parameters;
        call.result.objective =
            FusedFunction::apply(&call, p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8], p[9], p[10]);
    } else {
        variable_list gradients;
        call.run(contiguous(parameters), /*with_gradient=*/false, gradients);
        call.result.objective = torch::tensor(call.objective(), torch::kFloat32);
    }
    return std::move(call.result);
}

}  // namespace resonate
