// engine/networks/recurrent_layer.cpp: see recurrent_layer.h.
#include "networks/recurrent_layer.h"

#include <cmath>

namespace resonate {
namespace {

torch::Tensor draw_parameter(const std::string& name, const NeuronConfig& config, int64_t size,
                             const at::Generator& generator) {
    torch::Tensor values = torch::empty({size});
    if (name == "omega") return values.uniform_(config.omega.min, config.omega.max, generator);
    if (name == "b_offset") return values.uniform_(config.b_offset.min, config.b_offset.max, generator);
    if (name == "tau_mem") return values.normal_(config.tau_mem.mean, config.tau_mem.std, generator);
    if (name == "tau_adp") return values.normal_(config.tau_adp.mean, config.tau_adp.std, generator);
    TORCH_CHECK(false, "neuron parameter '", name, "' has no initial range");
}

}  // namespace

void xavier_uniform(torch::Tensor weight, at::Generator generator) {
    const torch::NoGradGuard no_grad;
    const double bound = std::sqrt(6.0 / static_cast<double>(weight.size(0) + weight.size(1)));
    weight.uniform_(-bound, bound, std::move(generator));
}

RecurrentLayer::RecurrentLayer(const RecurrentLayerOptions& options, at::Generator generator)
    : options_(options),
      neuron_(&neuron_definition(options.neuron.type)),
      constants_{options.neuron.dt, options.neuron.threshold, options.neuron.gamma, options.neuron.surrogate,
                 options.decay} {
    const int64_t columns = options.inputs + (options.recurrent ? options.hidden : 0);
    linear_ = register_module("linear",
                              torch::nn::Linear(torch::nn::LinearOptions(columns, options.hidden).bias(options.bias)));
    xavier_uniform(linear_->weight, generator);
    if (options.bias) {
        const torch::NoGradGuard no_grad;
        const double bound = 1.0 / std::sqrt(static_cast<double>(columns));
        linear_->bias.uniform_(-bound, bound, generator);
    }
    for (const std::string& name : neuron_->parameters)
        register_parameter(name, draw_parameter(name, options.neuron, options.hidden, generator));
    if (options.recurrent && options.mask_probability > 0) {
        torch::Tensor mask = torch::ones({options.hidden, columns});
        const torch::Tensor drawn = torch::empty({options.hidden, options.hidden}).uniform_(0, 1, generator);
        mask.narrow(1, options.inputs, options.hidden).copy_(drawn >= options.mask_probability);
        set_mask(mask);
    }
}

NeuronParameters RecurrentLayer::neuron_parameters() const {
    NeuronParameters parameters;
    for (const auto& item : named_parameters(/*recurse=*/false)) parameters.emplace(item.key(), item.value());
    return parameters;
}

torch::Tensor RecurrentLayer::weight() const { return mask_.defined() ? linear_->weight * mask_ : linear_->weight; }

void RecurrentLayer::set_mask(const torch::Tensor& mask) {
    const torch::NoGradGuard no_grad;
    if (mask_.defined())
        mask_.copy_(mask);
    else
        mask_ = linear_->register_buffer("mask", mask.to(linear_->weight.options()).clone());
}

LayerOutput RecurrentLayer::forward(const torch::Tensor& input, const std::optional<NeuronState>& start,
                                    const StepHook& hook, int64_t layer) {
    const int64_t steps = input.size(0);
    const torch::Tensor matrix = weight();
    // One product for all steps; unbind rather than select, whose backward pass would be quadratic in T.
    const std::vector<torch::Tensor> currents =
        torch::nn::functional::linear(input, matrix.narrow(1, 0, options_.inputs), linear_->bias).unbind(0);
    torch::Tensor recurrent_weight;  // [H, H], transposed
    if (options_.recurrent) recurrent_weight = matrix.narrow(1, options_.inputs, options_.hidden).t();

    const NeuronRates constant = rates();
    NeuronState state =
        start ? *start : initial_state(*neuron_, input.size(1), options_.hidden, input.options().requires_grad(false));
    std::vector<torch::Tensor> spikes;
    spikes.reserve(static_cast<size_t>(steps));
    for (int64_t t = 0; t < steps; ++t) {
        const torch::Tensor& driven = currents[static_cast<size_t>(t)];
        const torch::Tensor current = options_.recurrent ? torch::addmm(driven, state.z, recurrent_weight) : driven;
        NeuronState next = neuron_->step(current, state, constant, constants_);
        if (hook) hook(layer, t, state, next);
        state = std::move(next);
        spikes.push_back(state.z);
    }
    return {torch::stack(spikes), state};
}

}  // namespace resonate
