// engine/data/array_sequence_set.cpp: see array_sequence_set.h.
#include "data/array_sequence_set.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

namespace resonate {

ArraySequenceSet::ArraySequenceSet(const Shape& shape, StoredNumbers input, std::vector<std::uint16_t> labels)
    : shape_(shape), input_(std::move(input)), labels_(std::move(labels)) {
    assert(std::visit([](const auto& list) { return list.size(); }, input_) ==
           static_cast<size_t>(shape_.count * shape_.steps * shape_.inputs));
    assert(labels_.size() == static_cast<size_t>(shape_.count * (shape_.label_per_step ? shape_.steps : 1)));
}

void ArraySequenceSet::write_input(std::int64_t index, float* out, std::int64_t step_stride) const {
    const bool scaled = !scaling_.factor.empty();
    std::visit(
        [&](const auto& list) {
            const auto* sequence = list.data() + index * shape_.steps * shape_.inputs;
            for (std::int64_t t = 0; t < shape_.steps; ++t)
                for (std::int64_t i = 0; i < shape_.inputs; ++i) {
                    const auto value = static_cast<float>(sequence[t * shape_.inputs + i]);
                    const auto channel = static_cast<size_t>(i);
                    out[t * step_stride + i] =
                        scaled ? (value - scaling_.centre[channel]) * scaling_.factor[channel] : value;
                }
        },
        input_);
}

void ArraySequenceSet::write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const {
    const std::int64_t count = shape_.label_per_step ? shape_.steps : 1;
    for (std::int64_t t = 0; t < count; ++t) out[t * step_stride] = labels_[static_cast<size_t>(index * count + t)];
}

ChannelScaling ArraySequenceSet::scaling_of(std::span<const std::int64_t> indices, Scaling scaling) const {
    if (scaling == Scaling::none) return {};
    const auto inputs = static_cast<size_t>(shape_.inputs);
    const auto values = static_cast<double>(std::ssize(indices) * shape_.steps);
    std::vector<double> mean(inputs), square(inputs), low(inputs, std::numeric_limits<double>::infinity()),
        high(inputs, -std::numeric_limits<double>::infinity());
    const auto for_each = [&](auto visit) {
        std::visit(
            [&](const auto& list) {
                for (const std::int64_t index : indices) {
                    const auto* sequence = list.data() + index * shape_.steps * shape_.inputs;
                    for (std::int64_t at = 0; at < shape_.steps * shape_.inputs; ++at)
                        visit(static_cast<size_t>(at) % inputs, static_cast<double>(sequence[at]));
                }
            },
            input_);
    };
    for_each([&](size_t i, double value) {
        mean[i] += value / values;
        low[i] = std::min(low[i], value);
        high[i] = std::max(high[i], value);
    });
    // In two passes: the square of a large mean would swallow a small deviation.
    if (scaling == Scaling::standardise)
        for_each([&](size_t i, double value) { square[i] += (value - mean[i]) * (value - mean[i]) / values; });
    ChannelScaling result;
    for (size_t i = 0; i < inputs; ++i) {
        const double centre = scaling == Scaling::standardise ? mean[i] : low[i];
        const double width = scaling == Scaling::standardise ? std::sqrt(square[i]) : high[i] - low[i];
        result.centre.push_back(static_cast<float>(centre));
        result.factor.push_back(low[i] < high[i] ? static_cast<float>(1 / width) : 1.0F);
    }
    return result;
}

std::size_t ArraySequenceSet::stored_bytes() const {
    return bytes_held(input_) + labels_.capacity() * sizeof(labels_[0]);
}

}  // namespace resonate
