// app/panels/study_queue_panel.cpp: see study_queue_panel.h.
#include "panels/study_queue_panel.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "models/study_member_model.h"
#include "models/text.h"
#include "panels/letter_columns.h"
#include "session/study_queue.h"
#include "session/window_context.h"

namespace resonate::app {

StudyQueuePanel::StudyQueuePanel(WindowContext* context, StudyQueue* queue, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_queue(queue),
      m_text(new QLabel),
      m_bar(new QProgressBar),
      m_pause(new QPushButton(tr("&Pause"))),
      m_cancel(new QPushButton(tr("&Cancel"))),
      m_continue(new QPushButton(tr("C&ontinue"))),
      m_table(new QTableView) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 6, 8, 6);
    auto* row = new QHBoxLayout;
    m_bar->setMinimumWidth(120);
    m_bar->setMaximumWidth(220);
    m_bar->setAccessibleName(tr("Progress of the study"));
    row->addWidget(m_bar);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_text->setTextFormat(Qt::PlainText);
    row->addWidget(m_text, 1);
    m_cancel->setToolTip(tr("Save and end the running trainings; Continue goes on where they stopped"));
    m_continue->setToolTip(tr("Go on with what is not done; finished runs are not run again"));
    for (QPushButton* button : {m_continue, m_pause, m_cancel}) row->addWidget(button);
    column->addLayout(row);
    m_table->setModel(new StudyMemberModel(queue, this));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setAccessibleName(tr("Runs of the study"));
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->horizontalHeader()->setHighlightSections(false);
    new LetterColumns(m_table, {32, 16, 11, 9, 11, 13, 20});
    column->addWidget(m_table, 1);

    connect(m_pause, &QPushButton::clicked, this,
            [this] { m_queue->state() == StudyQueue::State::Paused ? m_queue->resume() : m_queue->pause(); });
    connect(m_cancel, &QPushButton::clicked, m_queue, &StudyQueue::cancel);
    connect(m_continue, &QPushButton::clicked, this, &StudyQueuePanel::goOn);
    connect(m_table, &QTableView::activated, this, [this](const QModelIndex& index) {
        const MemberState& member = m_queue->members()[static_cast<size_t>(index.row())];
        if (!member.run.empty())
            Q_EMIT runActivated(QString::fromStdString((m_queue->runsDir() / member.run).string()));
    });
    connect(m_queue, &StudyQueue::stateChanged, this, &StudyQueuePanel::refresh);
    connect(m_queue, &StudyQueue::membersChanged, this, &StudyQueuePanel::refresh);
    connect(m_queue, &StudyQueue::memberChanged, this, &StudyQueuePanel::refresh);
    connect(m_queue, &StudyQueue::problemRaised, context, &WindowContext::errorRaised);
    connect(m_queue, &StudyQueue::ended, this, [this](bool started) {
        m_stored = started;
        refresh();
        if (!started) Q_EMIT m_context->errorRaised(m_queue->sentence());
        if (std::exchange(m_closing, false)) Q_EMIT closeReady();
    });
    offerUnfinished();
    refresh();
}

QString StudyQueuePanel::text() const { return m_text->text(); }

/// A window that was closed or killed in the middle of a study finds it again.
void StudyQueuePanel::offerUnfinished() {
    for (const StoredStudy& study : stored_studies(m_context->runsDir().toStdString())) {
        const StudyProgress progress = progressOf(study.members);
        if (!study.problem.empty() || study.active || progress.ended() - progress.failed >= progress.total) continue;
        showStored(study);
        return;
    }
}

void StudyQueuePanel::showStored(const StoredStudy& study) {
    if (m_queue->isBusy()) return;
    m_queue->show(study);
    m_stored = !study.active && study.problem.empty();
    refresh();
}

void StudyQueuePanel::goOn() {
    StudyOptions options;
    options.data_dir = m_context->dataDir().toStdString();
    options.runs_dir = m_queue->runsDir();
    options.resume = true;
    options.skip_missing = m_queue->progress().skipped > 0;
    const StudyConfig study = m_queue->study();
    m_queue->start(study, options);
}

void StudyQueuePanel::refresh() {
    using State = StudyQueue::State;
    const State state = m_queue->state();
    const StudyProgress& progress = m_queue->progress();
    const QString title =
        QString::fromStdString(m_queue->study().title.empty() ? m_queue->study().name : m_queue->study().title);
    double epochs = 0, done = 0;
    for (const MemberState& member : m_queue->members()) {
        if (member.status == MemberStatus::skipped) continue;
        epochs += std::max(1, member.epochs);
        const bool ended = member.status == MemberStatus::finished || member.status == MemberStatus::diverged ||
                           member.status == MemberStatus::failed;
        done += ended ? std::max(1, member.epochs) : member.epochs_done;
    }
    m_bar->setRange(0, 1000);
    m_bar->setValue(epochs > 0 ? static_cast<int>(1000 * done / epochs) : 0);
    m_bar->setVisible(progress.total > 0);
    QString text;
    if (progress.total > 0) {
        text = tr("%1: %2 of %3 finished").arg(title).arg(progress.finished).arg(runsMeant(progress));
        if (progress.running > 0) text += tr("   ·   %1 running").arg(progress.running);
        if (progress.diverged > 0) text += tr("   ·   %1 diverged").arg(progress.diverged);
        if (progress.failed > 0) text += tr("   ·   %1 failed").arg(progress.failed);
        if (progress.skipped > 0) text += tr("   ·   %1 left out").arg(progress.skipped);
    }
    if (state == State::Starting) text = tr("%1: starting…").arg(title);
    if (state == State::Paused) text += progress.running > 0 ? tr("   ·   saving…") : tr("   ·   paused");
    if (state == State::Stopping) text += tr("   ·   saving what runs…");
    if (state == State::Running && progress.seconds_left)
        text += tr("   ·   about %1 left").arg(durationText(*progress.seconds_left));
    const bool unfinished = progress.ended() - progress.failed < progress.total;
    if (state == State::Idle && progress.total == 0)
        text = m_queue->sentence().isEmpty() ? tr("No study is under way: choose one in Studies and press Start.")
                                             : m_queue->sentence();
    else if (state == State::Idle && unfinished)
        text += tr("   ·   not done: Continue goes on with it");
    m_text->setText(text);
    m_text->setToolTip(text);
    m_pause->setVisible(state != State::Idle);
    m_pause->setEnabled(state == State::Running || state == State::Paused || state == State::Starting);
    m_pause->setText(state == State::Paused ? tr("&Resume") : tr("&Pause"));
    m_pause->setToolTip(state == State::Paused
                            ? tr("Go on with the runs, bit by bit where they stopped")
                            : tr("Save and end the running trainings, which frees cores and memory; no other begins"));
    m_cancel->setVisible(state != State::Idle);
    m_cancel->setEnabled(state != State::Stopping);
    m_continue->setVisible(state == State::Idle && m_stored && progress.total > 0 && unfinished);
}

bool StudyQueuePanel::askToClose() {
    if (!m_queue->isBusy()) return true;
    if (m_closing) return false;
    QMessageBox question(QMessageBox::Question, tr("A study is running"),
                         tr("%1 of %2 runs are done. Closing saves and ends those that run; the next start offers to "
                            "go on with the study.")
                             .arg(m_queue->progress().ended() - m_queue->progress().skipped)
                             .arg(runsMeant(m_queue->progress())),
                         QMessageBox::NoButton, this);
    QAbstractButton* close = question.addButton(tr("Save and close"), QMessageBox::AcceptRole);
    question.addButton(tr("Keep running"), QMessageBox::RejectRole);
    question.exec();
    if (question.clickedButton() != close) return false;
    if (!m_queue->isBusy()) return true;
    m_closing = true;
    m_queue->cancel();
    return false;
}

}  // namespace resonate::app
