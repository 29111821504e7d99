// app/panels/experiment_form.h: a row for every field of an experiment, in groups, in the order of the catalogue.
#pragma once

#include <QHash>
#include <QScrollArea>
#include <vector>

#include "panels/field_row.h"

class QGridLayout;

namespace resonate::app {

/// Knows rows, not what they mean together: see ExperimentPanel. The row with the focus stays in view, as a whole,
/// where the form becomes smaller or the row higher.
class ExperimentForm : public QScrollArea {
    Q_OBJECT

 public:
    explicit ExperimentForm(QWidget* parent = nullptr);

    FieldRow* row(const QString& path) const { return m_rows.value(path); }
    const std::vector<FieldRow*>& rows() const { return m_order; }
    /// Over the width of the group of the data set, below its name.
    void addBelowDataset(QWidget* widget);
    /// Scrolls there and, with `focus`, puts the focus into its editor. False where the row is not shown.
    bool show(const QString& path, bool focus);

 Q_SIGNALS:
    void edited(resonate::app::FieldRow* row);
    void committed(resonate::app::FieldRow* row);
    void applyRequested(resonate::app::FieldRow* row);
    void resetRequested(resonate::app::FieldRow* row);
    void helpRequested(resonate::app::FieldRow* row);
    void focused(resonate::app::FieldRow* row);
    void left(resonate::app::FieldRow* row);
    void browseRequested(resonate::app::FieldRow* row);
    /// Its letters have another size, and its minimum width with them.
    void fitted();

 protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void fit();
    /// By events, at least that many times, until the width stays: then fitted().
    void fitUntilSettled(int turns);
    void add(FieldRow* row, QGridLayout* grid);
    /// In whose editor, or in whose button, the focus is, even while the window is not the active one; else null.
    FieldRow* focusedRow() const;
    void reveal(const FieldRow* row);

    QHash<QString, FieldRow*> m_rows;
    std::vector<FieldRow*> m_order;
    QGridLayout* m_datasetNotes = nullptr;
};

}  // namespace resonate::app
