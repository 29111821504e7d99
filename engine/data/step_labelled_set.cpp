// engine/data/step_labelled_set.cpp: see step_labelled_set.h.
#include "data/step_labelled_set.h"

#include <cassert>
#include <utility>

namespace resonate {

StepLabelledSet::StepLabelledSet(const Shape& shape, std::vector<std::int8_t> input, std::vector<std::uint8_t> labels)
    : shape_(shape), input_(std::move(input)), labels_(std::move(labels)) {
    assert(input_.size() == static_cast<size_t>(shape_.count * shape_.steps * shape_.inputs));
    assert(labels_.size() == static_cast<size_t>(shape_.count * shape_.steps));
}

void StepLabelledSet::write_input(std::int64_t index, float* out, std::int64_t step_stride) const {
    const std::int8_t* sequence = input_.data() + index * shape_.steps * shape_.inputs;
    for (std::int64_t t = 0; t < shape_.steps; ++t)
        for (std::int64_t i = 0; i < shape_.inputs; ++i)
            out[t * step_stride + i] = static_cast<float>(sequence[t * shape_.inputs + i]);
}

void StepLabelledSet::write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const {
    const std::uint8_t* sequence = labels_.data() + index * shape_.steps;
    for (std::int64_t t = 0; t < shape_.steps; ++t) out[t * step_stride] = sequence[t];
}

}  // namespace resonate
