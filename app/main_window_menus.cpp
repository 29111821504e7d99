// app/main_window_menus.cpp: the menus of the window and the dialogs behind them.
#include <QActionGroup>
#include <QApplication>
#include <QDesktopServices>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QInputDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QStatusBar>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include "exports/view_exporter.h"
#include "main_window.h"
#include "panels/experiment_panel.h"
#include "panels/message_banner.h"
#include "panels/run_bar.h"
#include "panels/view_dock.h"
#include "resonate/config_io.h"
#include "resonate/datasets.h"
#include "resonate/experiment.h"
#include "views/membrane_view.h"

namespace resonate::app {
namespace {

QString presetFolder() { return QString::fromStdString(default_preset_folder().string()); }

}  // namespace

void MainWindow::buildMenus() {
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("&Open experiment…"), QKeySequence::Open, this, [this] {
        const QString chosen =
            QFileDialog::getOpenFileName(this, tr("Open experiment"), QString(), tr("Experiments (*.yaml *.yml)"));
        if (!chosen.isEmpty()) open(chosen);
    });
    file->addAction(tr("Open &run…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O), this, [this] {
        const QString chosen = QFileDialog::getExistingDirectory(this, tr("Open run folder"), runsDir());
        if (!chosen.isEmpty()) open(chosen);
    });
    file->addSeparator();
    file->addAction(tr("Save preset &as…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S), this, &MainWindow::saveAs);
    file->addAction(tr("&Import preset…"), this, &MainWindow::importPreset);
    file->addAction(tr("&Export preset…"), this, &MainWindow::exportPreset);
    file->addSeparator();
    file->addAction(tr("&Data folder…"), this, [this] {
        const QString chosen = QFileDialog::getExistingDirectory(this, tr("Folder with the data sets"), dataDir());
        if (chosen.isEmpty()) return;
        m_options.dataDir.reset();
        m_settings.setDataDir(chosen);
        m_experiment->setDataDir(chosen.toStdString());
    });
    file->addAction(tr("R&uns folder…"), this, [this] {
        const QString chosen = QFileDialog::getExistingDirectory(this, tr("Folder for runs"), runsDir());
        if (chosen.isEmpty()) return;
        m_options.runsDir.reset();
        m_settings.setRunsDir(chosen);
    });
    file->addAction(tr("Show runs folder"), this, [this] {
        QDir().mkpath(runsDir());
        QDesktopServices::openUrl(QUrl::fromLocalFile(runsDir()));
    });
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close);

    QMenu* run = menuBar()->addMenu(tr("&Run"));
    run->addActions({m_runBar->startAction(), m_runBar->pauseAction(), m_runBar->stopAction()});
    run->addSeparator();
    run->addAction(tr("&Resume an interrupted run…"), this, [this] {
        const QString chosen = QFileDialog::getExistingDirectory(this, tr("Run folder to go on with"), runsDir());
        if (!chosen.isEmpty()) open(chosen);
    });

    QMenu* view = menuBar()->addMenu(tr("&View"));
    int number = 1;
    for (ViewDock* dock : m_docks) {
        QAction* toggle = dock->toggleViewAction();
        toggle->setShortcut(QKeySequence(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_0 + number++)));
        view->addAction(toggle);
    }
    view->addSeparator();
    QAction* imaginary = view->addAction(tr("Show the &imaginary part v"));
    imaginary->setCheckable(true);
    connect(imaginary, &QAction::toggled, m_membranes, &MembraneView::setImaginaryShown);
    QMenu* exporting = view->addMenu(tr("&Export"));
    for (ViewDock* dock : m_docks)
        if (dock->exportMenu()) {
            QMenu* formats = exporting->addMenu(dock->windowTitle());
            formats->addActions(dock->exportMenu()->actions());
        }
    view->addSeparator();
    view->addAction(tr("&Reset layout"), this, &MainWindow::resetLayout);
    QMenu* themes = view->addMenu(tr("&Theme"));
    m_themes = new QActionGroup(this);
    const ThemeMode current = m_options.theme.value_or(m_settings.theme());
    const std::pair<ThemeMode, QString> modes[] = {
        {ThemeMode::System, tr("&System")}, {ThemeMode::Light, tr("&Light")}, {ThemeMode::Dark, tr("&Dark")}};
    for (const auto& [mode, name] : modes) {
        QAction* action = themes->addAction(name);
        action->setCheckable(true);
        action->setChecked(mode == current);
        action->setData(static_cast<int>(mode));
        m_themes->addAction(action);
        connect(action, &QAction::triggered, this, [this, mode = mode] { setTheme(mode); });
    }
    buildHelpMenu();
}

void MainWindow::buildHelpMenu() {
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Keys and mouse"), QKeySequence::HelpContents, this, &MainWindow::showShortcuts);
    help->addAction(tr("&About Resonate"), this, &MainWindow::showAbout);
}

void MainWindow::showShortcuts() {
    QString rows;
    const auto row = [&](const QString& key, const QString& meaning) {
        rows += QStringLiteral("<tr><td style='padding-right:18px'><b>%1</b></td><td>%2</td></tr>").arg(key, meaning);
    };
    const QList<QAction*> actions = findChildren<QAction*>();
    for (const QAction* action : actions)
        if (!action->shortcut().isEmpty() && !action->text().isEmpty())
            row(action->shortcut().toString(QKeySequence::NativeText), action->text().remove(QLatin1Char('&')));
    row(tr("Click on the raster"), tr("shows that neuron's membrane; Shift-click adds one"));
    row(tr("↑ ↓ on the raster"), tr("next neuron"));
    row(tr("← → on raster or membranes"), tr("moves the time cursor; with Shift by ten steps"));
    row(tr("Wheel, double click"), tr("zooms, shows all"));
    row(tr("Drag in the curves"), tr("zooms into the rectangle"));
    QDialog dialog(this);
    dialog.setWindowTitle(tr("Keys and mouse"));
    auto* layout = new QVBoxLayout(&dialog);
    auto* text = new QTextBrowser;
    text->setHtml(QStringLiteral("<table cellpadding='3'>%1</table>").arg(rows));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    layout->addWidget(text);
    layout->addWidget(buttons);
    dialog.resize(560, 480);
    dialog.exec();
}

void MainWindow::showAbout() {
    QMessageBox box(QMessageBox::NoIcon, tr("About Resonate"),
                    tr("<h3>Resonate %1</h3><p>A laboratory for resonate-and-fire spiking networks, after Higuchi, "
                       "Kairat, Bohté and Otte, \"Balanced Resonate-and-Fire Neurons\", ICML 2024.</p>"
                       "<p>Free software under the GNU General Public License, version 3 or later.</p>")
                        .arg(QString::fromStdString(program_version())),
                    QMessageBox::Ok, this);
    box.setIconPixmap(windowIcon().pixmap(64));
    box.setDetailedText(QString::fromStdString(version_text()) +
                        QStringLiteral("\nQt %1").arg(QLatin1String(qVersion())));
    box.exec();
}

void MainWindow::saveAs() {
    if (!m_experiment->fieldProblem().isEmpty()) {
        m_banner->showMessage(MessageBanner::Kind::Error, m_experiment->fieldProblem());
        return;
    }
    bool accepted = false;
    const QString name = QInputDialog::getText(this, tr("Save preset as"), tr("Name of the preset:"), QLineEdit::Normal,
                                               m_experiment->presetName() + tr("_mine"), &accepted);
    if (!accepted || name.trimmed().isEmpty()) return;
    const QString clean = name.trimmed().replace(QLatin1Char('/'), QLatin1Char('_'));
    for (const Preset& preset : list_presets())
        if (preset.file.empty() && preset.name == clean.toStdString()) {
            m_banner->showMessage(MessageBanner::Kind::Error,
                                  tr("%1 is a preset of the program; choose another name.").arg(clean));
            return;
        }
    const QString file = presetFolder() + QLatin1Char('/') + clean + QStringLiteral(".yaml");
    if (QFileInfo::exists(file) &&
        QMessageBox::question(this, tr("Replace the preset?"),
                              tr("You already have a preset named %1. Replace it?").arg(clean)) != QMessageBox::Yes)
        return;
    savePreset(file);
}

void MainWindow::importPreset() {
    const QString chosen =
        QFileDialog::getOpenFileName(this, tr("Import preset"), QString(), tr("Experiments (*.yaml *.yml)"));
    if (chosen.isEmpty()) return;
    guarded([&] {
        const ExperimentConfig config = load_experiment(chosen.toStdString());
        const QString name = QFileInfo(chosen).completeBaseName();
        std::filesystem::create_directories(default_preset_folder());
        save_experiment(config, default_preset_folder() / (name.toStdString() + ".yaml"));
        m_experiment->setPreset(name, config);
        m_experiment->reloadPresets();
    });
}

void MainWindow::exportPreset() {
    const QString chosen = QFileDialog::getSaveFileName(
        this, tr("Export preset"), m_experiment->presetName() + QStringLiteral(".yaml"), tr("Experiments (*.yaml)"));
    if (!chosen.isEmpty()) guarded([&] { save_experiment(m_experiment->config(), chosen.toStdString()); });
}

void MainWindow::importData() {
    const QString chosen = QFileDialog::getExistingDirectory(this, tr("Folder with the published files"));
    if (chosen.isEmpty()) return;
    const std::string name = m_experiment->config().dataset.name;
    statusBar()->showMessage(tr("Checking and copying…"));
    auto* watcher = new QFutureWatcher<QString>(this);
    connect(watcher, &QFutureWatcher<QString>::finished, this, [this, watcher] {
        statusBar()->clearMessage();
        if (const QString problem = watcher->result(); !problem.isEmpty())
            m_banner->showMessage(MessageBanner::Kind::Error, problem);
        m_experiment->setDataDir(dataDir().toStdString());
        watcher->deleteLater();
    });
    watcher->setFuture(QtConcurrent::run([name, from = chosen.toStdString(), to = dataDir().toStdString()] {
        try {
            import_dataset(name, from, to);
            return QString();
        } catch (const std::exception& error) {
            return QString::fromUtf8(error.what());
        }
    }));
}

void MainWindow::askForExport(ViewDock* dock, const QString& format) {
    if (format == QLatin1String("clipboard")) {
        guarded([&] {
            copyViewToClipboard(*dock->view(), {});
            statusBar()->showMessage(tr("Copied: %1").arg(dock->windowTitle()), 5000);
        });
        return;
    }
    const QString name = QFileInfo(m_runFolder).fileName() + QLatin1Char('-') + dock->objectName();
    QString chosen =
        QFileDialog::getSaveFileName(this, tr("Export %1").arg(dock->windowTitle().toLower()),
                                     m_settings.exportFolder() + QLatin1Char('/') + name + QLatin1Char('.') + format,
                                     tr("%1 file (*.%2)").arg(format.toUpper(), format));
    if (chosen.isEmpty()) return;
    if (QFileInfo(chosen).suffix().isEmpty()) chosen += QLatin1Char('.') + format;
    m_settings.setExportFolder(QFileInfo(chosen).path());
    exportTo(dock, chosen);
}

}  // namespace resonate::app
