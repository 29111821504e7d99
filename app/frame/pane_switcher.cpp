// app/frame/pane_switcher.cpp: see pane_switcher.h.
#include "frame/pane_switcher.h"

#include <QApplication>
#include <QMainWindow>
#include <QScrollArea>
#include <QToolBar>
#include <algorithm>
#include <tuple>

#include "panels/message_banner.h"
#include "panels/view_dock.h"

namespace resonate::app {

bool takesKeys(const QWidget* widget) {
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) &&
           !widget->focusProxy();
}

PaneSwitcher::PaneSwitcher(const std::function<QList<QWidget*>()>& panes, QObject* parent)
    : QObject(parent), m_panes(panes) {
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        if (!now) return;
        for (QWidget* pane : m_panes())
            if (pane == now || pane->isAncestorOf(now)) m_last.insert(pane, now);
    });
}

QWidget* PaneSwitcher::current() const {
    QWidget* focus = QApplication::focusWidget();
    if (!focus) return nullptr;
    for (QWidget* pane : m_panes())
        if (pane == focus || pane->isAncestorOf(focus)) return pane;
    return nullptr;
}

void PaneSwitcher::move(int step) {
    const QList<QWidget*> panes = m_panes();
    if (panes.isEmpty()) return;
    const qsizetype count = panes.size();
    qsizetype at = panes.indexOf(current());
    if (at < 0) at = step > 0 ? count - 1 : 0;
    for (qsizetype tried = 0; tried < count; ++tried) {
        at = (at + step + count) % count;
        if (enter(panes[at])) return;
    }
}

bool PaneSwitcher::enter(QWidget* pane) {
    QWidget* target = m_last.value(pane);
    bool inside = target && (target == pane || pane->isAncestorOf(target));
    // Who goes to a view means the view, not the button that closes it.
    if (auto* dock = qobject_cast<QDockWidget*>(pane); inside && dock && dock->titleBarWidget())
        inside = !dock->titleBarWidget()->isAncestorOf(target);
    // A message is another one each time.
    if (!inside || !takesKeys(target) || qobject_cast<MessageBanner*>(pane)) target = firstIn(pane);
    if (!target) return false;
    target->window()->activateWindow();
    // Styles frame what has the keys only where the keyboard brought them there, and take only Tab and Alt for it.
    target->window()->setAttribute(Qt::WA_KeyboardFocusChange);
    target->setFocus(Qt::TabFocusReason);
    bringIntoSight(target);
    target->update();
    return true;
}

/// A view before the controls of its title.
QWidget* PaneSwitcher::firstIn(QWidget* pane) {
    QWidget* root = pane;
    if (auto* dock = qobject_cast<QDockWidget*>(pane); dock && dock->widget()) root = dock->widget();
    for (QWidget* within : {root, pane}) {
        if (takesKeys(within)) return within;
        for (QWidget* next = within->nextInFocusChain(); next && next != within; next = next->nextInFocusChain())
            if (within->isAncestorOf(next) && takesKeys(next)) return next;
    }
    return nullptr;
}

void bringIntoSight(QWidget* widget) {
    for (QWidget* around = widget->parentWidget(); around; around = around->parentWidget())
        if (auto* area = qobject_cast<QScrollArea*>(around)) area->ensureWidgetVisible(widget);
}

QList<QWidget*> panesOf(const QWidget* page) {
    const auto* window = qobject_cast<const QMainWindow*>(page);
    if (!window) return {};
    QList<QWidget*> bars;
    QList<QWidget*> panes;
    for (QToolBar* bar : window->findChildren<QToolBar*>(Qt::FindDirectChildrenOnly))
        if (bar->isVisible()) bars.append(bar);
    for (ViewDock* dock : window->findChildren<ViewDock*>(Qt::FindDirectChildrenOnly))
        if (dock->isVisible() && dock->isInSight()) panes.append(dock);
    if (window->centralWidget() && window->centralWidget()->isVisible() && window->centralWidget()->height() > 0)
        panes.append(window->centralWidget());
    // Columns from the left, each from the top; floating ones last.
    const auto place = [](const QWidget* pane) {
        return std::make_tuple(pane->isWindow(), pane->mapTo(pane->window(), QPoint()).x(),
                               pane->mapTo(pane->window(), QPoint()).y());
    };
    std::sort(panes.begin(), panes.end(), [&](const QWidget* a, const QWidget* b) { return place(a) < place(b); });
    return bars + panes;
}

}  // namespace resonate::app
