// engine/runs/atomic_file.cpp: files that are either the old ones or the new ones, never half of each.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "resonate/error.h"
#include "resonate/run_store.h"

namespace resonate {
namespace {

/// Closes and removes the temporary file unless it has been renamed.
class Temporary {
 public:
    explicit Temporary(std::filesystem::path path) : path_(std::move(path)) {
        file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    }
    ~Temporary() {
        close();
        if (!kept_) ::unlink(path_.c_str());
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;

    int file() const { return file_; }
    bool close() {
        const bool closed = file_ < 0 || ::close(file_) == 0;
        file_ = -1;
        return closed;
    }
    void keep() { kept_ = true; }

 private:
    std::filesystem::path path_;
    int file_ = -1;
    bool kept_ = false;
};

}  // namespace

void write_file_atomically(const std::filesystem::path& file, std::string_view content) {
    const auto fail = [&] {
        throw RunError(file.string() + ": cannot be written: " + std::strerror(errno) +
                       "; free some space, or check the permissions of its folder");
    };
    std::filesystem::path name = file;
    name += ".part-" + std::to_string(::getpid());
    Temporary temporary(name);
    if (temporary.file() < 0) fail();
    while (!content.empty()) {
        const ssize_t written = ::write(temporary.file(), content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail();
        content.remove_prefix(static_cast<size_t>(written));
    }
    if (::fsync(temporary.file()) != 0) fail();
    if (!temporary.close()) fail();
    if (::rename(name.c_str(), file.c_str()) != 0) fail();
    temporary.keep();
    // The rename itself reaches the disk with the folder; where a file system cannot do that, the file is still whole.
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    if (const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); handle >= 0) {
        ::fsync(handle);
        ::close(handle);
    }
}

}  // namespace resonate
