// engine/analysis/check_gradients.cpp: three ways to the gradient of an experiment, held against each other.
#include <algorithm>

#include "data/random.h"
#include "data/random_sequences.h"
#include "resonate/error.h"
#include "resonate/verification.h"
#include "training/objective.h"

namespace resonate {
namespace {

/// Entries of a parameter moved for the differences; all where it has no more.
constexpr int64_t most_entries = 6;

using Gradients = std::vector<torch::Tensor>;

double objective_of(Network& network, const Batch& batch, const TrainingConfig& config, const ObjectiveTask& task) {
    const torch::NoGradGuard no_grad;
    return compute_objective(network, batch, config, task, /*fused=*/false).value.item<double>();
}

Gradients gradients_of(Network& network, const Batch& batch, const TrainingConfig& config, const ObjectiveTask& task,
                       bool fused) {
    network.zero_grad();
    compute_objective(network, batch, config, task, fused).value.backward();
    Gradients gradients;
    for (const torch::Tensor& parameter : network.parameters())
        gradients.push_back(parameter.grad().defined() ? parameter.grad().to(torch::kFloat64, false, true)
                                                       : torch::zeros_like(parameter, torch::kFloat64));
    return gradients;
}

double relative(const torch::Tensor& error, const torch::Tensor& gradient) {
    const double largest = gradient.abs().max().item<double>();
    const double difference = error.abs().max().item<double>();
    return largest > 0 ? difference / largest : difference;
}

}  // namespace

std::vector<GradientCheck> check_gradients(const ExperimentConfig& config, const RunOptions& options, int samples,
                                           int steps) {
    const DatasetSplits data = load_or_draw(config.dataset, options.data_dir, samples).data;
    const SequenceSet::Shape& shape = data.train->shape();
    const int64_t count = std::min<int64_t>(samples, shape.count);
    const auto seed = static_cast<std::uint64_t>(config.training.seed);
    Batch batch = make_batch(*data.train, all_indices(count), {.dtype = torch::kFloat64});
    if (steps > 0 && steps < shape.steps) {
        batch.input = batch.input.narrow(0, 0, steps);
        if (batch.labels.dim() == 2) batch.labels = batch.labels.narrow(0, 0, steps);
    }
    const StepsUsed used = steps_used(config.training, batch.input.size(0));
    const ObjectiveTask task{.used = used, .steps_in_all = used.count};

    // Drawn in float32 from the same seed: equal weights in both.
    Network exact(config, shape.inputs, shape.classes, derive_seed(seed, "initial weights"));
    Network single(config, shape.inputs, shape.classes, derive_seed(seed, "initial weights"));
    exact.to(torch::kFloat64);
    const Gradients loop = gradients_of(exact, batch, config.training, task, false);
    Gradients fused;
    if (uses_kernels(single, options.path)) {
        const Batch narrow{batch.input.to(torch::kFloat32), batch.labels};
        fused = gradients_of(single, narrow, config.training, task, true);
    }

    exact.set_smooth_spikes(true);
    const Gradients smooth = gradients_of(exact, batch, config.training, task, false);
    std::vector<GradientCheck> checks;
    Random random(derive_seed(seed, "gradient check"));
    const auto parameters = exact.named_parameters();
    for (size_t i = 0; i < parameters.size(); ++i) {
        GradientCheck check;
        check.parameter = parameters[i].key();
        if (!fused.empty()) check.fused_to_loop = relative(fused[i] - loop[i], loop[i]);
        torch::Tensor values = parameters[i].value().detach().view(-1);
        const torch::Tensor gradient = smooth[i].view(-1);
        const double scale = std::max(gradient.abs().max().item<double>(), 1e-300);
        check.entries_tried = static_cast<int>(std::min<int64_t>(most_entries, values.numel()));
        for (int tried = 0; tried < check.entries_tried; ++tried) {
            const auto entry = values.numel() <= most_entries
                                   ? tried
                                   : static_cast<int64_t>(random.below(static_cast<std::uint64_t>(values.numel())));
            const double before = values[entry].item<double>();
            const double move = 1e-5 * std::max(1.0, std::abs(before));
            const auto moved = [&](double by) {
                values[entry] = before + by;
                return objective_of(exact, batch, config.training, task);
            };
            const double difference = (moved(move) - moved(-move)) / (2 * move);
            values[entry] = before;
            check.loop_to_differences =
                std::max(check.loop_to_differences, std::abs(difference - gradient[entry].item<double>()) / scale);
        }
        checks.push_back(check);
    }
    return checks;
}

}  // namespace resonate
