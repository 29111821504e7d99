// engine/data/cache_file.h: files that keep what took long to compute, with a hash of themselves at their end.
// Numbers lie in them as in memory: they are for the machine that wrote them.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

#include "data/digest.h"

namespace resonate {

inline constexpr size_t cache_hash_bytes = 64;
using CacheHash = std::array<char, cache_hash_bytes>;

/// SHA-256 in hexadecimal: of a key that says what a cache was computed from.
CacheHash cache_hash(const std::string& key);

/// Name, size and time of a file: another content has another key.
std::string file_key(const std::filesystem::path& file);

/// A cache opened for reading.
class CacheFile {
 public:
    explicit CacheFile(const std::filesystem::path& file);
    ~CacheFile();
    CacheFile(const CacheFile&) = delete;
    CacheFile& operator=(const CacheFile&) = delete;

    bool opened() const { return handle_ >= 0; }
    int handle() const { return handle_; }
    std::uint64_t bytes() const { return bytes_; }
    /// False where the file is shorter or cannot be read.
    bool read(void* to, std::uint64_t count, std::uint64_t offset) const;
    /// Does the file end with the hash of all before it? Read, not mapped: what cannot be read is an error, not a
    /// signal.
    bool is_whole() const;

 private:
    int handle_;
    std::uint64_t bytes_ = 0;
};

/// Writes a cache under a temporary name. Nothing is thrown: a cache that cannot be written is none.
class CacheWriter {
 public:
    explicit CacheWriter(const std::filesystem::path& file);
    /// What was not finished is removed.
    ~CacheWriter();
    CacheWriter(const CacheWriter&) = delete;
    CacheWriter& operator=(const CacheWriter&) = delete;

    void write(const void* bytes, size_t count);
    bool good() const { return static_cast<bool>(stream_); }
    /// Adds the hash and gives the file its name; false where anything could not be written.
    bool finish();

 private:
    std::filesystem::path file_;
    std::filesystem::path part_;
    std::ofstream stream_;
    Digest digest_{Hash::sha256};
};

}  // namespace resonate
