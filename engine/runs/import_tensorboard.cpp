// engine/runs/import_tensorboard.cpp: folders of event files become run folders.
#include <algorithm>
#include <cctype>
#include <ctime>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "data/digest.h"
#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/experiment_identity.h"
#include "resonate/run_catalogue.h"
#include "resonate/run_store.h"
#include "resonate/statistics.h"
#include "resonate/tensorboard.h"
#include "runs/event_rows.h"
#include "runs/published_names.h"
#include "runs/run_summary.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t id_length = 8;

bool is_event_file(const fs::path& file) { return file.filename().string().find("tfevents") != std::string::npos; }

/// Folders with event files, and these, both by name.
std::map<fs::path, std::vector<fs::path>> find_event_files(const fs::path& from) {
    std::map<fs::path, std::vector<fs::path>> folders;
    std::error_code failure;
    if (fs::is_regular_file(from, failure)) {
        folders[from.parent_path()].push_back(from);
        return folders;
    }
    constexpr auto options = fs::directory_options::skip_permission_denied;
    for (fs::recursive_directory_iterator entry(from, options, failure), end; !failure && entry != end;
         entry.increment(failure))
        if (entry->is_regular_file(failure) && is_event_file(entry->path()))
            folders[entry->path().parent_path()].push_back(entry->path());
    for (auto& [folder, files] : folders) std::sort(files.begin(), files.end());
    if (folders.empty())
        throw DataError(
            from.string() +
            ": expected a folder with event files (*tfevents*), found none; choose the folder in which they lie");
    return folders;
}

ExperimentConfig experiment_of(const fs::path& source, const ImportOptions& options, std::string& taken_for) {
    if (!options.preset.empty()) {
        taken_for = options.preset;
        return load_preset(options.preset);
    }
    // A folder of this program says itself what it holds.
    std::error_code failure;
    if (fs::exists(source / "experiment.yaml", failure)) {
        taken_for = "its own experiment";
        return load_experiment(source / "experiment.yaml");
    }
    const std::optional<std::string> preset = preset_from_published_name(fs::absolute(source).string());
    if (!preset)
        throw DataError(source.string() +
                        ": which experiment it is cannot be told from its name; say it with --preset, such as ecg_brf");
    taken_for = *preset;
    return load_preset(*preset);
}

nlohmann::json row_json(const EpochMetrics& row) {
    const auto split = [](const SplitMetrics& metrics) {
        return nlohmann::json{{"loss", metrics.loss}, {"accuracy", metrics.accuracy}, {"sop", metrics.sop}};
    };
    nlohmann::json json{{"epoch", row.epoch}, {"test", split(row.test)}};
    if (row.train) json["train"] = split(*row.train);
    if (row.validation) json["validation"] = split(*row.validation);
    return json;
}

std::string summary(const ExperimentConfig& config, const std::vector<EpochMetrics>& rows, const std::string& message) {
    const RunResult result = result_of(rows);
    nlohmann::json json{{"status", "imported"},
                        {"message", message},
                        {"title", config.title},
                        {"dataset", config.dataset.name},
                        {"neuron", to_string(config.neuron.type)},
                        {"seed", config.training.seed},
                        {"epochs", config.training.epochs},
                        {"epochs_done", rows.back().epoch},
                        {"seconds", result.seconds},
                        {"program", "resonate " RESONATE_VERSION}};
    if (result.last) json["last"] = row_json(*result.last);
    if (result.selected) json["best"] = row_json(*result.selected);
    if (result.best_test) json["best_test"] = row_json(*result.best_test);
    constexpr auto replace = nlohmann::json::error_handler_t::replace;
    return json.dump(2, ' ', false, replace) + "\n";
}

/// Folder names are bytes; titles are text.
std::string printable(const std::string& text) {
    std::string result;
    for (const char letter : text) result += std::isprint(static_cast<unsigned char>(letter)) ? letter : '?';
    return result;
}

class Importer {
 public:
    explicit Importer(const ImportOptions& options) : options_(options) {
        std::error_code failure;
        fs::create_directories(options_.runs_dir, failure);
        if (failure)
            throw RunError(options_.runs_dir.string() + ": the folder for runs cannot be made: " + failure.message() +
                           "; choose another one");
        RunCatalogue runs(options_.runs_dir);
        runs.refresh();
        for (const auto& entry : runs.runs()) {
            if (!entry->imported || !entry->readable) continue;
            std::int64_t& last = seeds_[identity_without_seed(entry->config)];
            last = std::max(last, entry->config.training.seed);
        }
    }

    ImportedRun import(const fs::path& source, const std::vector<fs::path>& files) {
        ImportedRun run;
        run.source = source;
        try {
            std::vector<ScalarEvent> scalars;
            Digest digest(Hash::sha256);
            bool cut_off = false;
            for (const fs::path& file : files) {
                EventFile events = read_event_file(file);
                cut_off |= events.cut_off;
                for (ScalarEvent& scalar : events.scalars) {
                    digest.add(scalar.tag + " " + std::to_string(scalar.step) + " " + std::to_string(scalar.value) +
                               "\n");
                    scalars.push_back(std::move(scalar));
                }
            }
            const std::vector<EpochMetrics> rows = rows_of_events(scalars, source.string());
            ExperimentConfig config = experiment_of(source, options_, run.message);
            config.training.epochs = rows.back().epoch;
            config.description = "Imported from " + printable(source.filename().string()) + "; settings and seed are " +
                                 "assumed, numbers are its own.";
            write(run, std::move(config), rows, digest.hex().substr(0, id_length), cut_off);
        } catch (const DataError& error) {
            run.message = error.what();
        }
        return run;
    }

 private:
    void write(ImportedRun& run, ExperimentConfig config, const std::vector<EpochMetrics>& rows, const std::string& id,
               bool cut_off) {
        run.folder =
            options_.runs_dir / ("imported-" + config.dataset.name + "-" + to_string(config.neuron.type) + "-" + id);
        std::error_code failure;
        // Its summary is written last: without one the import was cut off, and is made again.
        run.known = fs::exists(run.folder / "summary.json", failure);
        if (run.known) {
            run.message = "was imported before as " + run.folder.filename().string();
            return;
        }
        config.training.seed = ++seeds_[identity_without_seed(config)];
        fs::create_directories(run.folder, failure);
        if (failure)
            throw RunError(run.folder.string() + ": cannot be made: " + failure.message() +
                           "; choose another folder for runs");
        const std::string message = "Imported from " + run.source.string() + ", taken for " + run.message +
                                    (cut_off ? "; its last record is cut off." : ".");
        save_experiment(config, run.folder / "experiment.yaml");
        write_file_atomically(run.folder / "metrics.csv", metrics_csv(rows));
        write_file_atomically(run.folder / "summary.json", summary(config, rows, message));
        run.message = "taken for " + run.message + ", " + std::to_string(rows.back().epoch) +
                      (rows.back().epoch == 1 ? " epoch" : " epochs") + (cut_off ? "; its last record is cut off" : "");
    }

    const ImportOptions& options_;
    std::map<std::string, std::int64_t> seeds_;  ///< the last one taken, by experiment
};

}  // namespace

std::vector<ImportedRun> import_tensorboard(const fs::path& from, const ImportOptions& options) {
    const auto folders = find_event_files(from);
    if (!options.preset.empty()) load_preset(options.preset);
    Importer importer(options);
    std::vector<ImportedRun> runs;
    for (const auto& [source, files] : folders) runs.push_back(importer.import(source, files));
    return runs;
}

}  // namespace resonate
