// engine/studies/child_process.cpp: see child_process.h.
#include "studies/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "resonate/error.h"

extern char** environ;

namespace resonate {
namespace {

struct Actions {
    posix_spawn_file_actions_t value;
    Actions() { posix_spawn_file_actions_init(&value); }
    ~Actions() { posix_spawn_file_actions_destroy(&value); }
};

struct Attributes {
    posix_spawnattr_t value;
    Attributes() { posix_spawnattr_init(&value); }
    ~Attributes() { posix_spawnattr_destroy(&value); }
};

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments, const std::filesystem::path& out,
                           const std::filesystem::path& err) {
    Actions actions;
    constexpr int flags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions.value, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions.value, STDOUT_FILENO, out.c_str(), flags, 0644);
    posix_spawn_file_actions_addopen(&actions.value, STDERR_FILENO, err.c_str(), flags, 0644);
    // Whatever this program ignores or blocks, the other one starts with what is usual.
    Attributes attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    posix_spawnattr_setsigmask(&attributes.value, &none);
    posix_spawnattr_setsigdefault(&attributes.value, &all);
    posix_spawnattr_setpgroup(&attributes.value, 0);
    posix_spawnattr_setflags(&attributes.value, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    std::vector<char*> words;
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    const int failure = ::posix_spawn(&process_, words[0], &actions.value, &attributes.value, words.data(), environ);
    if (failure != 0)
        throw RunError(arguments[0] + ": cannot be started: " + std::strerror(failure) + "; install Resonate again");
}

ChildProcess::~ChildProcess() {
    if (end_) return;
    interrupt();
    wait();
}

void ChildProcess::interrupt() {
    if (end_ || interrupted_) return;
    interrupted_ = true;
    ::kill(process_, SIGINT);
}

void ChildProcess::reap(int status) {
    end_ = WIFSIGNALED(status) ? ProcessEnd{0, WTERMSIG(status)} : ProcessEnd{WEXITSTATUS(status), 0};
}

std::optional<ProcessEnd> ChildProcess::poll() {
    int status = 0;
    if (!end_) {
        const pid_t found = ::waitpid(process_, &status, WNOHANG);
        if (found == process_) reap(status);
        // Somebody else waited for it: how it ended is not known, that it did is.
        if (found < 0 && errno == ECHILD) end_ = ProcessEnd{1, 0};
    }
    return end_;
}

ProcessEnd ChildProcess::wait() {
    int status = 0;
    while (!end_) {
        const pid_t found = ::waitpid(process_, &status, 0);
        if (found == process_) reap(status);
        if (found < 0 && errno != EINTR) end_ = ProcessEnd{1, 0};
    }
    return *end_;
}

}  // namespace resonate
