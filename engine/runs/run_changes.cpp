// engine/runs/run_changes.cpp: see run_changes.h.
#include "runs/run_changes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <string_view>

#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/run_store.h"
#include "runs/pickle_value.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view header = "epoch,batch,path,from,to";
constexpr std::uintmax_t largest_file = std::uintmax_t{16} << 20;

/// What to do where the file is of no use.
constexpr const char* set_aside =
    "; copy it again, or move it away, and the run counts as one with the settings it began with";

fs::path changes_file(const fs::path& run_folder) { return run_folder / "changes.csv"; }

bool read_number(std::string_view text, int& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number >= 0;
}

/// Values of fields that can change are numbers or words: no cell has a comma.
bool read_row(std::string_view line, RunChange& change) {
    std::vector<std::string_view> cells;
    while (true) {
        const size_t comma = line.find(',');
        cells.push_back(line.substr(0, comma));
        if (comma == std::string_view::npos) break;
        line.remove_prefix(comma + 1);
    }
    if (cells.size() != 5 || !read_number(cells[0], change.epoch) || !read_number(cells[1], change.batch)) return false;
    change.path = cells[2];
    change.from = cells[3];
    change.to = cells[4];
    return find_field(change.path) != nullptr;
}

}  // namespace

std::vector<RunChange> read_changes(const fs::path& run_folder) {
    const fs::path file = changes_file(run_folder);
    std::error_code failure;
    const std::uintmax_t size = fs::file_size(file, failure);
    if (failure == std::errc::no_such_file_or_directory) return {};
    std::ifstream stream(file);
    if (failure || !stream) throw RunError(file.string() + ": cannot be read; check its permissions");
    if (size > largest_file)
        throw RunError(file.string() + ": expected at most 16 MiB, found " + std::to_string(size) + " bytes" +
                       set_aside);
    std::vector<RunChange> changes;
    std::string line;
    for (int number = 1; std::getline(stream, line); ++number) {
        RunChange change;
        const bool good = number == 1 ? line == header : read_row(line, change);
        if (!good)
            throw RunError(file.string() + ":" + std::to_string(number) + ": expected " +
                           (number == 1 ? "the line " : "cells of ") + std::string(header) + ", found '" +
                           printable(line) + "'" + set_aside);
        if (number > 1) changes.push_back(std::move(change));
    }
    return changes;
}

void write_changes(const fs::path& run_folder, const std::vector<RunChange>& changes) {
    std::string text = std::string(header) + "\n";
    for (const RunChange& change : changes)
        text += std::to_string(change.epoch) + "," + std::to_string(change.batch) + "," + change.path + "," +
                change.from + "," + change.to + "\n";
    write_file_atomically(changes_file(run_folder), text);
}

void apply_changes(ExperimentConfig& config, const fs::path& run_folder, const std::vector<RunChange>& changes) {
    try {
        for (const RunChange& change : changes) set_field(config, change.path, change.to);
    } catch (const ConfigError& error) {
        throw RunError(changes_file(run_folder).string() + ": " + error.what() + set_aside);
    }
}

bool is_run_folder(const fs::path& folder) {
    constexpr std::array files = {"experiment.yaml", "summary.json", "metrics.csv", "last.pt", "best.pt", "lock"};
    std::error_code failure;
    return std::any_of(files.begin(), files.end(),
                       [&](const char* name) { return fs::exists(folder / name, failure); });
}

ExperimentConfig load_changed_experiment(const fs::path& run_folder, std::vector<RunChange>& changes) {
    std::error_code failure;
    if (!fs::exists(run_folder / "experiment.yaml", failure))
        throw RunError(run_folder.string() +
                       (is_run_folder(run_folder)
                            ? ": is half written: experiment.yaml is missing; copy the run folder again or delete it"
                            : ": is not a run folder: experiment.yaml is missing; choose the folder of a run"));
    ExperimentConfig config = load_experiment(run_folder / "experiment.yaml");
    changes = read_changes(run_folder);
    apply_changes(config, run_folder, changes);
    return config;
}

}  // namespace resonate
