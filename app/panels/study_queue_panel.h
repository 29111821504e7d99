// app/panels/study_queue_panel.h: the runs of the study that runs or ran last: states, progress, pause, cancel.
#pragma once

#include <QWidget>
#include <vector>

#include "resonate/study.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QTableView;

namespace resonate::app {

class StudyQueue;
class WindowContext;

class StudyQueuePanel : public QWidget {
    Q_OBJECT

 public:
    /// `queue` must outlive the panel. Offers to go on with a study of the folder for runs that is not done.
    StudyQueuePanel(WindowContext* context, StudyQueue* queue, QWidget* parent = nullptr);

    QPushButton* pauseButton() const { return m_pause; }
    QPushButton* cancelButton() const { return m_cancel; }
    QPushButton* continueButton() const { return m_continue; }
    QTableView* table() const { return m_table; }
    QProgressBar* bar() const { return m_bar; }
    QString text() const;
    /// Shows a study as it lies on disk, with a button to go on where it is not done.
    void showStored(const StoredStudy& study);
    /// True where nothing runs. Else asks; where the user agrees, closeReady() follows.
    bool askToClose();
    /// Something else keeps the window open.
    void forgetClosing() { m_closing = false; }

 Q_SIGNALS:
    /// A run was chosen with a double click or Enter.
    void runActivated(const QString& folder);
    /// The study has ended, as askToClose() was told.
    void closeReady();

 private:
    void offerUnfinished();
    void refresh();
    void goOn();

    WindowContext* m_context;
    StudyQueue* m_queue;
    QLabel* m_text;
    QProgressBar* m_bar;
    QPushButton* m_pause;
    QPushButton* m_cancel;
    QPushButton* m_continue;
    QTableView* m_table;
    bool m_closing = false;
    bool m_stored = false;  ///< what shows lies on disk, and may be gone on with
};

}  // namespace resonate::app
