// engine/studies/study_folder.h: `.studies/<name>` in a folder for runs: what a study is and how far it is.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/file_lock.h"
#include "resonate/study.h"

namespace resonate {

/// The stable name of what an experiment computes: 16 hexadecimal digits.
std::string member_key(const ExperimentConfig& config);

/// A run of a study, as it is, with its experiment.
struct StudyRun {
    MemberState state;
    ExperimentConfig config;
};

/// Locked against other programs while it lives. Every file is written whole or not at all.
class StudyFolder {
 public:
    /// Throws RunError where it cannot be made or another program runs the study.
    StudyFolder(const std::filesystem::path& runs_dir, const std::string& name);

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path experiment(const MemberState& member) const;
    /// What the run's process wrote on standard output and standard error.
    std::filesystem::path output(const MemberState& member) const;
    std::filesystem::path log(const MemberState& member) const;

    /// Has the study been begun?
    bool begun() const;
    /// The members of `study` in its order, each as far as it was: found again by what it computes. Throws RunError
    /// where state.json is damaged.
    std::vector<StudyRun> members(const std::vector<StudyMember>& study) const;
    /// study.yaml and an experiment for each member.
    void write_study(const StudyConfig& study, const std::vector<StudyRun>& members) const;
    /// state.json. Members that are no longer part of the study are kept in it.
    void write_state(const std::vector<StudyRun>& members) const;

 private:
    std::filesystem::path path_;
    std::optional<FileLock> lock_;
};

/// Where studies lie in a folder for runs.
std::filesystem::path studies_dir(const std::filesystem::path& runs_dir);
/// state.json of a study; empty where there is none. Throws RunError where it is damaged.
std::vector<MemberState> read_study_state(const std::filesystem::path& study_folder);

}  // namespace resonate
