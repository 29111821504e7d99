// resonate/study_config.h: a study: many runs described as one, and the experiments it stands for.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "resonate/experiment_config.h"

namespace resonate {

/// A field and the values it takes, as text.
struct StudyAxis {
    std::string path;                 ///< "training.seed"
    std::vector<std::string> values;  ///< at least one, each once

    bool operator==(const StudyAxis&) const = default;
};

/// A field that has one value in every run.
struct StudySetting {
    std::string path;
    std::string value;

    bool operator==(const StudySetting&) const = default;
};

struct StudyConfig {
    std::string name;  ///< letters, digits, _ and -: its folder, and what it is continued by
    std::string title;
    std::string description;
    std::vector<std::string> presets;    ///< at least one: names or YAML files
    std::vector<StudySetting> settings;  ///< applied to every preset, in order
    std::vector<StudyAxis> axes;         ///< every combination is run; may be empty
    int jobs = 1;                        ///< runs at once, in [1, 64]
    int threads = 0;                     ///< worker threads of each run, >= 0; 0 = physical cores divided by jobs

    bool operator==(const StudyConfig&) const = default;
};

inline constexpr std::size_t most_study_runs = 10000;

/// Values of a field from one word: "1-5", also with ".." or "–" in it, is five values where the field is an integer;
/// every other text is itself. Throws ConfigError where a range is reversed or has more values than a study has runs.
std::vector<std::string> expand_range(const std::string& path, const std::string& text);

/// Everything wrong with a study, at once: unknown presets and fields, empty axes, values, combinations that no network
/// has, too many runs. `path` is the field as in the file: "axes.training.seed".
std::vector<ConfigProblem> validate_study(const StudyConfig& study);

/// One run of a study.
struct StudyMember {
    std::string label;  ///< "ecg_brf, Seed 1": preset and axes
    ExperimentConfig config;
};
/// Every combination: the first axis outermost, the presets innermost, so that the first runs show every preset.
/// Combinations that compute the same, as an axis over ω for ALIF, are one run. Throws ConfigError with every problem.
std::vector<StudyMember> expand_study(const StudyConfig& study);

/// Reads and checks a study. Presets that are files are looked for beside it as well. Throws ConfigError with every
/// problem, each with file, line and field.
StudyConfig load_study(const std::filesystem::path& file);
/// The same from text; `name` stands for the file, `folder` is where preset files are looked for.
StudyConfig parse_study(std::string_view yaml, const std::string& name, const std::filesystem::path& folder = {});
/// parse_study(study_yaml(s)) == s.
std::string study_yaml(const StudyConfig& study);

/// The studies that come with the program.
std::vector<StudyConfig> shipped_study_list();
/// A shipped study, or a YAML file. Throws ConfigError (with the nearest name).
StudyConfig find_study(const std::string& name_or_path);

}  // namespace resonate
