// engine/training/batches.cpp: see batches.h.
#include "training/batches.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "data/random.h"
#include "resonate/datasets.h"

namespace resonate {
namespace {

/// Fisher–Yates.
void shuffle(std::vector<int64_t>& indices, Random& random) {
    for (size_t i = indices.size(); i > 1; --i) std::swap(indices[i - 1], indices[random.below(i)]);
}

}  // namespace

std::vector<int64_t> all_indices(int64_t count) {
    std::vector<int64_t> indices(static_cast<size_t>(count));
    std::iota(indices.begin(), indices.end(), int64_t{0});
    return indices;
}

std::vector<int64_t> draw_fraction(const SequenceSet& set, double fraction, std::uint64_t seed,
                                   std::string_view purpose) {
    const SequenceSet::Shape& shape = set.shape();
    std::vector<int64_t> indices = all_indices(shape.count);
    if (fraction >= 1) return indices;
    std::vector<std::vector<int64_t>> groups(shape.label_per_step ? 1 : static_cast<size_t>(shape.classes));
    for (const int64_t index : indices) {
        int64_t label = 0;
        if (!shape.label_per_step) set.write_labels(index, &label, 1);
        groups[static_cast<size_t>(label)].push_back(index);
    }
    indices.clear();
    for (size_t group = 0; group < groups.size(); ++group) {
        std::vector<int64_t>& members = groups[group];
        if (members.empty()) continue;
        Random random(derive_seed(seed, purpose, group));
        shuffle(members, random);
        const auto used = std::llround(fraction * static_cast<double>(members.size()));
        indices.insert(indices.end(), members.begin(), members.begin() + std::max(used, 1LL));
    }
    std::sort(indices.begin(), indices.end());
    return indices;
}

TrainingSplit split_training_set(const DatasetSplits& data, const DatasetConfig& config, std::uint64_t seed) {
    TrainingSplit split;
    std::vector<int64_t> indices = draw_fraction(*data.train, config.fraction, seed);
    Random random(derive_seed(seed, "validation split"));
    shuffle(indices, random);
    std::ptrdiff_t validating = 0;
    if (data.validation) {
        split.validation = draw_fraction(*data.validation, config.fraction, seed, "validation fraction");
        split.test = draw_fraction(*data.test, config.fraction, seed, "test fraction");
    } else {
        validating =
            static_cast<std::ptrdiff_t>(std::floor(config.validation_fraction * static_cast<double>(indices.size())));
        split.validation.assign(indices.begin(), indices.begin() + validating);
        split.test = all_indices(data.test->shape().count);
    }
    split.train.assign(indices.begin() + validating, indices.end());
    if (config.train_limit > 0 && static_cast<size_t>(config.train_limit) < split.train.size())
        split.train.resize(static_cast<size_t>(config.train_limit));
    return split;
}

const SequenceSet& validation_set(const DatasetSplits& data) {
    return data.validation ? *data.validation : *data.train;
}

bool standardises(const DatasetConfig& config) {
    return config.standardise && dataset_info(config.name).input_kind == InputKind::coefficients;
}

std::vector<int64_t> shuffled(std::vector<int64_t> indices, std::uint64_t seed, int epoch) {
    Random random(derive_seed(seed, "shuffle", static_cast<std::uint64_t>(epoch)));
    shuffle(indices, random);
    return indices;
}

namespace {

/// Events of the sequences, time-major.
FusedInput gather_events(const SequenceSet& set, std::span<const int64_t> indices) {
    const SequenceSet::Shape& shape = set.shape();
    std::vector<SequenceEvents> sequences;
    int64_t total = 0;
    for (const int64_t index : indices) {
        sequences.push_back(*set.events(index));
        total += sequences.back().offsets.back() - sequences.back().offsets.front();
    }
    const auto batch = static_cast<int64_t>(indices.size());
    const torch::Tensor offsets = torch::empty({shape.steps * batch + 1}, torch::kInt64);
    const torch::Tensor channels = torch::empty({total}, torch::kInt32);
    auto* place = offsets.data_ptr<int64_t>();
    auto* channel = channels.data_ptr<int32_t>();
    int64_t count = 0;
    for (int64_t t = 0; t < shape.steps; ++t)
        for (const SequenceEvents& sequence : sequences) {
            *place++ = count;
            for (std::uint32_t e = sequence.offsets[static_cast<size_t>(t)];
                 e < sequence.offsets[static_cast<size_t>(t) + 1]; ++e)
                channel[count++] = sequence.channels[e];
        }
    *place = count;
    return {offsets, channels, shape.steps, batch, shape.inputs};
}

}  // namespace

torch::Tensor Batch::dense(torch::Dtype dtype) const {
    if (!events) return input.to(dtype);
    const torch::Tensor result = torch::zeros({events->steps * events->batch, events->inputs}, dtype);
    const torch::Tensor counts = events->offsets.diff();
    const torch::Tensor rows = torch::repeat_interleave(torch::arange(counts.size(0)), counts);
    result.index_put_({rows, events->channels.to(torch::kInt64)}, torch::ones({rows.size(0)}, dtype));
    return result.view({events->steps, events->batch, events->inputs});
}

namespace {

/// A deviation below this share of the largest number is what rounding makes of an input that never changes.
constexpr double constant_share = 1e-6;
constexpr double deviation_offset = 1e-8;

/// [T, B, I] in place.
void standardise_inputs(float* input, int64_t rows, int64_t inputs) {
    for (int64_t i = 0; i < inputs; ++i) {
        double sum = 0;
        double largest = 0;
        for (int64_t row = 0; row < rows; ++row) {
            const double value = input[row * inputs + i];
            sum += value;
            largest = std::max(largest, std::abs(value));
        }
        const double mean = sum / static_cast<double>(rows);
        double squares = 0;
        for (int64_t row = 0; row < rows; ++row) squares += std::pow(input[row * inputs + i] - mean, 2);
        const double deviation = rows > 1 ? std::sqrt(squares / static_cast<double>(rows - 1)) : 0.0;
        const bool constant = deviation <= constant_share * largest;
        for (int64_t row = 0; row < rows; ++row) {
            float& value = input[row * inputs + i];
            value = constant ? 0.0F : static_cast<float>((value - mean) / (deviation + deviation_offset));
        }
    }
}

}  // namespace

Batch make_batch(const SequenceSet& set, std::span<const int64_t> indices, const BatchOptions& options) {
    const SequenceSet::Shape& shape = set.shape();
    const auto batch = static_cast<int64_t>(indices.size());
    const bool as_events = options.allow_events && !indices.empty() && set.events(indices.front()).has_value();
    const torch::Tensor labels =
        shape.label_per_step ? torch::empty({shape.steps, batch}, torch::kInt64) : torch::empty({batch}, torch::kInt64);
    for (int64_t i = 0; i < batch; ++i)
        set.write_labels(indices[static_cast<size_t>(i)], labels.data_ptr<int64_t>() + i, batch);
    if (as_events) return {torch::Tensor(), labels, gather_events(set, indices)};
    const torch::Tensor input = torch::empty({shape.steps, batch, shape.inputs}, torch::kFloat32);
    for (int64_t i = 0; i < batch; ++i)
        set.write_input(indices[static_cast<size_t>(i)], input.data_ptr<float>() + i * shape.inputs,
                        batch * shape.inputs);
    if (options.standardise) standardise_inputs(input.data_ptr<float>(), shape.steps * batch, shape.inputs);
    return {input.to(options.dtype), labels};
}

}  // namespace resonate
