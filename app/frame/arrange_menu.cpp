// app/frame/arrange_menu.cpp: see arrange_menu.h.
#include "frame/arrange_menu.h"

#include <QApplication>
#include <QMainWindow>

#include "panels/view_dock.h"

namespace resonate::app {

ArrangeMenu::ArrangeMenu(const std::function<QList<ViewDock*>()>& views, QWidget* parent)
    : QMenu(tr("&Arrange the view"), parent), m_views(views) {
    m_close = addAction(tr("&Close it"), QKeySequence(Qt::CTRL | Qt::Key_W), this, [this] {
        if (view()) view()->close();
    });
    m_float =
        addAction(tr("&Window of its own, or back"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_W), this, [this] {
            if (ViewDock* dock = view()) dock->toggleWindow();
        });
    addSeparator();
    const std::pair<QString, Qt::DockWidgetArea> areas[] = {{tr("To the &left"), Qt::LeftDockWidgetArea},
                                                            {tr("To the &right"), Qt::RightDockWidgetArea},
                                                            {tr("To the &top"), Qt::TopDockWidgetArea},
                                                            {tr("To the &bottom"), Qt::BottomDockWidgetArea}};
    for (const auto& [text, area] : areas) m_moves.append(addAction(text, this, [this, area = area] { moveTo(area); }));
    m_behind = addMenu(tr("&In a tab with"));
    connect(this, &QMenu::aboutToShow, this, &ArrangeMenu::refresh);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget*, QWidget* now) {
        for (QWidget* at = now; at; at = at->parentWidget())
            if (auto* dock = qobject_cast<ViewDock*>(at); dock && m_views().contains(dock)) {
                m_view = dock;
                return;
            }
    });
}

ViewDock* ArrangeMenu::view() const {
    const QList<ViewDock*> views = m_views();
    if (m_view && views.contains(m_view) && m_view->isVisible()) return m_view;
    return nullptr;
}

void ArrangeMenu::moveTo(Qt::DockWidgetArea area) {
    ViewDock* dock = view();
    auto* page = dock ? qobject_cast<QMainWindow*>(dock->parentWidget()) : nullptr;
    if (!page) return;
    page->removeDockWidget(dock);
    dock->setFloating(false);
    page->addDockWidget(area, dock);
    dock->show();
    dock->raise();
}

void ArrangeMenu::refresh() {
    ViewDock* dock = view();
    const auto title = [](const ViewDock* of) { return of->windowTitle(); };
    m_close->setText(dock ? tr("&Close %1").arg(title(dock)) : tr("&Close it"));
    m_float->setText(!dock || !dock->isFloating() ? tr("In a &window of its own") : tr("Back into the &window"));
    for (QAction* action : QList<QAction*>(m_moves) << m_close << m_float) action->setEnabled(dock);
    m_behind->clear();
    m_behind->setEnabled(dock);
    if (!dock) return;
    for (ViewDock* other : m_views())
        if (other != dock && other->isVisible() && !other->isFloating())
            m_behind->addAction(title(other), this, [dock = QPointer(dock), other] {
                if (!dock) return;
                auto* page = qobject_cast<QMainWindow*>(dock->parentWidget());
                dock->setFloating(false);
                page->tabifyDockWidget(other, dock);
                dock->show();
                dock->raise();
            });
}

}  // namespace resonate::app
