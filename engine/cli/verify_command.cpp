// engine/cli/verify_command.cpp: resonate-cli verify and resonate-cli gradcheck.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/print_json.h"
#include "resonate/config_io.h"
#include "resonate/verification.h"

namespace resonate::cli {
namespace {

struct VerifyOptions {
    std::string file;
    CommonOptions common;
};

int verify(const VerifyOptions& options) {
    // The definition is what a file is held against unless something else is asked for.
    const std::string fallback = options.common.path == "fused" ? "float32" : "float64";
    const std::string& precision = options.common.precision.empty() ? fallback : options.common.precision;
    const std::vector<GoldenCase> cases = verify_golden(
        options.file, precision == "float64" ? Precision::float64 : Precision::float32, options.common.run_options());
    if (options.common.json) {
        nlohmann::json list = nlohmann::json::array();
        for (const GoldenCase& found : cases)
            list.push_back({{"case", found.name},
                            {"max_error", found.max_error},
                            {"loss_error", found.loss_error},
                            {"trace_error", found.trace_error},
                            {"output_error", found.output_error},
                            {"gradient_error", found.gradient_error},
                            {"spike_error", found.spike_error},
                            {"worst", found.worst}});
        print_json({{"cases", list}});
        return done;
    }
    std::printf("%-28s %10s %10s %10s %10s %10s  %s\n", "case", "trace", "outputs", "gradients", "loss", "spikes",
                "worst");
    for (const GoldenCase& found : cases)
        std::printf("%-28s %10.2e %10.2e %10.2e %10.2e %10.2e  %s\n", found.name.c_str(), found.trace_error,
                    found.output_error, found.gradient_error, found.loss_error, found.spike_error, found.worst.c_str());
    return done;
}

struct GradcheckOptions {
    std::string preset;
    std::vector<std::string> settings;
    int samples = 2;
    int steps = 60;
    CommonOptions common;
};

int gradcheck(const GradcheckOptions& options) {
    ExperimentConfig config = load_preset(options.preset);
    apply_settings(config, options.settings);
    const std::vector<GradientCheck> checks =
        check_gradients(config, options.common.run_options(), options.samples, options.steps);
    if (options.common.json) {
        nlohmann::json list = nlohmann::json::array();
        for (const GradientCheck& check : checks)
            list.push_back({{"parameter", check.parameter},
                            {"fused_to_loop", check.fused_to_loop ? nlohmann::json(*check.fused_to_loop) : nullptr},
                            {"loop_to_differences", check.loop_to_differences},
                            {"entries", check.entries_tried}});
        print_json({{"parameters", list}});
        return done;
    }
    std::printf("%-24s %16s %20s %8s\n", "parameter", "fused - loop", "loop - differences", "entries");
    for (const GradientCheck& check : checks) {
        char fused[24] = "no kernel";
        if (check.fused_to_loop) std::snprintf(fused, sizeof fused, "%.2e", *check.fused_to_loop);
        std::printf("%-24s %16s %20.2e %8d\n", check.parameter.c_str(), fused, check.loop_to_differences,
                    check.entries_tried);
    }
    return done;
}

}  // namespace

void add_verify_command(CLI::App& app, Action& action) {
    const auto options = std::make_shared<VerifyOptions>();
    CLI::App* command = app.add_subcommand("verify", "Hold the engine against numbers of another implementation");
    command->add_option("file", options->file, "HDF5 file, one group per case")->required();
    options->common.add_data_dir(*command);
    options->common.add_path(*command);
    options->common.add_precision(*command);
    options->common.add_json(*command);
    command->callback([options, &action] { action = [options] { return verify(*options); }; });
}

void add_gradcheck_command(CLI::App& app, Action& action) {
    const auto options = std::make_shared<GradcheckOptions>();
    CLI::App* command = app.add_subcommand(
        "gradcheck", "Largest difference between fused, loop and finite-difference gradients of each parameter");
    command->add_option("preset", options->preset, "Preset name or YAML file")->required();
    command->add_option("--set", options->settings, "Change a field: path=value (repeatable)");
    command->add_option("--samples", options->samples, "Sequences in the batch")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command->add_option("--steps", options->steps, "Time steps of them; 0 = all")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    options->common.add_data_dir(*command);
    options->common.add_path(*command);
    options->common.add_json(*command);
    command->callback([options, &action] { action = [options] { return gradcheck(*options); }; });
}

}  // namespace resonate::cli
