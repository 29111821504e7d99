// app/panels/step_job.cpp: see step_job.h.
#include "panels/step_job.h"

#include <QProgressDialog>
#include <QTimer>
#include <exception>
#include <utility>

namespace resonate::app {

void StepJob::start(Work work, QWidget* parent) { new StepJob(std::move(work), parent); }

StepJob::StepJob(Work work, QWidget* parent)
    : QObject(parent),
      m_work(std::move(work)),
      m_progress(new QProgressDialog(m_work.title, tr("Cancel"), 0, m_work.count, parent)) {
    m_progress->setWindowTitle(m_work.title);
    m_progress->setWindowModality(Qt::WindowModal);
    m_progress->setMinimumDuration(400);
    m_progress->setAutoReset(false);
    m_progress->setAutoClose(false);
    QTimer::singleShot(0, this, &StepJob::next);
}

void StepJob::next() {
    QString problem;
    const bool givenUp = m_progress->wasCanceled();
    if (!givenUp && m_done < m_work.count) {
        try {
            m_work.step(m_done);
            ++m_done;
            m_progress->setValue(m_done);  // may run the event loop, which brings a click on Cancel
            QTimer::singleShot(0, this, &StepJob::next);
            return;
        } catch (const std::exception& error) {
            problem = QString::fromUtf8(error.what());
        }
    }
    delete std::exchange(m_progress, nullptr);
    deleteLater();
    if (givenUp)
        m_work.cancelled();
    else
        m_work.ended(problem);
}

}  // namespace resonate::app
