// app/panels/figure5_panel.h: Figure 5 of the runs there are, and their results beside the published ones.
#pragma once

#include <QSet>
#include <QTimer>
#include <QWidget>

#include "models/figure5.h"
#include "session/background_worker.h"

class QComboBox;
class QLabel;
class QSplitter;
class QTableWidget;
class QToolButton;

namespace resonate::app {

class Figure5View;
class RunLibrary;
class WindowContext;

class Figure5Panel : public QWidget {
    Q_OBJECT

 public:
    /// `library` must outlive the panel.
    Figure5Panel(WindowContext* context, RunLibrary* library, QWidget* parent = nullptr);

    Figure5View* view() const { return m_view; }
    QTableWidget* table() const { return m_table; }
    /// "" = all runs of the folder; else the name of a study that was begun in it.
    QComboBox* source() const { return m_source; }
    QComboBox* rule() const { return m_rule; }
    /// CSV, Markdown or LaTeX by the ending .csv, .md or .tex. Throws ConfigError and RunError.
    void exportTable(const QString& file) const;

 protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    /// The table stands beside the figure where there is more width than height.
    void resizeEvent(QResizeEvent* event) override;

 private:
    void refreshSources();
    void want();
    void recompute();
    void fillTable();
    void askForExport(const QString& ending);

    WindowContext* m_context;
    RunLibrary* m_library;
    QComboBox* m_source;
    QComboBox* m_rule;
    QLabel* m_words;
    QToolButton* m_export;
    Figure5View* m_view;
    QTableWidget* m_table;
    QSplitter* m_split;
    QTimer m_delay;
    QSet<QString> m_runs;
    bool m_computing = false;
    bool m_again = false;
    BackgroundWorker m_worker;
};

}  // namespace resonate::app
