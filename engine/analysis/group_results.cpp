// engine/analysis/group_results.cpp: what groups of runs came to, beside what was published.
#include <algorithm>
#include <map>

#include "resonate/config_io.h"
#include "resonate/experiment_identity.h"
#include "resonate/statistics.h"

namespace resonate {
namespace {

/// Titles, and where several groups share one, the settings in which they differ.
void name_groups(std::vector<GroupResult>& results) {
    std::map<std::string, std::vector<std::size_t>> titles;
    for (std::size_t i = 0; i < results.size(); ++i) {
        results[i].label = results[i].config.title;
        if (results[i].label.empty())
            results[i].label = results[i].config.dataset.name + ", " + display_name(results[i].config.neuron.type);
        if (results[i].imported) results[i].label += ", imported";
        if (!results[i].altered.empty()) results[i].label += ", " + results[i].altered;
        titles[results[i].label].push_back(i);
    }
    for (const auto& [title, members] : titles) {
        if (members.size() < 2) continue;
        std::vector<ExperimentConfig> configs;
        for (const std::size_t i : members) configs.push_back(results[i].config);
        for (const FieldDifference& difference : field_differences(configs)) {
            // What was recorded tells no groups apart.
            if (difference.path == "training.seed" || difference.path.starts_with("recording.")) continue;
            for (std::size_t k = 0; k < members.size(); ++k)
                if (!difference.values[k].empty())
                    results[members[k]].label += ", " + difference.label + " " + difference.values[k];
        }
    }
}

bool has_ended(RunStatus status) { return status == RunStatus::finished || status == RunStatus::diverged; }

/// Of rows that have the number: imported ones may lack it, diverged ones have no finite one.
void add(std::vector<double>& values, const EpochMetrics& row, Metric metric) {
    if (const auto value = metric_value(row, metric)) values.push_back(*value);
}

GroupResult result_of_group(std::span<const StoredRun> runs, const SeedGroup& group, SelectionRule rule) {
    GroupResult result;
    std::vector<double> accuracy, loss, sop, last, selected, best, seconds;
    SeedGroup counted;
    for (const std::size_t index : group.members) {
        const StoredRun& run = runs[index];
        result.parameters = std::max(result.parameters, run.parameters);
        const RunResult of_run = result_of(run.metrics);
        if (!has_ended(run.status) || !of_run.last) {
            ++result.unfinished;
            continue;
        }
        counted.members.push_back(index);
        if (run.status == RunStatus::diverged) ++result.diverged;
        const EpochMetrics& row = rule == SelectionRule::last_epoch ? *of_run.last : *of_run.selected;
        add(accuracy, row, Metric::test_accuracy);
        add(loss, row, Metric::test_loss);
        add(sop, row, Metric::test_sop);
        add(last, *of_run.last, Metric::test_accuracy);
        add(selected, *of_run.selected, Metric::test_accuracy);
        if (of_run.best_test) add(best, *of_run.best_test, Metric::test_accuracy);
        seconds.push_back(of_run.seconds);
    }
    result.config = runs[group.members.front()].config;
    result.imported = runs[group.members.front()].imported;
    result.altered = alteration_of(runs[group.members.front()]);
    result.counted = static_cast<int>(counted.members.size());
    result.accuracy = spread_of(accuracy);
    result.loss = spread_of(loss);
    result.sop = spread_of(sop);
    result.last_accuracy = spread_of(last);
    result.selected_accuracy = spread_of(selected);
    result.best_test_accuracy = spread_of(best);
    result.seconds = spread_of(seconds);
    const MeanCurve curve = mean_curve(runs, counted, Metric::test_accuracy);
    result.epoch95 = epoch_reaching(curve);
    result.repeats = static_cast<int>(group.repeats.size());
    result.note = curve.note;
    return result;
}

/// What may be held against results by this rule: a figure of the same network, chosen in the same way.
std::optional<Spread> comparable(const PublishedResult& published, SelectionRule rule) {
    if (rule == SelectionRule::last_epoch) return published.authors_last;
    if (published.other_network) return published.authors_chosen;
    return Spread{published.accuracy_std > 0 ? 5 : 1, published.accuracy, published.accuracy_std};
}

/// Ours for one published row; the preset's own settings are preferred to others.
const GroupResult* ours_for(const PublishedResult& published, std::span<const GroupResult> results, bool& same) {
    const std::string settings = identity_without_seed(load_preset(published.preset));
    const GroupResult* chosen = nullptr;
    same = false;
    for (const GroupResult& result : results) {
        if (result.config.dataset.name != published.dataset || result.config.neuron.type != published.neuron) continue;
        if (result.imported || result.accuracy.count == 0) continue;
        const bool equal = result.altered.empty() && identity_without_seed(result.config) == settings;
        if (chosen && (same > equal || (same == equal && chosen->counted >= result.counted))) continue;
        chosen = &result;
        same = equal;
    }
    return chosen;
}

}  // namespace

std::vector<GroupResult> group_results(std::span<const StoredRun> runs, std::span<const SeedGroup> groups,
                                       SelectionRule rule) {
    std::vector<GroupResult> results;
    for (const SeedGroup& group : groups)
        if (!group.members.empty()) results.push_back(result_of_group(runs, group, rule));
    name_groups(results);
    return results;
}

std::vector<std::string> notes_of(const GroupResult& result) {
    std::vector<std::string> notes;
    if (result.repeats == 1) notes.push_back("1 further run of a seed is not counted.");
    if (result.repeats > 1) notes.push_back(std::to_string(result.repeats) + " further runs of seeds are not counted.");
    if (!result.note.empty()) notes.push_back(result.note);
    return notes;
}

std::vector<Comparison> compare_with_published(std::span<const GroupResult> results, SelectionRule rule) {
    std::vector<Comparison> comparisons;
    for (const PublishedResult& published : published_results()) {
        Comparison comparison;
        comparison.published = published;
        comparison.against = comparable(published, rule);
        if (const GroupResult* ours = ours_for(published, results, comparison.same_settings)) comparison.ours = *ours;
        if (comparison.ours && comparison.against) {
            const Spread& accuracy = comparison.ours->accuracy;
            comparison.difference = accuracy.mean - comparison.against->mean;
            double deviation = comparison.against->deviation;
            comparison.in_our_deviations = deviation == 0;
            if (comparison.in_our_deviations) deviation = accuracy.deviation;
            if (deviation > 0) comparison.deviations = *comparison.difference / deviation;
        }
        comparisons.push_back(std::move(comparison));
    }
    return comparisons;
}

}  // namespace resonate
