// engine/runs/run_changes.h: what was changed while a run went on: changes.csv in its folder.
#pragma once

#include <filesystem>
#include <vector>

#include "resonate/training_events.h"

namespace resonate {

/// Empty where there are none. Throws RunError naming file and line.
std::vector<RunChange> read_changes(const std::filesystem::path& run_folder);
/// Throws RunError.
void write_changes(const std::filesystem::path& run_folder, const std::vector<RunChange>& changes);
/// The experiment with its changes, in their order. Throws RunError naming the file where one cannot be.
void apply_changes(ExperimentConfig& config, const std::filesystem::path& run_folder,
                   const std::vector<RunChange>& changes);
/// Does a folder hold any file that only runs have?
bool is_run_folder(const std::filesystem::path& folder);
/// experiment.yaml of a run with its changes. Throws ConfigError, or RunError where it is missing.
ExperimentConfig load_changed_experiment(const std::filesystem::path& run_folder, std::vector<RunChange>& changes);

}  // namespace resonate
