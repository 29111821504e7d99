// engine/cli/study_command.cpp: resonate-cli study.
#include <atomic>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/commands.h"
#include "cli/print_json.h"
#include "cli/study_progress.h"
#include "resonate/error.h"
#include "resonate/study.h"

namespace resonate::cli {
namespace {

using Json = nlohmann::json;

struct Options {
    std::string study;
    std::string runs_dir = "runs";
    int jobs = 0;
    bool resume = false;
    bool skip_missing = false;
    bool estimate = false;
    bool list = false;
    CommonOptions common;
};

/// Turns Ctrl-C into a request while it lives.
class InterruptWatch {
 public:
    explicit InterruptWatch(TrainingControl& control)
        : thread_([this, &control] {
              while (!over_) {
                  if (interrupted_by_user()) control.request_stop();
                  std::this_thread::sleep_for(std::chrono::milliseconds(20));
              }
          }) {}
    ~InterruptWatch() {
        over_ = true;
        thread_.join();
    }

 private:
    std::atomic<bool> over_{false};
    std::thread thread_;
};

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

int show_list(bool json) {
    Json list = Json::array();
    for (const StudyConfig& study : shipped_study_list()) {
        if (json) {
            list.push_back({{"name", study.name},
                            {"title", study.title},
                            {"description", study.description},
                            {"runs", expand_study(study).size()}});
            continue;
        }
        const std::size_t runs = expand_study(study).size();
        std::printf("%-16s %4zu %s  %s\n", study.name.c_str(), runs, runs == 1 ? "run " : "runs",
                    study.description.c_str());
    }
    if (json) print_json({{"studies", list}});
    return done;
}

std::string size_text(std::uint64_t bytes) {
    char text[32];
    const auto number = static_cast<double>(bytes);
    if (number < 999.95e6)
        std::snprintf(text, sizeof text, "%.1f MB", number / 1e6);
    else
        std::snprintf(text, sizeof text, "%.1f GB", number / 1e9);
    return text;
}

int show_estimate(const StudyConfig& study, const StudyOptions& options, bool json) {
    TrainingControl control;
    const InterruptWatch watch(control);
    if (!json) std::fprintf(stderr, "Timing a few batches of every kind of network…\n");
    const StudyEstimate estimate = estimate_study(study, options, true, control);
    if (control.stop_requested() && !json) return interrupted;
    if (json) {
        Json parts = Json::array();
        for (const StudyEstimate::Part& part : estimate.parts)
            parts.push_back({{"label", part.label},
                             {"runs", part.runs},
                             {"parameters", part.parameters},
                             {"seconds_per_run", number(part.seconds_per_run)},
                             {"source", part.source}});
        print_json({{"study", study.name},
                    {"stopped", control.stop_requested()},
                    {"runs", estimate.runs},
                    {"done", estimate.done},
                    {"seconds", number(estimate.seconds)},
                    {"untimed", estimate.untimed},
                    {"rough", estimate.rough},
                    {"bytes", estimate.bytes},
                    {"bytes_free", estimate.bytes_free},
                    {"missing", estimate.missing},
                    {"parts", parts}});
        return control.stop_requested() ? interrupted : done;
    }
    for (const StudyEstimate::Part& part : estimate.parts)
        std::printf("%4d × %-44s %9lld parameters  %12s each  (%s)\n", part.runs, part.label.c_str(),
                    static_cast<long long>(part.parameters),
                    part.seconds_per_run ? duration_text(*part.seconds_per_run).c_str() : "?", part.source.c_str());
    std::string time = time_left_text(estimate.seconds);
    if (estimate.seconds && estimate.untimed > 0)
        time = "at least " + time + ", " + runs_text(static_cast<std::size_t>(estimate.untimed)) + " of " +
               std::to_string(estimate.runs - estimate.done) + " could not be timed";
    std::printf("%s, %d done; time: %s; disk: %s of %s free\n",
                runs_text(static_cast<std::size_t>(estimate.runs)).c_str(), estimate.done, time.c_str(),
                size_text(estimate.bytes).c_str(), size_text(estimate.bytes_free).c_str());
    for (const std::string& sentence : estimate.missing) std::printf("missing: %s\n", sentence.c_str());
    return done;
}

Json outcome_json(const StudyConfig& study, const StudyOutcome& outcome) {
    Json members = Json::array();
    for (const MemberState& member : outcome.members)
        members.push_back({{"label", member.label},
                           {"key", member.key},
                           {"status", to_string(member.status)},
                           {"run", member.run},
                           {"message", member.message},
                           {"epochs_done", member.epochs_done},
                           {"seconds", member.seconds},
                           {"test_accuracy", number(member.accuracy)},
                           {"selected_test_accuracy", number(member.selected_accuracy)}});
    const StudyProgress& progress = outcome.progress;
    return {{"study", study.name},
            {"folder", outcome.folder.string()},
            {"status", outcome.stopped ? "stopped" : "finished"},
            {"message", outcome.message},
            {"total", progress.total},
            {"finished", progress.finished},
            {"diverged", progress.diverged},
            {"failed", progress.failed},
            {"skipped", progress.skipped},
            {"members", members}};
}

int run(const Options& options) {
    if (options.list) return show_list(options.common.json);
    if (options.study.empty())
        throw ConfigError("expected a study: a YAML file or a name of `resonate-cli study --list`");
    const StudyConfig study = find_study(options.study);
    const RunOptions common = options.common.run_options();
    StudyOptions how;
    how.data_dir = common.data_dir;
    how.threads = options.common.threads;
    how.runs_dir = options.runs_dir;
    how.jobs = options.jobs;
    how.resume = options.resume;
    how.skip_missing = options.skip_missing;
    catch_interrupts();
    if (options.estimate) return show_estimate(study, how, options.common.json);
    TrainingControl control;
    const InterruptWatch watch(control);
    StudyPrinter printer(study.title.empty() ? study.name : study.title);
    const StudyOutcome outcome = run_study(study, how, printer, control);
    std::fprintf(stderr, "%s\n", outcome.message.c_str());
    if (options.common.json) print_json(outcome_json(study, outcome));
    if (outcome.stopped) return interrupted;
    if (outcome.progress.failed > 0) return failed;
    return outcome.progress.diverged > 0 ? diverged : done;
}

}  // namespace

void add_study_command(CLI::App& app, Action& action) {
    const auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("study", "Train many networks; Ctrl-C saves and stops, --resume goes on");
    command->add_option("study", options->study, "YAML file or name of a shipped study");
    command->add_option("--jobs", options->jobs, "Runs at once (default: as the study says)")->check(CLI::Range(1, 64));
    command->add_option("--runs-dir", options->runs_dir, "Folder for runs")->capture_default_str();
    command->add_flag("--resume", options->resume, "Go on with the study, or begin it where it was not begun");
    command->add_flag("--skip-missing", options->skip_missing, "Leave out runs whose data set is not here");
    command->add_flag("--estimate", options->estimate, "Show time and disk it takes, and start nothing");
    command->add_flag("--list", options->list, "Show the shipped studies");
    options->common.add_data_dir(*command);
    options->common.add_threads(*command);
    options->common.add_json(*command);
    command->callback([options, &action] { action = [options] { return run(*options); }; });
}

}  // namespace resonate::cli
