// engine/runs/run_lock.h: at most one program writes a run folder.
#pragma once

#include <filesystem>

namespace resonate {

/// Holds `<folder>/lock` (flock) while it lives; the system releases it when the program dies, however it dies.
class RunLock {
 public:
    /// Throws RunError where another program holds it or the folder cannot be written.
    explicit RunLock(const std::filesystem::path& folder);
    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

 private:
    int file_;
};

/// Does a program (this one included) hold the lock now?
bool run_is_locked(const std::filesystem::path& folder);

}  // namespace resonate
