// engine/studies/study_job.h: one run of a study: what its folder says, and its process.
#pragma once

#include <memory>
#include <string>

#include "studies/child_process.h"
#include "studies/study_folder.h"

namespace resonate {

/// What every run of a study is started with.
struct JobSetting {
    std::filesystem::path cli_program;
    std::filesystem::path data_dir;
    std::filesystem::path runs_dir;
    int threads = 1;
};

/// Reads how far the run's folder is. True where it ended or failed there, or another program writes it, so that there
/// is nothing to start; `state` says which.
bool settled_by_folder(StudyRun& run, const JobSetting& setting);
/// Epochs, time and accuracies from the run's summary.json; false where nothing changed.
bool read_job_progress(MemberState& state, const JobSetting& setting);

/// The process of one run. The run's name is in `state` before the process starts, so that the folder is found again
/// whatever happens.
class StudyJob {
 public:
    /// Names the folder of a new run, or finds the checkpoint to go on from; start() follows.
    StudyJob(StudyRun& run, const StudyFolder& folder, const JobSetting& setting);
    /// Throws RunError.
    void start();
    void interrupt() { process_->interrupt(); }
    /// True once the process has ended; `state` then says how.
    bool ended();

    StudyRun& run() { return run_; }

 private:
    void conclude(const ProcessEnd& end);

    StudyRun& run_;
    const StudyFolder& folder_;
    const JobSetting& setting_;
    bool resumes_ = false;
    std::unique_ptr<ChildProcess> process_;
};

}  // namespace resonate
