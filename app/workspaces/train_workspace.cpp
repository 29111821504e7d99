// app/workspaces/train_workspace.cpp: see train_workspace.h.
#include "workspaces/train_workspace.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

#include "panels/experiment_panel.h"
#include "panels/run_bar.h"
#include "panels/view_dock.h"
#include "resonate/config_io.h"
#include "resonate/datasets.h"
#include "resonate/error.h"
#include "resonate/run_store.h"
#include "session/dataset_lookup.h"
#include "session/window_context.h"
#include "views/curves_view.h"
#include "views/membrane_view.h"
#include "views/raster_view.h"

namespace resonate::app {

TrainWorkspace::TrainWorkspace(WindowContext* context)
    : Workspace({QStringLiteral("train"), tr("Train"), tr("Train a network and watch it learn")}, context),
      m_presenter(new TrainingPresenter(this)),
      m_link(new ViewLink(this)),
      m_experiment(new ExperimentPanel),
      m_runBar(new RunBar(this)),
      m_curves(new CurvesView),
      m_raster(new RasterView(m_link)),
      m_membranes(new MembraneView(m_link)),
      m_lookup(new DatasetLookup(this)),
      m_stateLabel(new QLabel(this)),
      m_dataLabel(new QLabel(this)),
      m_runLabel(new QLabel(this)) {
    m_experiment->setDataDir(context->dataDir().toStdString());
    buildViews();
    connectPresenter();
    connectForm();
    restoreExperiment();
    refreshState();
}

void TrainWorkspace::buildViews() {
    addToolBar(Qt::TopToolBarArea, m_runBar);
    ViewDock* experiment = addView(tr("Experiment"), QStringLiteral("experiment"), m_experiment, nullptr);
    ViewDock* curves = addView(tr("Curves"), QStringLiteral("curves"), m_curves, m_curves);
    ViewDock* raster = addView(tr("Spike raster"), QStringLiteral("raster"), m_raster, m_raster);
    ViewDock* membranes = addView(tr("Membranes"), QStringLiteral("membranes"), m_membranes, m_membranes);

    leaveCentreEmpty();
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    addDockWidget(Qt::LeftDockWidgetArea, experiment);
    addDockWidget(Qt::BottomDockWidgetArea, curves);
    splitDockWidget(curves, raster, Qt::Vertical);
    splitDockWidget(raster, membranes, Qt::Vertical);
    resizeDocks({experiment}, {350}, Qt::Horizontal);
    resizeDocks({curves, raster, membranes}, {230, 290, 320}, Qt::Vertical);
    for (ViewDock* dock : docks())
        connect(dock, &QDockWidget::visibilityChanged, this, &TrainWorkspace::updateProbeWanted);
    connect(m_raster, &TimePlot::visibleStepsChanged, m_membranes, &TimePlot::setVisibleSteps);
    connect(m_membranes, &TimePlot::visibleStepsChanged, m_raster, &TimePlot::setVisibleSteps);
}

void TrainWorkspace::restoreExperiment() {
    choosePreset(QString::fromLatin1(default_preset_name));
    const QString yaml = context()->settings().experiment();
    if (yaml.isEmpty()) return;
    try {
        const ExperimentConfig last = parse_experiment(yaml.toStdString(), "last experiment");
        m_experiment->setPreset(context()->settings().presetName(), last);
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
        m_runLabel->setText(QString::fromStdString(started.run_id));
        m_runLabel->setToolTip(m_runFolder);
        m_runBar->begin(started);
        showClassNames(started.config.dataset);
        m_curves->begin(started.config, started.history);
        refreshState();
    });
    connect(m_presenter, &TrainingPresenter::batches, this, [this](const QList<BatchProgress>& all) {
        for (const BatchProgress& progress : all) m_curves->addBatch(progress);
        m_runBar->showProgress(all.constLast());
    });
    connect(m_presenter, &TrainingPresenter::epochDone, m_curves, &CurvesView::addEpoch);
    connect(m_presenter, &TrainingPresenter::frameArrived, this, [this](const SharedFrame& frame) {
        m_raster->setFrame(frame);
        m_membranes->setFrame(frame);
    });
    connect(m_presenter, &TrainingPresenter::ended, this, &TrainWorkspace::showEnd);
    connect(m_runBar->startAction(), &QAction::triggered, this, &TrainWorkspace::start);
    connect(m_runBar->pauseAction(), &QAction::triggered, this, [this] {
        if (m_presenter->state() == TrainingPresenter::State::Paused)
            m_presenter->resume();
        else
            m_presenter->pause();
    });
    connect(m_runBar->stopAction(), &QAction::triggered, m_presenter, &TrainingPresenter::stop);
    connect(m_lookup, &DatasetLookup::found, this, [this] {
        QStringList names;
        if (m_lookup->info())
            for (const std::string& name : m_lookup->info()->class_names) names.append(QString::fromStdString(name));
        m_raster->setClassNames(names);
    });
}

void TrainWorkspace::showClassNames(const DatasetConfig& dataset) { m_lookup->look(dataset); }

void TrainWorkspace::refreshState() {
    using State = TrainingPresenter::State;
    const State state = m_presenter->state();
    m_runBar->update(state, m_experiment->problem());
    m_experiment->setTraining(m_presenter->isActive());
    switch (state) {
        case State::Idle: m_stateLabel->setText(tr("Ready")); break;
        case State::Starting: m_stateLabel->setText(tr("Starting")); break;
        case State::Running: m_stateLabel->setText(tr("Training")); break;
        case State::Paused: m_stateLabel->setText(tr("Paused, saved")); break;
        case State::Stopping: m_stateLabel->setText(tr("Stopping")); break;
    }
    const DatasetInfo& info = dataset_info(m_experiment->config().dataset.name);
    m_dataLabel->setText(QString::fromStdString(info.title));
    m_dataLabel->setToolTip(QString::fromStdString(info.description));
    Q_EMIT titleChanged();
}

QString TrainWorkspace::windowTitleText() const {
    return QString::fromStdString(m_experiment->config().title) +
           (m_experiment->isModified() ? QStringLiteral("*") : QString());
}

void TrainWorkspace::updateProbeWanted() {
    m_presenter->setProbeWanted(dockOf(QStringLiteral("raster"))->isInSight() ||
                                dockOf(QStringLiteral("membranes"))->isInSight());
}

void TrainWorkspace::start() {
    if (m_presenter->isActive() || !m_experiment->problem().isEmpty()) return;
    Q_EMIT context()->workspaceWanted(identity().name);
    Q_EMIT context()->messageSettled();
    m_link->setSelection({});
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
    m_runBar->showEnd(outcome);
    refreshState();
    const QString message = QString::fromStdString(outcome.message);
    if (outcome.status == RunStatus::failed || outcome.status == RunStatus::diverged) {
        Q_EMIT context()->errorRaised(message);
        qWarning("%s", qUtf8Printable(message));
    } else {
        // What a stopped run says names the folder already.
        Q_EMIT context()->noticeRaised(message.contains(m_runFolder)
                                           ? message
                                           : tr("%1 Saved in %2.").arg(message, QDir::toNativeSeparators(m_runFolder)));
    }
    if (m_closing) Q_EMIT closePrepared();
}

void TrainWorkspace::open(const QString& what) {
    context()->guarded([&] {
        if (QFileInfo(what).isDir())
            openRun(what);
        else
            m_experiment->setPreset(QFileInfo(what).completeBaseName(), load_preset(what.toStdString()));
    });
}

void TrainWorkspace::openRun(const QString& folder) {
    if (m_presenter->isActive())
        throw RunError(tr("A training is running: stop it before opening a run.").toStdString());
    const StoredRun run = open_run(folder.toStdString());
    m_experiment->setPreset(QString(), run.config);
    m_runFolder = QString::fromStdString(run.folder.string());
    m_runLabel->setText(QString::fromStdString(run.id));
    showClassNames(run.config.dataset);
    m_curves->begin(run.config, run.metrics);
    if (run.status == RunStatus::running)
        throw RunError(tr("%1: another program is writing this run.").arg(folder).toStdString());
    const bool complete = !run.metrics.empty() && run.metrics.back().epoch >= run.config.training.epochs;
    if (complete || !std::filesystem::exists(run.folder / "last.pt")) return;
    QMessageBox question(QMessageBox::Question, tr("Resume this run?"),
                         tr("This run stopped after epoch %1 of %2. Go on with it?")
                             .arg(run.metrics.empty() ? 0 : run.metrics.back().epoch)
                             .arg(run.config.training.epochs),
                         QMessageBox::NoButton, this);
    QAbstractButton* resume = question.addButton(tr("Resume"), QMessageBox::AcceptRole);
    question.addButton(tr("Only look"), QMessageBox::RejectRole);
    question.exec();
    if (question.clickedButton() == resume) resumeRun(folder);
}

QString TrainWorkspace::exportStem() const { return QFileInfo(m_runFolder).fileName(); }

QString TrainWorkspace::exportOrigin() const { return tr("run %1").arg(QFileInfo(m_runFolder).fileName()); }

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
                                          m_experiment->presetName());
}

}  // namespace resonate::app
