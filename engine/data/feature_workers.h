// engine/data/feature_workers.h: turns many recordings into coefficients on all cores.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "data/mfcc.h"

namespace resonate {

/// In the order in which the recordings were added; they stay where they are.
using FeatureRows = std::deque<mfcc::Features>;

class FeatureWorkers {
 public:
    /// Gives the samples of one recording, on any thread. May throw.
    using ReadSamples = std::function<std::vector<float>()>;

    explicit FeatureWorkers(int threads);
    /// Waits for what is being computed; what waits is dropped.
    ~FeatureWorkers();
    FeatureWorkers(const FeatureWorkers&) = delete;
    FeatureWorkers& operator=(const FeatureWorkers&) = delete;

    /// Waits while many recordings wait already, so that few are held in memory. Throws what an earlier one threw.
    void add(ReadSamples read);
    /// Waits for all. Throws what the first one that failed threw, in the order in which they were added.
    std::shared_ptr<const FeatureRows> finish();

 private:
    struct Shared;
    std::unique_ptr<Shared> shared_;
};

}  // namespace resonate
