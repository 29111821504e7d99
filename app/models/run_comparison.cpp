// app/models/run_comparison.cpp: see run_comparison.h.
#include "models/run_comparison.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <algorithm>
#include <map>

#include "models/figure5.h"
#include "resonate/datasets.h"

namespace resonate::app {
namespace {

QString say(const char* text) { return QCoreApplication::translate("RunComparison", text); }

QString keyOf(const StoredRun& run, bool collapsed) {
    const std::string identity = (run.imported ? "imported\n" : "") +
                                 (collapsed ? alteration_of(run) + identity_without_seed(run.config) : run.id);
    return QString::fromLatin1(
        QCryptographicHash::hash(QByteArray::fromStdString(identity), QCryptographicHash::Sha1).toHex().left(16));
}

std::vector<SeedGroup> singles(std::size_t count) {
    std::vector<SeedGroup> groups(count);
    for (std::size_t i = 0; i < count; ++i) groups[i].members = {i};
    return groups;
}

void addPublished(RunComparison& comparison) {
    std::vector<std::pair<std::string, NeuronType>> wanted;
    for (const ComparedGroup& group : comparison.groups) {
        const ExperimentConfig& config = comparison.runs[group.members.members.front()].config;
        const std::pair<std::string, NeuronType> pair{config.dataset.name, config.neuron.type};
        if (std::find(wanted.begin(), wanted.end(), pair) == wanted.end()) wanted.push_back(pair);
    }
    const bool oneSet =
        std::all_of(wanted.begin(), wanted.end(), [&](const auto& pair) { return pair.first == wanted.front().first; });
    for (const PublishedResult& published : published_results())
        for (const auto& [dataset, neuron] : wanted)
            if (published.dataset == dataset && published.neuron == neuron) {
                // The paper's numbers of another network say nothing of ours.
                const std::optional<Spread> accuracy =
                    publishedAccuracy(published, SelectionRule::lowest_validation_loss);
                comparison.published.push_back(
                    {oneSet ? say("published %1").arg(QString::fromStdString(display_name(neuron)))
                            : say("published %1, %2")
                                  .arg(QString::fromStdString(display_name(neuron)),
                                       QString::fromStdString(dataset_info(dataset).title)),
                     neuron, accuracy ? accuracy->mean : 0, accuracy ? accuracy->deviation : 0,
                     published.other_network ? 0 : published.sop, QString::fromStdString(published.source)});
            }
}

void addDifferences(RunComparison& comparison, const QStringList& names) {
    std::vector<ExperimentConfig> configs;
    if (comparison.groups.size() == 1) {
        for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
            configs.push_back(comparison.runs[i].config);
            comparison.columns << names[static_cast<qsizetype>(i)];
        }
        comparison.differences = field_differences(configs);
        return;
    }
    for (const ComparedGroup& group : comparison.groups) {
        configs.push_back(comparison.runs[group.members.members.front()].config);
        comparison.columns << group.label;
    }
    comparison.differences = field_differences(configs);
    // Of a group the seeds are told, not that of its first run alone.
    const auto isSeed = [](const FieldDifference& difference) { return difference.path == "training.seed"; };
    std::vector<std::string> seeds;
    for (const ComparedGroup& group : comparison.groups) {
        std::string text;
        for (const std::size_t index : group.members.members)
            text += (text.empty() ? "" : ", ") + std::to_string(comparison.runs[index].config.training.seed);
        seeds.push_back(text);
    }
    const auto known = std::find_if(comparison.differences.begin(), comparison.differences.end(), isSeed);
    const bool differ =
        std::any_of(seeds.begin(), seeds.end(), [&](const std::string& text) { return text != seeds.front(); });
    if (known != comparison.differences.end())
        known->values = seeds;
    else if (differ)
        comparison.differences.push_back({"training.seed", say("Seed").toStdString(), seeds});
}

}  // namespace

std::vector<GroupResult> RunComparison::results(SelectionRule rule) const {
    std::vector<GroupResult> all;
    for (const ComparedGroup& group : groups) all.push_back(group.result(rule));
    return all;
}

SharedComparison compareRuns(const std::vector<std::shared_ptr<const StoredRun>>& runs, const QStringList& names,
                             bool collapse) {
    auto comparison = std::make_shared<RunComparison>();
    for (const auto& run : runs) comparison->runs.push_back(*run);
    if (runs.empty()) return comparison;
    const std::vector<SeedGroup> groups = collapse ? group_by_seed(comparison->runs) : singles(runs.size());
    const auto byValidation = group_results(comparison->runs, groups, SelectionRule::lowest_validation_loss);
    const auto byLast = group_results(comparison->runs, groups, SelectionRule::last_epoch);
    std::map<NeuronType, int> shades;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const SeedGroup& members = groups[g];
        const StoredRun& first = comparison->runs[members.members.front()];
        ComparedGroup group;
        group.key = keyOf(first, collapse);
        group.members = members;
        group.neuron = first.config.neuron.type;
        group.shade = shades[group.neuron]++;
        group.byValidation = byValidation[g];
        group.byLast = byLast[g];
        group.label = QString::fromStdString(byValidation[g].label);
        // A name that the user gave is of a single run, and says more than its settings.
        const QString& name = names[static_cast<qsizetype>(members.members.front())];
        const bool alone = members.members.size() == 1 && members.repeats.empty();
        if (!collapse || (alone && name != QString::fromStdString(first.id))) group.label = name;
        group.byValidation.label = group.byLast.label = group.label.toStdString();
        for (int metric = 0; metric < metricCount; ++metric)
            group.curves.push_back(mean_curve(comparison->runs, members, static_cast<Metric>(metric)));
        if (const std::string& note = group.curves.front().note; !note.empty())
            comparison->notes << QStringLiteral("%1: %2").arg(group.label, QString::fromStdString(note));
        if (!members.repeats.empty())
            comparison->notes
                << say("%1: %2 further run(s) of a seed are not counted.").arg(group.label).arg(members.repeats.size());
        comparison->groups.push_back(std::move(group));
    }
    addPublished(*comparison);
    addDifferences(*comparison, names);
    return comparison;
}

}  // namespace resonate::app
