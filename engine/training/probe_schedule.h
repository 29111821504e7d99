// engine/training/probe_schedule.h: decides when a live trace is worth its time.
#pragma once

#include <chrono>

#include "training/probe.h"
#include "training/trainer.h"

namespace resonate {

/// Runs the probe sample at most every `probe_interval` batches, and only as often as `probe_share` of the time allows.
class ProbeSchedule {
 public:
    /// `config` may change while this one stands.
    ProbeSchedule(const RecordingConfig& config, Network& network, const SequenceSet& set, bool standardise);

    void after_batch(TrainingObserver& observer, const TrainingProgress& progress);
    /// Now, whatever it costs: at the start, on pause, at the end.
    void show(TrainingObserver& observer, const TrainingProgress& progress);
    /// The sequence that is shown, through the network as it is now.
    ProbeFrame run(const TrainingProgress& progress) const;
    /// Index of the sequence that recording.follow_worst shows.
    void set_worst(std::int64_t sample) { worst_ = sample; }

 private:
    using Clock = std::chrono::steady_clock;

    const RecordingConfig& config_;
    Network& network_;
    const SequenceSet& set_;
    bool standardise_;
    std::int64_t worst_ = -1;  ///< -1: not known yet
    int batches_since_ = 0;
    Clock::time_point last_ = Clock::now();
    double cost_seconds_ = 0;  ///< of the last probe
};

}  // namespace resonate
