// engine/data/download/part_file.h: what has been received of a file so far.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

namespace resonate {

/// A file that is written at places and stays when the download ends early; an empty one is removed. Its holder has the
/// lock of the folder. Every function throws DataError naming the file where the disk does not take it.
class PartFile {
 public:
    /// Opens what an earlier download left, or makes an empty file.
    explicit PartFile(std::filesystem::path path);
    ~PartFile();
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::int64_t size() const { return size_; }
    void write(std::int64_t place, std::span<const std::uint8_t> bytes);
    /// Forgets what lies beyond.
    void cut(std::int64_t size);

 private:
    std::filesystem::path path_;
    int handle_;
    std::int64_t size_ = 0;
};

}  // namespace resonate
