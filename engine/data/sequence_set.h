// engine/data/sequence_set.h: labelled sequences as the training sees them, however they are stored.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "resonate/experiment_config.h"

namespace resonate {

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
};

struct DatasetSplits {
    std::shared_ptr<const SequenceSet> train;  ///< validation is drawn from it
    std::shared_ptr<const SequenceSet> test;
};

/// Loads or generates the set named in the config. Throws DataError naming file, place, expected, found, what to do.
DatasetSplits load_dataset(const DatasetConfig& config, const std::filesystem::path& data_dir);

}  // namespace resonate
