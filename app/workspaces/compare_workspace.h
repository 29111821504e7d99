// app/workspaces/compare_workspace.h: Compare: a table of all runs, and what the ticked ones say together.
#pragma once

#include "session/run_library.h"
#include "workspaces/workspace.h"

namespace resonate::app {

class StudyDocks;
class ComparisonScatter;
class CurveLooks;
class OverlayPanel;
class ResultsPanel;
class RunComparer;
class RunEdits;
class RunTable;
class TextTableView;

class CompareWorkspace : public Workspace {
    Q_OBJECT

 public:
    explicit CompareWorkspace(WindowContext* context);

    QString runsDir() const;
    RunLibrary& runs() const;
    RunTable* table() const { return m_table; }
    RunEdits* edits() const { return m_edits; }
    RunComparer* comparer() const { return m_comparer; }
    OverlayPanel* overlay() const { return m_overlay; }
    ComparisonScatter* scatter() const { return m_scatter; }
    ResultsPanel* results() const { return m_results; }
    TextTableView* differences() const { return m_differences; }

    /// Makes runs of the event files below a folder; what came of them is told in the banner.
    void importCurves(const QString& folder);
    /// Writes the table of results: the ending (.csv, .md, .tex) says in which format.
    void saveResults(const QString& file);

    StudyDocks* studies() const { return m_studies; }

    void furnish(const WindowParts& parts) override;
    bool prepareClose() override;
    void forgetClosing() override;
    void store() override;

 Q_SIGNALS:
    /// The folder for runs is another, or something in it changed.
    void runsChanged(const QList<resonate::app::SharedEntry>& runs);

 protected:
    QString exportStem() const override { return QStringLiteral("compare"); }
    QString exportOrigin() const override;
    void sizeViews() override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

 private:
    void buildViews();
    void addStudyDocks();
    void addStudyTrash();
    void connectParts();
    void restore();
    void showDifferences();
    void askToSaveResults(const QString& ending);
    void askForCurves();

    CurveLooks* m_looks;
    RunEdits* m_edits;
    RunComparer* m_comparer;
    RunTable* m_table;
    OverlayPanel* m_overlay;
    ComparisonScatter* m_scatter;
    ResultsPanel* m_results;
    TextTableView* m_differences;
    QAction* m_undo;
    QAction* m_redo;
    StudyDocks* m_studies = nullptr;
};

}  // namespace resonate::app
