// engine/training/probe_schedule.h: decides when a live trace is worth its time.
#pragma once

#include <chrono>

#include "training/probe.h"
#include "training/trainer.h"

namespace resonate {

/// Runs the probe sample at most every `probe_interval` batches, and only as often as `probe_share` of the time allows.
class ProbeSchedule {
 public:
    ProbeSchedule(const RecordingConfig& config, Network& network, const SequenceSet& set, bool standardise);

    void after_batch(TrainingObserver& observer, const TrainingProgress& progress);
    /// Now, whatever it costs: at the start, on pause, at the end.
    void show(TrainingObserver& observer, const TrainingProgress& progress);

 private:
    using Clock = std::chrono::steady_clock;

    RecordingConfig config_;
    Network& network_;
    const SequenceSet& set_;
    bool standardise_;
    int batches_since_ = 0;
    Clock::time_point last_ = Clock::now();
    double cost_seconds_ = 0;  ///< of the last probe
};

}  // namespace resonate
