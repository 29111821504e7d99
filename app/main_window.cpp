// app/main_window.cpp: see main_window.h.
#include "main_window.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QMessageBox>
#include <QStatusBar>
#include <QTimer>
#include <QVBoxLayout>

#include "exports/view_exporter.h"
#include "panels/experiment_panel.h"
#include "panels/message_banner.h"
#include "panels/run_bar.h"
#include "panels/view_dock.h"
#include "resonate/config_io.h"
#include "resonate/datasets.h"
#include "resonate/error.h"
#include "resonate/run_store.h"
#include "style/icons.h"
#include "views/curves_view.h"
#include "views/membrane_view.h"
#include "views/raster_view.h"

namespace resonate::app {

MainWindow::MainWindow(const WindowOptions& options, QWidget* parent)
    : QMainWindow(parent),
      m_options(options),
      m_presenter(new TrainingPresenter(this)),
      m_link(new ViewLink(this)),
      m_experiment(new ExperimentPanel),
      m_runBar(new RunBar(this)),
      m_banner(new MessageBanner),
      m_curves(new CurvesView),
      m_raster(new RasterView(m_link)),
      m_membranes(new MembraneView(m_link)),
      m_stateLabel(new QLabel),
      m_dataLabel(new QLabel),
      m_runLabel(new QLabel) {
    setWindowTitle(tr("Resonate"));
    setWindowIcon(applicationIcon());
    resize(1440, 900);
    applyTheme(*qApp, m_options.theme.value_or(m_settings.theme()));
    m_experiment->setDataDir(dataDir().toStdString());
    buildViews();
    buildMenus();
    connectPresenter();

    m_firstLayout = saveState();
    restoreGeometry(m_settings.geometry());
    if (!m_settings.layout().isEmpty() && !restoreState(m_settings.layout())) resetLayout();
    choosePreset(QString::fromLatin1(default_preset_name));
    if (const QString yaml = m_settings.experiment(); !yaml.isEmpty()) {
        try {
            const ExperimentConfig last = parse_experiment(yaml.toStdString(), "last experiment");
            m_experiment->setPreset(m_settings.presetName(), last);
        } catch (const ConfigError&) {
            // Written by another version: the default experiment is a good start.
            choosePreset(QString::fromLatin1(default_preset_name));
        }
    }
    if (!m_settings.complaint().isEmpty()) m_banner->showMessage(MessageBanner::Kind::Notice, m_settings.complaint());
    refreshState();
}

MainWindow::~MainWindow() {
    // Docks tell that they vanish when QWidget deletes them; by then nothing of this class is left to listen.
    for (ViewDock* dock : m_docks) dock->disconnect(this);
}

QString MainWindow::dataDir() const { return m_options.dataDir.value_or(m_settings.dataDir()); }
QString MainWindow::runsDir() const { return m_options.runsDir.value_or(m_settings.runsDir()); }

RunOptions MainWindow::runOptions() const {
    RunOptions options;
    options.data_dir = dataDir().toStdString();
    options.runs_dir = runsDir().toStdString();
    options.threads = m_options.threads;
    return options;
}

void MainWindow::buildViews() {
    setDockNestingEnabled(true);
    addToolBar(Qt::TopToolBarArea, m_runBar);

    auto* workspaces = new QToolBar(tr("Workspaces"), this);
    workspaces->setObjectName(QStringLiteral("workspaces"));
    workspaces->setMovable(false);
    workspaces->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    workspaces->setIconSize({24, 24});
    QAction* train = workspaces->addAction(themedIcon(QStringLiteral("train"), QColor(0x2f86c4)), tr("Train"));
    train->setCheckable(true);
    train->setChecked(true);
    train->setToolTip(tr("Train a network and watch it learn"));
    connect(train, &QAction::triggered, train, [train] { train->setChecked(true); });
    addToolBar(Qt::LeftToolBarArea, workspaces);

    auto* experiment = new ViewDock(tr("Experiment"), QStringLiteral("experiment"), m_experiment, nullptr, this);
    auto* curves = new ViewDock(tr("Curves"), QStringLiteral("curves"), m_curves, m_curves, this);
    auto* raster = new ViewDock(tr("Spike raster"), QStringLiteral("raster"), m_raster, m_raster, this);
    auto* membranes = new ViewDock(tr("Membranes"), QStringLiteral("membranes"), m_membranes, m_membranes, this);
    m_docks = {experiment, curves, raster, membranes};

    // The views live in docks around a centre that only ever holds the message banner.
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_banner);
    centre->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setCentralWidget(centre);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    addDockWidget(Qt::LeftDockWidgetArea, experiment);
    addDockWidget(Qt::BottomDockWidgetArea, curves);
    splitDockWidget(curves, raster, Qt::Vertical);
    splitDockWidget(raster, membranes, Qt::Vertical);
    resizeDocks({experiment}, {350}, Qt::Horizontal);
    resizeDocks({curves, raster, membranes}, {230, 290, 320}, Qt::Vertical);
    for (ViewDock* dock : m_docks) {
        connect(dock, &ViewDock::exportRequested, this,
                [this, dock](const QString& format) { askForExport(dock, format); });
        connect(dock, &QDockWidget::visibilityChanged, this, &MainWindow::updateProbeWanted);
    }
    connect(m_raster, &TimePlot::visibleStepsChanged, m_membranes, &TimePlot::setVisibleSteps);
    connect(m_membranes, &TimePlot::visibleStepsChanged, m_raster, &TimePlot::setVisibleSteps);

    statusBar()->addWidget(m_stateLabel);
    statusBar()->addPermanentWidget(m_runLabel);
    statusBar()->addPermanentWidget(m_dataLabel);
}

ViewDock* MainWindow::dockOf(const QString& name) const {
    for (ViewDock* dock : m_docks)
        if (dock->objectName() == name) return dock;
    return nullptr;
}

void MainWindow::connectPresenter() {
    connect(m_presenter, &TrainingPresenter::stateChanged, this, &MainWindow::refreshState);
    connect(m_presenter, &TrainingPresenter::started, this, [this](const RunStarted& started) {
        m_runFolder = QString::fromStdString(started.folder.string());
        m_runLabel->setText(QString::fromStdString(started.run_id));
        m_runLabel->setToolTip(m_runFolder);
        m_runBar->begin(started);
        showClassNames(started.config.dataset.name);
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
    connect(m_presenter, &TrainingPresenter::ended, this, &MainWindow::showEnd);
    connect(m_experiment, &ExperimentPanel::configChanged, this, &MainWindow::refreshState);
    connect(m_experiment, &ExperimentPanel::presetChosen, this, &MainWindow::choosePreset);
    connect(m_experiment, &ExperimentPanel::saveAsRequested, this, &MainWindow::saveAs);
    connect(m_experiment, &ExperimentPanel::saveRequested, this, [this] {
        const QString name = m_experiment->presetName();
        for (const Preset& preset : list_presets())
            if (!preset.file.empty() && preset.name == name.toStdString()) {
                savePreset(QString::fromStdString(preset.file.string()));
                return;
            }
        saveAs();  // a shipped preset is never overwritten
    });
    connect(m_experiment, &ExperimentPanel::importDataRequested, this, &MainWindow::importData);
    connect(m_runBar->startAction(), &QAction::triggered, this, &MainWindow::start);
    connect(m_runBar->pauseAction(), &QAction::triggered, this, [this] {
        if (m_presenter->state() == TrainingPresenter::State::Paused)
            m_presenter->resume();
        else
            m_presenter->pause();
    });
    connect(m_runBar->stopAction(), &QAction::triggered, m_presenter, &TrainingPresenter::stop);
}

void MainWindow::showClassNames(const std::string& dataset) {
    QStringList names;
    for (const std::string& name : dataset_info(dataset).class_names) names.append(QString::fromStdString(name));
    m_raster->setClassNames(names);
}

void MainWindow::refreshState() {
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
    setWindowTitle(tr("%1%2 – Resonate")
                       .arg(QString::fromStdString(m_experiment->config().title),
                            m_experiment->isModified() ? QStringLiteral("*") : QString()));
}

void MainWindow::updateProbeWanted() {
    m_presenter->setProbeWanted(dockOf(QStringLiteral("raster"))->isInSight() ||
                                dockOf(QStringLiteral("membranes"))->isInSight());
}

void MainWindow::start() {
    if (m_presenter->isActive() || !m_experiment->problem().isEmpty()) return;
    m_banner->hide();
    m_link->setSelection({});
    m_presenter->start(m_experiment->config(), runOptions());
}

void MainWindow::resumeRun(const QString& folder) {
    if (m_presenter->isActive()) return;
    m_banner->hide();
    RunOptions options = runOptions();
    options.resume = folder.toStdString();
    m_presenter->start(m_experiment->config(), options);
}

void MainWindow::showEnd(const RunOutcome& outcome) {
    m_runBar->showEnd(outcome);
    refreshState();
    const QString message = QString::fromStdString(outcome.message);
    if (outcome.status == RunStatus::failed || outcome.status == RunStatus::diverged) {
        m_banner->showMessage(MessageBanner::Kind::Error, message);
        qWarning("%s", qUtf8Printable(message));
    } else {
        // What a stopped run says names the folder already.
        m_banner->showMessage(MessageBanner::Kind::Notice,
                              message.contains(m_runFolder)
                                  ? message
                                  : tr("%1 Saved in %2.").arg(message, QDir::toNativeSeparators(m_runFolder)));
    }
    if (m_closing) close();
}

void MainWindow::report(const std::exception& error) {
    m_banner->showMessage(MessageBanner::Kind::Error, QString::fromUtf8(error.what()));
    qWarning("%s", error.what());
}

void MainWindow::guarded(const std::function<void()>& action) {
    try {
        action();
    } catch (const std::exception& error) {
        report(error);
    }
}

void MainWindow::choosePreset(const QString& name) {
    guarded([&] { m_experiment->setPreset(name, load_preset(name.toStdString())); });
}

void MainWindow::open(const QString& what) {
    guarded([&] {
        if (QFileInfo(what).isDir())
            openRun(what);
        else
            m_experiment->setPreset(QFileInfo(what).completeBaseName(), load_preset(what.toStdString()));
    });
}

void MainWindow::openRun(const QString& folder) {
    if (m_presenter->isActive())
        throw RunError(tr("A training is running: stop it before opening a run.").toStdString());
    const StoredRun run = open_run(folder.toStdString());
    m_experiment->setPreset(QString(), run.config);
    m_runFolder = QString::fromStdString(run.folder.string());
    m_runLabel->setText(QString::fromStdString(run.id));
    showClassNames(run.config.dataset.name);
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

bool MainWindow::savePreset(const QString& file) {
    try {
        std::filesystem::create_directories(std::filesystem::path(file.toStdString()).parent_path());
        save_experiment(m_experiment->config(), file.toStdString());
        m_experiment->setPreset(QFileInfo(file).completeBaseName(), m_experiment->config());
        m_experiment->reloadPresets();
        return true;
    } catch (const std::exception& error) {
        report(error);
        return false;
    }
}

void MainWindow::exportTo(ViewDock* dock, const QString& file) {
    guarded([&] {
        ExportOptions options;
        options.runId = QFileInfo(m_runFolder).fileName();
        exportView(*dock->view(), file, options);
        statusBar()->showMessage(tr("Written: %1").arg(QDir::toNativeSeparators(file)), 8000);
    });
}

void MainWindow::setTheme(ThemeMode mode) {
    applyTheme(*qApp, mode);
    m_settings.setTheme(mode);
    if (m_themes)
        for (QAction* action : m_themes->actions())
            action->setChecked(action->data().toInt() == static_cast<int>(mode));
}

void MainWindow::resetLayout() {
    restoreState(m_firstLayout);
    for (ViewDock* dock : m_docks) dock->show();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_presenter->isActive()) {
        event->ignore();
        if (m_closing) return;
        QMessageBox question(QMessageBox::Question, tr("A training is running"),
                             tr("Stop it and close? It is saved first and can be resumed later."),
                             QMessageBox::NoButton, this);
        QAbstractButton* stop = question.addButton(tr("Stop and close"), QMessageBox::AcceptRole);
        question.addButton(tr("Keep training"), QMessageBox::RejectRole);
        question.exec();
        if (question.clickedButton() != stop) return;
        if (!m_presenter->isActive()) return QTimer::singleShot(0, this, &QWidget::close), void();
        // The window closes when the engine has saved; until then it stays responsive.
        m_closing = true;
        m_presenter->stop();
        return;
    }
    m_settings.storeWindow(saveGeometry(), saveState());
    m_settings.storeExperiment(QString::fromStdString(to_yaml(m_experiment->config())), m_experiment->presetName());
    event->accept();
}

}  // namespace resonate::app
