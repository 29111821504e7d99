// app/workspaces/compare_workspace_menu.cpp: the menus of Compare, import of published curves, the table in a file.
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>

#include "models/text.h"
#include "panels/results_panel.h"
#include "panels/run_table.h"
#include "resonate/run_store.h"
#include "resonate/tensorboard.h"
#include "session/window_context.h"
#include "workspaces/compare_workspace.h"

namespace resonate::app {

void CompareWorkspace::furnish(const WindowParts& parts) {
    auto* importing = new QAction(tr("Import published &curves…"), this);
    importing->setToolTip(tr("Makes runs of TensorBoard event files, as the published code writes them"));
    connect(importing, &QAction::triggered, this, &CompareWorkspace::askForCurves);
    const QList<QAction*> file = parts.file->actions();
    QAction* before = file.isEmpty() ? nullptr : file.constLast();
    // Above the folders, where files are imported.
    for (QAction* action : file)
        if (action->isSeparator()) {
            before = action;
            break;
        }
    parts.file->insertAction(before, importing);

    QMenu* menu = parts.menus->addMenu(tr("&Compare"));
    m_undo->setShortcut(QKeySequence::Undo);
    m_redo->setShortcut(QKeySequence::Redo);
    menu->addActions({m_undo, m_redo});
    menu->addSeparator();
    menu->addActions(m_table->actions());
    addOwnActions({menu->menuAction(), m_undo, m_redo});
    for (QAction* action : m_table->actions())
        if (!action->isSeparator()) addOwnActions({action});
    Workspace::furnish(parts);
}

void CompareWorkspace::askForCurves() {
    const QString chosen = QFileDialog::getExistingDirectory(this, tr("Folder with event files of TensorBoard"));
    if (!chosen.isEmpty()) importCurves(chosen);
}

void CompareWorkspace::importCurves(const QString& folder) {
    Q_EMIT context()->workspaceWanted(identity().name);
    Q_EMIT context()->statusShown(tr("Importing curves…"), 0);
    const auto imported = std::make_shared<std::vector<ImportedRun>>();
    ImportOptions options;
    options.runs_dir = runsDir().toStdString();
    runs().doWork([folder, options, imported] { *imported = import_tensorboard(folder.toStdString(), options); },
                  [this, folder, imported](const QString& problem) {
                      Q_EMIT context()->statusShown(QString(), 1);
                      if (!problem.isEmpty()) return Q_EMIT context()->errorRaised(problem);
                      int made = 0, known = 0, failed = 0;
                      QString details;
                      for (const ImportedRun& run : *imported) {
                          ++(run.folder.empty() ? failed : run.known ? known : made);
                          details += QLatin1Char('\n') + QString::fromStdString(run.message);
                      }
                      QString text = tr("%1 imported from %2").arg(runsText(made), QDir::toNativeSeparators(folder));
                      if (known > 0) text += tr(", %1 were here already").arg(known);
                      if (failed > 0) text += tr(", %1 could not be imported").arg(failed);
                      text += QLatin1Char('.') + details;
                      if (failed > 0 && made + known == 0)
                          Q_EMIT context()->errorRaised(text);
                      else
                          Q_EMIT context()->noticeRaised(text);
                  });
}

void CompareWorkspace::askToSaveResults(const QString& ending) {
    if (!m_results->view()->hasContent()) {
        Q_EMIT context()->errorRaised(tr("The table is empty: tick runs first, then save it."));
        return;
    }
    QString chosen = QFileDialog::getSaveFileName(
        this, tr("Save results"), context()->settings().exportFolder() + QStringLiteral("/results.") + ending,
        tr("%1 file (*.%2)").arg(ending.toUpper(), ending));
    if (chosen.isEmpty()) return;
    if (QFileInfo(chosen).suffix().isEmpty()) chosen += QLatin1Char('.') + ending;
    context()->settings().setExportFolder(QFileInfo(chosen).path());
    saveResults(chosen);
}

void CompareWorkspace::saveResults(const QString& file) {
    const QString ending = QFileInfo(file).suffix().toLower();
    const TableFormat format = ending == QLatin1String("tex")  ? TableFormat::latex
                               : ending == QLatin1String("md") ? TableFormat::markdown
                                                               : TableFormat::csv;
    context()->guarded([&] {
        write_file_atomically(file.toStdString(), m_results->text(format).toStdString());
        Q_EMIT context()->statusShown(tr("Written: %1").arg(QDir::toNativeSeparators(file)), 8000);
    });
}

}  // namespace resonate::app
