// engine/data/sequence_set.h: labelled sequences as the training sees them, however they are stored.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "resonate/experiment_config.h"

namespace resonate {

/// The input of one sequence as a list of events, for kernels that need no dense copy. A view into the set.
struct SequenceEvents {
    /// [T + 1] places in `channels`; offsets[0] need not be 0.
    std::span<const std::uint32_t> offsets;
    /// Step t has input 1 at channels[offsets[t]] … channels[offsets[t + 1] − 1], ascending, each once; 0 elsewhere.
    const std::uint16_t* channels = nullptr;
};

/// N sequences of T steps with I inputs, labelled once per sequence or once per step with one of C classes.
/// Immutable after loading; any thread may read.
class SequenceSet {
 public:
    struct Shape {
        std::int64_t count = 0;    ///< N
        std::int64_t steps = 0;    ///< T
        std::int64_t inputs = 0;   ///< I
        std::int64_t classes = 0;  ///< C
        bool label_per_step = false;
    };

    virtual ~SequenceSet() = default;
    virtual const Shape& shape() const = 0;

    /// Writes sequence `index` into a time-major batch: input (t, i) goes to out[t * step_stride + i]. Every one of the
    /// T × I places is written. `index` in [0, N).
    virtual void write_input(std::int64_t index, float* out, std::int64_t step_stride) const = 0;

    /// Writes the labels of sequence `index`: label t goes to out[t * step_stride] for T labels, or out[0] for one.
    virtual void write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const = 0;

    /// The input of sequence `index` as events where the set is stored that way, else nothing: the same answer for
    /// every index. Says what write_input() writes. The view holds as long as the set.
    virtual std::optional<SequenceEvents> events(std::int64_t /*index*/) const { return std::nullopt; }
};

struct DatasetSplits {
    std::shared_ptr<const SequenceSet> train;  ///< validation is drawn from it where the set brings none of its own
    std::shared_ptr<const SequenceSet> test;
    /// [T] of permuted sets: step t shows pixel permutation[t] of both splits; a model is worth nothing without it.
    /// Empty where steps are not permuted.
    std::vector<std::int64_t> permutation = {};
    std::shared_ptr<const SequenceSet> validation = nullptr;  ///< published with the set, or nothing
};

/// Loads or generates the set named in the config. Where `permutation` is not empty it replaces the one that
/// dataset.permutation_seed draws, as a permutation published with a model must. Throws DataError naming file, place,
/// expected, found, what to do.
DatasetSplits load_dataset(const DatasetConfig& config, const std::filesystem::path& data_dir,
                           std::vector<std::int64_t> permutation = {});

}  // namespace resonate
