// resonate/config_io.h: experiments as YAML files, and the catalogue of their fields.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "resonate/experiment_config.h"

namespace resonate {

using FieldValue = std::variant<bool, std::int64_t, double, std::string>;

/// When a change of a field made during a run takes effect.
enum class FieldChange { now, next_epoch, restart };

/// One field of ExperimentConfig as the form, `--set path=value` and the documentation know it.
struct Field {
    std::string path;       ///< "training.learning_rate"
    std::string group;      ///< "Data set", "Neuron", "Network", "Training", "Recording", "Experiment"
    std::string label;      ///< "Learning rate"
    std::string unit;       ///< "steps", "" where dimensionless
    std::string symbol;     ///< symbol in the equations, e.g. "δ"; may be empty
    std::string help;       ///< one or two sentences: meaning, typical values
    std::string zero_text;  ///< integers where 0 has a meaning of its own: how to show it, e.g. "all"; else empty
    double min = 0;         ///< numbers: smallest allowed value (exclusive where min_exclusive)
    double max = 0;
    bool min_exclusive = false;
    bool max_exclusive = false;
    std::vector<std::string> choices;  ///< text fields with a fixed set of values; empty otherwise
    FieldChange change = FieldChange::restart;
    std::function<FieldValue(const ExperimentConfig&)> get;
    /// Throws ConfigError on a wrong alternative or an unknown choice; does not check the range (validate() does).
    std::function<void(ExperimentConfig&, const FieldValue&)> set;
    std::function<bool(const ExperimentConfig&)> applies;  ///< does this field matter for this experiment?
};

/// Every field, in the order of the form. Built once.
const std::vector<Field>& field_catalogue();
/// The field with that path, or nullptr.
const Field* find_field(std::string_view path);
/// Sets a field from text, as `--set path=value` does. Another data set or neuron type loses the title, description
/// and published result of the preset, which tell of its own. Throws ConfigError naming path, expected and found.
void set_field(ExperimentConfig& config, std::string_view path, std::string_view text);
/// Text to a value of the field's type, as set_field() reads it. Throws ConfigError "expected …, found …".
FieldValue parse_field_value(const Field& field, std::string_view text);
/// A field's value as text: numbers in the shortest form that reads back to the same double.
std::string field_text(const Field& field, const ExperimentConfig& config);

/// Reads one experiment. Throws ConfigError naming file, line, field, expected and found: unknown key, wrong type,
/// out of range, empty file, binary file, newer schema. Keys left out keep their defaults.
ExperimentConfig load_experiment(const std::filesystem::path& file);
/// The same from text; `name` stands for the file in messages.
ExperimentConfig parse_experiment(std::string_view yaml, const std::string& name);
/// The complete experiment as YAML, `schema: 1` first; parse_experiment(to_yaml(c)) == c.
std::string to_yaml(const ExperimentConfig& config);
/// Writes to a temporary name, flushes, renames. Throws RunError naming the path.
void save_experiment(const ExperimentConfig& config, const std::filesystem::path& file);

struct Preset {
    std::string name;  ///< "ecg_brf"
    std::string title;
    std::string description;
    std::filesystem::path file;  ///< empty for a preset built into the program
};

/// $XDG_DATA_HOME/resonate/presets, else ~/.local/share/resonate/presets.
std::filesystem::path default_preset_folder();
/// Shipped presets first, then the *.yaml files of `user_folder` that can be read.
std::vector<Preset> list_presets(const std::filesystem::path& user_folder = default_preset_folder());
/// Shipped preset, preset of the user's folder, or path of a YAML file. Throws ConfigError (with the nearest name).
ExperimentConfig load_preset(const std::string& name_or_path,
                             const std::filesystem::path& user_folder = default_preset_folder());
inline constexpr const char* default_preset_name = "synthetic_ecg_brf";

}  // namespace resonate
