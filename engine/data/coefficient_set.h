// engine/data/coefficient_set.h: sequences of float32 coefficients, labelled once, that lie where others keep them.
#pragma once

#include <memory>
#include <vector>

#include "data/sequence_set.h"

namespace resonate {

class CoefficientSet : public SequenceSet {
 public:
    /// Sequence n is rows[n][0 … T I), row-major [T, I]; `labels` [N], below shape.classes. `memory` keeps the rows.
    CoefficientSet(const Shape& shape, std::shared_ptr<const void> memory, std::vector<const float*> rows,
                   std::vector<std::uint16_t> labels);

    const Shape& shape() const override { return shape_; }
    void write_input(std::int64_t index, float* out, std::int64_t step_stride) const override;
    void write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const override;

 private:
    Shape shape_;
    std::shared_ptr<const void> memory_;
    std::vector<const float*> rows_;
    std::vector<std::uint16_t> labels_;
};

}  // namespace resonate
