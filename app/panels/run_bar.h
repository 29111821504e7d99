// app/panels/run_bar.h: Start, Pause, Resume, Stop, and how far the training is.
#pragma once

#include <QToolBar>

#include "session/training_presenter.h"

class QLabel;
class QProgressBar;

namespace resonate::app {

class RunBar : public QToolBar {
    Q_OBJECT

 public:
    explicit RunBar(QWidget* parent = nullptr);

    QAction* startAction() const { return m_start; }
    /// One action: pauses a running training, resumes a paused one.
    QAction* pauseAction() const { return m_pause; }
    QAction* stopAction() const { return m_stop; }
    QString progressText() const;

    /// `problem`: why Start is not possible, or "".
    void update(TrainingPresenter::State state, const QString& problem);
    void begin(const RunStarted& started);
    void showProgress(const BatchProgress& progress);
    void showEnd(const RunOutcome& outcome);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void recolour();
    void keepPauseWidth();

    QAction* m_start;
    QAction* m_pause;
    QAction* m_stop;
    QProgressBar* m_progress;
    QLabel* m_text;
    bool m_paused = false;
};

}  // namespace resonate::app
