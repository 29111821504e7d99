// app/main_window_opening.cpp: what the window opens: files dropped onto it, and those of before.
#include <QDir>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>

#include "main_window.h"
#include "resonate/config_io.h"
#include "workspaces/train_workspace.h"

namespace resonate::app {

void MainWindow::open(const QString& what) {
    Q_EMIT m_context->messageSettled();
    m_train->open(what);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    // Also what cannot be opened: a sentence says why, which a forbidding cursor does not.
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.isEmpty()) return;
    event->acceptProposedAction();
    Q_EMIT m_context->messageSettled();
    if (urls.size() > 1) {
        Q_EMIT m_context->errorRaised(
            tr("%1 files were dropped: drop one experiment, run folder, checkpoint, figure or data file at a time.")
                .arg(urls.size()));
    } else if (!urls.constFirst().isLocalFile()) {
        Q_EMIT m_context->errorRaised(tr("%1: is not a file of this computer; download it first, then drop the file.")
                                          .arg(urls.constFirst().toDisplayString()));
    } else {
        // Not within the drop: a dialog would keep the program that was dragged from waiting.
        QMetaObject::invokeMethod(
            this, [this, file = urls.constFirst().toLocalFile()] { open(file); }, Qt::QueuedConnection);
        activateWindow();
    }
}

/// Below the entries of Train that open something.
void MainWindow::buildRecentMenu() {
    m_recent = new QMenu(tr("Open re&cent"), this);
    m_recent->setObjectName(QStringLiteral("recent"));
    m_recent->setToolTipsVisible(true);
    QAction* before = nullptr;
    for (QAction* action : m_file->actions())
        if (action->isSeparator()) {
            before = action;
            break;
        }
    m_file->insertMenu(before, m_recent);
    connect(m_recent, &QMenu::aboutToShow, this, &MainWindow::fillRecentMenu);
    fillRecentMenu();
}

void MainWindow::fillRecentMenu() {
    m_recent->clear();
    const QStringList all = m_context->settings().recent();
    const std::vector<Preset> presets = all.isEmpty() ? std::vector<Preset>() : list_presets();
    for (const QString& what : all) {
        const QFileInfo file(what);
        const bool isPreset = std::any_of(presets.begin(), presets.end(),
                                          [&](const Preset& preset) { return preset.name == what.toStdString(); });
        const bool there = isPreset || file.exists();
        // Runs differ at the end of their names, which stay whole.
        const QFontMetrics letters = m_recent->fontMetrics();
        const QString place =
            letters.elidedText(QDir::toNativeSeparators(file.path()), Qt::ElideMiddle, 40 * letters.averageCharWidth());
        QString text = isPreset ? tr("%1 (preset)").arg(what) : tr("%1 in %2").arg(file.fileName(), place);
        text.replace(QLatin1Char('&'), QLatin1String("&&"));
        QAction* action = m_recent->addAction(there ? text : tr("%1: not there any more").arg(text));
        action->setEnabled(there);
        action->setData(what);
        action->setToolTip(there ? QDir::toNativeSeparators(what)
                                 : tr("%1 was moved, renamed or removed").arg(QDir::toNativeSeparators(what)));
        connect(action, &QAction::triggered, this, [this, what] { open(what); });
    }
    if (all.isEmpty()) m_recent->addAction(tr("Nothing was opened yet"))->setEnabled(false);
    m_recent->addSeparator();
    QAction* clear = m_recent->addAction(tr("&Clear this list"), this, [this] { m_context->settings().setRecent({}); });
    clear->setObjectName(QStringLiteral("clearRecent"));
    clear->setEnabled(!all.isEmpty());
}

}  // namespace resonate::app
