// app/views/parameter_trail.h: where the neurons of a run were before now, at most so many places.
#pragma once

#include <deque>
#include <vector>

#include "views/frame_facts.h"

namespace resonate::app {

/// Follows frames as they come; when it is full every other snapshot goes, and half as many follow.
class ParameterTrail {
 public:
    static constexpr size_t longest = 48;

    using Snapshot = ResonatorPlaces;

    void clear() { *this = {}; }
    void follow(const ProbeFrame& frame);
    /// Snapshots of epochs, oldest first; each frame that follows is a step of the trail.
    void replace(std::vector<Snapshot> past);

    bool empty() const { return m_snapshots.empty(); }
    size_t size() const { return m_snapshots.size(); }
    const Snapshot& operator[](size_t i) const { return m_snapshots[i]; }
    const Snapshot& first() const { return m_snapshots.front(); }
    /// Passes done where the first snapshot was taken; -1 where there is none.
    int firstEpoch() const { return m_firstEpoch; }
    /// Was it taken before any training?
    bool fromStart() const { return fromEndOf(0); }
    /// Was it taken at the end of that epoch?
    bool fromEndOf(int epoch) const { return m_firstEpoch == epoch && m_firstBatch == 0; }

 private:
    void thin();

    std::deque<Snapshot> m_snapshots;
    int m_firstEpoch = -1;
    int m_firstBatch = 0;  ///< batches done of the next pass
    int m_stride = 1;      ///< frames between two snapshots
    int m_since = 0;       ///< frames since the last
};

}  // namespace resonate::app
