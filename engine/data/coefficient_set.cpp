// engine/data/coefficient_set.cpp: see coefficient_set.h.
#include "data/coefficient_set.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace resonate {

CoefficientSet::CoefficientSet(const Shape& shape, std::shared_ptr<const void> memory, std::vector<const float*> rows,
                               std::vector<std::uint16_t> labels)
    : shape_(shape), memory_(std::move(memory)), rows_(std::move(rows)), labels_(std::move(labels)) {
    assert(rows_.size() == static_cast<size_t>(shape.count) && labels_.size() == rows_.size());
}

void CoefficientSet::write_input(std::int64_t index, float* out, std::int64_t step_stride) const {
    const float* row = rows_[static_cast<size_t>(index)];
    for (std::int64_t t = 0; t < shape_.steps; ++t)
        std::copy_n(row + t * shape_.inputs, shape_.inputs, out + t * step_stride);
}

void CoefficientSet::write_labels(std::int64_t index, std::int64_t* out, std::int64_t) const {
    out[0] = labels_[static_cast<size_t>(index)];
}

}  // namespace resonate
