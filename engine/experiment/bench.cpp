// engine/experiment/bench.cpp: how long one training step takes.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "data/event_sequence_set.h"
#include "data/random.h"
#include "experiment/checks.h"
#include "experiment/threads.h"
#include "resonate/datasets.h"
#include "resonate/error.h"
#include "resonate/experiment.h"
#include "training/trainer.h"

namespace resonate {
namespace {

/// Sequences of the right shape and kind, not zero with the data set's rate: 1, or uniform where input is graded.
/// Labels are uniform.
class RandomSequences : public SequenceSet {
 public:
    RandomSequences(const DatasetInfo& info, std::int64_t count)
        : shape_{count, info.steps, info.inputs, info.classes, info.label_per_step},
          graded_(info.input_kind == InputKind::values),
          rate_(info.input_rate) {}

    const Shape& shape() const override { return shape_; }

    void write_input(std::int64_t index, float* out, std::int64_t step_stride) const override {
        Random random(derive_seed(1, "bench input", static_cast<std::uint64_t>(index)));
        for (std::int64_t t = 0; t < shape_.steps; ++t)
            for (std::int64_t i = 0; i < shape_.inputs; ++i)
                out[t * step_stride + i] = random.uniform() >= rate_ ? 0.0F
                                           : graded_                 ? static_cast<float>(random.uniform())
                                                                     : 1.0F;
    }

    void write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const override {
        Random random(derive_seed(1, "bench labels", static_cast<std::uint64_t>(index)));
        const std::int64_t labels = shape_.label_per_step ? shape_.steps : 1;
        for (std::int64_t t = 0; t < labels; ++t)
            out[t * step_stride] = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(shape_.classes)));
    }

 private:
    Shape shape_;
    bool graded_;
    double rate_;
};

/// The same as lists of events, as sets of few events are stored: kernels must meet what they will meet.
std::shared_ptr<const SequenceSet> as_events(const SequenceSet& set) {
    const SequenceSet::Shape& shape = set.shape();
    std::vector<std::uint32_t> offsets{0};
    std::vector<std::uint16_t> channels;
    std::vector<std::uint8_t> labels;
    std::vector<float> input(static_cast<size_t>(shape.steps * shape.inputs));
    for (std::int64_t n = 0; n < shape.count; ++n) {
        set.write_input(n, input.data(), shape.inputs);
        for (std::int64_t t = 0; t < shape.steps; ++t) {
            for (std::int64_t i = 0; i < shape.inputs; ++i)
                if (input[static_cast<size_t>(t * shape.inputs + i)] != 0)
                    channels.push_back(static_cast<std::uint16_t>(i));
            offsets.push_back(static_cast<std::uint32_t>(channels.size()));
        }
        std::int64_t label = 0;
        set.write_labels(n, &label, 1);
        labels.push_back(static_cast<std::uint8_t>(label));
    }
    return std::make_shared<EventSequenceSet>(shape, std::move(offsets), std::move(channels), std::move(labels));
}

std::shared_ptr<const SequenceSet> random_sequences(const DatasetInfo& info, std::int64_t count) {
    auto set = std::make_shared<RandomSequences>(info, count);
    return info.input_kind == InputKind::sparse_events ? as_events(*set) : set;
}

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double peak_memory_mb() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

}  // namespace

BenchResult run_bench(const ExperimentConfig& config, const RunOptions& options, int batches) {
    require_valid(config);
    if (batches < 1) throw ConfigError("--batches: expected at least 1, found " + std::to_string(batches));
    BenchResult result;
    result.path = "loop";
    result.threads = use_threads(options.threads);
    result.batches = batches;

    const DatasetInfo& info = dataset_info(config.dataset.name);
    const DatasetStatus status = dataset_status(info.name, options.data_dir).status;
    DatasetSplits data;
    if (status == DatasetStatus::missing) {
        const auto set = random_sequences(info, 2 * config.training.batch_size);
        data = {set, set};
        result.data = "random";
    } else {
        data = load_dataset(config.dataset, options.data_dir);
        result.data = "dataset";
    }
    Trainer trainer(config, data);
    const std::vector<int64_t>& order = trainer.split().train;
    const size_t batch_size = std::min(static_cast<size_t>(config.training.batch_size), order.size());
    std::vector<double> steps, forwards, backwards;
    // The first batch warms up caches and allocators and is not counted.
    for (int i = 0; i <= batches; ++i) {
        const size_t begin = static_cast<size_t>(i) * batch_size % (order.size() - batch_size + 1);
        const Batch batch =
            make_batch(*data.train, std::span(order).subspan(begin, batch_size), trainer.network().dtype());
        const auto start = std::chrono::steady_clock::now();
        const BatchResult timed = trainer.train_batch(batch, config.training.learning_rate);
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (!timed.finite) throw ComputeError("The network diverged in batch " + std::to_string(i) + " of the bench");
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
