// engine/training/batches.h: which sequences train and validate, in which order, and as tensors.
#pragma once

#include <torch/torch.h>

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "data/sequence_set.h"
#include "kernels/fused_network.h"

namespace resonate {

/// Which sequences of a data set are used.
struct TrainingSplit {
    std::vector<int64_t> train;       ///< indices into the training set
    std::vector<int64_t> validation;  ///< into the published validation set where there is one, else the training set
    std::vector<int64_t> test;        ///< into the test set
};

/// Draws the share of the set that is used: of each class round(fraction · its count) sequences, at least one, where
/// sequences have one label; round(fraction · N) of all where every step has its own. Ascending; all at fraction 1. A
/// function of its arguments alone.
std::vector<int64_t> draw_fraction(const SequenceSet& set, double fraction, std::uint64_t seed,
                                   std::string_view purpose = "training fraction");

/// Takes the share config.fraction of the training set, draws floor(validation_fraction · its count) sequences of it to
/// validate, and keeps train_limit of the rest where that is > 0; all of the test set is used. Of sets that bring their
/// own validation set the share is taken of all three, and nothing else validates. A function of its arguments alone.
TrainingSplit split_training_set(const DatasetSplits& data, const DatasetConfig& config, std::uint64_t seed);

/// The set that TrainingSplit::validation points into.
const SequenceSet& validation_set(const DatasetSplits& data);

/// Are batches of this data set standardised? Only coefficients are.
bool standardises(const DatasetConfig& config);

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

struct BatchOptions {
    torch::Dtype dtype = torch::kFloat32;
    /// A set that stores its input as events gives them as they are; only the kernels take those.
    bool allow_events = false;
    /// Brings each input to mean 0 and sample standard deviation 1 over all steps and sequences of the batch (divided
    /// by it + 1e-8), as the published scripts do; an input that never changes becomes 0. The same sequence is
    /// therefore shown differently in other company: evaluation does it in batches of its own size, and a sequence
    /// shown alone, as in the probe, is standardised over its own steps. Not of events.
    bool standardise = false;
};

Batch make_batch(const SequenceSet& set, std::span<const int64_t> indices, const BatchOptions& options);

/// 0, 1, …, count − 1.
std::vector<int64_t> all_indices(int64_t count);

}  // namespace resonate
