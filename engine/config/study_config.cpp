// engine/config/study_config.cpp: what is wrong with a study, and the runs it stands for.
#include "resonate/study_config.h"

#include <cstdio>
#include <map>
#include <set>
#include <string_view>

#include "config/field_table.h"
#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/experiment_identity.h"

namespace resonate {
namespace {

constexpr int most_jobs = 64;
constexpr int most_threads = 1024;
/// Combinations that fail are named up to here; the others fail for the same reason.
constexpr std::size_t most_named = 5;

bool is_plain_name(const std::string& name) {
    constexpr const char* letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
    return !name.empty() && name.size() <= 64 && name.find_first_not_of(letters) == std::string::npos;
}

/// Presets are read once, however many runs they have.
using Presets = std::map<std::string, ExperimentConfig>;

class Checker {
 public:
    explicit Checker(const StudyConfig& study) : study_(study) {}

    std::vector<ConfigProblem> problems;

    void check_form() {
        if (!is_plain_name(study_.name))
            add("name", "expected 1 to 64 letters, digits, _ or -, found '" + study_.name + "'");
        if (study_.jobs < 1 || study_.jobs > most_jobs)
            add("jobs", "expected at least 1 and at most " + std::to_string(most_jobs) + ", found " +
                            std::to_string(study_.jobs));
        if (study_.threads < 0 || study_.threads > most_threads)
            add("threads", "expected at least 0 (cores divided by jobs) and at most " + std::to_string(most_threads) +
                               ", found " + std::to_string(study_.threads));
        check_presets();
        std::set<std::string> fields;
        for (const StudySetting& setting : study_.settings) {
            const std::string path = "set." + setting.path;
            if (!fields.insert(setting.path).second) add(path, "is given twice");
            check_value(path, setting.path, setting.value);
        }
        for (const StudyAxis& axis : study_.axes) check_axis(axis, fields);
        check_count();
    }

    const Presets& presets() const { return presets_; }

 private:
    void add(const std::string& path, const std::string& message) { problems.push_back({path, message}); }

    void check_presets() {
        if (study_.presets.empty())
            add("presets",
                "expected at least one preset; the gallery of the window and `resonate-cli presets list` show them");
        std::set<std::string> seen;
        for (const std::string& preset : study_.presets) {
            if (!seen.insert(preset).second) add("presets", "'" + preset + "' is given twice");
            try {
                presets_.emplace(preset, load_preset(preset));
            } catch (const ConfigError& error) {
                add("presets", error.what());
            }
        }
    }

    void check_value(const std::string& path, const std::string& field, const std::string& value) {
        try {
            ExperimentConfig any;
            set_field(any, field, value);
        } catch (const ConfigError& error) {
            // The path ends with the field already.
            const std::string_view sentence = error.what();
            const std::string prefix = field + ": ";
            add(path, std::string(sentence.starts_with(prefix) ? sentence.substr(prefix.size()) : sentence));
        }
    }

    void check_axis(const StudyAxis& axis, std::set<std::string>& fields) {
        const std::string path = "axes." + axis.path;
        if (!fields.insert(axis.path).second) add(path, "the field is given twice, in the axes or in 'set'");
        if (axis.values.empty()) {
            add(path, "the axis is empty: expected at least one value");
            return;
        }
        const std::size_t before = problems.size();
        std::set<std::string> seen;
        for (const std::string& value : axis.values) {
            if (!seen.insert(value).second) add(path, "'" + value + "' is given twice");
            check_value(path, axis.path, value);
            // An unknown field is one problem, not one per value.
            if (problems.size() > before) return;
        }
    }

    void check_count() {
        double count = static_cast<double>(study_.presets.size());
        std::string factors = std::to_string(study_.presets.size());
        factors += study_.presets.size() == 1 ? " preset" : " presets";
        for (const StudyAxis& axis : study_.axes) {
            count *= static_cast<double>(axis.values.size());
            factors += " × " + std::to_string(axis.values.size()) + " of " + axis.path;
        }
        if (count > static_cast<double>(most_study_runs)) {
            char text[32];
            std::snprintf(text, sizeof text, "%.0f", count);
            add("axes", "expected at most " + std::to_string(most_study_runs) + " runs, found " + text + " (" +
                            factors + "); leave out values, or make several studies");
        }
    }

    const StudyConfig& study_;
    Presets presets_;
};

/// Every combination, also those that compute the same.
std::vector<StudyMember> combine(const StudyConfig& study, const Presets& presets) {
    std::vector<StudyMember> members;
    std::vector<std::size_t> at(study.axes.size(), 0);
    for (;;) {
        for (const std::string& preset : study.presets) {
            StudyMember member{std::filesystem::path(preset).stem().string(), presets.at(preset)};
            // Many runs: epochs are kept only where the study says so.
            member.config.recording.epoch_interval = 0;
            for (const StudySetting& setting : study.settings) set_field(member.config, setting.path, setting.value);
            for (std::size_t i = 0; i < at.size(); ++i) {
                const StudyAxis& axis = study.axes[i];
                set_field(member.config, axis.path, axis.values[at[i]]);
                member.label += ", " + find_field(axis.path)->label + " " + axis.values[at[i]];
            }
            members.push_back(std::move(member));
        }
        std::size_t i = at.size();
        while (i > 0 && ++at[i - 1] == study.axes[i - 1].values.size()) at[--i] = 0;
        if (i == 0) return members;
    }
}

void check_members(const std::vector<StudyMember>& members, std::vector<ConfigProblem>& problems) {
    std::size_t wrong = 0;
    for (const StudyMember& member : members) {
        const std::vector<ConfigProblem> found = validate(member.config);
        if (found.empty()) continue;
        if (++wrong > most_named) continue;
        for (const ConfigProblem& problem : found)
            problems.push_back({"axes", "run '" + member.label + "': " + problem.path + ": " + problem.message});
    }
    if (wrong > most_named)
        problems.push_back({"axes", std::to_string(wrong - most_named) +
                                        (wrong - most_named == 1 ? " more run" : " more runs") +
                                        " cannot be made like this"});
}

}  // namespace

std::vector<ConfigProblem> validate_study(const StudyConfig& study) {
    Checker checker(study);
    checker.check_form();
    if (checker.problems.empty()) check_members(combine(study, checker.presets()), checker.problems);
    return std::move(checker.problems);
}

std::vector<StudyMember> expand_study(const StudyConfig& study) {
    Checker checker(study);
    checker.check_form();
    std::vector<StudyMember> members;
    if (checker.problems.empty()) {
        members = combine(study, checker.presets());
        check_members(members, checker.problems);
    }
    std::string text;
    for (const ConfigProblem& problem : checker.problems)
        text += (text.empty() ? "" : "\n") + study.name + ": " + problem.path + ": " + problem.message;
    if (!text.empty()) throw ConfigError(text);
    std::set<std::string> known;
    std::erase_if(members,
                  [&](const StudyMember& member) { return !known.insert(experiment_identity(member.config)).second; });
    return members;
}

}  // namespace resonate
