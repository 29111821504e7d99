// app/workspaces/study_docks.cpp: see study_docks.h.
#include "workspaces/study_docks.h"

#include "panels/figure5_panel.h"
#include "panels/study_panel.h"
#include "panels/study_queue_panel.h"
#include "session/study_queue.h"
#include "session/window_context.h"

namespace resonate::app {

StudyDocks::StudyDocks(WindowContext* context, QObject* parent)
    : QObject(parent),
      m_queue(new StudyQueue(this)),
      m_panel(new StudyPanel(context, m_queue)),
      m_queuePanel(new StudyQueuePanel(context, m_queue)),
      m_figure(new Figure5Panel(context, &context->runs())) {
    connect(m_panel, &StudyPanel::storedChosen, m_queuePanel, &StudyQueuePanel::showStored);
    connect(m_queuePanel, &StudyQueuePanel::runActivated, context, &WindowContext::runWanted);
}

}  // namespace resonate::app
