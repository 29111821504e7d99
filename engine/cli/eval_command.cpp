// engine/cli/eval_command.cpp: resonate-cli eval.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/print_json.h"
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
    if (std::filesystem::is_directory(options.checkpoint))
        throw CheckpointError(options.checkpoint +
                              ": expected a checkpoint file, found a folder; name best.pt or last.pt in it");
    if (!std::filesystem::exists(options.checkpoint))
        throw CheckpointError(options.checkpoint +
                              ": there is no such file; give the path of a .pt file of a run folder");
    if (!options.preset.empty()) return options.preset;
    const auto beside = std::filesystem::absolute(options.checkpoint).parent_path() / "experiment.yaml";
    if (!std::filesystem::exists(beside))
        throw ConfigError("--preset is missing: no experiment.yaml lies beside " + options.checkpoint +
                          "; name the preset it was trained with");
    return beside.string();
}

int evaluate(const EvalOptions& options) {
    ExperimentConfig config = load_preset(preset_of(options));
    options.common.apply_precision(config);
    const Split split = options.split == "train"        ? Split::train
                        : options.split == "validation" ? Split::validation
                                                        : Split::test;
    RunOptions run = options.common.run_options();
    if (!options.permutation.empty()) run.permutation = options.permutation;
    const EvaluationResult result = evaluate_checkpoint(options.checkpoint, config, split, run, options.limit);
    if (options.common.json)
        print_json({{"accuracy", result.metrics.accuracy},
                    {"loss", result.metrics.loss},
                    {"sop", result.metrics.sop},
                    {"samples", result.samples},
                    {"seconds", result.seconds}});
    else
        std::printf("accuracy %.4f %%, loss %.6f, SOP %.2f; %lld samples in %.2f s\n", result.metrics.accuracy,
                    result.metrics.loss, result.metrics.sop, static_cast<long long>(result.samples), result.seconds);
    return done;
}

}  // namespace

void add_eval_command(CLI::App& app, Action& action) {
    const auto options = std::make_shared<EvalOptions>();
    CLI::App* command =
        app.add_subcommand("eval", "Evaluate a checkpoint: of a run, or as Python's torch.save wrote it");
    command->add_option("checkpoint", options->checkpoint, "best.pt or last.pt of a run folder, or a published file")
        ->required();
    command->add_option("--preset", options->preset,
                        "Preset or YAML file it was trained with (default: experiment.yaml beside the checkpoint)");
    command->add_option("--split", options->split, "test, validation or train")
        ->check(CLI::IsMember({"test", "validation", "train"}))
        ->capture_default_str();
    command->add_option("--permutation", options->permutation, "Permutation file of a PS-MNIST model");
    command->add_option("--limit", options->limit, "Evaluate only that many sequences; 0 = all")
        ->check(CLI::NonNegativeNumber);
    options->common.add_data_dir(*command);
    options->common.add_threads(*command);
    options->common.add_path(*command);
    options->common.add_precision(*command);
    options->common.add_json(*command);
    command->callback([options, &action] { action = [options] { return evaluate(*options); }; });
}

}  // namespace resonate::cli
