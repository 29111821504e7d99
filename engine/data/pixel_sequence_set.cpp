// engine/data/pixel_sequence_set.cpp: see pixel_sequence_set.h.
#include "data/pixel_sequence_set.h"

#include <cassert>
#include <numeric>
#include <utility>

namespace resonate {

PixelSequenceSet::PixelSequenceSet(std::int64_t steps, std::int64_t classes, std::vector<std::uint8_t> pixels,
                                   std::vector<std::uint8_t> labels, std::vector<std::int64_t> permutation)
    : shape_{static_cast<std::int64_t>(labels.size()), steps, 1, classes, false},
      pixels_(std::move(pixels)),
      labels_(std::move(labels)),
      order_(std::move(permutation)) {
    if (order_.empty()) {
        order_.resize(static_cast<size_t>(steps));
        std::iota(order_.begin(), order_.end(), std::int64_t{0});
    }
    assert(pixels_.size() == static_cast<size_t>(shape_.count * steps));
    assert(order_.size() == static_cast<size_t>(steps));
}

void PixelSequenceSet::write_input(std::int64_t index, float* out, std::int64_t step_stride) const {
    const std::uint8_t* image = pixels_.data() + index * shape_.steps;
    for (std::int64_t t = 0; t < shape_.steps; ++t)
        out[t * step_stride] = static_cast<float>(image[order_[static_cast<size_t>(t)]]) / 255.0F;
}

void PixelSequenceSet::write_labels(std::int64_t index, std::int64_t* out, std::int64_t) const {
    out[0] = labels_[static_cast<size_t>(index)];
}

}  // namespace resonate
