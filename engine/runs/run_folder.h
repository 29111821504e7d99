// engine/runs/run_folder.h: writes a run: experiment.yaml, metrics.csv, changes.csv, summary.json, best.pt, last.pt,
// permutation.pt, kept epochs, and an event file for TensorBoard.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "resonate/training_events.h"
#include "runs/event_writer.h"
#include "runs/kept_epochs.h"
#include "runs/run_lock.h"
#include "training/trainer.h"

namespace resonate {

/// One run on disk, locked against other programs. Every file is written to a temporary name, flushed and renamed, so
/// that a full disk or a killed program leaves the last good one. All functions that write may throw RunError.
class RunFolder : public TrainingRecorder {
 public:
    /// A new folder in `runs_dir` with experiment.yaml in it: `name`, or <date>-<dataset>-<neuron>-<short id> where
    /// that is empty.
    static std::unique_ptr<RunFolder> create(const std::filesystem::path& runs_dir, const ExperimentConfig& config,
                                             const std::string& name = {});
    /// The folder of an earlier run, to go on.
    static std::unique_ptr<RunFolder> open(const std::filesystem::path& folder);

    const std::filesystem::path& path() const { return path_; }
    std::string id() const { return path_.filename().string(); }
    /// With the changes made while it ran.
    const ExperimentConfig& config() const { return config_; }
    const std::vector<RunChange>& changes() const { return changes_; }
    KeptEpochs& kept() { return kept_; }
    std::filesystem::path last_checkpoint() const { return path_ / "last.pt"; }
    std::filesystem::path best_checkpoint() const { return path_ / "best.pt"; }

    /// Passes done in last.pt as this object saved it; -1 where it has not.
    int saved_epoch() const { return saved_epoch_; }
    /// Facts for summary.json.
    void describe(const RunStarted& started) { started_ = started; }
    void write_summary(RunStatus status, const std::string& message, const std::vector<EpochMetrics>& history);
    /// Throws RunError where the disk has no room for `bytes` more.
    void require_space(std::uintmax_t bytes) const;

    /// permutation.pt: the order of the steps, for Python and for other runs; checkpoints hold it as well.
    void save_permutation(const std::vector<std::int64_t>& permutation);

    void record_epochs(const std::vector<EpochMetrics>& history) override;
    void save_best(const TrainingSnapshot& snapshot) override;
    void save_last(const TrainingSnapshot& snapshot) override;
    void keep_epoch(const ProbeFrame& frame, const TrainingProgress& progress,
                    const RecordingConfig& recording) override;
    /// The same with another checkpoint than last.pt.
    void keep_epoch(const ProbeFrame& frame, const std::filesystem::path& checkpoint, const TrainingProgress& progress,
                    const RecordingConfig& recording);
    std::vector<int> kept_epochs() const override { return kept_.epochs(); }
    void record_change(const RunChange& change) override;

 private:
    RunFolder(std::filesystem::path path, ExperimentConfig config);

    std::filesystem::path path_;
    ExperimentConfig config_;
    RunLock lock_;
    EventWriter events_;
    KeptEpochs kept_;
    std::vector<RunChange> changes_;
    RunStarted started_;
    int saved_epoch_ = -1;
};

}  // namespace resonate
