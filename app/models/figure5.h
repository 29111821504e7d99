// app/models/figure5.h: the figure of the paper from runs: a panel per task, a mean curve per neuron type.
#pragma once

#include <QList>
#include <QString>
#include <optional>
#include <span>
#include <vector>

#include "resonate/statistics.h"

namespace resonate::app {

/// Runs of one experiment that differ in their seed only.
struct Figure5Curve {
    NeuronType neuron = NeuronType::brf;
    MeanCurve mean;  ///< test accuracy, %, over seeds
    int seeds = 0;
    QStringList runs;                 ///< their ids
    std::optional<int> epoch95;       ///< where the mean reaches 95 % of its last value
    bool growing = false;             ///< some of the runs have not ended
    bool sameSettings = false;        ///< has the settings of the shipped preset, seed apart
    int leftOut = 0;                  ///< further groups of this task and neuron, which are not drawn
    std::optional<Spread> published;  ///< final test accuracy of the same network, %; where it was published
};

struct Figure5Task {
    std::string dataset;
    QString title;
    QList<Figure5Curve> curves;  ///< in the order BRF, RF, ALIF

    /// "n = 5", or "n = 5, 5, 3" in the order of the curves.
    QString seedsText() const;
};

struct Figure5 {
    QList<Figure5Task> panels;  ///< published tasks in the paper's order, then others
    SelectionRule rule = SelectionRule::lowest_validation_loss;
    std::vector<Comparison> comparisons;  ///< of all published results, by `rule`
};

/// What ours is held against by that rule: of the same network, as it was published; nothing where nothing was.
std::optional<Spread> publishedAccuracy(const PublishedResult& published, SelectionRule rule);

/// Of several groups of one task and neuron that with the settings of the preset is taken; else one that did not
/// diverge, with most epochs, then with most seeds. Imported runs are left out. Reads presets: not for the UI thread.
/// Throws ConfigError.
Figure5 figure5Of(std::span<const StoredRun> runs, SelectionRule rule);

}  // namespace resonate::app
