// engine/data/event_cache.cpp: see event_cache.h. The file: Header; offsets uint32 [N T + 1]; channels uint16; labels
// uint8 [N]; the hash of all that.
#include "data/event_cache.h"

#include <algorithm>
#include <array>

#include "data/cache_file.h"

namespace resonate {
namespace {

struct Header {
    std::array<char, 8> magic{'R', 'E', 'S', 'O', 'E', 'V', 'T', 'S'};
    std::uint32_t byte_order = 0x01020304;
    std::uint32_t version = 1;  ///< of the binning and of this layout
    std::int64_t count = 0;
    std::int64_t steps = 0;
    std::int64_t inputs = 0;
    std::int64_t classes = 0;
    std::uint64_t events = 0;
    CacheHash key{};
};
static_assert(sizeof(Header) == 120);

/// Larger numbers than any set has: their products must not overflow.
constexpr std::int64_t most = std::int64_t{1} << 31;

}  // namespace

std::shared_ptr<const EventSequenceSet> open_event_cache(const EventCache& cache) {
    const CacheFile file(cache.file);
    Header header;
    const Header expected;
    if (!file.opened() || !file.read(&header, sizeof header, 0)) return nullptr;
    if (header.magic != expected.magic || header.byte_order != expected.byte_order ||
        header.version != expected.version || header.key != cache_hash(cache.key))
        return nullptr;
    for (const std::int64_t number : {header.count, header.steps, header.inputs, header.classes})
        if (number < 1 || number >= most) return nullptr;
    const auto places = static_cast<std::uint64_t>(header.count * header.steps + 1);
    if (places > file.bytes() || header.events > file.bytes()) return nullptr;
    const std::uint64_t offset_bytes = places * sizeof(std::uint32_t);
    const std::uint64_t channel_bytes = header.events * sizeof(std::uint16_t);
    const auto label_bytes = static_cast<std::uint64_t>(header.count);
    if (file.bytes() != sizeof header + offset_bytes + channel_bytes + label_bytes + cache_hash_bytes) return nullptr;
    if (!file.is_whole()) return nullptr;

    std::vector<std::uint32_t> offsets(places);
    std::vector<std::uint16_t> channels(header.events);
    std::vector<std::uint8_t> labels(label_bytes);
    if (!file.read(offsets.data(), offset_bytes, sizeof header) ||
        !file.read(channels.data(), channel_bytes, sizeof header + offset_bytes) ||
        !file.read(labels.data(), label_bytes, sizeof header + offset_bytes + channel_bytes))
        return nullptr;
    const auto inside = [&](auto limit) {
        return [limit](auto number) { return static_cast<std::int64_t>(number) < limit; };
    };
    if (offsets.front() != 0 || offsets.back() != header.events || !std::is_sorted(offsets.begin(), offsets.end()) ||
        !std::all_of(channels.begin(), channels.end(), inside(header.inputs)) ||
        !std::all_of(labels.begin(), labels.end(), inside(header.classes)))
        return nullptr;
    const SequenceSet::Shape shape{header.count, header.steps, header.inputs, header.classes, false};
    return std::make_shared<EventSequenceSet>(shape, std::move(offsets), std::move(channels), std::move(labels));
}

void keep_events(const EventSequenceSet& set, const EventCache& cache) {
    const SequenceSet::Shape& shape = set.shape();
    Header header;
    header.count = shape.count;
    header.steps = shape.steps;
    header.inputs = shape.inputs;
    header.classes = shape.classes;
    header.events = set.all_channels().size();
    header.key = cache_hash(cache.key);
    CacheWriter writer(cache.file);
    writer.write(&header, sizeof header);
    writer.write(set.all_offsets().data(), set.all_offsets().size_bytes());
    writer.write(set.all_channels().data(), set.all_channels().size_bytes());
    writer.write(set.all_labels().data(), set.all_labels().size_bytes());
    writer.finish();
}

}  // namespace resonate
