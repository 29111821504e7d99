// app/models/run_comparison.h: what ticked runs say together: groups over seeds, curves, results, differences.
#pragma once

#include <QColor>
#include <QHash>
#include <QList>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "resonate/experiment_identity.h"
#include "resonate/statistics.h"

namespace resonate::app {

/// One line of the comparison: runs that differ only in their seed, or a single run.
struct ComparedGroup {
    QString key;    ///< the same as long as its settings are: colours and names of the user's are kept by it
    QString label;  ///< of a single run the name the user gave it; else title, and settings that tell it from others
    NeuronType neuron = NeuronType::brf;
    int shade = 0;                  ///< place among those of the same neuron: which line pattern it has
    SeedGroup members;              ///< indices into runs
    std::vector<MeanCurve> curves;  ///< by Metric
    GroupResult byValidation;       ///< results by SelectionRule::lowest_validation_loss
    GroupResult byLast;             ///< and by SelectionRule::last_epoch
    const GroupResult& result(SelectionRule rule) const {
        return rule == SelectionRule::last_epoch ? byLast : byValidation;
    }
};

/// A published value for a data set and neuron of the comparison.
struct PublishedValue {
    QString label;  ///< "published BRF, ECG"
    NeuronType neuron = NeuronType::brf;
    double accuracy = 0;   ///< of the same network, by the lowest validation loss; 0 = not given
    double deviation = 0;  ///< 0 = not given
    double sop = 0;        ///< 0 = not given
    QString source;
};

/// Built away from the UI thread, then never changed.
struct RunComparison {
    std::vector<StoredRun> runs;
    std::vector<ComparedGroup> groups;
    std::vector<PublishedValue> published;
    std::vector<FieldDifference> differences;  ///< one value per column
    QStringList columns;                       ///< of `differences`: a group each, or a run where there is one group
    QStringList notes;                         ///< sentences: runs of unequal length, repeats that do not count

    std::vector<GroupResult> results(SelectionRule rule) const;
};
using SharedComparison = std::shared_ptr<const RunComparison>;

constexpr int metricCount = 9;

/// `names`: what the runs are called, in the same order. `collapse`: runs that differ only in their seed are one group.
SharedComparison compareRuns(const std::vector<std::shared_ptr<const StoredRun>>& runs, const QStringList& names,
                             bool collapse);

}  // namespace resonate::app
