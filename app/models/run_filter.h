// app/models/run_filter.h: what is typed above the table of runs: words and conditions on fields.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>
#include <functional>

#include "resonate/run_catalogue.h"

namespace resonate::app {

/// All conditions must hold: `dataset:ecg neuron:brf acc>80 tag:paper -tag:draft "any words"`. A field stands before
/// ':' (text: contains; numbers: equals), '=', '!=', '<', '<=', '>' or '>='; '-' before a condition turns it round.
/// Besides the names of fieldHelp() every field of an experiment has its path: training.learning_rate>0.01.
class RunFilter {
 public:
    RunFilter() = default;
    explicit RunFilter(const QString& text);

    bool accepts(const RunEntry& entry) const;
    bool isEmpty() const { return m_conditions.isEmpty(); }
    /// A sentence about the first condition that cannot be understood; the others hold all the same.
    const QString& problem() const { return m_problem; }

    struct FieldHelp {
        QString name;
        QString meaning;
    };
    static QList<FieldHelp> fieldHelp();

 private:
    using Condition = std::function<bool(const RunEntry&)>;

    Condition read(const QString& word);

    QList<Condition> m_conditions;
    QString m_problem;
};

}  // namespace resonate::app
