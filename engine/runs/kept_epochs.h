// engine/runs/kept_epochs.h: probe frames and checkpoints of a run's epochs, within the room they may take.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "resonate/training_events.h"

namespace resonate {

/// Writes `epochs/epoch_12.npz` and `.pt`. Where they would take more than allowed, every other one of the older half
/// goes, so that the early epochs, in which most changes, are not lost altogether.
class KeptEpochs {
 public:
    /// Finds what an earlier start of the run kept.
    explicit KeptEpochs(std::filesystem::path run_folder);

    /// The frame's epoch; its checkpoint is a second name of, or a copy of, `checkpoint`. The first, the newest and
    /// `best` are never thinned. Not flushed: what a power failure takes is not needed to go on. Throws RunError.
    void keep(const ProbeFrame& frame, const std::filesystem::path& checkpoint, int best, std::uint64_t most_bytes);
    /// Drops what is kept of later epochs than this: they will be made again.
    void drop_after(int epoch);
    /// Ascending.
    const std::vector<int>& epochs() const { return epochs_; }

 private:
    void remove(int epoch);
    std::uint64_t bytes_of(int epoch) const;

    std::filesystem::path run_folder_;
    std::vector<int> epochs_;
    std::uint64_t bytes_ = 0;
};

}  // namespace resonate
