// engine/runs/event_writer.h: the event file of a run, for TensorBoard.
#pragma once

#include <filesystem>
#include <vector>

#include "resonate/training_events.h"

namespace resonate {

/// Tags of an epoch's numbers, as the published code calls them: Loss, accuracy and SOP of train, val and test, and the
/// learning rate.
std::vector<std::pair<std::string, double>> tagged(const EpochMetrics& row);

/// Appends to `events.out.tfevents.…` in a run's folder, so that a TensorBoard that watches sees each epoch. A resumed
/// run begins a new file with its rows so far and removes the old one: no step is there twice.
class EventWriter {
 public:
    explicit EventWriter(std::filesystem::path folder) : folder_(std::move(folder)) {}
    ~EventWriter();
    EventWriter(const EventWriter&) = delete;
    EventWriter& operator=(const EventWriter&) = delete;

    /// Writes the rows that are not in the file yet. Throws RunError.
    void record(const std::vector<EpochMetrics>& history);
    /// To the disk.
    void flush();

 private:
    void begin(const std::vector<EpochMetrics>& history);
    void append(const std::string& bytes);

    std::filesystem::path folder_;
    std::filesystem::path file_;
    int handle_ = -1;
    std::size_t rows_ = 0;
    double wall_time_ = 0;  ///< of the last row
};

}  // namespace resonate
