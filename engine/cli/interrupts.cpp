// engine/cli/interrupts.cpp: Ctrl-C as a request to stop.
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include <csignal>

#include "cli/commands.h"

namespace resonate::cli {
namespace {

volatile std::sig_atomic_t interrupt_requested = 0;

extern "C" void on_interrupt(int) { interrupt_requested = 1; }

}  // namespace

void catch_interrupts() {
    struct sigaction handler {};
    handler.sa_handler = on_interrupt;
    // The default handler is back after the first one.
    handler.sa_flags = SA_RESETHAND;
    sigaction(SIGINT, &handler, nullptr);
    sigaction(SIGTERM, &handler, nullptr);
    std::signal(SIGXFSZ, SIG_IGN);
    std::signal(SIGPIPE, SIG_IGN);
}

bool end_with_parent(int parent) {
#ifdef __linux__
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
    return ::getppid() == parent;
}

bool interrupted_by_user() { return interrupt_requested != 0; }

}  // namespace resonate::cli
