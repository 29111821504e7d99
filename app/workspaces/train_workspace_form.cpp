// app/workspaces/train_workspace_form.cpp: the menus of Train, its presets and what its form asks for.
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>

#include "panels/experiment_panel.h"
#include "panels/run_bar.h"
#include "resonate/config_io.h"
#include "session/dataset_jobs.h"
#include "session/window_context.h"
#include "views/membrane_view.h"
#include "workspaces/live_views.h"
#include "workspaces/train_workspace.h"

namespace resonate::app {
namespace {

QString presetFolder() { return QString::fromStdString(default_preset_folder().string()); }

}  // namespace

void TrainWorkspace::furnish(const WindowParts& parts) {
    QAction* before = parts.file->actions().constFirst();
    const auto fileAction = [&](const QString& text, const QKeySequence& key, const std::function<void()>& act) {
        auto* action = new QAction(text, this);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, [this, act] {
            Q_EMIT context()->workspaceWanted(identity().name);
            act();
        });
        parts.file->insertAction(before, action);
    };
    const auto openRunFolder = [this](const QString& title) {
        const QString chosen = QFileDialog::getExistingDirectory(this, title, context()->runsDir());
        if (!chosen.isEmpty()) open(chosen);
    };
    fileAction(tr("&Open experiment…"), QKeySequence::Open, [this] {
        const QString chosen =
            QFileDialog::getOpenFileName(this, tr("Open experiment"), QString(), tr("Experiments (*.yaml *.yml)"));
        if (!chosen.isEmpty()) open(chosen);
    });
    fileAction(tr("Open &run…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
               [openRunFolder] { openRunFolder(tr("Open run folder")); });
    parts.file->insertSeparator(before);
    fileAction(tr("Save preset &as…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), [this] { saveAs(); });
    fileAction(tr("&Import preset…"), {}, [this] { importPreset(); });
    fileAction(tr("&Export preset…"), {}, [this] { exportPreset(); });
    parts.file->insertSeparator(before);

    QMenu* run = parts.menus->addMenu(tr("&Run"));
    run->addActions({m_runBar->startAction(), m_runBar->pauseAction(), m_runBar->stopAction()});
    run->addSeparator();
    run->addAction(tr("&Resume an interrupted run…"), this, [this, openRunFolder] {
        Q_EMIT context()->workspaceWanted(identity().name);
        openRunFolder(tr("Run folder to go on with"));
    });

    Workspace::furnish(parts);
    QAction* imaginary = parts.view->addAction(tr("Show the &imaginary part v"));
    imaginary->setCheckable(true);
    connect(imaginary, &QAction::toggled, m_live->membranes, &MembraneView::setImaginaryShown);
    addOwnActions({imaginary});

    parts.status->addWidget(m_stateLabel);
    parts.status->addPermanentWidget(m_runLabel);
    parts.status->addPermanentWidget(m_dataLabel);
}

void TrainWorkspace::connectForm() {
    connect(m_experiment, &ExperimentPanel::configChanged, this, &TrainWorkspace::refreshState);
    connect(m_experiment, &ExperimentPanel::presetChosen, this, &TrainWorkspace::choosePreset);
    connect(m_experiment, &ExperimentPanel::saveAsRequested, this, &TrainWorkspace::saveAs);
    connect(m_experiment, &ExperimentPanel::saveRequested, this, [this] {
        const QString name = m_experiment->presetName();
        for (const Preset& preset : list_presets())
            if (!preset.file.empty() && preset.name == name.toStdString()) {
                savePreset(QString::fromStdString(preset.file.string()));
                return;
            }
        saveAs();  // a shipped preset is never overwritten
    });
    connect(m_experiment, &ExperimentPanel::importDataRequested, this, &TrainWorkspace::importData);
    connect(m_experiment, &ExperimentPanel::openDataRequested, this,
            [this] { Q_EMIT context()->datasetWanted(m_experiment->config().dataset); });
    connect(context(), &WindowContext::datasetsChanged, this,
            [this] { m_experiment->setDataDir(context()->dataDir().toStdString()); });
    connect(context(), &WindowContext::experimentWanted, this,
            [this](const QString& preset, const ExperimentConfig& config) {
                m_experiment->setPreset(preset, config);
                Q_EMIT context()->workspaceWanted(identity().name);
            });
    connect(context(), &WindowContext::runWanted, this, [this](const QString& folder) {
        Q_EMIT context()->workspaceWanted(identity().name);
        open(folder);
    });
    connect(&context()->jobs(), &DatasetJobs::changed, this, [this] {
        const QString dataset = QString::fromStdString(m_experiment->config().dataset.name);
        const DatasetJobs::Job* job = context()->jobs().jobOf(dataset);
        m_experiment->setDataBusy(job && job->kind != DatasetJobs::Kind::Verify);
    });
}

void TrainWorkspace::choosePreset(const QString& name) {
    context()->guarded([&] { m_experiment->setPreset(name, load_preset(name.toStdString())); });
}

bool TrainWorkspace::savePreset(const QString& file) {
    return context()->guarded([&] {
        std::filesystem::create_directories(std::filesystem::path(file.toStdString()).parent_path());
        save_experiment(m_experiment->config(), file.toStdString());
        m_experiment->setPreset(QFileInfo(file).completeBaseName(), m_experiment->config());
        m_experiment->reloadPresets();
    });
}

void TrainWorkspace::saveAs() {
    if (!m_experiment->fieldProblem().isEmpty()) {
        Q_EMIT context()->errorRaised(m_experiment->fieldProblem());
        return;
    }
    bool accepted = false;
    const QString name = QInputDialog::getText(this, tr("Save preset as"), tr("Name of the preset:"), QLineEdit::Normal,
                                               m_experiment->presetName() + tr("_mine"), &accepted);
    if (!accepted || name.trimmed().isEmpty()) return;
    const QString clean = name.trimmed().replace(QLatin1Char('/'), QLatin1Char('_'));
    for (const Preset& preset : list_presets())
        if (preset.file.empty() && preset.name == clean.toStdString()) {
            Q_EMIT context()->errorRaised(tr("%1 is a preset of the program; choose another name.").arg(clean));
            return;
        }
    const QString file = presetFolder() + QLatin1Char('/') + clean + QStringLiteral(".yaml");
    if (QFileInfo::exists(file) &&
        QMessageBox::question(this, tr("Replace the preset?"),
                              tr("You already have a preset named %1. Replace it?").arg(clean)) != QMessageBox::Yes)
        return;
    savePreset(file);
}

void TrainWorkspace::importPreset() {
    const QString chosen =
        QFileDialog::getOpenFileName(this, tr("Import preset"), QString(), tr("Experiments (*.yaml *.yml)"));
    if (chosen.isEmpty()) return;
    context()->guarded([&] {
        const ExperimentConfig config = load_experiment(chosen.toStdString());
        const QString name = QFileInfo(chosen).completeBaseName();
        std::filesystem::create_directories(default_preset_folder());
        save_experiment(config, default_preset_folder() / (name.toStdString() + ".yaml"));
        m_experiment->setPreset(name, config);
        m_experiment->reloadPresets();
    });
}

void TrainWorkspace::exportPreset() {
    const QString chosen = QFileDialog::getSaveFileName(
        this, tr("Export preset"), m_experiment->presetName() + QStringLiteral(".yaml"), tr("Experiments (*.yaml)"));
    if (!chosen.isEmpty()) context()->guarded([&] { save_experiment(m_experiment->config(), chosen.toStdString()); });
}

void TrainWorkspace::importData() {
    const QString chosen = QFileDialog::getExistingDirectory(this, tr("Folder with the published files"));
    if (chosen.isEmpty()) return;
    Q_EMIT context()->messageSettled();
    context()->jobs().import(QString::fromStdString(m_experiment->config().dataset.name), chosen.toStdString());
}

}  // namespace resonate::app
