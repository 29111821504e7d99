// engine/studies/stored_studies.cpp: studies that were begun, as they lie on disk; and one on a thread of its own.
#include <algorithm>

#include "resonate/error.h"
#include "resonate/study.h"
#include "runs/run_lock.h"
#include "studies/study_folder.h"

namespace resonate {
namespace {

StoredStudy read_stored(const std::filesystem::path& folder) {
    StoredStudy study;
    study.folder = folder;
    study.config.name = folder.filename().string();
    study.active = run_is_locked(folder);
    try {
        study.config = load_study(folder / "study.yaml");
        study.members = read_study_state(folder);
    } catch (const Error& error) {
        study.problem = error.what();
    }
    if (!study.active)
        for (MemberState& member : study.members)
            if (member.status == MemberStatus::running) member.status = MemberStatus::interrupted;
    return study;
}

}  // namespace

std::vector<StoredStudy> stored_studies(const std::filesystem::path& runs_dir) {
    std::vector<std::filesystem::path> folders;
    std::error_code failure;
    for (std::filesystem::directory_iterator entry(studies_dir(runs_dir), failure), end; !failure && entry != end;
         entry.increment(failure))
        folders.push_back(entry->path());
    std::sort(folders.begin(), folders.end());
    std::vector<StoredStudy> studies;
    for (const auto& folder : folders)
        if (std::filesystem::exists(folder / "state.json", failure)) studies.push_back(read_stored(folder));
    return studies;
}

StudySession::StudySession(StudyConfig study, StudyOptions options, StudyObserver& observer)
    : thread_([this, study = std::move(study), options = std::move(options), &observer] {
          try {
              outcome_ = run_study(study, options, observer, control_);
          } catch (const std::exception& error) {
              outcome_.message = error.what();
          }
          finished_ = true;
      }) {}

StudySession::~StudySession() {
    stop();
    thread_.join();
}

}  // namespace resonate
