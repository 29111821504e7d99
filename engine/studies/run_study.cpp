// engine/studies/run_study.cpp: the queue of a study.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <list>
#include <thread>

#include "resonate/error.h"
#include "resonate/machine.h"
#include "resonate/study.h"
#include "studies/study_job.h"
#include "studies/study_needs.h"
#include "studies/study_pace.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

/// Between two looks at processes and requests.
constexpr std::chrono::milliseconds tick{50};
/// Between two looks at the folders of runs.
constexpr std::chrono::milliseconds look{500};

bool has_result(MemberStatus status) { return status == MemberStatus::finished || status == MemberStatus::diverged; }

bool has_ended(MemberStatus status) {
    return has_result(status) || status == MemberStatus::failed || status == MemberStatus::skipped;
}

JobSetting setting_of(const StudyOptions& options, int jobs, int threads) {
    JobSetting setting;
    setting.cli_program = options.cli_program.empty() ? default_cli_program() : options.cli_program;
    if (::access(setting.cli_program.c_str(), X_OK) != 0)
        throw RunError(setting.cli_program.string() +
                       ": the program that trains is not here; it belongs beside this one: install Resonate again");
    setting.data_dir = fs::absolute(options.data_dir);
    setting.runs_dir = fs::absolute(options.runs_dir);
    setting.threads = threads > 0 ? threads : std::max(1, physical_cores() / jobs);
    return setting;
}

class StudyRunner {
 public:
    StudyRunner(const StudyConfig& study, const StudyOptions& options, StudyObserver& observer,
                TrainingControl& control)
        : study_(study),
          options_(options),
          observer_(observer),
          control_(control),
          jobs_(options.jobs > 0 ? options.jobs : study.jobs),
          setting_(setting_of(options, jobs_, options.threads > 0 ? options.threads : study.threads)) {
        prepare(expand_study(study));
    }

    StudyOutcome run() {
        int done = 0;
        for (const StudyRun& run : runs_) done += has_result(run.state.status);
        observer_.on_started(states(), done);
        for (;;) {
            settle_requests();
            if (!unsaved_.empty() && SteadyClock::now() - saved_at_ >= look) save();
            if (!stopping_ && !paused_ && unsaved_.empty()) fill();
            collect();
            if (running_.empty() && (stopping_ || !anything_left())) break;
            std::this_thread::sleep_for(tick);
        }
        StudyOutcome outcome;
        outcome.stopped = anything_left();
        outcome.progress = progress();
        outcome.members = states();
        outcome.folder = folder_->path();
        outcome.message = sentence(outcome);
        if (!unsaved_.empty()) outcome.message += " " + unsaved_ + "; what the runs' folders hold is whole.";
        return outcome;
    }

 private:
    void prepare(const std::vector<StudyMember>& members) {
        if (!options_.resume) refuse_if_begun();
        DatasetCheck datasets(setting_.data_dir);
        std::string missing;
        std::vector<std::string> problems;
        for (const StudyMember& member : members) {
            problems.push_back(datasets.problem(member.config.dataset));
            if (!problems.back().empty() && missing.find(problems.back()) == std::string::npos)
                missing += (missing.empty() ? "" : "\n") + problems.back();
        }
        if (!missing.empty() && !options_.skip_missing)
            throw DataError(missing + "\nThe study was not started. --skip-missing runs what has its data.");
        folder_ = std::make_unique<StudyFolder>(setting_.runs_dir, study_.name);
        if (!options_.resume) refuse_if_begun();
        runs_ = folder_->members(members);
        std::uint64_t bytes = 0;
        for (std::size_t i = 0; i < runs_.size(); ++i) {
            StudyRun& run = runs_[i];
            // What the folder of a run says is newer than what the study knew when it was killed.
            if (!settled_by_folder(run, setting_) || run.state.status == MemberStatus::failed)
                run.state.status = run.state.run.empty() ? MemberStatus::waiting : MemberStatus::interrupted;
            if (has_ended(run.state.status)) continue;
            if (!problems[i].empty()) {
                run.state.status = MemberStatus::skipped;
                run.state.message = problems[i];
                continue;
            }
            bytes += run_bytes(run.config);
        }
        if (const std::uint64_t free = free_bytes(setting_.runs_dir); bytes > free)
            throw RunError(setting_.runs_dir.string() + ": the study needs about " + bytes_text(bytes) +
                           " on this disk, " + bytes_text(free) +
                           " are free; make room or choose another folder for runs");
        folder_->write_study(study_, runs_);
        folder_->write_state(runs_);
        RunCatalogue earlier(setting_.runs_dir);
        earlier.refresh();
        pace_.learn(earlier, setting_.threads);
    }

    void refuse_if_begun() const {
        std::error_code failure;
        const fs::path state = studies_dir(setting_.runs_dir) / study_.name / "state.json";
        if (!fs::exists(state, failure)) return;
        int done = 0;
        const std::vector<MemberState> members = read_study_state(state.parent_path());
        for (const MemberState& member : members) done += has_result(member.status);
        throw RunError("The study '" + study_.name + "' was begun in " + setting_.runs_dir.string() + ": " +
                       std::to_string(done) + " of " + std::to_string(members.size()) +
                       (members.size() == 1 ? " run is" : " runs are") +
                       " done. --resume goes on with it; to begin anew give it another name or move " +
                       state.parent_path().string() + " away.");
    }

    void settle_requests() {
        if (control_.stop_requested() && !stopping_) {
            stopping_ = true;
            interrupt_all();
        }
        const bool pause = control_.pause_requested() && !stopping_;
        if (pause && !paused_) {
            paused_ = true;
            interrupt_all();
            observer_.on_paused(true);
        }
        if (!pause && paused_) {
            paused_ = false;
            if (!stopping_) observer_.on_paused(false);
        }
    }

    void interrupt_all() {
        for (StudyJob& job : running_) job.interrupt();
    }

    void fill() {
        const bool time_to_look = SteadyClock::now() - looked_for_ >= look;
        if (time_to_look) looked_for_ = SteadyClock::now();
        for (StudyRun& run : runs_) {
            if (static_cast<int>(running_.size()) >= jobs_ || !unsaved_.empty()) return;
            const MemberStatus status = run.state.status;
            if (status != MemberStatus::waiting && status != MemberStatus::interrupted) continue;
            // Held by another program a moment ago: not asked about again at once.
            if (!run.state.message.empty() && status == MemberStatus::waiting && !time_to_look) continue;
            const std::string said_before = run.state.message;
            if (settled_by_folder(run, setting_)) {
                if (run.state.status != status || run.state.message != said_before) tell(run);
                continue;
            }
            start(run);
        }
    }

    void start(StudyRun& run) {
        const MemberState before = run.state;
        try {
            StudyJob& job = running_.emplace_back(run, *folder_, setting_);
            // The folder's name is on disk before the process starts, else a run could be lost and repeated.
            if (!save()) {
                running_.pop_back();
                run.state = before;
                return;
            }
            job.start();
            observer_.on_member(run.state, progress());
        } catch (const Error& error) {
            if (!running_.empty() && &running_.back().run() == &run) running_.pop_back();
            run.state.status = MemberStatus::failed;
            run.state.message = error.what();
            tell(run);
        }
    }

    void collect() {
        const bool time_to_look = SteadyClock::now() - looked_at_ >= look;
        if (time_to_look) looked_at_ = SteadyClock::now();
        for (auto job = running_.begin(); job != running_.end();) {
            StudyRun& run = job->run();
            if (job->ended()) {
                job = running_.erase(job);
                learn(run);
                tell(run);
                continue;
            }
            if (time_to_look && read_job_progress(run.state, setting_)) {
                learn(run);
                observer_.on_member(run.state, progress());
            }
            ++job;
        }
    }

    void learn(const StudyRun& run) {
        pace_.learn(run.config, run.state.run, run.state.seconds, run.state.epochs_done);
    }

    /// False, and said once, where the disk does not take the state now.
    bool save() {
        std::string sentence;
        try {
            folder_->write_state(runs_);
        } catch (const std::exception& error) {
            sentence = error.what();
            sentence += "; no further run begins until it can be written";
        }
        saved_at_ = SteadyClock::now();
        if (sentence != unsaved_) observer_.on_problem(sentence);
        unsaved_ = sentence;
        return unsaved_.empty();
    }

    void tell(const StudyRun& run) {
        save();
        observer_.on_member(run.state, progress());
    }

    bool anything_left() const {
        return std::any_of(runs_.begin(), runs_.end(),
                           [](const StudyRun& run) { return !has_ended(run.state.status); });
    }

    std::vector<MemberState> states() const {
        std::vector<MemberState> list;
        for (const StudyRun& run : runs_) list.push_back(run.state);
        return list;
    }

    StudyProgress progress() const {
        StudyProgress progress;
        progress.total = static_cast<int>(runs_.size());
        double seconds = 0;
        bool known = false;
        // A kind of network not seen yet is taken to be as slow as the others on the average.
        double known_pace = 0;
        int paces = 0, unknown_epochs = 0;
        for (const StudyRun& run : runs_) {
            switch (run.state.status) {
                case MemberStatus::finished: ++progress.finished; continue;
                case MemberStatus::diverged: ++progress.diverged; continue;
                case MemberStatus::failed: ++progress.failed; continue;
                case MemberStatus::skipped: ++progress.skipped; continue;
                case MemberStatus::running: ++progress.running; break;
                default: break;
            }
            const int epochs = std::max(0, run.state.epochs - run.state.epochs_done);
            std::optional<double> pace = pace_.seconds_per_epoch(run.config);
            if (!pace) pace = pace_.rough_seconds_per_epoch(run.config);
            if (pace) {
                seconds += *pace * epochs;
                known_pace += *pace;
                ++paces;
                known = true;
            } else {
                unknown_epochs += epochs;
            }
        }
        if (known || unknown_epochs == 0)
            progress.seconds_left = (seconds + (paces > 0 ? known_pace / paces : 0) * unknown_epochs) /
                                    std::max(1, std::min(jobs_, progress.total - progress.ended()));
        return progress;
    }

    std::string sentence(const StudyOutcome& outcome) const {
        const StudyProgress& at = outcome.progress;
        std::string text = outcome.stopped ? "Stopped: " : "Done: ";
        text += std::to_string(at.finished) + " of " + std::to_string(at.total) +
                (at.total == 1 ? " run finished" : " runs finished");
        if (at.diverged > 0) text += ", " + std::to_string(at.diverged) + " diverged";
        if (at.failed > 0) text += ", " + std::to_string(at.failed) + " failed";
        if (at.skipped > 0) text += ", " + std::to_string(at.skipped) + " without their data";
        text += ".";
        if (outcome.stopped || at.failed > 0 || at.skipped > 0) text += " --resume goes on with the others.";
        return text;
    }

    const StudyConfig& study_;
    const StudyOptions& options_;
    StudyObserver& observer_;
    TrainingControl& control_;
    int jobs_;
    JobSetting setting_;
    std::unique_ptr<StudyFolder> folder_;
    std::vector<StudyRun> runs_;
    std::list<StudyJob> running_;
    StudyPace pace_;
    bool stopping_ = false;
    bool paused_ = false;
    SteadyClock::time_point looked_for_;
    SteadyClock::time_point looked_at_;
    std::string unsaved_;  ///< why the state could not be written last; empty where it was
    SteadyClock::time_point saved_at_;
};

}  // namespace

fs::path default_cli_program() {
    std::error_code failure;
    const fs::path self = fs::read_symlink("/proc/self/exe", failure);
    return failure ? fs::path("resonate-cli") : self.parent_path() / "resonate-cli";
}

StudyOutcome run_study(const StudyConfig& study, const StudyOptions& options, StudyObserver& observer,
                       TrainingControl& control) {
    return StudyRunner(study, options, observer, control).run();
}

}  // namespace resonate
