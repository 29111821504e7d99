// engine/cli/preset_commands.cpp: resonate-cli presets list, show, validate.
#include <cstdio>
#include <memory>

#include "cli/commands.h"
#include "resonate/config_io.h"
#include "resonate/error.h"

namespace resonate::cli {
namespace {

int list() {
    for (const Preset& preset : list_presets())
        std::printf("%-22s %-28s %s\n", preset.name.c_str(), preset.title.c_str(), preset.description.c_str());
    return done;
}

int show(const std::string& name) {
    std::printf("%s", to_yaml(load_preset(name)).c_str());
    return done;
}

int validate_files(const std::vector<std::string>& files) {
    int code = done;
    for (const std::string& file : files) {
        try {
            load_experiment(file);
            std::printf("%s: is a valid experiment\n", file.c_str());
        } catch (const ConfigError& error) {
            std::fprintf(stderr, "%s\n", error.what());
            code = bad_usage;
        }
    }
    return code;
}

}  // namespace

void add_preset_commands(CLI::App& app, Action& action) {
    CLI::App* presets = app.add_subcommand("presets", "Experiments shipped with the program and your own");
    presets->require_subcommand(1);
    presets->add_subcommand("list", "All presets")->callback([&action] { action = list; });

    const auto name = std::make_shared<std::string>();
    CLI::App* showing = presets->add_subcommand("show", "A preset as YAML, with every field");
    showing->add_option("name", *name, "Preset name or YAML file")->required();
    showing->callback([name, &action] { action = [name] { return show(*name); }; });

    const auto files = std::make_shared<std::vector<std::string>>();
    CLI::App* validating =
        presets->add_subcommand("validate", "Check YAML files; every problem is named with its line");
    validating->add_option("files", *files, "YAML files")->required();
    validating->callback([files, &action] { action = [files] { return validate_files(*files); }; });
}

}  // namespace resonate::cli
