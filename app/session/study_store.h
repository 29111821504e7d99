// app/session/study_store.h: the user's own studies: YAML files in a folder beside the own presets.
#pragma once

#include <QStringList>
#include <filesystem>
#include <vector>

#include "resonate/study_config.h"

namespace resonate::app {

/// $XDG_DATA_HOME/resonate/studies, else ~/.local/share/resonate/studies. Files are called after the study's name.
class StudyStore {
 public:
    StudyStore();
    explicit StudyStore(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    struct Contents {
        std::vector<StudyConfig> studies;  ///< by name
        QStringList problems;              ///< a sentence for each file that cannot be read
    };
    Contents list() const;
    std::filesystem::path fileOf(const std::string& name) const { return m_folder / (name + ".yaml"); }
    bool holds(const std::string& name) const;
    /// Writes whole or not at all. Throws ConfigError where the study is wrong, RunError where it cannot be written.
    void save(const StudyConfig& study) const;
    /// Throws RunError.
    void remove(const std::string& name) const;
    const std::filesystem::path& folder() const { return m_folder; }

 private:
    std::filesystem::path m_folder;
};

}  // namespace resonate::app
