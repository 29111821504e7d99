// engine/data/pixel_sequence_set.h: images shown one pixel per step, one byte each, labelled once.
#pragma once

#include <vector>

#include "data/sequence_set.h"

namespace resonate {

class PixelSequenceSet : public SequenceSet {
 public:
    /// `pixels` is [N, T] row-major, shown as pixel / 255; `labels` [N], below `classes`. Where `permutation` is not
    /// empty, step t shows pixel permutation[t].
    PixelSequenceSet(std::int64_t steps, std::int64_t classes, std::vector<std::uint8_t> pixels,
                     std::vector<std::uint8_t> labels, std::vector<std::int64_t> permutation = {});

    const Shape& shape() const override { return shape_; }
    void write_input(std::int64_t index, float* out, std::int64_t step_stride) const override;
    void write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const override;

    /// Memory held by pixels and labels.
    std::size_t stored_bytes() const { return pixels_.capacity() + labels_.capacity(); }

 private:
    Shape shape_;
    std::vector<std::uint8_t> pixels_;
    std::vector<std::uint8_t> labels_;
    std::vector<std::int64_t> order_;  ///< [T] pixel of each step
};

}  // namespace resonate
