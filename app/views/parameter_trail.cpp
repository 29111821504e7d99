// app/views/parameter_trail.cpp: see parameter_trail.h.
#include "views/parameter_trail.h"

#include <iterator>
#include <utility>

namespace resonate::app {

void ParameterTrail::follow(const ProbeFrame& frame) {
    if (m_snapshots.empty()) {
        m_firstEpoch = frame.epoch;
        m_firstBatch = frame.batch;
    } else if (++m_since < m_stride) {
        return;
    }
    m_since = 0;
    m_snapshots.push_back({frame.epoch, frame.omega, frame.b});
    if (m_snapshots.size() > longest) thin();
}

void ParameterTrail::replace(std::vector<Snapshot> past) {
    m_snapshots.assign(std::make_move_iterator(past.begin()), std::make_move_iterator(past.end()));
    m_since = 0;
    if (!m_snapshots.empty()) {
        m_firstEpoch = m_snapshots.front().epoch;
        m_firstBatch = 0;
    }
    while (m_snapshots.size() >= longest) thin();
    m_stride = 1;
}

void ParameterTrail::thin() {
    std::deque<Snapshot> thinned;
    for (size_t i = 0; i < m_snapshots.size(); i += 2) thinned.push_back(std::move(m_snapshots[i]));
    m_snapshots = std::move(thinned);
    m_stride *= 2;
}

}  // namespace resonate::app
