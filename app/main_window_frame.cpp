// app/main_window_frame.cpp: what stands around the workspaces: messages, panes, tour, news for the desktop.
#include <QMenu>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStatusBar>
#include <QTabBar>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>

#include "frame/arrange_menu.h"
#include "frame/desktop_notifier.h"
#include "frame/enter_key.h"
#include "frame/focus_ring.h"
#include "frame/long_work_notice.h"
#include "frame/message_dialog.h"
#include "frame/message_log.h"
#include "frame/pane_switcher.h"
#include "frame/status_facts.h"
#include "frame/tour.h"
#include "main_window.h"
#include "panels/message_banner.h"
#include "panels/view_dock.h"
#include "session/error_details.h"
#include "workspaces/train_tour.h"
#include "workspaces/train_workspace.h"

namespace resonate::app {

void MainWindow::buildFrame() {
    m_log = new MessageLog(this);
    new FocusRing(this);
    new EnterKey(this);
    m_panes = new PaneSwitcher([this] { return panes(); }, this);
    m_notice = new LongWorkNotice(this, std::make_unique<SystemNotifier>());
    m_notice->setEnabled(m_context->settings().notifies());
    m_banner->setArea([this] { return messageArea(); });
    // Buttons of tool bars take no keys unless told to.
    for (QToolBar* bar : findChildren<QToolBar*>())
        for (QToolButton* button : bar->findChildren<QToolButton*>(Qt::FindDirectChildrenOnly))
            button->setFocusPolicy(Qt::TabFocus);
    // Nor is there anything to do for keys in an area that only scrolls: it follows what is in it.
    for (QScrollArea* area : findChildren<QScrollArea*>())
        if (area->accessibleName().isEmpty()) area->setFocusPolicy(Qt::NoFocus);
    // A view that was asked for by its key has the keys.
    for (ViewDock* dock : findChildren<ViewDock*>())
        connect(dock->toggleViewAction(), &QAction::triggered, this, [this, dock] {
            if (dock->isVisible()) m_panes->enter(dock);
        });
    connectMessages();
    connectTraining();
    QTimer::singleShot(0, this, [this] {
        if (m_context->offersTour()) showTour(0);
        m_train->tellUnreadablePresets();
    });
}

void MainWindow::connectMessages() {
    const auto show = [this](MessageBanner::Kind kind, MessageLog::Kind logged, const QString& text) {
        m_log->add(logged, text);
        m_banner->showMessage(kind, text);
    };
    connect(m_context, &WindowContext::errorRaised, this, [show](const QString& text) {
        show(MessageBanner::Kind::Error, MessageLog::Kind::Error, withDetails(text));
    });
    connect(m_context, &WindowContext::noticeRaised, this,
            [show](const QString& text) { show(MessageBanner::Kind::Notice, MessageLog::Kind::Notice, text); });
    connect(m_context, &WindowContext::undoableDone, this, [this](const QString& text, QAction* undo) {
        m_log->add(MessageLog::Kind::Notice, text);
        m_banner->showMessage(MessageBanner::Kind::Notice, text, undo);
    });
    connect(m_context, &WindowContext::messageSettled, m_banner, &MessageBanner::dismissAll);
    connect(m_context, &WindowContext::statusShown, this, [this](const QString& text, int milliseconds) {
        m_log->add(MessageLog::Kind::Done, text);
        statusBar()->showMessage(text, milliseconds);
    });
    if (const QString complaint = m_context->settings().complaint(); !complaint.isEmpty())
        show(MessageBanner::Kind::Notice, MessageLog::Kind::Notice, complaint);
}

void MainWindow::connectTraining() {
    connect(m_context, &WindowContext::longWorkEnded, m_notice, &LongWorkNotice::workEnded);
    const TrainingPresenter* presenter = m_train->presenter();
    connect(presenter, &TrainingPresenter::stateChanged, this, [this](TrainingPresenter::State state) {
        if (state == TrainingPresenter::State::Starting) m_runClock.start();
        if (m_tour) m_tour->refresh();
    });
    connect(presenter, &TrainingPresenter::started, m_facts,
            [this](const RunStarted& started) { m_facts->setThreads(started.threads); });
    connect(presenter, &TrainingPresenter::ended, this, [this](const RunOutcome& outcome) {
        const bool failed = outcome.status == RunStatus::failed || outcome.status == RunStatus::diverged;
        const double seconds = m_runClock.isValid() ? static_cast<double>(m_runClock.elapsed()) / 1000 : 0;
        const QString title = failed                                  ? tr("The training failed")
                              : outcome.status == RunStatus::finished ? tr("The training is done")
                                                                      : tr("The training was stopped");
        Q_EMIT m_context->longWorkEnded(title, QString::fromStdString(outcome.message), seconds, failed);
    });
}

/// Over the views, so that neither the bars of a workspace nor the form are covered.
QRect MainWindow::messageArea() const {
    QRect area;
    const QWidget* page = m_pages->currentWidget();
    if (!page) return {};
    for (const QWidget* pane : panesOf(page))
        if (!pane->isWindow() && !qobject_cast<const QToolBar*>(pane) &&
            pane->objectName() != QLatin1String("experiment"))
            area |= QRect(pane->mapTo(this, QPoint()), pane->size());
    // Tabs stand above their docks.
    for (const QTabBar* tabs : page->findChildren<QTabBar*>(Qt::FindDirectChildrenOnly))
        if (tabs->isVisible()) area |= QRect(tabs->mapTo(this, QPoint()), tabs->size());
    return area.translated(-m_banner->parentWidget()->mapTo(this, QPoint()));
}

QList<QWidget*> MainWindow::panes() const {
    QList<QWidget*> all{m_bar};
    all += panesOf(m_pages->currentWidget());
    if (m_banner->isVisible()) all.append(m_banner);
    return all;
}

/// For Qt a view behind a tab is as visible as any: the keys go past it.
bool MainWindow::focusNextPrevChild(bool next) {
    const auto behind = [](const QWidget* at) {
        for (; at; at = at->parentWidget())
            if (const auto* dock = qobject_cast<const ViewDock*>(at)) return !dock->isInSight();
        return false;
    };
    const QWidget* start = focusWidget();
    do {
        if (!QMainWindow::focusNextPrevChild(next)) return false;
    } while (behind(focusWidget()) && focusWidget() != start);
    if (focusWidget()) bringIntoSight(focusWidget());
    return true;
}

QList<ViewDock*> MainWindow::viewsOfPage() const {
    return m_pages->currentWidget()->findChildren<ViewDock*>(Qt::FindDirectChildrenOnly);
}

void MainWindow::showTour(int step) {
    if (!m_tour) {
        m_tour = new Tour(this, trainTour(m_train, [this] { showWorkspace(m_train->identity().name); }));
        connect(m_tour, &Tour::ended, this, [this] { m_context->settings().setTourSeen(); });
    }
    m_tour->start(step);
}

void MainWindow::showMessages() {
    if (!m_messages) {
        m_messages = new MessageDialog(m_log, this);
        m_messages->setObjectName(QStringLiteral("messageDialog"));
    }
    m_messages->show();
    m_messages->raise();
    m_messages->activateWindow();
}

}  // namespace resonate::app
