// app/workspaces/train_workspace_replay.cpp: Train's moments: the strip under the views, runs from disk, forks.
#include <QFileInfo>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QToolBar>

#include "models/text.h"
#include "panels/epoch_bar.h"
#include "panels/experiment_panel.h"
#include "panels/fork_dialog.h"
#include "panels/probe_picker.h"
#include "panels/resume_dialog.h"
#include "panels/run_bar.h"
#include "resonate/error.h"
#include "session/open_target.h"
#include "session/window_context.h"
#include "views/curves_view.h"
#include "views/output_view.h"
#include "views/parameter_view.h"
#include "workspaces/live_views.h"
#include "workspaces/probe_choice.h"
#include "workspaces/run_replay.h"
#include "workspaces/train_workspace.h"

namespace resonate::app {
namespace {

constexpr qint64 megabyte = 1000000;

}  // namespace

/// Under all views: which epoch of which test sequence they show.
void TrainWorkspace::buildReplay() {
    auto* strip = new QToolBar(tr("Epochs"), this);
    strip->setObjectName(QStringLiteral("epochBar"));
    strip->setMovable(false);
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(4, 0, 4, 0);
    row->setSpacing(14);
    row->addWidget(m_replay->bar(), 3);
    row->addWidget(m_probe->picker(), 2);
    strip->addWidget(box);
    addToolBar(Qt::BottomToolBarArea, strip);

    m_replay->store().setLimit(context()->settings().frameMegabytes() * megabyte);
    connect(m_replay->bar()->forkAction(), &QAction::triggered, this, &TrainWorkspace::fork);
    connect(m_replay, &RunReplay::momentChanged, this, &TrainWorkspace::refreshFork);
    connect(m_replay, &RunReplay::failed, context(), &WindowContext::errorRaised);
    connect(m_replay, &RunReplay::frameShown, this,
            [this](const SharedFrame& frame) { m_probe->describe(frame, m_replay->config().training); });
    connect(m_presenter, &TrainingPresenter::started, this, [this](const RunStarted& started) {
        m_probe->describe(nullptr, {});
        m_replay->begin(started);
        sayOrigin(started.forked_from, started.forked_epoch);
        refreshState();
    });
    connect(m_presenter, &TrainingPresenter::epochDone, m_replay, &RunReplay::addEpoch);
    connect(m_presenter, &TrainingPresenter::changed, m_replay, &RunReplay::addChange);
    connect(m_presenter, &TrainingPresenter::recorded, m_replay, &RunReplay::setRecorded);
    connect(m_presenter, &TrainingPresenter::frameArrived, m_replay, &RunReplay::takeFrame);
    connect(m_presenter, &TrainingPresenter::ended, m_replay, &RunReplay::end);
    connect(m_presenter, &TrainingPresenter::stateChanged, this, &TrainWorkspace::refreshFork);
    connect(m_runBar->stepAction(), &QAction::triggered, m_presenter, &TrainingPresenter::step);
    refreshFork();
}

void TrainWorkspace::addReplayActions(QMenu* run, QMenu* view) {
    run->addAction(m_replay->bar()->forkAction());
    QAction* memory = view->addAction(tr("&Memory for recorded epochs…"), this, &TrainWorkspace::askForMemory);
    addOwnActions({memory});
}

void TrainWorkspace::askForMemory() {
    constexpr int most = 64000;
    bool accepted = false;
    const int chosen = QInputDialog::getInt(
        this, tr("Memory for recorded epochs"),
        tr("Epochs that were looked at stay in memory, so that they show at once. Up to this many MB:"),
        context()->settings().frameMegabytes(), 1, most, 64, &accepted);
    if (!accepted) return;
    context()->settings().setFrameMegabytes(chosen);
    m_replay->store().setLimit(chosen * megabyte);
}

void TrainWorkspace::refreshFork() {
    QAction* fork = m_replay->bar()->forkAction();
    const bool any = m_replay->bar()->epoch() >= 0;
    fork->setEnabled(any && !m_presenter->isActive());
    const QString keys = fork->shortcut().toString(QKeySequence::NativeText);
    fork->setToolTip(!any ? tr("Fork: no epoch is recorded")
                     : m_presenter->isActive()
                         ? tr("Fork: stop the training first")
                         : tr("Start a new run from the weights of epoch %1, with the settings of "
                              "the form (%2)")
                               .arg(m_replay->bar()->epoch())
                               .arg(keys));
}

void TrainWorkspace::fork() {
    // An epoch that is typed but not sent yet is the one that is meant.
    m_replay->bar()->spin()->interpretText();
    const int epoch = m_replay->bar()->epoch();
    if (m_presenter->isActive() || epoch < 0) return;
    QString problem = m_experiment->problem();
    if (problem.isEmpty() && m_experiment->config().training.epochs <= epoch)
        problem = tr("%1 epochs are done at the fork, and the form asks for %2: raise Epochs in the form first.")
                      .arg(epoch)
                      .arg(m_experiment->config().training.epochs);
    ExperimentConfig run = m_replay->config();
    // Which sequence was looked at is no setting of a run.
    run.recording.probe_sample = m_experiment->config().recording.probe_sample;
    run.recording.follow_worst = m_experiment->config().recording.follow_worst;
    ForkDialog dialog(m_replay->runId(), epoch, run, m_experiment->config(), problem, this);
    if (dialog.exec() != QDialog::Accepted) return;
    Q_EMIT context()->messageSettled();
    RunOptions options = runOptions();
    options.fork = Fork{m_replay->folder(), epoch};
    m_presenter->start(m_experiment->config(), options);
}

/// Where a run came from stands with its name.
void TrainWorkspace::sayOrigin(const std::string& run, int epoch) {
    m_runLabel->setToolTip(run.empty() ? m_runFolder : m_runFolder + QLatin1Char('\n') + forkText(run, epoch));
    m_live->parameters->setFork(run.empty() ? std::nullopt : std::optional(epoch));
}

bool TrainWorkspace::showRun(const QString& folder, std::optional<int> epoch) {
    if (m_presenter->isActive())
        throw RunError(tr("A training is running: stop it before opening a run.").toStdString());
    const StoredRun run = open_run(folder.toStdString());
    m_experiment->setRun(run);
    m_runFolder = QString::fromStdString(run.folder.string());
    m_runLabel->setText(QString::fromStdString(run.id));
    sayOrigin(run.forked_from, run.forked_epoch);
    m_live->link->setSelection({});
    m_live->begin(run.config, run.metrics, run.step_order);
    lookUp(run.config.dataset);
    m_probe->describe(nullptr, {});
    m_replay->open(run);
    if (epoch) m_replay->show(*epoch);
    refreshState();
    if (run.status == RunStatus::running)
        throw RunError(tr("%1: another program is writing this run.").arg(folder).toStdString());
    RunOutcome outcome;
    outcome.status = run.status;
    for (const EpochMetrics& row : run.metrics)
        if (row.best) outcome.best = row;
    if (!run.metrics.empty()) outcome.last = run.metrics.back();
    m_runBar->showEnd(outcome, run.config.training.epochs);
    refreshState();
    const int done = outcome.last ? outcome.last->epoch : 0;
    return done < run.config.training.epochs && std::filesystem::exists(run.folder / "last.pt");
}

void TrainWorkspace::chooseRunToResume() {
    Q_EMIT context()->workspaceWanted(identity().name);
    if (m_presenter->isActive())
        return Q_EMIT context()->errorRaised(tr("A training is running: stop it before resuming another."));
    ResumeDialog dialog(context()->runs(), this);
    if (dialog.exec() != QDialog::Accepted || m_presenter->isActive()) return;
    context()->guarded([&] {
        showRun(dialog.folder(), std::nullopt);
        resumeRun(dialog.folder());
    });
}

void TrainWorkspace::openRun(const QString& folder, std::optional<int> epoch) {
    if (!showRun(folder, epoch)) return;
    const ExperimentConfig& config = m_replay->config();
    QMessageBox question(QMessageBox::Question, tr("Resume this run?"),
                         tr("This run stopped after epoch %1 of %2. Go on with it?")
                             .arg(m_live->curves->epochCount() - 1)
                             .arg(config.training.epochs),
                         QMessageBox::NoButton, this);
    QAbstractButton* resume = question.addButton(tr("Resume"), QMessageBox::AcceptRole);
    question.addButton(tr("Only look"), QMessageBox::RejectRole);
    question.exec();
    if (question.clickedButton() == resume) resumeRun(folder);
}

void TrainWorkspace::showDrawn(const OpenTarget& figure) {
    const NetworkConfig& network = m_replay->config().network;
    QList<int> neurons = figure.neurons;
    neurons.removeIf([&](int neuron) { return neuron >= network.hidden_size + network.second_hidden_size; });
    m_live->link->setSelection(neurons);
    if (!figure.sample) return;
    // Of which sample the recorded frames are, the first that shows says: another one has to be computed.
    const auto show = [this, run = m_runFolder, sample = *figure.sample](const SharedFrame& frame) {
        if (run == m_runFolder && m_replay->isPast() && frame->sample != sample) m_replay->showSample(sample);
    };
    if (m_replay->frame())
        show(m_replay->frame());
    else
        connect(m_replay, &RunReplay::frameShown, this, show, Qt::SingleShotConnection);
}

QString TrainWorkspace::exportOrigin() const {
    const QString run = QFileInfo(m_runFolder).fileName();
    return m_replay->epoch() < 0 ? tr("run %1").arg(run) : tr("run %1, epoch %2").arg(run).arg(m_replay->epoch());
}

}  // namespace resonate::app
