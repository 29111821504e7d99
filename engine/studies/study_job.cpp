// engine/studies/study_job.cpp: see study_job.h.
#include "studies/study_job.h"

#include <unistd.h>

#include <cstring>
#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>

#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/experiment_identity.h"
#include "resonate/run_catalogue.h"
#include "runs/run_lock.h"
#include "runs/run_summary.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

/// Exit codes of `resonate-cli train`: a contract, see README.md.
constexpr int code_finished = 0;
constexpr int code_diverged = 4;
constexpr int code_interrupted = 5;

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    localtime_r(&now, &parts);
    char text[16];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d", &parts)};
}

/// As run folders are called, with the beginning of the key for an id.
std::string free_name(const StudyRun& run, const fs::path& runs_dir) {
    const std::string stem = today() + "-" + run.config.dataset.name + "-" + to_string(run.config.neuron.type) + "-" +
                             run.state.key.substr(0, 6);
    std::error_code failure;
    std::string name = stem;
    for (int copy = 2; fs::exists(runs_dir / name, failure); ++copy) name = stem + "-" + std::to_string(copy);
    return name;
}

bool is_there(const fs::path& file) {
    std::error_code failure;
    return fs::exists(file, failure);
}

void fail(MemberState& state, const std::string& message) {
    state.status = MemberStatus::failed;
    state.message = message;
}

/// The sentence of the one JSON object that resonate-cli printed; empty where it printed none.
std::string said(const fs::path& output) {
    std::ifstream stream(output);
    const nlohmann::json json = nlohmann::json::parse(stream, nullptr, /*allow_exceptions=*/false);
    for (const char* key : {"message", "error"})
        if (json.is_object() && json.contains(key) && json[key].is_string()) return json[key];
    return {};
}

}  // namespace

bool read_job_progress(MemberState& state, const JobSetting& setting) {
    std::optional<RunSummary> summary;
    try {
        summary = read_summary(setting.runs_dir / state.run);
    } catch (const RunError&) {
        // Its end will tell; until then nothing is known.
    }
    if (!summary || (summary->epochs_done == state.epochs_done && state.accuracy)) return false;
    state.epochs_done = summary->epochs_done;
    state.seconds = summary->seconds;
    if (summary->last) state.accuracy = summary->last->test.accuracy;
    if (summary->selected) state.selected_accuracy = summary->selected->test.accuracy;
    return summary->last.has_value();
}

bool settled_by_folder(StudyRun& run, const JobSetting& setting) {
    MemberState& state = run.state;
    const fs::path folder = setting.runs_dir / state.run;
    if (state.run.empty() || !is_there(folder)) {
        // Deleted by its user, or never made: it starts anew.
        state.run.clear();
        state.epochs_done = 0;
        state.seconds = 0;
        state.accuracy.reset();
        state.selected_accuracy.reset();
        return false;
    }
    if (run_is_locked(folder)) {
        state.status = MemberStatus::waiting;
        state.message = folder.string() + ": another program trains this run; waiting until it ends";
        return true;
    }
    state.message.clear();
    try {
        const std::optional<RunSummary> summary = read_summary(folder);
        if (summary && (summary->status == RunStatus::finished || summary->status == RunStatus::diverged)) {
            const fs::path experiment = folder / "experiment.yaml";
            if (experiment_identity(load_experiment(experiment)) != experiment_identity(run.config))
                throw RunError(experiment.string() + ": is another experiment than the study's; move the run away");
            state.status = summary->status == RunStatus::finished ? MemberStatus::finished : MemberStatus::diverged;
            state.message = summary->message;
            read_job_progress(state, setting);
            return true;
        }
    } catch (const Error& error) {
        fail(state, error.what());
        return true;
    }
    return false;
}

StudyJob::StudyJob(StudyRun& run, const StudyFolder& folder, const JobSetting& setting)
    : run_(run), folder_(folder), setting_(setting) {
    MemberState& state = run_.state;
    const fs::path before = setting_.runs_dir / state.run;
    resumes_ = !state.run.empty() && is_there(before / "last.pt");
    if (!resumes_) {
        // A folder without a checkpoint is a start that was cut off: out of the way, but not gone.
        if (!state.run.empty() && is_there(before)) move_to_trash(before);
        state.run = free_name(run_, setting_.runs_dir);
    }
    state.status = MemberStatus::running;
    state.message.clear();
}

void StudyJob::start() {
    const MemberState& state = run_.state;
    std::vector<std::string> arguments{setting_.cli_program.string(), "train"};
    const auto add = [&](const char* option, const std::string& value) {
        arguments.emplace_back(option);
        arguments.push_back(value);
    };
    if (resumes_) {
        add("--resume", (setting_.runs_dir / state.run).string());
    } else {
        arguments.push_back(folder_.experiment(state).string());
        add("--run-name", state.run);
        add("--runs-dir", setting_.runs_dir.string());
    }
    add("--data-dir", setting_.data_dir.string());
    add("--threads", std::to_string(setting_.threads));
    add("--parent", std::to_string(::getpid()));
    arguments.emplace_back("--json");
    process_ = std::make_unique<ChildProcess>(arguments, folder_.output(state), folder_.log(state));
}

bool StudyJob::ended() {
    const std::optional<ProcessEnd> end = process_->poll();
    if (end) conclude(*end);
    return end.has_value();
}

void StudyJob::conclude(const ProcessEnd& end) {
    MemberState& state = run_.state;
    read_job_progress(state, setting_);
    state.message = said(folder_.output(state));
    if (end.signal != 0) {
        const char* name = ::sigabbrev_np(end.signal);
        if (process_->interrupted())
            state.status = MemberStatus::interrupted;
        else
            fail(state, "The run's process was killed by signal " + std::to_string(end.signal) + " (SIG" +
                            (name ? name : "?") + "); is there enough memory? Its log: " + folder_.log(state).string());
        return;
    }
    switch (end.code) {
        case code_finished: state.status = MemberStatus::finished; return;
        case code_diverged: state.status = MemberStatus::diverged; return;
        case code_interrupted:
            if (process_->interrupted())
                state.status = MemberStatus::interrupted;
            else
                fail(state, "The run was stopped from outside; continuing the study goes on with it.");
            return;
        default: break;
    }
    fail(state, state.message.empty() ? "The run's process ended with code " + std::to_string(end.code) +
                                            "; its log: " + folder_.log(state).string()
                                      : state.message);
}

}  // namespace resonate
