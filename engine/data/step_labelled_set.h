// engine/data/step_labelled_set.h: sequences of small integers with a label per step, one byte each.
#pragma once

#include <vector>

#include "data/sequence_set.h"

namespace resonate {

class StepLabelledSet : public SequenceSet {
 public:
    /// `input` is [N, T, I], `labels` [N, T], both row-major.
    StepLabelledSet(const Shape& shape, std::vector<std::int8_t> input, std::vector<std::uint8_t> labels);

    const Shape& shape() const override { return shape_; }
    void write_input(std::int64_t index, float* out, std::int64_t step_stride) const override;
    void write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const override;

 private:
    Shape shape_;
    std::vector<std::int8_t> input_;
    std::vector<std::uint8_t> labels_;
};

}  // namespace resonate
