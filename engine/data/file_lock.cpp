// engine/data/file_lock.cpp: see file_lock.h.
#include "data/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace resonate {

FileLock::FileLock(int handle, std::filesystem::path file, After after)
    : handle_(handle), file_(std::move(file)), after_(after) {}

FileLock::FileLock(FileLock&& other) noexcept
    : handle_(std::exchange(other.handle_, -1)), file_(std::move(other.file_)), after_(other.after_) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(file_, other.file_);
    std::swap(after_, other.after_);
    return *this;
}

FileLock::~FileLock() {
    if (handle_ < 0) return;
    // Removed while it is held: who opened it before sees below that it is gone.
    if (after_ == After::remove) ::unlink(file_.c_str());
    ::close(handle_);
}

std::optional<FileLock> FileLock::try_take(const std::filesystem::path& file, After after) {
    for (;;) {
        const int handle = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (handle < 0) throw std::system_error(errno, std::generic_category(), "cannot be written");
        FileLock lock(handle, file, After::keep);
        if (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK) return std::nullopt;
            if (errno == EINTR) continue;
            throw std::system_error(errno, std::generic_category(), "cannot be locked");
        }
        struct stat held {};
        struct stat named {};
        if (::fstat(handle, &held) != 0 || ::stat(file.c_str(), &named) != 0 || held.st_ino != named.st_ino ||
            held.st_dev != named.st_dev)
            continue;
        lock.after_ = after;
        return lock;
    }
}

}  // namespace resonate
