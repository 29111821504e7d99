// app/models/figure5.cpp: see figure5.h.
#include "models/figure5.h"

#include <QStringList>
#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "resonate/config_io.h"
#include "resonate/datasets.h"
#include "resonate/error.h"
#include "resonate/experiment_identity.h"

namespace resonate::app {
namespace {

constexpr std::array drawn{NeuronType::brf, NeuronType::rf, NeuronType::alif};

const PublishedResult* publishedFor(const std::string& dataset, NeuronType neuron) {
    for (const PublishedResult& result : published_results())
        if (result.dataset == dataset && result.neuron == neuron) return &result;
    return nullptr;
}

/// The shipped settings of a task and neuron; "" where there are none.
std::string presetSettings(const std::string& dataset, NeuronType neuron) {
    const PublishedResult* published = publishedFor(dataset, neuron);
    const std::string preset = published ? published->preset : dataset + "_" + to_string(neuron);
    try {
        return identity_without_seed(load_preset(preset));
    } catch (const ConfigError&) {
        if (published) throw;
        return {};
    }
}

/// Which group is drawn: the largest.
std::tuple<bool, bool, int, int> rank(std::span<const StoredRun> runs, const Figure5Curve& curve,
                                      const SeedGroup& group) {
    const bool sound = std::any_of(group.members.begin(), group.members.end(), [&](std::size_t member) {
        return runs[member].status != RunStatus::diverged && !runs[member].metrics.empty();
    });
    return {curve.sameSettings, sound, curve.mean.points.back().epoch, curve.seeds};
}

QString titleOf(const ExperimentConfig& config) {
    try {
        return QString::fromStdString(dataset_info(config.dataset.name).title);
    } catch (const Error&) {
        return QString::fromStdString(config.dataset.name);
    }
}

Figure5Curve curveOf(std::span<const StoredRun> runs, const SeedGroup& group, const std::string& publishedSettings) {
    const StoredRun& first = runs[group.members.front()];
    Figure5Curve curve;
    curve.neuron = first.config.neuron.type;
    curve.mean = mean_curve(runs, group, Metric::test_accuracy);
    curve.epoch95 = epoch_reaching(curve.mean);
    for (const std::size_t member : group.members) {
        if (runs[member].metrics.empty()) continue;
        ++curve.seeds;
        curve.runs << QString::fromStdString(runs[member].id);
        const RunStatus status = runs[member].status;
        if (status != RunStatus::finished && status != RunStatus::diverged) curve.growing = true;
    }
    curve.sameSettings = !publishedSettings.empty() && identity_without_seed(first.config) == publishedSettings;
    return curve;
}

/// The published tasks in their order, then others by name.
std::vector<std::string> tasksOf(std::span<const StoredRun> runs) {
    std::vector<std::string> published, others;
    const auto add = [](std::vector<std::string>& list, const std::string& name) {
        if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
    };
    for (const PublishedResult& result : published_results()) add(published, result.dataset);
    for (const StoredRun& run : runs)
        if (std::find(published.begin(), published.end(), run.config.dataset.name) == published.end())
            add(others, run.config.dataset.name);
    std::sort(others.begin(), others.end());
    published.insert(published.end(), others.begin(), others.end());
    return published;
}

}  // namespace

std::optional<Spread> publishedAccuracy(const PublishedResult& published, SelectionRule rule) {
    if (rule == SelectionRule::last_epoch) return published.authors_last;
    if (published.other_network) return published.authors_chosen;
    return Spread{published.accuracy_std > 0 ? 5 : 1, published.accuracy, published.accuracy_std};
}

QString Figure5Task::seedsText() const {
    QStringList counts;
    for (const Figure5Curve& curve : curves) counts << QString::number(curve.seeds);
    counts.removeDuplicates();
    if (counts.size() == 1) return QStringLiteral("n = %1").arg(counts.first());
    counts.clear();
    for (const Figure5Curve& curve : curves) counts << QString::number(curve.seeds);
    return QStringLiteral("n = %1").arg(counts.join(QStringLiteral(", ")));
}

Figure5 figure5Of(std::span<const StoredRun> runs, SelectionRule rule) {
    const std::vector<SeedGroup> groups = group_by_seed(runs);
    Figure5 figure;
    figure.rule = rule;
    figure.comparisons = compare_with_published(group_results(runs, groups, rule), rule);
    for (const std::string& task : tasksOf(runs)) {
        Figure5Task panel;
        panel.dataset = task;
        for (const NeuronType neuron : drawn) {
            const PublishedResult* published = publishedFor(task, neuron);
            const std::string settings = presetSettings(task, neuron);
            std::optional<Figure5Curve> chosen;
            std::tuple<bool, bool, int, int> highest;
            int there = 0;
            for (const SeedGroup& group : groups) {
                if (group.members.empty()) continue;
                const StoredRun& first = runs[group.members.front()];
                if (first.imported || first.config.dataset.name != task || first.config.neuron.type != neuron) continue;
                Figure5Curve curve = curveOf(runs, group, settings);
                if (curve.mean.points.empty()) continue;
                ++there;
                const auto its = rank(runs, curve, group);
                if (chosen && highest >= its) continue;
                highest = its;
                panel.title = titleOf(first.config);
                chosen = std::move(curve);
            }
            if (!chosen) continue;
            chosen->leftOut = there - 1;
            if (published) {
                // A curve ends in its last epoch: that comes first, then the paper's table.
                chosen->published = publishedAccuracy(*published, SelectionRule::last_epoch);
                if (!chosen->published)
                    chosen->published = publishedAccuracy(*published, SelectionRule::lowest_validation_loss);
            }
            panel.curves.append(*chosen);
        }
        if (!panel.curves.isEmpty()) figure.panels.append(panel);
    }
    return figure;
}

}  // namespace resonate::app
