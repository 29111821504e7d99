// app/workspaces/train_workspace.cpp: see train_workspace.h.
#include "workspaces/train_workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>
#include <algorithm>
#include <iterator>
#include <utility>

#include "models/text.h"
#include "panels/experiment_form.h"
#include "panels/experiment_panel.h"
#include "panels/run_bar.h"
#include "panels/view_dock.h"
#include "resonate/config_io.h"
#include "resonate/datasets.h"
#include "resonate/error.h"
#include "resonate/experiment.h"
#include "resonate/run_store.h"
#include "session/dataset_lookup.h"
#include "session/open_target.h"
#include "session/window_context.h"
#include "views/activity_view.h"
#include "views/curves_view.h"
#include "views/input_view.h"
#include "views/membrane_view.h"
#include "views/output_view.h"
#include "views/parameter_view.h"
#include "views/phase_view.h"
#include "views/raster_view.h"
#include "workspaces/live_views.h"
#include "workspaces/probe_choice.h"
#include "workspaces/run_forecast.h"
#include "workspaces/run_replay.h"

namespace resonate::app {
namespace {

/// Docks whose views draw probe frames: frames are made while one of them is in sight.
constexpr const char* probeViews[] = {"activity", "parameters", "raster", "input", "output", "membranes", "phase"};

}  // namespace

TrainWorkspace::TrainWorkspace(WindowContext* context)
    : Workspace({QStringLiteral("train"), tr("Train"), tr("Train a network and watch it learn")}, context),
      m_presenter(new TrainingPresenter(this)),
      m_live(new LiveViews(this)),
      m_experiment(new ExperimentPanel),
      m_runBar(new RunBar(this)),
      m_lookup(new DatasetLookup(this)),
      m_replay(new RunReplay(
          m_live, [this] { return runOptions(); }, this)),
      m_probe(new ProbeChoice(m_experiment, m_presenter, m_replay, context, this)),
      m_stateLabel(new QLabel(this)),
      m_dataLabel(new QLabel(this)),
      m_runLabel(new QLabel(this)) {
    m_experiment->setDataDir(context->dataDir().toStdString());
    buildViews();
    connectPresenter();
    buildReplay();
    connectForm();
    restoreExperiment();
    m_experiment->undoStack()->clear();
    m_forecast = new RunForecast(
        m_experiment, m_presenter, [this] { return runOptions(); }, this);
    refreshState();
    // A killed program has lost the edits of the last moment, not those of the day.
    m_storeSoon.setSingleShot(true);
    m_storeSoon.setInterval(500);
    connect(&m_storeSoon, &QTimer::timeout, this, &TrainWorkspace::store);
    connect(m_experiment, &ExperimentPanel::configChanged, &m_storeSoon, qOverload<>(&QTimer::start));
}

void TrainWorkspace::buildViews() {
    addToolBar(Qt::TopToolBarArea, m_runBar);
    ViewDock* experiment = addView(tr("Experiment"), QStringLiteral("experiment"), m_experiment, nullptr);
    const auto add = [this](const QString& title, const char* name, auto* view) {
        return addView(title, QLatin1String(name), view, view);
    };
    ViewDock* curves = add(tr("Curves"), "curves", m_live->curves);
    ViewDock* raster = add(tr("Spike raster"), "raster", m_live->raster);
    add(tr("Membranes"), "membranes", m_live->membranes);
    add(tr("Input"), "input", m_live->input);
    add(tr("Phase plane"), "phase", m_live->phase);
    add(tr("Output"), "output", m_live->output);
    add(tr("Parameters"), "parameters", m_live->parameters);
    ViewDock* activity = add(tr("Activity"), "activity", m_live->activity);
    raster->addTitleWidget(m_live->order);

    leaveCentreEmpty();
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setDocumentMode(true);
    addDockWidget(Qt::LeftDockWidgetArea, experiment);
    arrangeViews();
    for (ViewDock* dock : docks())
        connect(dock, &QDockWidget::visibilityChanged, this, &TrainWorkspace::updateProbeWanted);
    // With larger letters the form needs more room; with smaller ones it gives it back.
    connect(m_experiment->findChild<ExperimentForm*>(), &ExperimentForm::fitted, this,
            [this, experiment, letters = m_experiment->font(), before = m_experiment->minimumWidth()]() mutable {
                const int now = m_experiment->minimumWidth();
                const int more = experiment->width() - std::exchange(before, now);
                if (std::exchange(letters, m_experiment->font()) == m_experiment->font()) return;
                if (more > 0 || experiment->width() > now)
                    resizeDocks({experiment}, {now + std::max(0, more)}, Qt::Horizontal);
            });
    connect(curves, &QDockWidget::visibilityChanged, m_live->curves, &CurvesView::wake);
    connect(activity, &QDockWidget::visibilityChanged, m_live->activity, &ActivityView::wake);
}

/// Over time above each other, so that the same instant is at the same place; the planes beside them.
void TrainWorkspace::arrangeViews() {
    const auto dock = [this](const char* name) { return dockOf(QLatin1String(name)); };
    addDockWidget(Qt::BottomDockWidgetArea, dock("curves"));
    splitDockWidget(dock("curves"), dock("raster"), Qt::Vertical);
    splitDockWidget(dock("raster"), dock("parameters"), Qt::Horizontal);
    splitDockWidget(dock("raster"), dock("membranes"), Qt::Vertical);
    splitDockWidget(dock("parameters"), dock("phase"), Qt::Vertical);
    tabifyDockWidget(dock("curves"), dock("activity"));
    tabifyDockWidget(dock("raster"), dock("input"));
    tabifyDockWidget(dock("input"), dock("output"));
    dock("curves")->raise();
    dock("raster")->raise();
}

void TrainWorkspace::sizeViews() {
    const auto dock = [this](const char* name) { return dockOf(QLatin1String(name)); };
    resizeDocks({dock("experiment")}, {350}, Qt::Horizontal);
    resizeDocks({dock("curves"), dock("raster"), dock("membranes")}, {31, 36, 33}, Qt::Vertical);
    resizeDocks({dock("parameters"), dock("phase")}, {36, 33}, Qt::Vertical);
    resizeDocks({dock("raster"), dock("parameters")}, {64, 36}, Qt::Horizontal);
}

/// Each stands behind the view it goes with, which keeps the place the user gave it.
void TrainWorkspace::adoptNewViews() {
    const std::pair<const char*, const char*> pairs[] = {{"curves", "activity"},
                                                         {"raster", "input"},
                                                         {"raster", "output"},
                                                         {"membranes", "phase"},
                                                         {"curves", "parameters"}};
    for (const auto& [known, added] : pairs) {
        ViewDock* before = dockOf(QLatin1String(known));
        const bool closed = before->isHidden();
        tabifyDockWidget(before, dockOf(QLatin1String(added)));
        dockOf(QLatin1String(added))->show();
        if (!closed) before->raise();
    }
}

CurvesView* TrainWorkspace::curves() const { return m_live->curves; }
RasterView* TrainWorkspace::raster() const { return m_live->raster; }
MembraneView* TrainWorkspace::membranes() const { return m_live->membranes; }
ViewLink* TrainWorkspace::link() const { return m_live->link; }

void TrainWorkspace::restoreExperiment() {
    choosePreset(QString::fromLatin1(default_preset_name));
    const QString yaml = context()->settings().experiment();
    if (yaml.isEmpty()) return;
    try {
        const ExperimentConfig last = parse_experiment(yaml.toStdString(), "last experiment");
        const QString base = context()->settings().experimentBase();
        m_experiment->setPreset(context()->settings().presetName(),
                                base.isEmpty() ? last : parse_experiment(base.toStdString(), "its preset"));
        m_experiment->takeEdits(last);
    } catch (const ConfigError&) {
        // Written by another version: the default experiment is a good start.
        choosePreset(QString::fromLatin1(default_preset_name));
    }
}

RunOptions TrainWorkspace::runOptions() const {
    RunOptions options;
    options.data_dir = context()->dataDir().toStdString();
    options.runs_dir = context()->runsDir().toStdString();
    options.threads = context()->threads();
    return options;
}

void TrainWorkspace::connectPresenter() {
    connect(m_presenter, &TrainingPresenter::stateChanged, this, &TrainWorkspace::refreshState);
    connect(m_presenter, &TrainingPresenter::started, this, [this](const RunStarted& started) {
        m_runFolder = QString::fromStdString(started.folder.string());
        context()->settings().addRecent(m_runFolder);
        m_runLabel->setText(QString::fromStdString(started.run_id));
        m_runBar->begin(started);
        m_live->begin(started.config, started.history, started.step_order);
        m_live->sayWhileEmpty(tr("Starting: the untrained network is tested, then its neurons appear here."));
        lookUp(started.config.dataset);
        m_experiment->setTraining(true, started.config);
        refreshState();
    });
    connect(m_presenter, &TrainingPresenter::batches, this, [this](const QList<BatchProgress>& all) {
        for (const BatchProgress& progress : all) m_live->curves->addBatch(progress);
        m_runBar->showProgress(all.constLast());
    });
    connect(m_presenter, &TrainingPresenter::epochDone, m_live, &LiveViews::addEpoch);
    connect(m_presenter, &TrainingPresenter::ended, this, &TrainWorkspace::showEnd);
    connect(m_runBar->startAction(), &QAction::triggered, this, &TrainWorkspace::start);
    connect(m_runBar->pauseAction(), &QAction::triggered, this, [this] {
        if (m_presenter->state() == TrainingPresenter::State::Paused)
            m_presenter->resume();
        else
            m_presenter->pause();
    });
    connect(m_runBar->stopAction(), &QAction::triggered, m_presenter, &TrainingPresenter::stop);
    connect(m_lookup, &DatasetLookup::found, this, [this] { m_live->setDataset(m_lookup->info()); });
}

void TrainWorkspace::lookUp(const DatasetConfig& dataset) {
    m_lookup->look(dataset);
    // Nothing is found anew where the run before had the same set.
    m_live->setDataset(m_lookup->info());
}

void TrainWorkspace::refreshState() {
    using State = TrainingPresenter::State;
    const State state = m_presenter->state();
    m_runBar->update(state, m_experiment->problem());
    if (!m_presenter->isActive()) m_experiment->setTraining(false, {});
    switch (state) {
        case State::Idle:
            m_stateLabel->setText(tr("Ready"));
            // Before the first run the views say how to fill them: not by Start, where that is impossible.
            if (m_runFolder.isEmpty())
                m_live->sayWhileEmpty(m_experiment->problem().isEmpty()
                                          ? QString()
                                          : tr("Start is not possible yet. %1").arg(m_experiment->problem()));
            break;
        case State::Starting:
            m_stateLabel->setText(tr("Starting"));
            m_live->sayWhileEmpty(tr("Starting: the data set is loaded, then this view begins."));
            break;
        case State::Running: m_stateLabel->setText(tr("Training")); break;
        case State::Paused: m_stateLabel->setText(tr("Paused, saved")); break;
        case State::Stopping: m_stateLabel->setText(tr("Stopping")); break;
    }
    // Beside the name of the run that shows stands its own data set, not that of the form.
    const ExperimentConfig& shown = m_runFolder.isEmpty() ? m_experiment->config() : m_replay->config();
    const DatasetInfo& info = dataset_info(shown.dataset.name);
    m_dataLabel->setText(QString::fromStdString(info.title));
    m_dataLabel->setToolTip(QString::fromStdString(info.description));
    Q_EMIT titleChanged();
}

QString TrainWorkspace::windowTitleText() const {
    const QString form = experimentName(m_experiment->config());
    const QString shown = m_runFolder.isEmpty() ? form : experimentName(m_replay->config());
    // The star tells of the form.
    const bool edited = m_experiment->isEdited() && shown == form;
    const QString experiment = shown + (edited ? QStringLiteral("*") : QString());
    return m_runFolder.isEmpty() ? experiment : tr("%1 – run %2").arg(experiment, exportStem());
}

void TrainWorkspace::updateProbeWanted() {
    const bool wanted = std::any_of(std::begin(probeViews), std::end(probeViews),
                                    [this](const char* name) { return dockOf(QLatin1String(name))->isInSight(); });
    m_presenter->setProbeWanted(wanted);
    m_replay->setInSight(wanted);
}

void TrainWorkspace::start() {
    if (m_presenter->isActive() || !m_experiment->problem().isEmpty()) return;
    Q_EMIT context()->workspaceWanted(identity().name);
    Q_EMIT context()->messageSettled();
    m_live->link->setSelection({});
    m_presenter->start(m_experiment->config(), runOptions());
}

void TrainWorkspace::resumeRun(const QString& folder) {
    if (m_presenter->isActive()) return;
    Q_EMIT context()->messageSettled();
    RunOptions options = runOptions();
    options.resume = folder.toStdString();
    m_presenter->start(m_experiment->config(), options);
}

void TrainWorkspace::showEnd(const RunOutcome& outcome) {
    m_runBar->showEnd(outcome, m_replay->config().training.epochs);
    m_live->sayWhileEmpty(QString());
    refreshState();
    const QString message = QString::fromStdString(outcome.message);
    if (outcome.status == RunStatus::failed || outcome.status == RunStatus::diverged) {
        // Under "Details": what a report of it needs.
        const QString folder = QDir::toNativeSeparators(QString::fromStdString(outcome.folder.string()));
        Q_EMIT context()->errorRaised(message +
                                      (folder.isEmpty() ? QString() : QLatin1Char('\n') + tr("Run: %1").arg(folder)) +
                                      QLatin1Char('\n') + QString::fromStdString(version_text()));
        qWarning("%s", qUtf8Printable(message));
    } else {
        // Its folder stands under "Details".
        const bool goesOn = outcome.status == RunStatus::stopped && !outcome.folder.empty();
        QString brief = message.section(QStringLiteral(". "), 0, 0);
        if (brief.endsWith(QLatin1Char('.'))) brief.chop(1);
        Q_EMIT context()->noticeRaised(goesOn ? tr("%1. Run → Resume an interrupted run goes on with it.").arg(brief) +
                                                    QLatin1Char('\n') + message
                                       : message.contains(m_runFolder)
                                           ? message
                                           : tr("%1 Saved in %2.").arg(message, QDir::toNativeSeparators(m_runFolder)));
    }
    if (std::exchange(m_closing, false)) Q_EMIT closePrepared();
}

void TrainWorkspace::open(const QString& what) {
    context()->guarded([&] {
        const OpenTarget target = openTarget(what, context()->runsDir());
        if (target.kind == OpenTarget::Kind::OwnData) {
            Q_EMIT context()->ownDataWanted(target.name, target.path);
            return;
        }
        Q_EMIT context()->workspaceWanted(identity().name);
        // Before what may ask, and before what may be found damaged: it is still what was wanted.
        const QFileInfo file(what);
        context()->settings().addRecent(file.exists() ? file.absoluteFilePath() : what);
        if (!target.note.isEmpty()) Q_EMIT context()->noticeRaised(target.note);
        if (target.kind == OpenTarget::Kind::Experiment) return m_experiment->setPreset(target.name, target.config);
        openRun(target.path, target.epoch);
        showDrawn(target);
    });
}

QString TrainWorkspace::exportStem() const { return QFileInfo(m_runFolder).fileName(); }

FigureRecord TrainWorkspace::exportRecord() const {
    if (m_runFolder.isEmpty()) return Workspace::exportRecord();
    const ProbeFrame* frame = m_live->frame().get();
    const int epoch = frame ? frame->epoch : static_cast<int>(m_live->curves->epochCount()) - 1;
    ExperimentConfig config = m_replay->config();
    if (frame) config.recording.probe_sample = frame->sample;
    FigureRecord record = recordOf(config, epoch);
    record.run = QFileInfo(m_runFolder).fileName();
    record.neurons = neuronsText(m_live->link->selection());
    return record;
}

bool TrainWorkspace::prepareClose() {
    if (!m_presenter->isActive()) return true;
    if (m_closing) return false;
    QMessageBox question(QMessageBox::Question, tr("A training is running"),
                         tr("Stop it and close? It is saved first and can be resumed later."), QMessageBox::NoButton,
                         this);
    QAbstractButton* stop = question.addButton(tr("Stop and close"), QMessageBox::AcceptRole);
    question.addButton(tr("Keep training"), QMessageBox::RejectRole);
    question.exec();
    if (question.clickedButton() != stop) return false;
    if (!m_presenter->isActive()) return true;
    // The window closes when the engine has saved; until then it stays responsive.
    m_closing = true;
    m_presenter->stop();
    return false;
}

void TrainWorkspace::store() {
    context()->settings().storeExperiment(QString::fromStdString(to_yaml(m_experiment->config())),
                                          m_experiment->presetName(),
                                          QString::fromStdString(to_yaml(m_experiment->preset())));
}

}  // namespace resonate::app
