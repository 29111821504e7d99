// engine/training/objective.cpp: see objective.h.
#include "training/objective.h"

#include "resonate/error.h"

namespace resonate {
namespace {

NetworkState detached(const NetworkState& state) {
    const auto detach = [](const torch::Tensor& tensor) { return tensor.defined() ? tensor.detach() : tensor; };
    NetworkState result;
    for (const NeuronState& layer : state.hidden)
        result.hidden.push_back({detach(layer.z), detach(layer.u), detach(layer.v), detach(layer.q), detach(layer.a)});
    result.output = detach(state.output);
    return result;
}

}  // namespace

bool uses_kernels(const Network& network, ComputePath path) {
    if (path == ComputePath::loop) return false;
    const bool possible = network.can_fuse();
    if (path == ComputePath::fused && !possible)
        throw ConfigError("fused kernels compute BRF, RF, HRF, ALIF and LIF in float32; this network needs the loop");
    return possible;
}

Objective compute_objective(Network& network, const Batch& batch, const TrainingConfig& config,
                            const ObjectiveTask& task, bool fused, const std::optional<NetworkState>& start) {
    const auto samples = static_cast<double>(batch.samples());
    const bool energy = config.energy_lambda > 0;
    const double loss_scale = energy ? 1 / static_cast<double>(task.steps_in_all) : 1;
    Objective objective;
    if (fused) {
        FusedResult result = network.forward_fused(batch.for_kernels(),
                                                   {.labels = batch.labels,
                                                    .first_used = task.used.first,
                                                    .used = task.used.count,
                                                    .decide_on_last = config.label_last,
                                                    .loss_scale = loss_scale / samples,
                                                    .spike_cost = config.energy_lambda / samples,
                                                    .want_outputs = task.keep_outputs,
                                                    .want_states = task.keep_state},
                                                   start);
        objective.value = result.objective;
        objective.loss_sum = result.loss_sum / samples;
        objective.correct = static_cast<double>(result.correct);
        objective.spikes = result.spikes;
        objective.forward_share = result.forward_share;
        objective.outputs = result.outputs;
        if (task.keep_state) objective.state = NetworkState{std::move(result.states), result.output_state};
    } else {
        const NetworkOutput output = network.forward(batch.input, start);
        const torch::Tensor spikes = output.spikes.sum();
        objective.spikes = output.spikes.detach().sum(torch::kFloat64).item<double>();
        if (task.used.count > 0) {
            const SequenceLoss loss = sequence_loss(output.outputs, batch.labels, task.used, config.label_last);
            objective.value = loss.sum * loss_scale;
            objective.loss_sum = loss.sum.item<double>();
            objective.correct = loss.correct.item<double>();
        } else {
            objective.value = torch::zeros({}, spikes.options().requires_grad(false));
        }
        if (energy) objective.value = objective.value + spikes * (config.energy_lambda / samples);
        if (task.keep_outputs) objective.outputs = output.outputs.detach();
        if (task.keep_state) objective.state = detached(output.state);
    }
    objective.decisions = samples * (batch.labels.dim() == 2 ? static_cast<double>(task.used.count) : 1.0);
    return objective;
}

}  // namespace resonate
