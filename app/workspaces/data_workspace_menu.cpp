// app/workspaces/data_workspace_menu.cpp: the menu of Data, and what the status bar says about downloads.
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QStatusBar>

#include "panels/sample_browser_panel.h"
#include "session/window_context.h"
#include "workspaces/data_workspace.h"

namespace resonate::app {

/// The menu acts on the chosen card, as its buttons do.
void DataWorkspace::furnish(const WindowParts& parts) {
    QMenu* menu = parts.menus->addMenu(tr("&Data"));
    const std::pair<DatasetAction, QString> all[] = {
        {DatasetAction::Train, tr("&Train with it")},    {DatasetAction::Download, tr("&Download")},
        {DatasetAction::Cancel, tr("&Cancel download")}, {DatasetAction::Import, tr("&Use files I have…")},
        {DatasetAction::Verify, tr("&Verify")},          {DatasetAction::Remove, tr("Re&move…")}};
    for (const auto& [action, text] : all) {
        QAction* made = menu->addAction(text, this, [this, action = action] {
            if (m_chosen) act(m_chosen, action);
        });
        m_menuActions.insert(static_cast<int>(action), made);
    }
    m_menuActions[static_cast<int>(DatasetAction::Train)]->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_T));
    m_menuActions[static_cast<int>(DatasetAction::Download)]->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_D));
    m_menuActions[static_cast<int>(DatasetAction::Import)]->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_I));
    m_menuActions[static_cast<int>(DatasetAction::Verify)]->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Y));
    if (const auto* tools = findChild<QWidget*>(QStringLiteral("ownTools"))) {
        menu->addSeparator();
        for (QPushButton* button : tools->findChildren<QPushButton*>())
            menu->addAction(button->text(), button, &QPushButton::click);
    }
    menu->addSeparator();
    menu->addActions(m_browser->actions());
    addOwnActions({menu->menuAction()});
    Workspace::furnish(parts);
    parts.status->addWidget(m_downloadLabel);
    refreshMenu();
}

void DataWorkspace::refreshMenu() {
    for (auto action = m_menuActions.cbegin(); action != m_menuActions.cend(); ++action) {
        const QPushButton* button = m_chosen ? m_chosen->button(static_cast<DatasetAction>(action.key())) : nullptr;
        action.value()->setEnabled(button && !button->isHidden() && button->isEnabled());
    }
}

void DataWorkspace::refreshStatus() {
    const auto jobs = context()->jobs().all();
    const DatasetJobs::Job* running = nullptr;
    int waiting = 0;
    for (const DatasetJobs::Job* job : jobs) {
        if (job->kind != DatasetJobs::Kind::Download) continue;
        if (job->waiting)
            ++waiting;
        else
            running = job;
    }
    QString text;
    if (running) {
        text = tr("Downloading %1").arg(QString::fromStdString(dataset_info(running->dataset.toStdString()).title));
        if (running->progress && running->progress->bytes_total > 0)
            text += tr(", %1 %").arg(100 * running->progress->bytes / running->progress->bytes_total);
        if (waiting > 0) text += tr(", %1 waiting").arg(waiting);
    }
    m_downloadLabel->setText(text);
}

}  // namespace resonate::app
