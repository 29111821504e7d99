// engine/data/packed_file.h: the content of a file that may be packed with gzip, and its hash.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/digest.h"

namespace resonate {

/// `folder/name` where it is there, else `folder/name.gz`, else nothing.
std::optional<std::filesystem::path> find_plain_or_packed(const std::filesystem::path& folder, const std::string& name);

/// Hands the unpacked content to `use` in blocks, in order; packed or not is seen in the first bytes, not in the name.
/// With `unpack` false the bytes are handed over as they lie in the file. Throws DataError naming the file where it
/// cannot be read or its gzip stream is cut off or damaged.
void read_blocks(const std::filesystem::path& file, const std::function<void(std::span<const std::uint8_t>)>& use,
                 bool unpack = true);

/// The whole unpacked content. Throws DataError as read_blocks() does, and as soon as there are more than `most` bytes,
/// so that a small file cannot unpack to all memory.
std::vector<std::uint8_t> read_unpacked(const std::filesystem::path& file, std::uint64_t most);

struct ContentDigest {
    std::uint64_t bytes = 0;
    std::string hash;         ///< lower-case hex
};

/// Size and hash of the content, unpacked or as it lies in the file. Throws DataError as read_blocks() does.
ContentDigest digest_of_content(const std::filesystem::path& file, Hash hash, bool unpack = true);

}  // namespace resonate
