// engine/studies/child_process.h: another program, started, watched and asked to stop.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace resonate {

struct ProcessEnd {
    int code = 0;    ///< exit status, where signal is 0
    int signal = 0;  ///< that killed it
};

/// In a process group of its own: Ctrl-C in a terminal reaches its parent alone, which decides.
class ChildProcess {
 public:
    /// `arguments[0]` is the program's path. Its output goes to files, which are made anew. Throws RunError.
    ChildProcess(const std::vector<std::string>& arguments, const std::filesystem::path& out,
                 const std::filesystem::path& err);
    /// Asks to stop and waits.
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    /// SIGINT, once.
    void interrupt();
    bool interrupted() const { return interrupted_; }
    /// Nothing while it runs.
    std::optional<ProcessEnd> poll();
    /// Until it ends.
    ProcessEnd wait();

 private:
    void reap(int status);

    pid_t process_ = -1;
    bool interrupted_ = false;
    std::optional<ProcessEnd> end_;
};

}  // namespace resonate
