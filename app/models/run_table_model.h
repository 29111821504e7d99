// app/models/run_table_model.h: the runs of a folder as rows, and which of them are ticked.
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>
#include <QSortFilterProxyModel>

#include "models/run_filter.h"
#include "session/run_library.h"

namespace resonate::app {

class RunTableModel : public QAbstractTableModel {
    Q_OBJECT

 public:
    enum Column {
        Name,
        Status,
        Dataset,
        Neuron,
        Differences,
        Selected,
        Final,
        Best,
        Loss,
        Sop,
        Parameters,
        Time,
        Epochs,
        Tags,
        Note,
        Written,
        ColumnCount
    };
    enum Role {
        SortRole = Qt::UserRole,  ///< numbers as numbers; invalid where there is none
        IdRole
    };

    explicit RunTableModel(const RunLibrary* library, QObject* parent = nullptr);

    /// Takes the library's entries: rows come, go and change, the others stay what they are.
    void update();
    SharedEntry entryAt(int row) const { return m_rows.value(row); }
    int rowOf(const QString& id) const { return m_places.value(id, -1); }

    const QSet<QString>& ticked() const { return m_ticked; }
    /// Ids of runs that are not here yet are ticked when they come.
    void setTicked(const QSet<QString>& ids);
    void tick(const QStringList& ids, bool on);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

 Q_SIGNALS:
    void tickedChanged();
    /// The user typed another name for a run; "" = its id.
    void renamed(const QString& id, const QString& name);

 private:
    QString textOf(const RunEntry& entry, int column) const;
    QVariant sortValue(const RunEntry& entry, int column) const;
    QString tipOf(const RunEntry& entry, int column) const;

    const RunLibrary* m_library;
    QList<SharedEntry> m_rows;
    QHash<QString, QString> m_shownDifferences;
    QHash<QString, int> m_places;
    QSet<QString> m_ticked;
};

/// Sorts by SortRole, rows without a value last; shows what the filter accepts.
class RunTableProxy : public QSortFilterProxyModel {
    Q_OBJECT

 public:
    explicit RunTableProxy(RunTableModel* model, QObject* parent = nullptr);

    void setFilter(const RunFilter& filter);

 protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;
    bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;

 private:
    RunTableModel* m_model;
    RunFilter m_filter;
};

}  // namespace resonate::app
