// app/workspaces/compare_workspace.cpp: see compare_workspace.h.
#include "workspaces/compare_workspace.h"

#include "panels/view_dock.h"
#include "session/window_context.h"

namespace resonate::app {

CompareWorkspace::CompareWorkspace(WindowContext* context)
    : Workspace({QStringLiteral("compare"), tr("Compare"), tr("Compare runs, and let studies make them")}, context) {
    buildViews();
    connect(&runs(), &RunLibrary::changed, this, [this] { Q_EMIT runsChanged(runs().entries()); });
}

QString CompareWorkspace::runsDir() const { return context()->runsDir(); }

RunLibrary& CompareWorkspace::runs() const { return context()->runs(); }

void CompareWorkspace::buildViews() {
    leaveCentreEmpty();
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setDocumentMode(true);
    // Docks of studies stand here.
}

void CompareWorkspace::furnish(const WindowParts& parts) { Workspace::furnish(parts); }

QString CompareWorkspace::exportOrigin() const { return tr("runs of %1").arg(runsDir()); }

void CompareWorkspace::sizeViews() {}

void CompareWorkspace::showEvent(QShowEvent* event) {
    Workspace::showEvent(event);
    runs().watch(this, true);
}

void CompareWorkspace::hideEvent(QHideEvent* event) {
    Workspace::hideEvent(event);
    runs().watch(this, false);
}

}  // namespace resonate::app
