// engine/cli/import_command.cpp: resonate-cli import-tensorboard.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/print_json.h"
#include "resonate/tensorboard.h"

namespace resonate::cli {
namespace {

struct Options {
    std::string from;
    ImportOptions how;
    bool json = false;
};

int import(const Options& options) {
    const std::vector<ImportedRun> runs = import_tensorboard(options.from, options.how);
    int without = 0;
    nlohmann::json list = nlohmann::json::array();
    for (const ImportedRun& run : runs) {
        without += run.folder.empty();
        const std::string place = run.folder.empty() ? run.source.string() : run.folder.string();
        // What went wrong names its place itself.
        const bool named = run.message.starts_with(place);
        std::fprintf(stderr, "%s\n", named ? run.message.c_str() : (place + ": " + run.message).c_str());
        list.push_back({{"source", run.source.string()},
                        {"folder", run.folder.string()},
                        {"known", run.known},
                        {"message", run.message}});
    }
    if (options.json) print_json({{"runs", list}});
    return without > 0 ? bad_data : done;
}

}  // namespace

void add_import_command(CLI::App& app, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("import-tensorboard", "Make runs of event files, to compare with");
    command->add_option("folder", options->from, "Folder, looked through with its sub-folders, or one file")
        ->required();
    command->add_option("--preset", options->how.preset, "Which experiment it is (default: told from the names)");
    command->add_option("--runs-dir", options->how.runs_dir, "Folder for runs")->capture_default_str();
    command->add_flag("--json", options->json, "Print one JSON object on standard output");
    command->callback([options, &action] { action = [options] { return import(*options); }; });
}

}  // namespace resonate::cli
