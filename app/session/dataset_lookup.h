// app/session/dataset_lookup.h: describe_dataset() without waiting for it: own data may be a folder of many files.
#pragma once

#include <QObject>
#include <QString>
#include <cstdint>
#include <optional>

#include "resonate/datasets.h"
#include "resonate/experiment_config.h"

namespace resonate::app {

/// Bytes of a set's files as they are published, packed where they are; 0 where that is not known.
std::int64_t downloadBytes(const DatasetInfo& info);

/// Remembers the set it described last. Sets of the catalogue are known at once, the user's own after found().
class DatasetLookup : public QObject {
    Q_OBJECT

 public:
    using QObject::QObject;

    /// Asks for a set; does nothing where it was asked for last. `again`: look even so, its files may have changed.
    void look(const DatasetConfig& dataset, bool again = false);

    bool isBusy() const { return m_busy; }
    /// Facts of the set asked for last, or nothing while they are looked for and where that failed.
    const std::optional<DatasetInfo>& info() const { return m_info; }
    /// What is wrong with it, or "".
    QString problem() const { return m_problem; }

 Q_SIGNALS:
    void found();

 private:
    QString m_name;
    QString m_path;
    std::optional<DatasetInfo> m_info;
    QString m_problem;
    bool m_busy = false;
    int m_turn = 0;  ///< answers to earlier questions are dropped
};

}  // namespace resonate::app
