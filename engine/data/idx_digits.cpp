// engine/data/idx_digits.cpp: see idx_digits.h.
#include "data/idx_digits.h"

#include <cstdio>
#include <string>
#include <utility>

#include "data/packed_file.h"
#include "data/permutation.h"
#include "resonate/error.h"

namespace resonate {
namespace {

constexpr std::uint32_t rows = 28;
constexpr std::uint32_t columns = 28;
constexpr std::uint32_t pixels = rows * columns;
constexpr std::uint8_t classes = 10;
/// Far more images than any file of this layout; a damaged header must not ask for all memory.
constexpr std::uint32_t largest_count = 1000000;
constexpr const char* get_again = "; get the published file again";

std::string hex(std::uint32_t value) {
    char text[16];
    std::snprintf(text, sizeof text, "0x%08x", value);
    return text;
}

struct IdxFile {
    std::vector<std::uint32_t> extent;  ///< [N, …]
    std::vector<std::uint8_t> bytes;    ///< row-major, the header taken off
};

/// `rank` numbers of extent after `magic`, then one byte for each place.
IdxFile read_idx(const std::filesystem::path& file, std::uint32_t magic, size_t rank) {
    const std::string place = file.string();
    const size_t header = 4 * (1 + rank);
    IdxFile idx;
    idx.bytes = read_unpacked(file, header + std::uint64_t{largest_count} * (rank == 1 ? 1 : pixels));
    if (idx.bytes.size() < header)
        throw DataError(place + ": expected an IDX header of " + std::to_string(header) + " bytes, found " +
                        std::to_string(idx.bytes.size()) + " bytes" + get_again);
    const auto word = [&](size_t index) {
        const std::uint8_t* b = idx.bytes.data() + 4 * index;
        return std::uint32_t{b[0]} << 24 | std::uint32_t{b[1]} << 16 | std::uint32_t{b[2]} << 8 | std::uint32_t{b[3]};
    };
    if (word(0) != magic)
        throw DataError(place + ": expected the IDX magic number " + hex(magic) + ", found " + hex(word(0)) +
                        get_again);
    for (size_t i = 1; i <= rank; ++i) idx.extent.push_back(word(i));
    if (rank == 3 && (idx.extent[1] != rows || idx.extent[2] != columns))
        throw DataError(place + ": expected images of 28 x 28 pixels, found " + std::to_string(idx.extent[1]) + " x " +
                        std::to_string(idx.extent[2]) + get_again);
    const std::uint32_t count = idx.extent[0];
    const std::uint64_t expected = header + std::uint64_t{count} * (rank == 1 ? 1 : pixels);
    if (count < 1 || count > largest_count)
        throw DataError(place + ": expected 1 to " + std::to_string(largest_count) + " entries, found " +
                        std::to_string(count) + get_again);
    if (idx.bytes.size() != expected)
        throw DataError(place + ": expected " + std::to_string(expected) + " bytes for " + std::to_string(count) +
                        " entries, found " + std::to_string(idx.bytes.size()) + get_again);
    idx.bytes.erase(idx.bytes.begin(), idx.bytes.begin() + static_cast<std::ptrdiff_t>(header));
    return idx;
}

}  // namespace

std::shared_ptr<const PixelSequenceSet> read_idx_digits(const std::filesystem::path& images,
                                                        const std::filesystem::path& labels,
                                                        std::vector<std::int64_t> permutation) {
    if (!permutation.empty()) require_permutation(permutation, pixels, "the permutation of the pixels");
    IdxFile label_file = read_idx(labels, 0x801, 1);
    IdxFile image_file = read_idx(images, 0x803, 3);
    if (image_file.extent[0] != label_file.extent[0])
        throw DataError(images.string() + " has " + std::to_string(image_file.extent[0]) + " images but " +
                        labels.string() + " has " + std::to_string(label_file.extent[0]) +
                        " labels; get both published files again");
    for (size_t n = 0; n < label_file.bytes.size(); ++n)
        if (label_file.bytes[n] >= classes)
            throw DataError(labels.string() + ": expected labels 0 to 9, found " + std::to_string(label_file.bytes[n]) +
                            " for image " + std::to_string(n) + get_again);
    return std::make_shared<PixelSequenceSet>(pixels, classes, std::move(image_file.bytes), std::move(label_file.bytes),
                                              std::move(permutation));
}

}  // namespace resonate
