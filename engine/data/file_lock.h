// engine/data/file_lock.h: a lock between programs, which the system releases however its holder dies.
#pragma once

#include <filesystem>
#include <optional>

namespace resonate {

/// Holds a file (flock) while it lives. One program that takes it twice is refused the second time too.
class FileLock {
 public:
    enum class After { keep, remove };  ///< what becomes of the file when the lock is released

    /// Nothing where another has it. Makes the file where it is not there. Throws std::system_error.
    static std::optional<FileLock> try_take(const std::filesystem::path& file, After after = After::keep);

    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    ~FileLock();

 private:
    FileLock(int handle, std::filesystem::path file, After after);

    int handle_;
    std::filesystem::path file_;
    After after_;
};

}  // namespace resonate
