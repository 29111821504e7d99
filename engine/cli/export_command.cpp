// engine/cli/export_command.cpp: resonate-cli export.
#include <cstdio>
#include <map>
#include <memory>
#include <optional>

#include "cli/commands.h"
#include "resonate/run_export.h"

namespace resonate::cli {

void add_export_command(CLI::App& app, Action& action) {
    struct Options {
        std::string run, what, format = "csv", out;
        std::optional<int> epoch;
    };
    const std::map<std::string, RecordedKind> kinds = {{"metrics", RecordedKind::metrics},
                                                       {"traces", RecordedKind::traces},
                                                       {"raster", RecordedKind::raster},
                                                       {"parameters", RecordedKind::parameters}};
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("export", "Write what a run recorded");
    command->add_option("run", options->run, "Run folder")->required();
    command->add_option("--what", options->what, "metrics, traces, raster or parameters")
        ->check(CLI::IsMember({"metrics", "traces", "raster", "parameters"}))
        ->required();
    command->add_option("--epoch", options->epoch, "Traces and raster: an epoch that was kept (default: the last)");
    command->add_option("--format", options->format, "csv or npz")
        ->check(CLI::IsMember({"csv", "npz"}))
        ->capture_default_str();
    command->add_option("--out", options->out, "File to write")->required();
    command->callback([options, kinds, &action] {
        action = [options, kinds] {
            export_run(options->run, kinds.at(options->what), options->format, options->epoch, options->out);
            std::fprintf(stderr, "Written: %s\n", options->out.c_str());
            return static_cast<int>(done);
        };
    });
}

}  // namespace resonate::cli
