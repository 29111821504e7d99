// app/panels/run_bar.cpp: see run_bar.h.
#include "panels/run_bar.h"

#include <QEvent>
#include <QProgressBar>
#include <utility>

#include "models/text.h"
#include "style/icons.h"
#include "views/elided_label.h"

namespace resonate::app {
namespace {

constexpr int progressMilliseconds = 500;

}  // namespace

RunBar::RunBar(QWidget* parent)
    : QToolBar(tr("Run"), parent),
      m_start(addAction(tr("Start"))),
      m_pause(addAction(tr("Pause"))),
      m_step(addAction(tr("Step one batch"))),
      m_stop(addAction(tr("Stop"))),
      m_progress(new QProgressBar),
      m_text(new ElidedLabel) {
    setObjectName(QStringLiteral("runBar"));
    setMovable(false);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setIconSize({18, 18});
    m_pace.setSingleShot(true);
    m_pace.setInterval(progressMilliseconds);
    connect(&m_pace, &QTimer::timeout, this, &RunBar::drawProgress);
    m_start->setShortcut(QKeySequence(Qt::Key_F5));
    m_pause->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_F5));
    m_step->setShortcut(QKeySequence(Qt::Key_F10));
    m_step->setIconText(tr("Step"));
    m_stop->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F5));
    addSeparator();
    m_progress->setMinimumWidth(120);
    m_progress->setMaximumWidth(260);
    m_progress->setTextVisible(true);
    m_progress->setRange(0, 1000);
    m_progress->setValue(0);
    m_progress->setFormat(QString());
    m_progress->setAccessibleName(tr("Progress of the training"));
    addWidget(m_progress);
    m_text->setContentsMargins(10, 0, 8, 0);
    addWidget(m_text);
    recolour();
    update(TrainingPresenter::State::Idle, QString());
    keepPauseWidth();
}

/// What stands right of the button must not jump when it changes between Pause and Resume.
void RunBar::keepPauseWidth() {
    QWidget* button = widgetForAction(m_pause);
    const QString text = m_pause->text();
    int width = 0;
    for (const QString& either : {tr("Pause"), tr("Resume")}) {
        m_pause->setText(either);
        width = std::max(width, button->sizeHint().width());
    }
    m_pause->setText(text);
    button->setMinimumWidth(width);
}

QString RunBar::progressText() const { return m_text->text(); }

void RunBar::update(TrainingPresenter::State state, const QString& problem) {
    using State = TrainingPresenter::State;
    m_paused = state == State::Paused;
    if (m_paused) drawProgress();
    if (state == State::Stopping) m_untold.reset();
    m_start->setEnabled(state == State::Idle && problem.isEmpty());
    m_start->setToolTip(problem.isEmpty() ? tr("Train the experiment on the left (F5)") : problem);
    m_pause->setEnabled(state == State::Running || state == State::Paused);
    m_pause->setText(m_paused ? tr("Resume") : tr("Pause"));
    m_pause->setToolTip(m_paused ? tr("Go on (Ctrl+F5)") : tr("Pause after the present batch and save (Ctrl+F5)"));
    m_step->setEnabled(state == State::Running || state == State::Paused);
    m_step->setToolTip(tr("Train on one batch, then pause (F10)"));
    m_stop->setEnabled(state == State::Running || state == State::Paused || state == State::Starting);
    m_stop->setToolTip(tr("Stop after the present batch and save; the run can be resumed later (Shift+F5)"));
    if (state == State::Starting) say(tr("Starting…"));
    if (state == State::Stopping) say(tr("Stopping…"));
    if (state == State::Idle && problem.isEmpty()) say(m_result, m_briefResult);
    if (state == State::Idle && !problem.isEmpty()) say(problem);
    recolour();
}

void RunBar::begin(const RunStarted& started) {
    m_untold.reset();
    m_result.clear();
    m_briefResult.clear();
    m_progress->setValue(0);
    m_progress->setFormat(tr("evaluating…"));
    m_threads = started.threads;
    QString text = tr("%L1 parameters, %2 training sequences   ·   %3")
                       .arg(static_cast<qlonglong>(started.parameters))
                       .arg(started.train_samples)
                       .arg(threadsText());
    if (!started.forked_from.empty())
        text += QStringLiteral("   ·   ") + forkText(started.forked_from, started.forked_epoch);
    say(text);
}

void RunBar::say(const QString& text, const QString& brief) {
    m_text->setText(text, brief);
    m_text->setToolTip(text);
}

QString RunBar::threadsText() const { return m_threads == 1 ? tr("1 thread") : tr("%1 threads").arg(m_threads); }

void RunBar::showProgress(const BatchProgress& progress) {
    m_untold = progress;
    if (m_pace.isActive() && !m_paused) return;
    drawProgress();
}

void RunBar::drawProgress() {
    if (!m_untold) return;
    m_pace.start();
    const BatchProgress progress = *std::exchange(m_untold, std::nullopt);
    const double done = progress.epoch - 1 + static_cast<double>(progress.batch) / std::max(1, progress.batches);
    m_progress->setValue(static_cast<int>(1000 * done / std::max(1, progress.epochs)));
    m_progress->setFormat(tr("epoch %1 of %2").arg(progress.epoch).arg(progress.epochs));
    keepFormatWidth();
    const QString separator = QStringLiteral("   ·   ");
    QStringList parts{tr("batch %1 of %2").arg(progress.batch).arg(progress.batches),
                      tr("%L1 samples/s on %2")
                          .arg(progress.samples_per_second, 0, 'f', progress.samples_per_second < 100 ? 1 : 0)
                          .arg(threadsText()),
                      tr("%1 left").arg(durationText(progress.seconds_left))};
    const QString whole = parts.join(separator);
    // Where there is little room, the time left is what counts.
    while (parts.size() > 1 && !m_text->fits(parts.join(separator))) parts.removeFirst();
    say(parts.join(separator));
    m_text->setToolTip(whole);
}

/// A text that does not fit would be broken into two lines.
void RunBar::keepFormatWidth() {
    const int needed = m_progress->fontMetrics().horizontalAdvance(m_progress->format()) + 24;
    if (m_progress->maximumWidth() < needed) m_progress->setMaximumWidth(needed);
    if (m_progress->minimumWidth() < needed) m_progress->setMinimumWidth(needed);
}

void RunBar::showEnd(const RunOutcome& outcome, int epochs) {
    m_untold.reset();
    const int done = outcome.status == RunStatus::finished ? epochs : outcome.last ? outcome.last->epoch : 0;
    m_progress->setValue(1000 * done / std::max(1, epochs));
    m_progress->setFormat(QString::fromStdString(to_string(outcome.status)));
    m_result.clear();
    m_briefResult.clear();
    if (outcome.best) {
        m_briefResult = tr("%1 % at epoch %2").arg(outcome.best->test.accuracy, 0, 'f', 2).arg(outcome.best->epoch);
        m_result = tr("best epoch %1: test accuracy %2 %, %L3 spikes per sample")
                       .arg(outcome.best->epoch)
                       .arg(outcome.best->test.accuracy, 0, 'f', 2)
                       .arg(outcome.best->test.sop, 0, 'f', 0);
    }
    say(m_result, m_briefResult);
}

void RunBar::recolour() {
    const QColor ink = palette().color(QPalette::ButtonText);
    m_start->setIcon(themedIcon(QStringLiteral("start"), QColor(0x1f9d6b)));
    m_pause->setIcon(themedIcon(m_paused ? QStringLiteral("start") : QStringLiteral("pause"), ink));
    m_step->setIcon(themedIcon(QStringLiteral("step"), ink));
    m_stop->setIcon(themedIcon(QStringLiteral("stop"), ink));
}

void RunBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange) recolour();
    // The parts hear of it after the whole.
    if (event->type() == QEvent::FontChange)
        QMetaObject::invokeMethod(
            this,
            [this] {
                keepPauseWidth();
                keepFormatWidth();
            },
            Qt::QueuedConnection);
    QToolBar::changeEvent(event);
}

}  // namespace resonate::app
