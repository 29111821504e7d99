// app/models/refresh_pace.cpp: see refresh_pace.h.
#include "models/refresh_pace.h"

#include "models/clocks.h"

namespace resonate::app {

void RefreshPace::begin() {
    m_wall = wallSeconds();
    m_spent = threadSeconds();
}

bool RefreshPace::due() const {
    const double passed = wallSeconds() - m_wall;
    const double allowed = passed >= longWait ? 2 * m_share : m_share;
    return passed >= longestWait || threadSeconds() - m_spent <= allowed * passed;
}

}  // namespace resonate::app
