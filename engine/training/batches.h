// engine/training/batches.h: which sequences train and validate, in which order, and as tensors.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <span>
#include <vector>

#include "data/sequence_set.h"
#include "kernels/fused_network.h"

namespace resonate {

/// Indices into the training set.
struct TrainingSplit {
    std::vector<int64_t> train;
    std::vector<int64_t> validation;
};

/// Draws the share of the set that is used: of each class round(fraction · its count) sequences, at least one, where
/// sequences have one label; round(fraction · N) of all where every step has its own. Ascending; all at fraction 1. A
/// function of its arguments alone.
std::vector<int64_t> draw_fraction(const SequenceSet& set, double fraction, std::uint64_t seed);

/// Takes the share config.fraction of the set, draws floor(validation_fraction · its count) sequences to validate, and
/// keeps train_limit of the rest where that is > 0. A function of its arguments alone.
TrainingSplit split_training_set(const SequenceSet& set, const DatasetConfig& config, std::uint64_t seed);

/// The order of pass `epoch` (0, 1, …): a function of seed and epoch alone, so that resuming needs to remember nothing.
std::vector<int64_t> shuffled(std::vector<int64_t> indices, std::uint64_t seed, int epoch);

struct Batch {
    torch::Tensor input;   ///< float [T, B, I]; undefined where `events` is there
    torch::Tensor labels;  ///< int64 [T, B] or [B]
    std::optional<FusedInput> events = std::nullopt;

    int64_t steps() const { return events ? events->steps : input.size(0); }
    int64_t samples() const { return events ? events->batch : input.size(1); }
    FusedInput for_kernels() const { return events ? *events : FusedInput(input); }
    /// [T, B, I], made from the events where there are any.
    torch::Tensor dense(torch::Dtype dtype) const;
};

/// `allow_events`: a set that stores its input as events gives them as they are; only the kernels take those.
Batch make_batch(const SequenceSet& set, std::span<const int64_t> indices, torch::Dtype dtype,
                 bool allow_events = false);

/// 0, 1, …, count − 1.
std::vector<int64_t> all_indices(int64_t count);

}  // namespace resonate
