// engine/studies/estimate_study.cpp: what a study takes, from earlier runs and a few batches of each kind of network.
#include <algorithm>
#include <map>

#include "resonate/error.h"
#include "resonate/machine.h"
#include "resonate/study.h"
#include "studies/measure_epoch.h"
#include "studies/study_folder.h"
#include "studies/study_needs.h"
#include "studies/study_pace.h"

namespace resonate {
namespace {

constexpr const char* rough_source = "earlier runs with another number of threads";

/// The state of every member by key, where the study is gone on with.
std::map<std::string, MemberState> stored_states(const StudyConfig& study, const StudyOptions& options) {
    std::map<std::string, MemberState> states;
    if (!options.resume) return states;
    for (MemberState& state : read_study_state(studies_dir(options.runs_dir) / study.name)) states[state.key] = state;
    return states;
}

}  // namespace

StudyEstimate estimate_study(const StudyConfig& study, const StudyOptions& options, bool measure,
                             TrainingControl& control) {
    const std::vector<StudyMember> members = expand_study(study);
    const int jobs = std::max(1, options.jobs > 0 ? options.jobs : study.jobs);
    int threads = options.threads > 0 ? options.threads : study.threads;
    if (threads == 0) threads = std::max(1, physical_cores() / jobs);
    StudyPace pace;
    RunCatalogue runs(options.runs_dir);
    runs.refresh();
    pace.learn(runs, threads);
    const std::map<std::string, MemberState> states = stored_states(study, options);
    DatasetCheck datasets(options.data_dir);

    StudyEstimate estimate;
    estimate.bytes_free = free_bytes(options.runs_dir);
    std::map<std::string, std::size_t> parts;
    double seconds = 0, longest = 0;
    for (const StudyMember& member : members) {
        ++estimate.runs;
        const auto state = states.find(member_key(member.config));
        if (state != states.end() &&
            (state->second.status == MemberStatus::finished || state->second.status == MemberStatus::diverged)) {
            ++estimate.done;
            continue;
        }
        const std::string& problem = datasets.problem(member.config.dataset);
        if (!problem.empty() &&
            std::find(estimate.missing.begin(), estimate.missing.end(), problem) == estimate.missing.end())
            estimate.missing.push_back(problem);
        const std::string kind = pace_key(member.config) + std::to_string(member.config.training.epochs);
        const auto [place, added] = parts.try_emplace(kind, estimate.parts.size());
        if (added) {
            StudyEstimate::Part part;
            part.label = member.label;
            part.parameters = parameters_of(member.config);
            std::optional<double> epoch = pace.seconds_per_epoch(member.config);
            part.source = epoch ? "earlier runs" : "not timed";
            if (!epoch && !problem.empty()) part.source = "its data set is not here";
            if (!epoch && measure && problem.empty() && !control.stop_requested()) {
                try {
                    if (const auto measured =
                            measure_epoch(member.config, {options.cli_program, options.data_dir, threads, {}}, control))
                        epoch = measured->seconds;
                    if (epoch) part.source = "measured";
                    if (epoch) pace.learn(member.config, "measured", *epoch, 1);
                } catch (const Error& error) {
                    part.source = error.what();
                }
            }
            if (!epoch && (epoch = pace.rough_seconds_per_epoch(member.config))) part.source = rough_source;
            if (epoch) part.seconds_per_run = *epoch * member.config.training.epochs;
            estimate.parts.push_back(std::move(part));
        }
        StudyEstimate::Part& part = estimate.parts[place->second];
        ++part.runs;
        if (!problem.empty() && options.skip_missing) continue;
        estimate.bytes += run_bytes(member.config);
        const double left = state == states.end() || member.config.training.epochs == 0
                                ? 1.0
                                : 1.0 - static_cast<double>(state->second.epochs_done) / member.config.training.epochs;
        if (part.seconds_per_run) {
            estimate.rough += part.source == rough_source;
            seconds += *part.seconds_per_run * left;
            longest = std::max(longest, *part.seconds_per_run * left);
        } else {
            ++estimate.untimed;
        }
    }
    // Jobs that share a core take as long as one after the other; and no study ends before its longest run.
    const double at_once = std::clamp(static_cast<double>(physical_cores()) / threads, 1.0, static_cast<double>(jobs));
    if (seconds > 0 || estimate.untimed == 0) estimate.seconds = std::max(seconds / at_once, longest);
    return estimate;
}

}  // namespace resonate
