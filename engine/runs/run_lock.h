// engine/runs/run_lock.h: at most one program writes a run folder.
#pragma once

#include <filesystem>

#include "data/file_lock.h"

namespace resonate {

/// Holds `<folder>/lock` (flock) while it lives; the system releases it when the program dies, however it dies.
class RunLock {
 public:
    /// Throws RunError where another program holds it or the folder cannot be written.
    explicit RunLock(const std::filesystem::path& folder);

 private:
    FileLock lock_;
};

/// Does a program (this one included) hold the lock now?
bool run_is_locked(const std::filesystem::path& folder);

}  // namespace resonate
