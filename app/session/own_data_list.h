// app/session/own_data_list.h: the user's own data sets, remembered by where they are.
#pragma once

#include <QList>
#include <QObject>

#include "resonate/experiment_config.h"

namespace resonate::app {

class WindowSettings;

class OwnDataList : public QObject {
    Q_OBJECT

 public:
    explicit OwnDataList(WindowSettings& settings, QObject* parent = nullptr);

    const QList<DatasetConfig>& sets() const { return m_sets; }
    bool contains(const DatasetConfig& dataset) const;
    /// Keeps it; does nothing where it is kept already.
    void add(const DatasetConfig& dataset);
    /// Forgets it; its files stay.
    void remove(const DatasetConfig& dataset);

 Q_SIGNALS:
    void changed();

 private:
    void store();

    WindowSettings& m_settings;
    QList<DatasetConfig> m_sets;
};

}  // namespace resonate::app
