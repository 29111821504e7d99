// resonate/study.h: runs a study: its runs side by side as processes of their own, kept so that it goes on after a
// stop, a crash or a power cut without repeating what is done.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "resonate/concurrency.h"
#include "resonate/study_config.h"

namespace resonate {

/// Where and how a study runs.
struct StudyOptions {
    std::filesystem::path data_dir;           ///< one folder per data set; see default_data_dir()
    std::filesystem::path runs_dir = "runs";  ///< run folders are made in it, the study's own in `.studies` in it
    std::filesystem::path cli_program;        ///< resonate-cli; empty = default_cli_program()
    int jobs = 0;                             ///< runs at once; 0 = as the study says
    int threads = 0;                          ///< of each run; 0 = as the study says
    bool resume = false;                      ///< go on where the study stands; without, one that was begun is refused
    bool skip_missing = false;                ///< run what has its data, and leave out the rest
};

/// resonate-cli beside the running program.
std::filesystem::path default_cli_program();

enum class MemberStatus {
    waiting,
    running,
    finished,
    interrupted,  ///< stopped or killed; goes on from its last checkpoint
    diverged,     ///< a result: it is not tried again
    failed,       ///< tried again when the study is continued
    skipped       ///< its data set is not here
};
std::string to_string(MemberStatus status);

/// One run of a study, as state.json keeps it.
struct MemberState {
    std::string key;    ///< 16 hexadecimal digits of what the experiment computes: stable between programs and machines
    std::string label;  ///< "ecg_brf, Seed 1"
    MemberStatus status = MemberStatus::waiting;
    std::string run;      ///< name of its folder in the folder for runs; empty before it was started
    std::string message;  ///< a sentence: how it ended, or what it waits for
    int epochs = 0;
    int epochs_done = 0;
    double seconds = 0;                       ///< training and evaluation so far
    std::optional<double> accuracy;           ///< test, %, of the last epoch
    std::optional<double> selected_accuracy;  ///< of the lowest validation loss
};

struct StudyProgress {
    int total = 0;
    int finished = 0;
    int diverged = 0;
    int failed = 0;
    int skipped = 0;
    int running = 0;
    std::optional<double> seconds_left;  ///< from the pace of these and earlier runs; nothing before any is known
    int ended() const { return finished + diverged + failed + skipped; }
};

/// Implemented by the window and the command line. All calls come from the thread that runs the study.
class StudyObserver {
 public:
    virtual ~StudyObserver() = default;
    /// All runs in their order; `done` of them had finished or diverged before.
    virtual void on_started(const std::vector<MemberState>& /*members*/, int /*done*/) {}
    /// A run started, ended, or did an epoch.
    virtual void on_member(const MemberState& /*member*/, const StudyProgress& /*progress*/) {}
    virtual void on_paused(bool /*paused*/) {}
    /// The study's state could not be written: no run begins until it can, which is tried again and again. An empty
    /// sentence says that it was.
    virtual void on_problem(const std::string& /*sentence*/) {}
};

struct StudyOutcome {
    bool stopped = false;  ///< by request, before all runs had ended
    StudyProgress progress;
    std::vector<MemberState> members;
    std::filesystem::path folder;  ///< the study's own: state.json, experiments, logs
    std::string message;           ///< one sentence for people
};

/// Runs until all runs have ended or a stop is requested; blocks. Pausing stops the running ones, saved, and frees
/// their memory; going on continues them bit for bit. A run that fails or diverges is marked and stops no other. Throws
/// before anything starts: ConfigError, DataError (a sentence per missing data set), RunError (no room, no permission,
/// no resonate-cli, begun before and not to be resumed, run by another program now).
StudyOutcome run_study(const StudyConfig& study, const StudyOptions& options, StudyObserver& observer,
                       TrainingControl& control);

/// What a study takes, before it starts.
struct StudyEstimate {
    int runs = 0;
    int done = 0;                      ///< finished before, where it is resumed
    std::optional<double> seconds;     ///< of all that is left, with `jobs` at once; nothing where none could be timed
    int untimed = 0;                   ///< runs left whose time is not known and not in `seconds`
    int rough = 0;                     ///< runs left whose time was told by runs with another number of threads
    std::uint64_t bytes = 0;           ///< disk for what is left
    std::uint64_t bytes_free = 0;      ///< on the disk of the folder for runs
    std::vector<std::string> missing;  ///< a sentence for each data set that is not here
    /// Runs that take equally long.
    struct Part {
        std::string label;  ///< of the first of them
        int runs = 0;
        std::int64_t parameters = 0;
        std::optional<double> seconds_per_run;
        std::string source;  ///< "earlier runs", "earlier runs with another number of threads", "measured" or why not
    };
    std::vector<Part> parts;
};
/// From earlier runs in the folder for runs; with `measure`, what they do not tell is timed on a few batches of each
/// kind of network, as processes of their own. `control` may stop that. Throws ConfigError.
StudyEstimate estimate_study(const StudyConfig& study, const StudyOptions& options, bool measure,
                             TrainingControl& control);

/// Trainable numbers of the network for `inputs` I and `classes` C.
std::int64_t parameter_count(const ExperimentConfig& config, std::int64_t inputs, std::int64_t classes);

/// A study that was begun in a folder for runs.
struct StoredStudy {
    StudyConfig config;
    std::vector<MemberState> members;  ///< as last written; `running` is true only while `active`
    bool active = false;               ///< a program runs it now
    std::filesystem::path folder;
    std::string problem;  ///< a sentence where its files are damaged
};
/// By name. Never throws for what lies in the folders.
std::vector<StoredStudy> stored_studies(const std::filesystem::path& runs_dir);

/// A study on a thread of its own, for the window. Not itself thread-safe: one owner.
class StudySession {
 public:
    /// Starts at once. `observer` must outlive the session.
    StudySession(StudyConfig study, StudyOptions options, StudyObserver& observer);
    /// Asks to stop and waits.
    ~StudySession();
    StudySession(const StudySession&) = delete;
    StudySession& operator=(const StudySession&) = delete;

    void pause() { control_.request_pause(); }
    void resume() { control_.request_resume(); }
    /// Returns at once; running trainings are saved first.
    void stop() { control_.request_stop(); }
    bool finished() const { return finished_; }
    /// What came out, or with an empty folder the sentence why it could not start. Valid once finished().
    const StudyOutcome& outcome() const { return outcome_; }

 private:
    TrainingControl control_;
    std::atomic<bool> finished_{false};
    StudyOutcome outcome_;
    std::thread thread_;
};

}  // namespace resonate
