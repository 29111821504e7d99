// engine/training/probe_schedule.cpp: see probe_schedule.h.
#include "training/probe_schedule.h"

#include <algorithm>

namespace resonate {

ProbeSchedule::ProbeSchedule(const RecordingConfig& config, Network& network, const SequenceSet& set, bool standardise)
    : config_(config), network_(network), set_(set), standardise_(standardise) {}

void ProbeSchedule::after_batch(TrainingObserver& observer, const TrainingProgress& progress) {
    ++batches_since_;
    if (batches_since_ < config_.probe_interval) return;
    const double since = std::chrono::duration<double>(Clock::now() - last_).count();
    if (cost_seconds_ > config_.probe_share * since) return;
    show(observer, progress);
}

ProbeFrame ProbeSchedule::run(const TrainingProgress& progress) const {
    const std::int64_t wanted = config_.follow_worst && worst_ >= 0 ? worst_ : config_.probe_sample;
    ProbeFrame frame = run_probe(network_, set_, std::min<int64_t>(wanted, set_.shape().count - 1), standardise_);
    frame.epoch = progress.epoch;
    frame.batch = progress.batch;
    return frame;
}

void ProbeSchedule::show(TrainingObserver& observer, const TrainingProgress& progress) {
    if (!observer.wants_probe()) return;
    const auto start = Clock::now();
    observer.on_probe(run(progress));
    last_ = Clock::now();
    cost_seconds_ = std::chrono::duration<double>(last_ - start).count();
    batches_since_ = 0;
}

}  // namespace resonate
