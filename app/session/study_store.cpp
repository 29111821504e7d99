// app/session/study_store.cpp: see study_store.h.
#include "session/study_store.h"

#include <algorithm>

#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/run_store.h"

namespace resonate::app {

namespace fs = std::filesystem;

StudyStore::StudyStore() : m_folder(default_preset_folder().parent_path() / "studies") {}

StudyStore::Contents StudyStore::list() const {
    Contents contents;
    std::error_code failure;
    for (fs::directory_iterator entry(m_folder, failure), end; !failure && entry != end; entry.increment(failure)) {
        if (entry->path().extension() != ".yaml") continue;
        try {
            contents.studies.push_back(load_study(entry->path()));
        } catch (const Error& error) {
            contents.problems << QString::fromUtf8(error.what());
        }
    }
    std::sort(contents.studies.begin(), contents.studies.end(),
              [](const StudyConfig& a, const StudyConfig& b) { return a.name < b.name; });
    return contents;
}

bool StudyStore::holds(const std::string& name) const {
    std::error_code failure;
    return fs::exists(fileOf(name), failure);
}

void StudyStore::save(const StudyConfig& study) const {
    expand_study(study);
    std::error_code failure;
    fs::create_directories(m_folder, failure);
    if (failure)
        throw RunError(m_folder.string() + ": the folder for studies cannot be made: " + failure.message() +
                       "; make room or see who owns it");
    write_file_atomically(fileOf(study.name), study_yaml(study));
}

void StudyStore::remove(const std::string& name) const {
    std::error_code failure;
    if (!fs::remove(fileOf(name), failure) && failure)
        throw RunError(fileOf(name).string() + ": cannot be deleted: " + failure.message());
}

}  // namespace resonate::app
