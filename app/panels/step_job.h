// app/panels/step_job.h: long work of the window in steps, with a progress dialog that can cancel it.
#pragma once

#include <QObject>
#include <functional>

class QProgressDialog;

namespace resonate::app {

/// One step per turn of the event loop: the window stays responsive. Deletes itself at its end.
class StepJob : public QObject {
    Q_OBJECT

 public:
    /// `step(i)` for i = 0 … count - 1; what it throws ends the job. `ended("")` after the last one, or with the
    /// sentence of the error; `cancelled()` instead where the user gave up.
    struct Work {
        QString title;
        int count = 0;
        std::function<void(int)> step;
        std::function<void(const QString& problem)> ended;
        std::function<void()> cancelled;
    };

    static void start(Work work, QWidget* parent);

 private:
    StepJob(Work work, QWidget* parent);
    void next();

    Work m_work;
    QProgressDialog* m_progress;
    int m_done = 0;
};

}  // namespace resonate::app
