// engine/cli/bench_command.cpp: resonate-cli bench.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/print_json.h"
#include "resonate/config_io.h"

namespace resonate::cli {
namespace {

struct BenchOptions {
    std::string preset;
    std::vector<std::string> settings;
    int batches = 10;
    bool check = false;
    bool samples = false;
    CommonOptions common;
};

int bench(const BenchOptions& options) {
    ExperimentConfig config = load_preset(options.preset);
    apply_settings(config, options.settings);
    options.common.apply_precision(config);
    const BenchResult result = run_bench(config, options.common.run_options(), options.batches, options.check);
    if (options.common.json) {
        nlohmann::json json{{"path", result.path},
                            {"data", result.data},
                            {"threads", result.threads},
                            {"step_ms_median", result.step_ms_median},
                            {"forward_ms_median", result.forward_ms_median},
                            {"backward_ms_median", result.backward_ms_median},
                            {"samples_per_s", result.samples_per_s},
                            {"peak_rss_mb", result.peak_rss_mb}};
        json["max_gradient_error"] =
            result.max_gradient_error ? nlohmann::json(*result.max_gradient_error) : nlohmann::json();
        if (options.samples) {
            json["train_samples"] = result.train_samples;
            json["validation_samples"] = result.validation_samples;
            json["test_samples"] = result.test_samples;
        }
        print_json(json);
    } else {
        std::printf("%s path, %s input, %d threads, median of %d batches\n", result.path.c_str(), result.data.c_str(),
                    result.threads, result.batches);
        std::printf("step %.2f ms (forward %.2f, backward %.2f), %.1f samples/s, peak memory %.0f MB\n",
                    result.step_ms_median, result.forward_ms_median, result.backward_ms_median, result.samples_per_s,
                    result.peak_rss_mb);
        if (result.max_gradient_error)
            std::printf("largest gradient error against the loop %.2e\n", *result.max_gradient_error);
    }
    return done;
}

}  // namespace

void add_bench_command(CLI::App& app, Action& action) {
    const auto options = std::make_shared<BenchOptions>();
    CLI::App* command = app.add_subcommand("bench", "Time training steps");
    command->add_option("preset", options->preset, "Preset name or YAML file")->required();
    command->add_option("--set", options->settings, "Change a field: path=value (repeatable)");
    command->add_option("--batches", options->batches, "Batches timed")->capture_default_str();
    command->add_flag("--check", options->check, "Compare every gradient with the loop");
    command->add_flag("--samples", options->samples, "With --json: sequences of a pass too, 0 for random input");
    options->common.add_data_dir(*command);
    options->common.add_threads(*command);
    options->common.add_path(*command);
    options->common.add_precision(*command);
    options->common.add_json(*command);
    command->callback([options, &action] { action = [options] { return bench(*options); }; });
}

}  // namespace resonate::cli
