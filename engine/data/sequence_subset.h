// engine/data/sequence_subset.h: some sequences of a set, as a set of their own that copies nothing.
#pragma once

#include <utility>
#include <vector>

#include "data/sequence_set.h"

namespace resonate {

class SequenceSubset : public SequenceSet {
 public:
    /// `indices` into `whole`, in the order they get here.
    SequenceSubset(std::shared_ptr<const SequenceSet> whole, std::vector<std::int64_t> indices);

    const Shape& shape() const override { return shape_; }
    void write_input(std::int64_t index, float* out, std::int64_t step_stride) const override;
    void write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const override;
    std::optional<SequenceEvents> events(std::int64_t index) const override;

 private:
    std::int64_t place(std::int64_t index) const { return indices_[static_cast<size_t>(index)]; }

    std::shared_ptr<const SequenceSet> whole_;
    std::vector<std::int64_t> indices_;
    Shape shape_;
};

struct TrainAndTest {
    std::vector<std::int64_t> train;  ///< ascending
    std::vector<std::int64_t> test;   ///< ascending
};

/// Sets round(share · count) sequences of each class apart to test, of all where every step has its own label; always
/// the same ones, and at least one on either side. The set has two sequences or more; `share` is in (0, 1).
TrainAndTest split_off_test(const SequenceSet& set, double share);

}  // namespace resonate
