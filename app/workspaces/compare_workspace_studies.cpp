// app/workspaces/compare_workspace_studies.cpp: the docks of studies in Compare.
#include <QTimer>

#include "panels/figure5_panel.h"
#include "panels/study_panel.h"
#include "panels/study_queue_panel.h"
#include "panels/view_dock.h"
#include "session/run_edits.h"
#include "session/study_queue.h"
#include "session/study_trash.h"
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
    addStudyTrash();
}

void CompareWorkspace::addStudyTrash() {
    auto* trash = new StudyTrash(m_edits->stack(), this);
    connect(m_studies->panel(), &StudyPanel::trashRequested, trash, &StudyTrash::moveToTrash);
    connect(trash, &StudyTrash::failed, context(), &WindowContext::errorRaised);
    connect(trash, &StudyTrash::trashed, this, [this](const StoredStudy& study) {
        m_studies->panel()->forget(study);
        // There is nothing to go on with any more.
        if (m_studies->queue()->study().name == study.config.name) m_studies->queuePanel()->showStored({});
        const QString sentence =
            tr("Study %1 moved to the trash of the runs folder.").arg(QString::fromStdString(study.config.name));
        // The step lies on the stack a moment later: the offer is to name it, and not the one before.
        QTimer::singleShot(0, this, [this, sentence] { Q_EMIT context()->undoableDone(sentence, m_undo); });
    });
    connect(trash, &StudyTrash::restored, this, [this](const StoredStudy& study) {
        m_studies->panel()->refresh();
        Q_EMIT context()->messageSettled();
        Q_EMIT context()->statusShown(tr("Study %1 brought back.").arg(QString::fromStdString(study.config.name)),
                                      5000);
    });
}

bool CompareWorkspace::prepareClose() { return m_studies->queuePanel()->askToClose(); }

void CompareWorkspace::forgetClosing() { m_studies->queuePanel()->forgetClosing(); }

}  // namespace resonate::app
