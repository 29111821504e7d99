// app/panels/run_bar.h: Start, Pause, Resume, Step, Stop, and how far the training is.
#pragma once

#include <QTimer>
#include <QToolBar>
#include <optional>

#include "session/training_presenter.h"

class QProgressBar;

namespace resonate::app {

class ElidedLabel;

class RunBar : public QToolBar {
    Q_OBJECT

 public:
    explicit RunBar(QWidget* parent = nullptr);

    QAction* startAction() const { return m_start; }
    /// One action: pauses a running training, resumes a paused one.
    QAction* pauseAction() const { return m_pause; }
    /// One batch, then a pause.
    QAction* stepAction() const { return m_step; }
    QAction* stopAction() const { return m_stop; }
    QString progressText() const;

    /// `problem`: why Start is not possible, or "".
    void update(TrainingPresenter::State state, const QString& problem);
    void begin(const RunStarted& started);
    /// Where it is told often, the bar shows the newest twice a second.
    void showProgress(const BatchProgress& progress);
    /// Of a run of that many epochs, trained here or opened.
    void showEnd(const RunOutcome& outcome, int epochs);

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void drawProgress();
    void recolour();
    void keepPauseWidth();
    void keepFormatWidth();
    QString threadsText() const;
    void say(const QString& text, const QString& brief = {});

    QAction* m_start;
    QAction* m_pause;
    QAction* m_step;
    QAction* m_stop;
    QProgressBar* m_progress;
    ElidedLabel* m_text;
    bool m_paused = false;
    int m_threads = 0;  ///< of the run
    QString m_result;   ///< of the run that ended
    QString m_briefResult;
    QTimer m_pace;
    std::optional<BatchProgress> m_untold;  ///< newest, not shown yet
};

}  // namespace resonate::app
