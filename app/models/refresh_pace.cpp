// app/models/refresh_pace.cpp: see refresh_pace.h.
#include "models/refresh_pace.h"

#include <ctime>

namespace resonate::app {
namespace {

double secondsOf(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

}  // namespace

void RefreshPace::begin() {
    m_wall = secondsOf(CLOCK_MONOTONIC);
    m_spent = secondsOf(CLOCK_THREAD_CPUTIME_ID);
}

bool RefreshPace::due() const {
    const double passed = secondsOf(CLOCK_MONOTONIC) - m_wall;
    return passed >= longestWait || secondsOf(CLOCK_THREAD_CPUTIME_ID) - m_spent <= m_share * passed;
}

}  // namespace resonate::app
