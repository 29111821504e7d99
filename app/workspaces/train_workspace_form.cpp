// app/workspaces/train_workspace_form.cpp: the menus of Train, its presets and what its form asks for.
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>
#include <QUndoStack>

#include "panels/ask_text.h"
#include "panels/experiment_panel.h"
#include "panels/help_strip.h"
#include "panels/preset_gallery.h"
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
    fileAction(tr("&Open experiment…"), QKeySequence::Open, [this] {
        const QString chosen =
            QFileDialog::getOpenFileName(this, tr("Open experiment"), QString(),
                                         tr("Experiments, figures, checkpoints (*.yaml *.yml *.png *.svg *.pdf *.pt)") +
                                             QStringLiteral(";;") + tr("All files (*)"));
        if (!chosen.isEmpty()) open(chosen);
    });
    fileAction(tr("Open &run…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), [this] {
        const QString chosen = QFileDialog::getExistingDirectory(this, tr("Open run folder"), context()->runsDir());
        if (!chosen.isEmpty()) open(chosen);
    });
    parts.file->insertSeparator(before);
    fileAction(tr("Preset &gallery…"), QKeySequence(Qt::CTRL | Qt::Key_P), [this] { openGallery(); });
    fileAction(tr("Save preset &as…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), [this] { saveAs(); });
    fileAction(tr("&Import preset…"), {}, [this] { importPreset(); });
    fileAction(tr("&Export preset…"), {}, [this] { exportPreset(); });
    parts.file->insertSeparator(before);

    addEditMenu(parts.menus);
    QMenu* run = parts.menus->addMenu(tr("&Run"));
    run->addActions({m_runBar->startAction(), m_runBar->pauseAction(), m_runBar->stepAction(), m_runBar->stopAction()});
    run->addSeparator();
    run->addAction(tr("&Resume an interrupted run…"), this, &TrainWorkspace::chooseRunToResume);
    addReplayActions(run, parts.view);

    Workspace::furnish(parts);
    QAction* imaginary = parts.view->addAction(tr("Show the &imaginary part v"));
    imaginary->setCheckable(true);
    connect(imaginary, &QAction::toggled, m_live->membranes, &MembraneView::setImaginaryShown);
    QAction* overlaid = parts.view->addAction(tr("&Overlay the membranes"));
    overlaid->setCheckable(true);
    connect(overlaid, &QAction::toggled, m_live->membranes, &MembraneView::setOverlaid);
    addOwnActions({imaginary, overlaid});

    parts.status->addWidget(m_stateLabel);
    parts.status->addPermanentWidget(m_runLabel);
    parts.status->addPermanentWidget(m_dataLabel);
}

void TrainWorkspace::connectForm() {
    connect(m_experiment, &ExperimentPanel::configChanged, this, &TrainWorkspace::refreshState);
    connect(m_experiment, &ExperimentPanel::presetChosen, this, &TrainWorkspace::choosePreset);
    connect(m_experiment, &ExperimentPanel::galleryRequested, this, &TrainWorkspace::openGallery);
    connect(m_experiment, &ExperimentPanel::changeWanted, m_presenter, &TrainingPresenter::change);
    connect(m_presenter, &TrainingPresenter::changeRefused, m_experiment, &ExperimentPanel::showRefusal);
    connect(m_presenter, &TrainingPresenter::changed, m_experiment, [this](const RunChange& change) {
        m_experiment->showRunChange(QString::fromStdString(change.path), QString::fromStdString(change.to));
    });
    m_experiment->helpStrip()->setUnfolded(context()->settings().formHelpShown());
    connect(m_experiment->helpStrip(), &HelpStrip::foldChanged, this,
            [this](bool unfolded) { context()->settings().setFormHelpShown(unfolded); });
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

void TrainWorkspace::openGallery() {
    PresetGallery gallery(context()->dataDir().toStdString(), m_experiment->presetName(), this);
    connect(&gallery, &PresetGallery::presetRenamed, m_experiment, &ExperimentPanel::renamePreset);
    if (gallery.exec() == QDialog::Accepted && !gallery.chosenPreset().isEmpty()) choosePreset(gallery.chosenPreset());
}

void TrainWorkspace::addEditMenu(QMenuBar* menus) {
    QMenu* menu = menus->addMenu(tr("&Edit"));
    QUndoStack* stack = m_experiment->undoStack();
    QAction* undo = stack->createUndoAction(this, tr("&Undo"));
    QAction* redo = stack->createRedoAction(this, tr("&Redo"));
    undo->setShortcut(QKeySequence::Undo);
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    auto* reset = new QAction(tr("Reset all to the &preset"), this);
    connect(reset, &QAction::triggered, m_experiment, &ExperimentPanel::resetAll);
    const auto refresh = [this, reset] { reset->setEnabled(!m_experiment->differences().isEmpty()); };
    connect(m_experiment, &ExperimentPanel::configChanged, reset, refresh);
    refresh();
    connect(m_experiment, &ExperimentPanel::editsReplaced, undo, [this, undo](const QString& name) {
        Q_EMIT context()->undoableDone(tr("Your edited experiment %1 can be brought back with Undo.").arg(name), undo);
    });
    menu->addActions({undo, redo});
    menu->addSeparator();
    menu->addAction(reset);
    addOwnActions({menu->menuAction(), undo, redo, reset});
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
    const std::optional<QString> name =
        askText(this, tr("Save preset as"), tr("Name of the preset:"), m_experiment->presetName() + tr("_mine"));
    if (!name || name->trimmed().isEmpty()) return;
    const QString clean = name->trimmed().replace(QLatin1Char('/'), QLatin1Char('_'));
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

/// Lists leave them out.
void TrainWorkspace::tellUnreadablePresets() {
    for (const QFileInfo& file : QDir(presetFolder()).entryInfoList({QStringLiteral("*.yaml")}, QDir::Files))
        context()->guarded([&] { load_experiment(file.filePath().toStdString()); });
}

}  // namespace resonate::app
