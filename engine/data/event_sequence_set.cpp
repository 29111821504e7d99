// engine/data/event_sequence_set.cpp: see event_sequence_set.h.
#include "data/event_sequence_set.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace resonate {

EventSequenceSet::EventSequenceSet(const Shape& shape, std::vector<std::uint32_t> offsets,
                                   std::vector<std::uint16_t> channels, std::vector<std::uint8_t> labels)
    : shape_(shape), offsets_(std::move(offsets)), channels_(std::move(channels)), labels_(std::move(labels)) {
    assert(!shape_.label_per_step && labels_.size() == static_cast<size_t>(shape_.count));
    assert(offsets_.size() == static_cast<size_t>(shape_.count * shape_.steps + 1));
    assert(offsets_.back() == channels_.size());
}

void EventSequenceSet::write_input(std::int64_t index, float* out, std::int64_t step_stride) const {
    const std::uint32_t* offsets = offsets_.data() + index * shape_.steps;
    for (std::int64_t t = 0; t < shape_.steps; ++t) {
        float* step = out + t * step_stride;
        std::fill_n(step, shape_.inputs, 0.0F);
        for (std::uint32_t event = offsets[t]; event < offsets[t + 1]; ++event) step[channels_[event]] = 1.0F;
    }
}

void EventSequenceSet::write_labels(std::int64_t index, std::int64_t* out, std::int64_t) const {
    out[0] = labels_[static_cast<size_t>(index)];
}

std::optional<SequenceEvents> EventSequenceSet::events(std::int64_t index) const {
    return SequenceEvents{
        std::span(offsets_).subspan(static_cast<size_t>(index * shape_.steps), static_cast<size_t>(shape_.steps + 1)),
        channels_.data()};
}

std::size_t EventSequenceSet::stored_bytes() const {
    return offsets_.capacity() * sizeof(offsets_[0]) + channels_.capacity() * sizeof(channels_[0]) + labels_.capacity();
}

}  // namespace resonate
