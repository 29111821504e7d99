// engine/cli/main.cpp: resonate-cli, the engine without a window.
#include <iostream>

#include "cli/commands.h"
#include "resonate/error.h"

namespace {

using namespace resonate;

int report(const std::string& sentence, int code) {
    std::cerr << "resonate-cli: " << sentence << "\n";
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Resonate trains resonate-and-fire spiking networks.", "resonate-cli");
    app.set_version_flag("--version", version_text);
    app.require_subcommand(1);
    cli::Action action;
    cli::add_train_command(app, action);
    cli::add_eval_command(app, action);
    cli::add_bench_command(app, action);
    cli::add_verify_command(app, action);
    cli::add_gradcheck_command(app, action);
    cli::add_dataset_commands(app, action);
    cli::add_preset_commands(app, action);
    cli::add_export_command(app, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        // Help and version come this way too, with success.
        return app.exit(error, std::cout, std::cerr) == 0 ? cli::done : cli::bad_usage;
    }
    try {
        return action();
    } catch (const ConfigError& error) {
        return report(error.what(), cli::bad_usage);
    } catch (const DataError& error) {
        return report(error.what(), cli::bad_data);
    } catch (const std::exception& error) {
        return report(error.what(), cli::failed);
    }
}
