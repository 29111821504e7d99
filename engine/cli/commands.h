// engine/cli/commands.h: the commands of resonate-cli. Each adds itself to the parser and says what to run.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "resonate/experiment.h"

namespace resonate::cli {

/// Exit codes: a contract, see README.md.
enum ExitCode { done = 0, failed = 1, bad_usage = 2, bad_data = 3, diverged = 4, interrupted = 5 };

/// What the chosen command does; its value is the exit code. Errors are thrown.
using Action = std::function<int()>;

void add_train_command(CLI::App& app, Action& action);
void add_eval_command(CLI::App& app, Action& action);
void add_bench_command(CLI::App& app, Action& action);
void add_verify_command(CLI::App& app, Action& action);
void add_gradcheck_command(CLI::App& app, Action& action);
void add_dataset_commands(CLI::App& app, Action& action);
void add_preset_commands(CLI::App& app, Action& action);
void add_export_command(CLI::App& app, Action& action);
void add_results_command(CLI::App& app, Action& action);
void add_import_command(CLI::App& app, Action& action);
void add_study_command(CLI::App& app, Action& action);

/// Options several commands share.
struct CommonOptions {
    std::string data_dir;
    int threads = 0;
    bool json = false;
    std::string path = "auto";
    std::string precision;  ///< empty: as the experiment says

    void add_data_dir(CLI::App& command);
    void add_threads(CLI::App& command);
    void add_json(CLI::App& command);
    void add_path(CLI::App& command);
    void add_precision(CLI::App& command);
    /// Sets training.precision where --precision was given.
    void apply_precision(ExperimentConfig& config) const;
    RunOptions run_options() const;
};

/// Applies `--set path=value` in order. Throws ConfigError.
void apply_settings(ExperimentConfig& config, const std::vector<std::string>& settings);

/// From now on the first Ctrl-C or SIGTERM is a request; the second one kills. A full disk shows as an error of write(),
/// not as a signal.
void catch_interrupts();
bool interrupted_by_user();
/// From now on the death of the parent is a SIGTERM. False where it has died already.
bool end_with_parent(int parent);

/// "2 min 05 s", "1 h 03 min".
std::string duration_text(double seconds);

}  // namespace resonate::cli
