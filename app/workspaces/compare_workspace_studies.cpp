// app/workspaces/compare_workspace_studies.cpp: the docks of studies in Compare.
#include "panels/figure5_panel.h"
#include "panels/study_panel.h"
#include "panels/study_queue_panel.h"
#include "panels/view_dock.h"
#include "session/study_queue.h"
#include "session/window_context.h"
#include "views/figure5_view.h"
#include "workspaces/compare_workspace.h"
#include "workspaces/study_docks.h"

namespace resonate::app {

/// Studies and their queue beside the table of runs, Figure 5 beside the overlay.
void CompareWorkspace::addStudyDocks() {
    m_studies = new StudyDocks(context(), this);
    connect(m_studies->queuePanel(), &StudyQueuePanel::closeReady, this, &Workspace::closePrepared);
    ViewDock* studies = addView(tr("Studies"), QStringLiteral("studies"), m_studies->panel(), nullptr);
    ViewDock* queue = addView(tr("Study runs"), QStringLiteral("queue"), m_studies->queuePanel(), nullptr);
    ViewDock* figure =
        addView(tr("Figure 5"), QStringLiteral("figure5"), m_studies->figure(), m_studies->figure()->view());
    const auto place = [this](ViewDock* dock, const QString& beside) {
        ViewDock* there = dockOf(beside);
        if (!there) return addDockWidget(Qt::BottomDockWidgetArea, dock);
        tabifyDockWidget(there, dock);
        there->raise();
    };
    place(studies, QStringLiteral("runs"));
    place(queue, QStringLiteral("runs"));
    place(figure, QStringLiteral("overlay"));
    connect(m_studies->queue(), &StudyQueue::stateChanged, queue, [this, queue] {
        if (m_studies->queue()->state() != StudyQueue::State::Starting) return;
        queue->show();
        queue->raise();
    });
}

bool CompareWorkspace::prepareClose() { return m_studies->queuePanel()->askToClose(); }

void CompareWorkspace::forgetClosing() { m_studies->queuePanel()->forgetClosing(); }

}  // namespace resonate::app
