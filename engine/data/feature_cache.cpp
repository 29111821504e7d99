// engine/data/feature_cache.cpp: see feature_cache.h. The file, numbers as in memory: Header; features float32
// [N, steps, coefficients], training, validation, test; labels uint16 [N]; SHA-256 of all that in hexadecimal.
#include "data/feature_cache.h"

#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "data/cache_file.h"
#include "data/coefficient_set.h"
#include "data/random.h"

namespace resonate {
namespace {

constexpr std::array<char, 8> magic{'R', 'E', 'S', 'O', 'M', 'F', 'C', 'C'};
constexpr size_t row_bytes = sizeof(mfcc::Features);

struct Header {
    std::array<char, 8> magic = resonate::magic;
    std::uint32_t byte_order = 0x01020304;
    std::uint32_t version = mfcc::version;
    std::uint32_t steps = mfcc::steps;
    std::uint32_t coefficients = mfcc::coefficients;
    std::uint32_t classes = 0;
    std::uint32_t reserved = 0;
    std::array<std::uint64_t, 3> counts{};  ///< of Split::train, validation, test
    CacheHash key{};                        ///< SHA-256 of FeatureCache::key

    std::uint64_t count() const { return counts[0] + counts[1] + counts[2]; }
};
static_assert(sizeof(Header) == 120 && sizeof(Header) % alignof(float) == 0);

/// A recording whose coefficients lie in memory.
struct Row {
    const float* features = nullptr;
    std::uint16_t label = 0;
};
using Rows = std::array<std::vector<Row>, 3>;  ///< by Split

DatasetSplits make_sets(const std::shared_ptr<const void>& memory, const Rows& rows, int classes) {
    const auto set_of = [&](Split split) -> std::shared_ptr<const SequenceSet> {
        const std::vector<Row>& part = rows[static_cast<size_t>(split)];
        std::vector<const float*> features;
        std::vector<std::uint16_t> labels;
        for (const Row& row : part) {
            features.push_back(row.features);
            labels.push_back(row.label);
        }
        const SequenceSet::Shape shape{static_cast<std::int64_t>(part.size()), mfcc::steps, mfcc::coefficients, classes,
                                       false};
        return std::make_shared<CoefficientSet>(shape, memory, std::move(features), std::move(labels));
    };
    DatasetSplits splits{set_of(Split::train), set_of(Split::test)};
    if (!rows[static_cast<size_t>(Split::validation)].empty()) splits.validation = set_of(Split::validation);
    return splits;
}

bool write_feature_cache(const FeatureCache& cache, const Rows& rows, int classes) {
    Header header;
    header.classes = static_cast<std::uint32_t>(classes);
    header.key = cache_hash(cache.key);
    for (size_t split = 0; split < rows.size(); ++split) header.counts[split] = rows[split].size();
    CacheWriter writer(cache.file);
    writer.write(&header, sizeof header);
    for (const std::vector<Row>& split : rows)
        for (const Row& row : split)
            if (writer.good()) writer.write(row.features, row_bytes);
    for (const std::vector<Row>& split : rows)
        for (const Row& row : split) writer.write(&row.label, sizeof row.label);
    return writer.finish();
}

}  // namespace

std::optional<DatasetSplits> open_feature_cache(const FeatureCache& cache, int classes) {
    const CacheFile file(cache.file);
    Header header;
    const Header expected;
    if (!file.opened() || !file.read(&header, sizeof header, 0)) return std::nullopt;
    if (header.magic != expected.magic || header.byte_order != expected.byte_order ||
        header.version != expected.version || header.steps != expected.steps ||
        header.coefficients != expected.coefficients || header.classes != static_cast<std::uint32_t>(classes) ||
        header.key != cache_hash(cache.key))
        return std::nullopt;
    const std::uint64_t bytes = file.bytes();
    // Each count alone first: their sum and its product must not overflow.
    for (const std::uint64_t count : header.counts)
        if (count > bytes / row_bytes) return std::nullopt;
    const std::uint64_t count = header.count();
    if (bytes != sizeof header + count * (row_bytes + sizeof(std::uint16_t)) + cache_hash_bytes) return std::nullopt;
    if (!file.is_whole()) return std::nullopt;

    void* mapped = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file.handle(), 0);
    if (mapped == MAP_FAILED) return std::nullopt;
    const std::shared_ptr<const void> memory(mapped,
                                             [bytes](const void* start) { ::munmap(const_cast<void*>(start), bytes); });
    const char* features = static_cast<const char*>(mapped) + sizeof header;
    const char* labels = features + count * row_bytes;
    Rows rows;
    std::uint64_t index = 0;
    for (size_t split = 0; split < rows.size(); ++split)
        for (std::uint64_t n = 0; n < header.counts[split]; ++n, ++index) {
            Row row{reinterpret_cast<const float*>(features + index * row_bytes), 0};
            std::memcpy(&row.label, labels + index * sizeof row.label, sizeof row.label);
            if (row.label >= header.classes) return std::nullopt;
            rows[split].push_back(row);
        }
    return make_sets(memory, rows, classes);
}

DatasetSplits keep_features(const std::shared_ptr<const FeatureRows>& rows,
                            const std::vector<NamedRecording>& recordings, int classes, const FeatureCache& cache) {
    std::vector<std::pair<std::uint64_t, size_t>> order;
    for (size_t i = 0; i < recordings.size(); ++i) order.emplace_back(derive_seed(0, recordings[i].name), i);
    std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : recordings[a.second].name < recordings[b.second].name;
    });
    Rows in_order;
    for (const auto& [hash, i] : order)
        in_order[static_cast<size_t>(recordings[i].split)].push_back({(*rows)[i].data(), recordings[i].label});
    if (write_feature_cache(cache, in_order, classes))
        if (auto kept = open_feature_cache(cache, classes)) return *kept;
    return make_sets(rows, in_order, classes);
}

}  // namespace resonate
