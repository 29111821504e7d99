// engine/data/array_sequence_set.h: sequences from an array, in the type they were stored in, scaled when they are
// read.
#pragma once

#include <vector>

#include "data/sequence_set.h"
#include "data/stored_numbers.h"
#include "resonate/own_data.h"

namespace resonate {

/// Input x of channel i becomes (x − centre[i]) · factor[i].
struct ChannelScaling {
    std::vector<float> centre;  ///< [I]
    std::vector<float> factor;  ///< [I]
};

class ArraySequenceSet : public SequenceSet {
 public:
    /// `input` is [N, T, I], `labels` [N] or [N, T], below shape.classes; both row-major.
    ArraySequenceSet(const Shape& shape, StoredNumbers input, std::vector<std::uint16_t> labels);

    const Shape& shape() const override { return shape_; }
    void write_input(std::int64_t index, float* out, std::int64_t step_stride) const override;
    void write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const override;

    /// What brings each channel of these sequences into the form asked for. A channel that never changes is only moved.
    ChannelScaling scaling_of(std::span<const std::int64_t> indices, Scaling scaling) const;
    /// To be called before others read.
    void use(ChannelScaling scaling) { scaling_ = std::move(scaling); }

    /// Memory held by input and labels.
    std::size_t stored_bytes() const;

 private:
    Shape shape_;
    StoredNumbers input_;
    std::vector<std::uint16_t> labels_;
    ChannelScaling scaling_;  // empty: none
};

}  // namespace resonate
