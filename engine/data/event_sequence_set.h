// engine/data/event_sequence_set.h: sequences of few events on many channels, stored as lists, labelled once.
#pragma once

#include <vector>

#include "data/sequence_set.h"

namespace resonate {

class EventSequenceSet : public SequenceSet {
 public:
    /// `offsets` is [N T + 1]: step t of sequence n has the events channels[offsets[n T + t]] … up to
    /// channels[offsets[n T + t + 1] − 1], ascending, each once, below shape.inputs. `labels` [N].
    EventSequenceSet(const Shape& shape, std::vector<std::uint32_t> offsets, std::vector<std::uint16_t> channels,
                     std::vector<std::uint8_t> labels);

    const Shape& shape() const override { return shape_; }
    void write_input(std::int64_t index, float* out, std::int64_t step_stride) const override;
    void write_labels(std::int64_t index, std::int64_t* out, std::int64_t step_stride) const override;
    std::optional<SequenceEvents> events(std::int64_t index) const override;

    /// As given to the constructor.
    std::span<const std::uint32_t> all_offsets() const { return offsets_; }
    std::span<const std::uint16_t> all_channels() const { return channels_; }
    std::span<const std::uint8_t> all_labels() const { return labels_; }

    /// Memory held by events, offsets and labels.
    std::size_t stored_bytes() const;

 private:
    Shape shape_;
    std::vector<std::uint32_t> offsets_;
    std::vector<std::uint16_t> channels_;
    std::vector<std::uint8_t> labels_;
};

}  // namespace resonate
