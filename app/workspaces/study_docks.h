// app/workspaces/study_docks.h: the parts of Compare that belong to studies: form, queue, Figure 5.
#pragma once

#include <QObject>

namespace resonate::app {

class Figure5Panel;
class StudyPanel;
class StudyQueue;
class StudyQueuePanel;
class WindowContext;

/// Makes them and joins them; the workspace puts the panels into docks.
class StudyDocks : public QObject {
    Q_OBJECT

 public:
    explicit StudyDocks(WindowContext* context, QObject* parent = nullptr);

    StudyQueue* queue() const { return m_queue; }
    StudyPanel* panel() const { return m_panel; }
    StudyQueuePanel* queuePanel() const { return m_queuePanel; }
    Figure5Panel* figure() const { return m_figure; }

 private:
    StudyQueue* m_queue;
    StudyPanel* m_panel;
    StudyQueuePanel* m_queuePanel;
    Figure5Panel* m_figure;
};

}  // namespace resonate::app
