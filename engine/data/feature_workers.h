// engine/data/feature_workers.h: turns many recordings into coefficients on all cores.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "data/mfcc.h"

namespace resonate {

/// Coefficients of recordings in the order in which they were added; they stay where they are.
class FeatureRows {
 public:
    size_t size() const { return count_; }
    const mfcc::Features& operator[](size_t index) const { return blocks_[index / block_rows][index % block_rows]; }
    /// Room for one more; what is in it is not defined.
    mfcc::Features& append();

 private:
    /// 5 MB: so large a block goes back to the system at once when it is freed, small ones stay with the allocator.
    static constexpr size_t block_rows = 1024;

    std::vector<std::unique_ptr<mfcc::Features[]>> blocks_;
    size_t count_ = 0;
};

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
