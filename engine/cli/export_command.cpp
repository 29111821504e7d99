// engine/cli/export_command.cpp: resonate-cli export.
#include <cstdio>
#include <memory>

#include "cli/commands.h"
#include "resonate/run_store.h"

namespace resonate::cli {

void add_export_command(CLI::App& app, Action& action) {
    struct Options {
        std::string run, what, format = "csv", out;
    };
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("export", "Write what a run recorded");
    command->add_option("run", options->run, "Run folder")->required();
    command->add_option("--what", options->what, "metrics")->check(CLI::IsMember({"metrics"}))->required();
    command->add_option("--format", options->format, "csv or npz")
        ->check(CLI::IsMember({"csv", "npz"}))
        ->capture_default_str();
    command->add_option("--out", options->out, "File to write")->required();
    command->callback([options, &action] {
        action = [options] {
            export_metrics(options->run, options->format, options->out);
            std::fprintf(stderr, "Written: %s\n", options->out.c_str());
            return static_cast<int>(done);
        };
    });
}

}  // namespace resonate::cli
