// engine/data/download/part_file.cpp: see part_file.h.
#include "data/download/part_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "resonate/error.h"

namespace resonate {
namespace {

[[noreturn]] void cannot_write(const std::filesystem::path& path) {
    const int reason = errno;
    throw DataError(path.string() + ": cannot be written: " + std::generic_category().message(reason) +
                    (reason == ENOSPC || reason == EDQUOT
                         ? "; make room, or choose another data folder: what was received is kept"
                         : ""));
}

}  // namespace

PartFile::PartFile(std::filesystem::path path)
    : path_(std::move(path)), handle_(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644)) {
    if (handle_ < 0) cannot_write(path_);
    size_ = ::lseek(handle_, 0, SEEK_END);
    if (size_ >= 0) return;
    const int reason = errno;
    ::close(handle_);
    errno = reason;
    cannot_write(path_);
}

PartFile::~PartFile() {
    if (size_ == 0) ::unlink(path_.c_str());
    ::close(handle_);
}

void PartFile::write(std::int64_t place, std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(handle_, bytes.data(), bytes.size(), place);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) cannot_write(path_);
        place += written;
        size_ = std::max(size_, place);
        bytes = bytes.subspan(static_cast<size_t>(written));
    }
}

void PartFile::cut(std::int64_t size) {
    if (size >= size_) return;
    if (::ftruncate(handle_, size) != 0) cannot_write(path_);
    size_ = size;
}

}  // namespace resonate
