// engine/cli/main.cpp: resonate-cli, the engine without a window.
#include <algorithm>
#include <iostream>
#include <string_view>

#include "cli/commands.h"
#include "cli/print_json.h"
#include "resonate/download.h"
#include "resonate/error.h"

namespace {

using namespace resonate;

/// The sentence for people and, where one JSON object is promised, the object for programs.
int report(const std::string& sentence, int code, bool json) {
    std::cerr << "resonate-cli: " << sentence << "\n";
    if (json) cli::print_json({{"error", sentence}, {"exit_code", code}});
    return code;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Resonate trains resonate-and-fire spiking networks.", "resonate-cli");
    app.set_version_flag("--version", [] { return version_text() + "\n" + parallel_text(); });
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
    cli::add_import_command(app, action);
    cli::add_results_command(app, action);
    cli::add_study_command(app, action);
    const bool json = std::any_of(argv, argv + argc, [](std::string_view text) { return text == "--json"; });
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& help_or_version) {
        app.exit(help_or_version, std::cout, std::cerr);
        return cli::done;
    } catch (const CLI::ParseError& error) {
        return report(std::string(error.what()) + "; `resonate-cli --help` shows the commands and options",
                      cli::bad_usage, json);
    }
    try {
        return action();
    } catch (const ConfigError& error) {
        return report(error.what(), cli::bad_usage, json);
    } catch (const DataError& error) {
        return report(error.what(), cli::bad_data, json);
    } catch (const DownloadCancelled& stopped) {
        return report(stopped.what(), cli::interrupted, json);
    } catch (const std::exception& error) {
        return report(error.what(), cli::failed, json);
    }
}
