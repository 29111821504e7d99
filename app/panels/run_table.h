// app/panels/run_table.h: the table of runs with its filter, and what can be done with the chosen ones.
#pragma once

#include <QWidget>

#include "models/run_table_model.h"

class QLabel;
class QLineEdit;
class QStackedLayout;
class QTableView;

namespace resonate::app {

class LetterColumns;
class RunEdits;

class RunTable : public QWidget {
    Q_OBJECT

 public:
    RunTable(RunLibrary& library, RunEdits& edits, QWidget* parent = nullptr);

    RunTableModel* model() const { return m_model; }
    QTableView* view() const { return m_view; }
    QLineEdit* filter() const { return m_filter; }
    QString filterProblem() const;
    /// What stands in place of the table while there is none; else empty.
    QString emptyText() const;

    /// Of the chosen rows, from the top.
    QStringList chosen() const;
    void choose(const QString& id);
    /// Every action, for the menu of the workspace.
    const QList<QAction*>& actions() const { return m_actions; }

    /// Columns, their order and widths, and the sorting.
    QByteArray layoutState() const;
    /// Width of the letters that the widths in it are made for.
    double layoutLetter() const;
    /// `letter`: 0 = not known.
    void restoreLayout(const QByteArray& state, double letter);
    /// Narrower than its bar, so that views fit beside each other in a small window.
    QSize minimumSizeHint() const override { return {300, 140}; }

 Q_SIGNALS:
    void openRequested(const QString& folder);
    void statusShown(const QString& text);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    QWidget* makeBar();
    void makeActions();
    void makeColumnMenu();
    void refresh();
    void refreshActions();
    void applyFilter();
    void showHelp();
    void tickShown();
    void toggleTicks();
    void askForTags();
    void askForNote();
    void openFolder();
    SharedEntry chosenEntry() const;

    RunLibrary& m_library;
    RunEdits& m_edits;
    RunTableModel* m_model;
    RunTableProxy* m_proxy;
    QTableView* m_view;
    LetterColumns* m_columns = nullptr;
    QLineEdit* m_filter;
    QLabel* m_problem;
    QLabel* m_count;
    QLabel* m_empty;
    QStackedLayout* m_stack;
    bool m_hadRows = false;
    QList<QAction*> m_actions;
    QList<QAction*> m_needOne;   ///< enabled where one run is chosen
    QList<QAction*> m_needSome;  ///< where any is
};

}  // namespace resonate::app
