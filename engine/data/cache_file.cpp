// engine/data/cache_file.cpp: see cache_file.h.
#include "data/cache_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <vector>

namespace resonate {
namespace {

std::filesystem::path part_name(std::filesystem::path file) {
    static std::atomic<int> files_written{0};
    return file += ".part-" + std::to_string(::getpid()) + "-" + std::to_string(files_written++);
}

}  // namespace

CacheHash cache_hash(const std::string& key) {
    Digest digest(Hash::sha256);
    digest.add(key);
    CacheHash result;
    digest.hex().copy(result.data(), result.size());
    return result;
}

std::string file_key(const std::filesystem::path& file) {
    std::error_code failure;
    return file.filename().string() + '\n' + std::to_string(std::filesystem::file_size(file, failure)) + ' ' +
           std::to_string(std::filesystem::last_write_time(file, failure).time_since_epoch().count()) + '\n';
}

CacheFile::CacheFile(const std::filesystem::path& file) : handle_(::open(file.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status {};
    if (handle_ < 0) return;
    if (::fstat(handle_, &status) == 0 && S_ISREG(status.st_mode)) {
        bytes_ = static_cast<std::uint64_t>(status.st_size);
        return;
    }
    ::close(handle_);
    handle_ = -1;
}

CacheFile::~CacheFile() {
    if (handle_ >= 0) ::close(handle_);
}

bool CacheFile::read(void* to, std::uint64_t count, std::uint64_t offset) const {
    char* place = static_cast<char*>(to);
    while (count > 0) {
        const ssize_t got = ::pread(handle_, place, count, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        place += got;
        offset += static_cast<std::uint64_t>(got);
        count -= static_cast<std::uint64_t>(got);
    }
    return true;
}

bool CacheFile::is_whole() const {
    if (bytes_ < cache_hash_bytes) return false;
    Digest digest(Hash::sha256);
    std::vector<std::uint8_t> block(size_t{1} << 20);
    const std::uint64_t hashed = bytes_ - cache_hash_bytes;
    for (std::uint64_t offset = 0; offset < hashed; offset += block.size()) {
        const auto part = std::span(block).first(std::min<std::uint64_t>(block.size(), hashed - offset));
        if (!read(part.data(), part.size(), offset)) return false;
        digest.add(part);
    }
    std::string stored(cache_hash_bytes, '\0');
    return read(stored.data(), stored.size(), hashed) && stored == digest.hex();
}

CacheWriter::CacheWriter(const std::filesystem::path& file) : file_(file), part_(part_name(file)) {
    std::error_code failure;
    // A folder that was made read-only stays as it is, whatever root may do.
    std::filesystem::path nearest = file.parent_path();
    while (!std::filesystem::exists(nearest, failure) && nearest.has_relative_path()) nearest = nearest.parent_path();
    const auto permissions = std::filesystem::status(nearest, failure).permissions();
    if (failure || (permissions & std::filesystem::perms::owner_write) == std::filesystem::perms::none) {
        stream_.setstate(std::ios::failbit);
        return;
    }
    std::filesystem::create_directories(file.parent_path(), failure);
    stream_.open(part_, std::ios::binary);
}

CacheWriter::~CacheWriter() {
    stream_.close();
    std::error_code failure;
    std::filesystem::remove(part_, failure);
}

void CacheWriter::write(const void* bytes, size_t count) {
    if (!good()) return;
    stream_.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(count));
    digest_.add({static_cast<const std::uint8_t*>(bytes), count});
}

bool CacheWriter::finish() {
    const std::string digest = digest_.hex();
    stream_.write(digest.data(), static_cast<std::streamsize>(digest.size()));
    stream_.close();
    if (!stream_) return false;
    std::error_code failure;
    std::filesystem::rename(part_, file_, failure);
    return !failure;
}

}  // namespace resonate
