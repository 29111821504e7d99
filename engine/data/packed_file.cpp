// engine/data/packed_file.cpp: see packed_file.h.
#include "data/packed_file.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>

#include "resonate/error.h"

namespace resonate {
namespace {

constexpr size_t block_bytes = size_t{1} << 18;

using Archive = std::unique_ptr<archive, decltype(&archive_read_free)>;

[[noreturn]] void cannot_read(const std::filesystem::path& file, archive* opened) {
    const char* why = archive_error_string(opened);
    throw UnreadableFile(file, "cannot be read to its end" + (why ? std::string(": ") + why : std::string()),
                         "get the published file again");
}

/// What the file says of itself, to be believed as a hint only: gzip ends with the size of its content.
std::uint64_t likely_content_bytes(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 4> trailer{};
    stream.seekg(-4, std::ios::end).read(trailer.data(), trailer.size());
    if (!stream) return 0;
    if (!is_gzip(file)) return static_cast<std::uint64_t>(stream.tellg());
    std::uint64_t bytes = 0;
    for (size_t i = trailer.size(); i > 0; --i) bytes = bytes << 8 | static_cast<std::uint8_t>(trailer[i - 1]);
    return bytes;
}

}  // namespace

bool is_gzip(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::array<char, 2> magic{};
    stream.read(magic.data(), magic.size());
    return stream && magic == std::array<char, 2>{'\x1f', '\x8b'};
}

std::optional<std::filesystem::path> find_plain_or_packed(const std::filesystem::path& folder,
                                                          const std::string& name) {
    std::error_code failure;
    for (const std::string& candidate : {name, name + ".gz"})
        if (std::filesystem::is_regular_file(folder / candidate, failure)) return folder / candidate;
    return std::nullopt;
}

void read_blocks(const std::filesystem::path& file, const std::function<void(std::span<const std::uint8_t>)>& use,
                 Reading reading) {
    const Archive opened(archive_read_new(), archive_read_free);
    if (reading == Reading::unpacked) archive_read_support_filter_gzip(opened.get());
    archive_read_support_format_raw(opened.get());
    archive_read_support_format_empty(opened.get());
    if (archive_read_open_filename(opened.get(), file.c_str(), block_bytes) != ARCHIVE_OK) {
        std::error_code failure;
        if (!std::filesystem::is_regular_file(file, failure))
            throw UnreadableFile(file, "is not a file that can be opened", "check the path");
        cannot_read(file, opened.get());
    }
    archive_entry* entry = nullptr;
    const int header = archive_read_next_header(opened.get(), &entry);
    if (header == ARCHIVE_EOF) return;
    if (header != ARCHIVE_OK) cannot_read(file, opened.get());
    std::vector<std::uint8_t> block(block_bytes);
    for (;;) {
        const la_ssize_t count = archive_read_data(opened.get(), block.data(), block.size());
        if (count < 0) cannot_read(file, opened.get());
        if (count == 0) return;
        use(std::span(block).first(static_cast<size_t>(count)));
    }
}

std::vector<std::uint8_t> read_unpacked(const std::filesystem::path& file, std::uint64_t most) {
    std::vector<std::uint8_t> content;
    // One allocation where the file says its size truly: growing would hold the content twice for a moment.
    content.reserve(std::min(most, likely_content_bytes(file)));
    read_blocks(file, [&](std::span<const std::uint8_t> block) {
        if (content.size() + block.size() > most)
            throw DataError(file.string() + ": expected at most " + std::to_string(most) +
                            " bytes of content, found more; get the published file again");
        content.insert(content.end(), block.begin(), block.end());
    });
    if (content.capacity() > content.size() + content.size() / 8) content.shrink_to_fit();
    return content;
}

ContentDigest digest_of_content(const std::filesystem::path& file, Hash hash, Reading reading,
                                const std::function<void(std::uint64_t)>& watch) {
    Digest digest(hash);
    ContentDigest found;
    const auto use = [&](std::span<const std::uint8_t> block) {
        digest.add(block);
        found.bytes += block.size();
        if (watch) watch(found.bytes);
    };
    read_blocks(file, use, reading);
    found.hash = digest.hex();
    return found;
}

}  // namespace resonate
