// engine/cli/eval_command.cpp: resonate-cli eval and resonate-cli bench.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "resonate/config_io.h"
#include "resonate/error.h"

namespace resonate::cli {
namespace {

struct EvalOptions {
    std::string checkpoint;
    std::string preset;
    std::string split = "test";
    std::string permutation;
    std::int64_t limit = 0;
    CommonOptions common;
};

/// The one named, else the experiment of the run folder in which the checkpoint lies.
std::string preset_of(const EvalOptions& options) {
    if (!options.preset.empty()) return options.preset;
    const auto beside = std::filesystem::absolute(options.checkpoint).parent_path() / "experiment.yaml";
    if (!std::filesystem::exists(beside))
        throw ConfigError("--preset is missing: no experiment.yaml lies beside " + options.checkpoint +
                          "; name the preset it was trained with");
    return beside.string();
}

int evaluate(const EvalOptions& options) {
    if (!options.permutation.empty())
        throw ConfigError("--permutation: no data set of this version is permuted; leave the option out");
    const ExperimentConfig config = load_preset(preset_of(options));
    const Split split = options.split == "train"        ? Split::train
                        : options.split == "validation" ? Split::validation
                                                        : Split::test;
    const EvaluationResult result =
        evaluate_checkpoint(options.checkpoint, config, split, options.common.run_options(), options.limit);
    if (options.common.json)
        std::printf("%s\n", nlohmann::json{{"accuracy", result.metrics.accuracy},
                                           {"loss", result.metrics.loss},
                                           {"sop", result.metrics.sop},
                                           {"samples", result.samples},
                                           {"seconds", result.seconds}}
                                .dump()
                                .c_str());
    else
        std::printf("accuracy %.4f %%, loss %.6f, SOP %.2f; %lld samples in %.2f s\n", result.metrics.accuracy,
                    result.metrics.loss, result.metrics.sop, static_cast<long long>(result.samples), result.seconds);
    return done;
}

struct BenchOptions {
    std::string preset;
    std::vector<std::string> settings;
    int batches = 10;
    std::string path = "loop";
    bool check = false;
    CommonOptions common;
};

int bench(const BenchOptions& options) {
    if (options.path != "loop")
        throw ConfigError("--path " + options.path + ": this version has the step loop only; use --path loop");
    if (options.check)
        throw ConfigError("--check compares fused kernels with the loop; this version has the loop only, leave it out");
    ExperimentConfig config = load_preset(options.preset);
    apply_settings(config, options.settings);
    const BenchResult result = run_bench(config, options.common.run_options(), options.batches);
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
        std::printf("%s\n", json.dump().c_str());
    } else {
        std::printf("%s path, %s input, %d threads, median of %d batches\n", result.path.c_str(), result.data.c_str(),
                    result.threads, result.batches);
        std::printf("step %.2f ms (forward %.2f, backward %.2f), %.1f samples/s, peak memory %.0f MB\n",
                    result.step_ms_median, result.forward_ms_median, result.backward_ms_median, result.samples_per_s,
                    result.peak_rss_mb);
    }
    return done;
}

}  // namespace

void add_eval_command(CLI::App& app, Action& action) {
    const auto options = std::make_shared<EvalOptions>();
    CLI::App* command = app.add_subcommand("eval", "Evaluate a checkpoint of a run");
    command->add_option("checkpoint", options->checkpoint, "best.pt or last.pt of a run folder, or a file of torch.save")->required();
    command->add_option("--preset", options->preset, "Preset or YAML file it was trained with (default: experiment.yaml beside the checkpoint)");
    command->add_option("--split", options->split, "test, validation or train")
        ->check(CLI::IsMember({"test", "validation", "train"}))
        ->capture_default_str();
    command->add_option("--permutation", options->permutation, "Permutation file of a PS-MNIST model");
    command->add_option("--limit", options->limit, "Evaluate only that many sequences; 0 = all")
        ->check(CLI::NonNegativeNumber);
    options->common.add_data_dir(*command);
    options->common.add_threads(*command);
    options->common.add_json(*command);
    command->callback([options, &action] { action = [options] { return evaluate(*options); }; });
}

void add_bench_command(CLI::App& app, Action& action) {
    const auto options = std::make_shared<BenchOptions>();
    CLI::App* command = app.add_subcommand("bench", "Time training steps");
    command->add_option("preset", options->preset, "Preset name or YAML file")->required();
    command->add_option("--set", options->settings, "Change a field: path=value (repeatable)");
    command->add_option("--batches", options->batches, "Batches timed")->capture_default_str();
    command->add_option("--path", options->path, "loop or fused")
        ->check(CLI::IsMember({"loop", "fused"}))
        ->capture_default_str();
    command->add_flag("--check", options->check, "Compare every gradient with the loop");
    options->common.add_data_dir(*command);
    options->common.add_threads(*command);
    options->common.add_json(*command);
    command->callback([options, &action] { action = [options] { return bench(*options); }; });
}

}  // namespace resonate::cli
