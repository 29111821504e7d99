// app/main_window_menus.cpp: the menus that belong to the whole window, and the dialogs behind them.
#include <QActionGroup>
#include <QDesktopServices>
#include <QDir>
#include <QFileDialog>
#include <QMenuBar>
#include <QUrl>

#include "frame/about_dialog.h"
#include "frame/arrange_menu.h"
#include "frame/long_work_notice.h"
#include "frame/pane_switcher.h"
#include "frame/shortcuts_dialog.h"
#include "main_window.h"
#include "style/text_size.h"

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
    QAction* notify = m_file->addAction(tr("&Notify when a long run ends"));
    notify->setCheckable(true);
    notify->setChecked(m_context->settings().notifies());
    notify->setToolTip(tr("Of a run of more than a minute, while another window is in front"));
    connect(notify, &QAction::toggled, this, [this](bool on) {
        m_context->settings().setNotifies(on);
        m_notice->setEnabled(on);
    });
    m_file->addSeparator();
    m_file->addAction(tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), this, &QWidget::close);
}

void MainWindow::buildViewMenu() {
    if (!m_view->isEmpty()) m_view->insertSeparator(m_view->actions().constFirst());
    m_view->insertActions(m_view->isEmpty() ? nullptr : m_view->actions().constFirst(), m_switches->actions());
    m_view->addSeparator();
    m_view->addAction(tr("&Reset layout"), this, &MainWindow::resetLayout);
    m_arrange = new ArrangeMenu([this] { return viewsOfPage(); }, m_view);
    m_view->addMenu(m_arrange);
    m_view->addAction(tr("&Next pane"), QKeySequence(Qt::Key_F6), this, [this] { m_panes->next(); });
    m_view->addAction(tr("Pre&vious pane"), QKeySequence(Qt::SHIFT | Qt::Key_F6), this,
                      [this] { m_panes->previous(); });
    m_view->addSeparator();
    buildThemeMenu();
    buildTextMenu();
    menuBar()->addMenu(m_view);
}

void MainWindow::buildThemeMenu() {
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
}

void MainWindow::buildTextMenu() {
    QMenu* sizes = m_view->addMenu(tr("Te&xt size"));
    m_textSizes = new QActionGroup(this);
    const std::pair<TextSize, QString> all[] = {
        {TextSize::Normal, tr("&Normal")}, {TextSize::Large, tr("&Large")}, {TextSize::Larger, tr("La&rger")}};
    for (const auto& [size, name] : all) {
        QAction* action = sizes->addAction(name);
        action->setCheckable(true);
        action->setChecked(size == m_context->settings().textSize());
        action->setData(static_cast<int>(size));
        m_textSizes->addAction(action);
        connect(action, &QAction::triggered, this, [this, size = size] { setTextSize(size); });
    }
}

void MainWindow::buildHelpMenu() {
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addAction(tr("&Keys and mouse"), QKeySequence::HelpContents, this, &MainWindow::showShortcuts);
    help->addAction(tr("&Tour"), this, [this] { showTour(0); });
    help->addAction(tr("&Messages"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M), this, &MainWindow::showMessages);
    help->addSeparator();
    help->addAction(tr("&About Resonate"), this, &MainWindow::showAbout);
}

void MainWindow::showShortcuts() {
    ShortcutsDialog dialog(shortcutsOf(menuBar()), this);
    dialog.exec();
}

void MainWindow::showAbout() {
    AboutDialog dialog(this);
    dialog.exec();
}

}  // namespace resonate::app
