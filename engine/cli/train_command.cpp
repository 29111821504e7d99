// engine/cli/train_command.cpp: resonate-cli train.
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/print_json.h"
#include "resonate/config_io.h"
#include "resonate/error.h"

namespace resonate::cli {
namespace {

/// Prints progress on standard error: one line that renews itself on a terminal, a line per epoch otherwise.
class ProgressPrinter : public TrainingObserver {
 public:
    explicit ProgressPrinter(TrainingControl& control) : control_(control), terminal_(isatty(STDERR_FILENO) == 1) {}

    void on_started(const RunStarted& started) override {
        started_ = started;
        std::fprintf(stderr, "%s\n", started.config.title.c_str());
        std::fprintf(stderr,
                     "%lld parameters; %d sequences to train, %d to validate, %d to test; %d threads; seed %lld\n",
                     static_cast<long long>(started.parameters), started.train_samples, started.validation_samples,
                     started.test_samples, started.threads, static_cast<long long>(started.config.training.seed));
        std::fprintf(stderr, "%s %s\n", started.resumed ? "Going on in" : "Saving in", started.folder.c_str());
        std::fprintf(stderr, "%6s  %10s %9s  %10s %9s  %10s %9s %9s\n", "epoch", "train loss", "acc %", "valid loss",
                     "acc %", "test loss", "acc %", "SOP");
        stop_if_asked();
    }

    void on_batch(const BatchProgress& progress) override {
        if (terminal_) {
            std::fprintf(stderr, "\r\033[Kepoch %d of %d, batch %d of %d, loss %.4f, %.1f samples/s, %s left",
                         progress.epoch, progress.epochs, progress.batch, progress.batches, progress.loss,
                         progress.samples_per_second, duration_text(progress.seconds_left).c_str());
            std::fflush(stderr);
        }
        stop_if_asked();
    }

    void on_epoch(const EpochMetrics& row) override {
        if (terminal_) std::fprintf(stderr, "\r\033[K");
        const auto column = [](const std::optional<SplitMetrics>& metrics) {
            if (!metrics) return std::string(22, ' ');
            char text[48];
            std::snprintf(text, sizeof text, "  %10.4f %9.2f", metrics->loss, metrics->accuracy);
            return std::string(text);
        };
        std::fprintf(stderr, "%6d%s%s%s %9.1f%s\n", row.epoch, column(row.train).c_str(),
                     column(row.validation).c_str(), column(row.test).c_str(), row.test.sop, row.best ? "  best" : "");
        stop_if_asked();
    }

    void on_ended(const RunOutcome& outcome) override {
        if (terminal_) std::fprintf(stderr, "\r\033[K");
        std::fprintf(stderr, "%s\n", outcome.message.c_str());
    }

    const RunStarted& started() const { return started_; }

 private:
    void stop_if_asked() {
        if (interrupted_by_user()) control_.request_stop();
    }

    TrainingControl& control_;
    bool terminal_;
    RunStarted started_;
};

nlohmann::json row_json(const EpochMetrics& row) {
    nlohmann::json json{{"epoch", row.epoch},
                        {"test_accuracy", row.test.accuracy},
                        {"test_loss", row.test.loss},
                        {"test_sop", row.test.sop}};
    if (row.validation) {
        json["validation_loss"] = row.validation->loss;
        json["validation_accuracy"] = row.validation->accuracy;
    }
    if (row.train) {
        json["train_loss"] = row.train->loss;
        json["train_accuracy"] = row.train->accuracy;
    }
    return json;
}

int exit_code(RunStatus status) {
    switch (status) {
        case RunStatus::finished: return done;
        case RunStatus::stopped: return interrupted;
        case RunStatus::diverged: return diverged;
        default: return failed;
    }
}

struct TrainOptions {
    std::string preset;
    std::vector<std::string> settings;
    std::string runs_dir = "runs";
    std::string run_name;
    int parent = 0;
    std::string resume;
    std::optional<std::int64_t> seed;
    std::optional<int> epochs;
    std::optional<int> train_limit;
    CommonOptions common;
};

ExperimentConfig experiment_of(const TrainOptions& options) {
    ExperimentConfig config = load_preset(options.preset);
    if (options.seed) set_field(config, "training.seed", std::to_string(*options.seed));
    if (options.epochs) set_field(config, "training.epochs", std::to_string(*options.epochs));
    if (options.train_limit) set_field(config, "dataset.train_limit", std::to_string(*options.train_limit));
    apply_settings(config, options.settings);
    options.common.apply_precision(config);
    return config;
}

int train(const TrainOptions& options) {
    const bool resumes = !options.resume.empty();
    if (resumes == !options.preset.empty())
        throw ConfigError(resumes ? "--resume goes on with the run's own experiment: leave out the preset"
                                  : "expected a preset (`resonate-cli presets list`) or --resume RUN");
    if (resumes && (options.seed || options.epochs || options.train_limit || !options.settings.empty() ||
                    !options.common.precision.empty()))
        throw ConfigError(
            "--resume goes on with the run's own experiment: leave out --set, --seed, --epochs, "
            "--train-limit and --precision, or start a new run");
    RunOptions run = options.common.run_options();
    run.runs_dir = options.runs_dir;
    run.run_name = options.run_name;
    ExperimentConfig config;
    if (resumes)
        run.resume = options.resume;
    else
        config = experiment_of(options);

    catch_interrupts();
    if (options.parent != 0 && !end_with_parent(options.parent)) return interrupted;
    TrainingControl control;
    ProgressPrinter printer(control);
    const RunOutcome outcome = run_training(config, run, printer, control);
    if (options.common.json) {
        nlohmann::json json{{"run", outcome.folder.filename().string()},  {"folder", outcome.folder.string()},
                            {"status", to_string(outcome.status)},        {"message", outcome.message},
                            {"parameters", printer.started().parameters}, {"threads", printer.started().threads}};
        json["last"] = outcome.last ? row_json(*outcome.last) : nlohmann::json();
        json["best"] = outcome.best ? row_json(*outcome.best) : nlohmann::json();
        print_json(json);
    } else if (outcome.best) {
        std::fprintf(stderr, "Best epoch %d: test accuracy %.2f %%, SOP %.1f\n", outcome.best->epoch,
                     outcome.best->test.accuracy, outcome.best->test.sop);
    }
    return exit_code(outcome.status);
}

}  // namespace

void add_train_command(CLI::App& app, Action& action) {
    const auto options = std::make_shared<TrainOptions>();
    CLI::App* command = app.add_subcommand("train", "Train a network; Ctrl-C saves and stops");
    command->add_option("preset", options->preset, "Preset name or YAML file");
    command->add_option("--set", options->settings, "Change a field: path=value (repeatable)");
    command->add_option("--runs-dir", options->runs_dir, "Folder for runs")->capture_default_str();
    command->add_option("--seed", options->seed, "Seed of weights, split and shuffling");
    command->add_option("--epochs", options->epochs, "Passes over the training set");
    command->add_option("--train-limit", options->train_limit, "Use only that many training sequences");
    command->add_option("--resume", options->resume, "Run folder to go on with");
    // Of studies, which start trainings; not shown in the help.
    command->add_option("--run-name", options->run_name, "Name of the run folder")->group("");
    command->add_option("--parent", options->parent, "Stop when this process dies")->group("");
    options->common.add_data_dir(*command);
    options->common.add_threads(*command);
    options->common.add_path(*command);
    options->common.add_precision(*command);
    options->common.add_json(*command);
    command->callback([options, &action] { action = [options] { return train(*options); }; });
}

}  // namespace resonate::cli
