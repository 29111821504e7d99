// engine/config/presets.cpp: experiments shipped inside the program and those in the user's folder.
#include <algorithm>
#include <cstdlib>

#include "config/field_table.h"
#include "config/shipped_presets.h"
#include "resonate/config_io.h"
#include "resonate/error.h"

namespace resonate {

namespace {

Preset describe(const std::string& name, const ExperimentConfig& config, const std::filesystem::path& file) {
    return {name, config.title.empty() ? name : config.title, config.description, file};
}

}  // namespace

std::filesystem::path default_preset_folder() {
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data)
        return std::filesystem::path(data) / "resonate" / "presets";
    const char* home = std::getenv("HOME");
    return std::filesystem::path(home ? home : ".") / ".local" / "share" / "resonate" / "presets";
}

std::vector<Preset> list_presets(const std::filesystem::path& user_folder) {
    std::vector<Preset> presets;
    for (size_t i = 0; i < shipped_preset_count; ++i)
        presets.push_back(
            describe(shipped_presets[i].name, parse_experiment(shipped_presets[i].yaml, shipped_presets[i].name), {}));
    std::vector<std::filesystem::path> files;
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator(user_folder, failure))
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        try {
            presets.push_back(describe(file.stem().string(), load_experiment(file), file));
        } catch (const ConfigError&) {
            // A broken file of the user's is named when it is opened, and must not hide the others here.
            continue;
        }
    }
    return presets;
}

ExperimentConfig load_preset(const std::string& name, const std::filesystem::path& user_folder) {
    for (size_t i = 0; i < shipped_preset_count; ++i)
        if (name == shipped_presets[i].name) return parse_experiment(shipped_presets[i].yaml, name);
    std::error_code failure;
    if (std::filesystem::exists(name, failure)) return load_experiment(name);
    const std::filesystem::path own = user_folder / (name + ".yaml");
    if (std::filesystem::exists(own, failure)) return load_experiment(own);
    std::vector<std::string> names;
    for (const Preset& preset : list_presets(user_folder)) names.push_back(preset.name);
    const std::string near = nearest(name, names);
    throw ConfigError("there is no preset or file '" + name + "'" +
                      (near.empty() ? "; the gallery of the window and `resonate-cli presets list` show those there are"
                                    : "; did you mean '" + near + "'?"));
}

}  // namespace resonate
