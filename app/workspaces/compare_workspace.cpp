// app/workspaces/compare_workspace.cpp: see compare_workspace.h.
#include "workspaces/compare_workspace.h"

#include <QAction>
#include <QCheckBox>
#include <QDir>
#include <QFileInfo>
#include <QTableView>

#include "models/curve_looks.h"
#include "models/text.h"
#include "panels/overlay_panel.h"
#include "panels/results_panel.h"
#include "panels/run_table.h"
#include "panels/view_dock.h"
#include "session/run_comparer.h"
#include "session/run_edits.h"
#include "session/window_context.h"
#include "views/comparison_scatter.h"

namespace resonate::app {

CompareWorkspace::CompareWorkspace(WindowContext* context)
    : Workspace({QStringLiteral("compare"), tr("Compare"), tr("Compare runs, and let studies make them")}, context),
      m_looks(new CurveLooks(this)),
      m_edits(new RunEdits(context->runs(), this)),
      m_comparer(new RunComparer(context->runs(), this)),
      m_table(new RunTable(context->runs(), *m_edits)),
      m_overlay(new OverlayPanel(m_looks)),
      m_scatter(new ComparisonScatter(m_looks)),
      m_results(new ResultsPanel(m_looks)),
      m_differences(new TextTableView(
          tr("Differences"), tr("Tick runs in the table: the settings in which they differ stand here side by side."))),
      m_undo(m_edits->stack().createUndoAction(this, tr("Undo"))),
      m_redo(m_edits->stack().createRedoAction(this, tr("Redo"))) {
    buildViews();
    connectParts();
    restore();
}

QString CompareWorkspace::runsDir() const { return context()->runsDir(); }

RunLibrary& CompareWorkspace::runs() const { return context()->runs(); }

/// Runs above, what they say together below.
void CompareWorkspace::buildViews() {
    ViewDock* runs = addView(tr("Runs"), QStringLiteral("runs"), m_table, nullptr);
    ViewDock* overlay = addView(tr("Overlay"), QStringLiteral("overlay"), m_overlay, m_overlay->curves());
    ViewDock* scatter = addView(tr("Accuracy against SOP"), QStringLiteral("scatter"), m_scatter, m_scatter);
    ViewDock* results = addView(tr("Results"), QStringLiteral("results"), m_results, m_results->view());
    ViewDock* differences = addView(tr("Differences"), QStringLiteral("differences"), m_differences, m_differences);
    leaveCentreEmpty();
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setDocumentMode(true);
    addDockWidget(Qt::BottomDockWidgetArea, runs);
    splitDockWidget(runs, overlay, Qt::Vertical);
    splitDockWidget(overlay, scatter, Qt::Horizontal);
    tabifyDockWidget(scatter, results);
    tabifyDockWidget(results, differences);
    scatter->raise();
    addStudyDocks();
}

void CompareWorkspace::sizeViews() {
    resizeDocks({dockOf(QStringLiteral("runs")), dockOf(QStringLiteral("overlay"))}, {42, 58}, Qt::Vertical);
    resizeDocks({dockOf(QStringLiteral("overlay")), dockOf(QStringLiteral("scatter"))}, {58, 42}, Qt::Horizontal);
}

void CompareWorkspace::connectParts() {
    connect(&runs(), &RunLibrary::changed, this, [this] { Q_EMIT runsChanged(runs().entries()); });
    connect(m_table->model(), &RunTableModel::tickedChanged, this,
            [this] { m_comparer->setTicked(m_table->model()->ticked()); });
    connect(m_table->model(), &RunTableModel::tickedChanged, this, &Workspace::arranged);
    connect(m_looks, &CurveLooks::changed, this, &Workspace::arranged);
    connect(m_table, &RunTable::openRequested, context(), &WindowContext::runWanted);
    connect(m_comparer, &RunComparer::compared, this, [this](const SharedComparison& comparison) {
        m_looks->take(*comparison);
        m_overlay->setComparison(comparison);
        m_scatter->setComparison(comparison);
        m_results->setComparison(comparison);
        showDifferences();
    });
    connect(m_looks, &CurveLooks::changed, this, &CompareWorkspace::showDifferences);
    connect(m_overlay, &OverlayPanel::collapseChanged, m_comparer, &RunComparer::setCollapsed);
    connect(m_overlay, &OverlayPanel::publishedShownChanged, m_scatter, &ComparisonView::setPublishedShown);
    connect(m_results, &ResultsPanel::ruleChanged, m_scatter, &ComparisonScatter::setRule);
    connect(m_results, &ResultsPanel::saveRequested, this, &CompareWorkspace::askToSaveResults);
    const auto say = [this](const QString& text) { Q_EMIT context()->statusShown(text, 5000); };
    connect(m_results, &ResultsPanel::statusShown, this, say);
    connect(m_table, &RunTable::statusShown, this, say);
    connect(m_edits, &RunEdits::failed, context(), &WindowContext::errorRaised);
    connect(m_edits, &RunEdits::trashed, this, [this](int count) {
        Q_EMIT context()->undoableDone(tr("%1 moved to the trash of the runs folder.").arg(runsText(count)), m_undo);
    });
    connect(m_edits, &RunEdits::restored, this, [this](int count) {
        Q_EMIT context()->messageSettled();
        Q_EMIT context()->statusShown(tr("%1 brought back.").arg(runsText(count)), 5000);
    });
}

void CompareWorkspace::showDifferences() {
    const SharedComparison& comparison = m_comparer->comparison();
    TextTableContent content;
    if (!comparison->columns.isEmpty()) {
        content.header = QStringList{tr("Setting"), tr("Path")};
        const bool groups = comparison->groups.size() > 1;
        for (qsizetype i = 0; i < comparison->columns.size(); ++i)
            content.header << (groups ? m_looks->lookOf(*comparison, i, false).name : comparison->columns[i]);
    }
    for (const FieldDifference& difference : comparison->differences) {
        QStringList row{QString::fromStdString(difference.label), QString::fromStdString(difference.path)};
        for (const std::string& value : difference.values)
            row << (value.empty() ? QStringLiteral("–") : QString::fromStdString(value));
        content.rows << row;
    }
    if (comparison->differences.empty() && !comparison->columns.isEmpty())
        content.rows << QStringList{comparison->columns.size() == 1 ? tr("Tick a second run to compare with.")
                                                                    : tr("No setting differs.")};
    m_differences->setContent(content);
}

QString CompareWorkspace::exportOrigin() const {
    QStringList ids;
    for (const StoredRun& run : m_comparer->comparison()->runs) ids << QString::fromStdString(run.id);
    return runsNamed(ids);
}

/// Only a table that shows is kept up to date.
void CompareWorkspace::showEvent(QShowEvent* event) {
    Workspace::showEvent(event);
    runs().watch(this, true);
}

void CompareWorkspace::hideEvent(QHideEvent* event) {
    Workspace::hideEvent(event);
    runs().watch(this, false);
}

void CompareWorkspace::store() {
    WindowSettings& settings = context()->settings();
    settings.storeView(QStringLiteral("runs/columns"), m_table->layoutState());
    settings.storeView(QStringLiteral("runs/letter"), m_table->layoutLetter());
    const QSet<QString>& ticked = m_table->model()->ticked();
    settings.storeView(QStringLiteral("runs/ticked"), QStringList(ticked.begin(), ticked.end()));
    settings.storeView(QStringLiteral("runs/looks"), m_looks->state());
    settings.storeView(QStringLiteral("runs/overlay"), m_overlay->state());
}

void CompareWorkspace::restore() {
    const WindowSettings& settings = context()->settings();
    m_table->restoreLayout(settings.view(QStringLiteral("runs/columns")).toByteArray(),
                           settings.view(QStringLiteral("runs/letter")).toDouble());
    m_looks->restore(settings.view(QStringLiteral("runs/looks")).toMap());
    m_overlay->restore(settings.view(QStringLiteral("runs/overlay")).toMap());
    m_comparer->setCollapsed(m_overlay->collapseBox()->isChecked());
    const QStringList ticked = settings.view(QStringLiteral("runs/ticked")).toStringList();
    m_table->model()->setTicked({ticked.begin(), ticked.end()});
}

}  // namespace resonate::app
