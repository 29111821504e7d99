// engine/data/reader_process.h: reads files in a process of its own, because the HDF5 and MAT libraries can crash on
// damaged ones (HDF5 1.10.8 does, in its heaps of variable-length data): then that process dies, not this one.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace resonate {

/// One run of the program resonate-reader, which lies beside this one or in ../libexec/resonate. It is started by exec,
/// never by a bare fork: this program has threads, and libraries that watch forks.
class ReaderProcess {
 public:
    /// `task` as reader_main.cpp knows it; `detail` goes with it. Throws DataError where it cannot be started.
    ReaderProcess(const std::string& task, const std::filesystem::path& file, const std::string& detail = {});
    /// Ends the process if it still runs.
    ~ReaderProcess();
    ReaderProcess(const ReaderProcess&) = delete;
    ReaderProcess& operator=(const ReaderProcess&) = delete;

    /// The next bytes of its output. Throws DataError where there are no more: with the process' own sentence, or,
    /// where it died or fell silent, that the file is damaged.
    void read(void* out, std::size_t bytes);
    template <class Value>
    Value value() {
        Value result{};
        read(&result, sizeof result);
        return result;
    }
    /// A length and as many elements. More than `most` are damage.
    template <class Value>
    std::vector<Value> list(std::uint64_t most) {
        std::vector<Value> result(static_cast<std::size_t>(count_up_to(most)));
        if (!result.empty()) read(result.data(), result.size() * sizeof(Value));
        return result;
    }
    std::string text();
    /// A number that is at most `most`.
    std::uint64_t count_up_to(std::uint64_t most);
    /// Waits for the end. Throws as read() does unless it was a good one.
    void finish();
    [[noreturn]] void damaged();

 private:
    std::filesystem::path file_;
    pid_t process_ = -1;
    int output_ = -1;
    int sentence_ = -1;
};

/// Exit status of resonate-reader after it has said why on its standard error.
inline constexpr int reader_refused = 3;

}  // namespace resonate
