// engine/data/reader_process.cpp: see reader_process.h.
#include "data/reader_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>

#include "resonate/error.h"

extern char** environ;

namespace resonate {
namespace {

/// A reader that says nothing for so long is lost in a damaged file. One that computes for ever ends itself sooner.
constexpr int patience_ms = 300'000;
constexpr std::size_t longest_sentence = 4096;
constexpr std::uint64_t longest_text = 65536;

std::optional<std::filesystem::path> reader_program() {
    std::error_code failure;
    const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", failure);
    if (failure) return std::nullopt;
    const std::filesystem::path folder = self.parent_path();
    for (const std::filesystem::path& candidate :
         {folder / "resonate-reader", folder.parent_path() / "libexec" / "resonate" / "resonate-reader"})
        if (::access(candidate.c_str(), X_OK) == 0) return candidate;
    return std::nullopt;
}

/// Closes a file descriptor and forgets it.
void close_file(int& file) {
    if (file >= 0) ::close(file);
    file = -1;
}

class FileActions {
 public:
    FileActions() { posix_spawn_file_actions_init(&actions_); }
    ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    posix_spawn_file_actions_t* get() { return &actions_; }

 private:
    posix_spawn_file_actions_t actions_{};
};

}  // namespace

ReaderProcess::ReaderProcess(const std::string& task, const std::filesystem::path& file, const std::string& detail)
    : file_(file) {
    const auto program = reader_program();
    if (!program)
        throw DataError(file.string() +
                        ": cannot be read, because the program resonate-reader is not beside this one; install "
                        "Resonate again");
    std::array<int, 2> pipe{-1, -1};
    sentence_ = ::memfd_create("resonate-reader", MFD_CLOEXEC);
    int failure = sentence_ < 0 || ::pipe2(pipe.data(), O_CLOEXEC) != 0 ? errno : 0;
    if (failure == 0) {
        FileActions actions;
        posix_spawn_file_actions_addopen(actions.get(), 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(actions.get(), pipe[1], 1);
        posix_spawn_file_actions_adddup2(actions.get(), sentence_, 2);
        std::array<std::string, 4> words{program->string(), task, file.string(), detail};
        std::array<char*, 5> arguments{words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
        failure = ::posix_spawn(&process_, program->c_str(), actions.get(), nullptr, arguments.data(), environ);
    }
    close_file(pipe[1]);
    output_ = pipe[0];
    if (failure != 0) {
        process_ = -1;
        close_file(output_);
        close_file(sentence_);
        throw DataError(file.string() + ": cannot be read, because resonate-reader does not start: " +
                        std::strerror(failure) + "; install Resonate again");
    }
}

ReaderProcess::~ReaderProcess() {
    close_file(output_);
    close_file(sentence_);
    if (process_ < 0) return;
    ::kill(process_, SIGKILL);
    while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) continue;
}

void ReaderProcess::damaged() {
    throw DataError(file_.string() + ": is cut off or damaged; get or write the file again");
}

void ReaderProcess::read(void* out, std::size_t bytes) {
    auto* place = static_cast<char*>(out);
    while (bytes > 0) {
        pollfd waiting{output_, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, patience_ms);
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) damaged();
        const ssize_t count = ::read(output_, place, bytes);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            finish();
            damaged();
        }
        place += count;
        bytes -= static_cast<std::size_t>(count);
    }
}

std::uint64_t ReaderProcess::count_up_to(std::uint64_t most) {
    const auto count = value<std::uint64_t>();
    if (count > most) damaged();
    return count;
}

std::string ReaderProcess::text() {
    const std::vector<char> letters = list<char>(longest_text);
    return {letters.begin(), letters.end()};
}

void ReaderProcess::finish() {
    char more = 0;
    pollfd waiting{output_, POLLIN, 0};
    // Nothing may come but the end.
    if (::poll(&waiting, 1, patience_ms) <= 0 || ::read(output_, &more, 1) != 0) damaged();
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0)
        if (errno != EINTR) break;
    process_ = -1;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
    if (WIFEXITED(status) && WEXITSTATUS(status) == reader_refused) {
        std::array<char, longest_sentence> sentence{};
        const ssize_t length = ::pread(sentence_, sentence.data(), sentence.size(), 0);
        if (length > 0) throw DataError(std::string(sentence.data(), static_cast<std::size_t>(length)));
    }
    damaged();
}

}  // namespace resonate
