// engine/runs/run_lock.cpp: see run_lock.h.
#include "runs/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "resonate/error.h"

namespace resonate {

RunLock::RunLock(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "lock";
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file_ < 0) throw RunError(path.string() + ": cannot be written: " + std::strerror(errno));
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        ::close(file_);
        if (reason == EWOULDBLOCK)
            throw RunError(folder.string() +
                           ": another program is writing this run; wait until it ends, or stop it, and try again");
        throw RunError(path.string() + ": cannot be locked: " + std::strerror(reason));
    }
}

RunLock::~RunLock() { ::close(file_); }

bool run_is_locked(const std::filesystem::path& folder) {
    const int file = ::open((folder / "lock").c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    const bool locked = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(file);
    return locked;
}

}  // namespace resonate
