// app/main_window_menus.cpp: the menus that belong to the whole window, and the dialogs behind them.
#include <QActionGroup>
#include <QDesktopServices>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QTextBrowser>
#include <QUrl>
#include <QVBoxLayout>

#include "main_window.h"
#include "resonate/experiment.h"

namespace resonate::app {

/// Workspaces put theirs above.
void MainWindow::buildFileMenu() {
    m_file->addAction(tr("&Data folder…"), this, [this] {
        const QString chosen =
            QFileDialog::getExistingDirectory(this, tr("Folder with the data sets"), m_context->dataDir());
        if (!chosen.isEmpty()) m_context->setDataDir(chosen);
    });
    m_file->addAction(tr("R&uns folder…"), this, [this] {
        const QString chosen = QFileDialog::getExistingDirectory(this, tr("Folder for runs"), m_context->runsDir());
        if (!chosen.isEmpty()) m_context->setRunsDir(chosen);
    });
    m_file->addAction(tr("Show runs folder"), this, [this] {
        QDir().mkpath(m_context->runsDir());
        QDesktopServices::openUrl(QUrl::fromLocalFile(m_context->runsDir()));
    });
    m_file->addSeparator();
    m_file->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close);
}

void MainWindow::buildViewMenu() {
    if (!m_view->isEmpty()) m_view->insertSeparator(m_view->actions().constFirst());
    m_view->insertActions(m_view->isEmpty() ? nullptr : m_view->actions().constFirst(), m_switches->actions());
    m_view->addSeparator();
    m_view->addAction(tr("&Reset layout"), this, &MainWindow::resetLayout);
    QMenu* themes = m_view->addMenu(tr("&Theme"));
    m_themes = new QActionGroup(this);
    const std::pair<ThemeMode, QString> modes[] = {
        {ThemeMode::System, tr("&System")}, {ThemeMode::Light, tr("&Light")}, {ThemeMode::Dark, tr("&Dark")}};
    for (const auto& [mode, name] : modes) {
        QAction* action = themes->addAction(name);
        action->setCheckable(true);
        action->setChecked(mode == m_context->theme());
        action->setData(static_cast<int>(mode));
        m_themes->addAction(action);
        connect(action, &QAction::triggered, this, [this, mode = mode] { setTheme(mode); });
    }
    menuBar()->addMenu(m_view);
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
    row(tr("Click on raster or parameters"), tr("shows that neuron's membrane and orbit; Shift-click adds one"));
    row(tr("Click on a bar of the firing rates"), tr("chooses the neurons in it"));
    row(tr("↑ ↓ on raster or parameters"), tr("next neuron"));
    row(tr("← → on a live view or a sample"), tr("moves the time cursor; with Shift by ten steps"));
    row(tr("Wheel, double click"), tr("zooms, shows all"));
    row(tr("Drag in the curves"), tr("zooms into the rectangle"));
    row(tr("Click in the curves"), tr("shows that epoch, where it is recorded"));
    row(tr("← → Home End, Space on the epochs"), tr("another recorded epoch; plays them"));
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

}  // namespace resonate::app
