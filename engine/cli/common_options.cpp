// engine/cli/common_options.cpp: options and texts that several commands share.
#include <cmath>
#include <cstdio>

#include "cli/commands.h"
#include "resonate/config_io.h"
#include "resonate/datasets.h"
#include "resonate/error.h"

namespace resonate::cli {

void CommonOptions::add_data_dir(CLI::App& command) {
    command.add_option("--data-dir", data_dir,
                       "Folder with one folder per data set (default: " + default_data_dir().string() + ")");
}

void CommonOptions::add_threads(CLI::App& command) {
    command.add_option("--threads", threads, "Worker threads (default: physical cores)")->check(CLI::Range(1, 1024));
}

void CommonOptions::add_json(CLI::App& command) {
    command.add_flag("--json", json, "Print one JSON object on standard output");
}

void CommonOptions::add_path(CLI::App& command) {
    command
        .add_option("--path", path, "auto: fused kernels where there are any; fused: or an error; loop: step by step")
        ->check(CLI::IsMember({"auto", "fused", "loop"}))
        ->capture_default_str();
}

void CommonOptions::add_precision(CLI::App& command) {
    command.add_option("--precision", precision, "float32, or float64: the definition, computed step by step")
        ->check(CLI::IsMember({"float32", "float64"}));
}

void CommonOptions::apply_precision(ExperimentConfig& config) const {
    if (!precision.empty()) set_field(config, "training.precision", precision);
}

RunOptions CommonOptions::run_options() const {
    RunOptions options;
    options.data_dir = data_dir.empty() ? default_data_dir() : std::filesystem::path(data_dir);
    options.threads = threads;
    options.path = path == "loop" ? ComputePath::loop : path == "fused" ? ComputePath::fused : ComputePath::automatic;
    return options;
}

void apply_settings(ExperimentConfig& config, const std::vector<std::string>& settings) {
    for (const std::string& setting : settings) {
        const size_t equals = setting.find('=');
        if (equals == std::string::npos)
            throw ConfigError("--set " + setting + ": expected path=value, for example training.epochs=20");
        set_field(config, setting.substr(0, equals), setting.substr(equals + 1));
    }
}

std::string duration_text(double seconds) {
    const auto whole = static_cast<long>(std::lround(std::max(0.0, seconds)));
    char text[48];
    if (whole >= 3600)
        std::snprintf(text, sizeof text, "%ld h %02ld min", whole / 3600, whole / 60 % 60);
    else if (whole >= 60)
        std::snprintf(text, sizeof text, "%ld min %02ld s", whole / 60, whole % 60);
    else
        std::snprintf(text, sizeof text, "%ld s", whole);
    return text;
}

}  // namespace resonate::cli
