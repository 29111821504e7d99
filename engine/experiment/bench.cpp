// engine/experiment/bench.cpp: how long one training step takes.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "data/random_sequences.h"
#include "experiment/checks.h"
#include "experiment/threads.h"
#include "resonate/error.h"
#include "resonate/experiment.h"
#include "training/objective.h"
#include "training/trainer.h"

namespace resonate {
namespace {

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

std::vector<torch::Tensor> gradients(Network& network, const Batch& batch, const TrainingConfig& config, bool fused) {
    const StepsUsed used = steps_used(config, batch.steps());
    network.zero_grad();
    compute_objective(network, batch, config, {.used = used, .steps_in_all = used.count}, fused).value.backward();
    std::vector<torch::Tensor> result;
    for (const torch::Tensor& parameter : network.parameters())
        if (parameter.requires_grad()) result.push_back(parameter.grad().clone());
    network.zero_grad();
    return result;
}

/// Of the kernels against the loop, relative to the largest entry of each gradient.
double largest_gradient_error(Trainer& trainer, const Batch& batch, const TrainingConfig& config) {
    // The loop reads no events.
    const Batch dense{batch.dense(trainer.network().dtype()), batch.labels};
    const std::vector<torch::Tensor> loop = gradients(trainer.network(), dense, config, false);
    const std::vector<torch::Tensor> fused = gradients(trainer.network(), batch, config, true);
    double largest = 0;
    for (size_t i = 0; i < loop.size(); ++i)
        largest = std::max(largest, (fused[i] - loop[i]).abs().max().item<double>() /
                                        std::max(loop[i].abs().max().item<double>(), 1e-30));
    return largest;
}

double peak_memory_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace

BenchResult run_bench(const ExperimentConfig& config, const RunOptions& options, int batches, bool check) {
    require_valid(config);
    if (batches < 1) throw ConfigError("--batches: expected at least 1, found " + std::to_string(batches));
    BenchResult result;
    result.threads = use_threads(options.threads);
    result.batches = batches;
    // Sequences that validate are drawn from these: twice a batch leaves more than one.
    const LoadedOrDrawn loaded = load_or_draw(config.dataset, options.data_dir, 2 * config.training.batch_size);
    result.data = loaded.source;
    const DatasetSplits& data = loaded.data;
    Trainer trainer(config, data, options.path);
    result.path = trainer.fused() ? "fused" : "loop";
    const std::vector<int64_t>& order = trainer.split().train;
    if (result.data == "dataset") {
        result.train_samples = static_cast<int>(order.size());
        result.validation_samples = static_cast<int>(trainer.split().validation.size());
        result.test_samples = static_cast<int>(trainer.split().test.size());
    }
    const size_t batch_size = std::min(static_cast<size_t>(config.training.batch_size), order.size());
    if (check) {
        if (!trainer.fused())
            throw ConfigError("--check compares fused kernels with the loop; this experiment runs on the loop");
        const Batch batch = trainer.batch_of(*data.train, std::span(order).first(batch_size));
        result.max_gradient_error = largest_gradient_error(trainer, batch, config.training);
    }
    std::vector<double> steps, forwards, backwards;
    // The first batch warms up caches and allocators and is not counted.
    for (int i = 0; i <= batches; ++i) {
        const size_t begin = static_cast<size_t>(i) * batch_size % (order.size() - batch_size + 1);
        const Batch batch = trainer.batch_of(*data.train, std::span(order).subspan(begin, batch_size));
        const auto start = std::chrono::steady_clock::now();
        const BatchResult timed = trainer.train_batch(batch, config.training.learning_rate);
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (!timed.divergence.empty())
            throw ComputeError("The network diverged in batch " + std::to_string(i) +
                               " of the bench: " + timed.divergence);
        if (i == 0) continue;
        steps.push_back(1e3 * seconds);
        forwards.push_back(1e3 * timed.forward_seconds);
        backwards.push_back(1e3 * timed.backward_seconds);
    }
    result.step_ms_median = median(steps);
    result.forward_ms_median = median(forwards);
    result.backward_ms_median = median(backwards);
    result.samples_per_s = 1e3 * static_cast<double>(batch_size) / result.step_ms_median;
    result.peak_rss_mb = peak_memory_mb();
    return result;
}

}  // namespace resonate
