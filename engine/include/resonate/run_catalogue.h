// resonate/run_catalogue.h: all runs of a folder, listed quickly and kept up to date; their names, tags and notes;
// trash.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "resonate/experiment_config.h"
#include "resonate/training_events.h"

namespace resonate {

/// What a user says of a run; kept in its folder as notes.json.
struct RunNotes {
    std::string name;  ///< shown instead of the id; empty = the id
    std::vector<std::string> tags;
    std::string text;

    bool operator==(const RunNotes&) const = default;
};
/// Empty where there are none. Throws RunError naming the file where it is damaged.
RunNotes read_notes(const std::filesystem::path& run_folder);
/// Writes at once and whole; a damaged notes.json is kept as notes.json.damaged. Throws RunError.
void save_notes(const std::filesystem::path& run_folder, const RunNotes& notes);

/// One row of the table of runs. Epochs of `last`, `selected` and `best_test` have their number and splits only.
struct RunEntry {
    std::string id;  ///< name of the folder
    std::filesystem::path folder;
    std::string problem;    ///< a sentence where something is wrong; what could be read is here all the same
    bool readable = false;  ///< `config` was read
    ExperimentConfig config;
    RunStatus status = RunStatus::stopped;  ///< `running` where a program trains it now
    bool imported = false;                  ///< from event files of another program
    std::string message;                    ///< how it ended, a sentence
    int epochs_done = 0;
    std::optional<EpochMetrics> last;
    std::optional<EpochMetrics> selected;   ///< lowest validation loss, ties the later
    std::optional<EpochMetrics> best_test;  ///< highest test accuracy
    std::int64_t parameters = 0;            ///< 0 = not known
    double seconds = 0;                     ///< training and evaluation so far
    int threads = 0;
    int train_samples = 0;  ///< 0 = not known; so are the next two
    int validation_samples = 0;
    int test_samples = 0;
    std::string written;  ///< when it was last written, local time
    RunNotes notes;

    /// notes.name, else the id.
    const std::string& display_name() const { return notes.name.empty() ? id : notes.name; }
};

/// Lists a folder for runs. One owner, any thread; the entries it gives out are never changed and may be kept.
class RunCatalogue {
 public:
    explicit RunCatalogue(std::filesystem::path runs_dir);
    ~RunCatalogue();

    /// Reads what has changed on disk since the last call, by this program or another. True where anything did. Never
    /// throws for what a run folder holds: its entry says what is wrong.
    bool refresh();
    /// By id: dates first, so the newest is last.
    const std::vector<std::shared_ptr<const RunEntry>>& runs() const { return runs_; }
    /// The sentence where the folder itself cannot be listed; empty where it can, or is not there yet.
    const std::string& problem() const { return problem_; }
    const std::filesystem::path& folder() const { return runs_dir_; }

 private:
    struct Known;

    std::filesystem::path runs_dir_;
    std::unordered_map<std::string, std::unique_ptr<Known>> known_;
    std::vector<std::shared_ptr<const RunEntry>> runs_;
    std::string problem_;
};

/// Moves a run into `.trash` beside it and returns where it lies now. Throws RunError where a program trains it, or it
/// cannot be moved.
std::filesystem::path move_to_trash(const std::filesystem::path& run_folder);
/// Runs in the trash of a folder for runs, by name.
std::vector<std::filesystem::path> list_trash(const std::filesystem::path& runs_dir);
/// Moves a run of the trash back and returns where it lies now. Throws RunError where one of that name is there.
std::filesystem::path restore_from_trash(const std::filesystem::path& trashed);
/// Deletes what lies in the trash for good. Throws RunError naming what could not be deleted.
void empty_trash(const std::filesystem::path& runs_dir);

}  // namespace resonate
