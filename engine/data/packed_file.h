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
#include "resonate/error.h"

namespace resonate {

/// A file that cannot be opened, or whose gzip stream is cut off or damaged. what() is a sentence with the file's name.
class UnreadableFile : public DataError {
 public:
    UnreadableFile(const std::filesystem::path& file, std::string why, const std::string& advice)
        : DataError(file.string() + ": " + why + "; " + advice), why_(std::move(why)) {}
    const std::string& why() const { return why_; }  ///< without name and advice

 private:
    std::string why_;
};

/// How the bytes of a file are read: a gzip stream unpacked, seen in the first bytes and not in the name, or as they
/// lie.
enum class Reading { unpacked, as_stored };

/// Does the file begin as gzip does?
bool is_gzip(const std::filesystem::path& file);

/// `folder/name` where it is there, else `folder/name.gz`, else nothing.
std::optional<std::filesystem::path> find_plain_or_packed(const std::filesystem::path& folder, const std::string& name);

/// Hands the content to `use` in blocks, in order; what `use` throws ends the reading. Throws UnreadableFile.
void read_blocks(const std::filesystem::path& file, const std::function<void(std::span<const std::uint8_t>)>& use,
                 Reading reading = Reading::unpacked);

/// The whole unpacked content. Throws DataError as read_blocks() does, and as soon as there are more than `most` bytes,
/// so that a small file cannot unpack to all memory.
std::vector<std::uint8_t> read_unpacked(const std::filesystem::path& file, std::uint64_t most);

struct ContentDigest {
    std::uint64_t bytes = 0;
    std::string hash;  ///< lower-case hex
};

/// Size and hash of the content. `watch` hears after each block how many bytes there were so far, and may throw to end
/// it. Throws UnreadableFile.
ContentDigest digest_of_content(const std::filesystem::path& file, Hash hash, Reading reading = Reading::unpacked,
                                const std::function<void(std::uint64_t)>& watch = {});

}  // namespace resonate
