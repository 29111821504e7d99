// engine/runs/run_lock.cpp: see run_lock.h.
#include "runs/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "resonate/error.h"

namespace resonate {
namespace {

FileLock take(const std::filesystem::path& folder) {
    const std::filesystem::path path = folder / "lock";
    try {
        if (auto lock = FileLock::try_take(path)) return std::move(*lock);
    } catch (const std::system_error& error) {
        throw RunError(path.string() + ": " + error.what() + "; check the permissions of the run's folder");
    }
    throw RunError(folder.string() +
                   ": another program is writing this run; wait until it ends, or stop it, and try again");
}

}  // namespace

RunLock::RunLock(const std::filesystem::path& folder) : lock_(take(folder)) {}

bool run_is_locked(const std::filesystem::path& folder) {
    const int file = ::open((folder / "lock").c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    const bool locked = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(file);
    return locked;
}

}  // namespace resonate
