// app/workspaces/workspace.cpp: see workspace.h.
#include "workspaces/workspace.h"

#include <QAction>
#include <QMenu>
#include <QTimer>
#include <QWindow>
#include <utility>

#include "panels/view_dock.h"
#include "session/window_context.h"

namespace resonate::app {
namespace {

/// Of a workspace's set of views. Layouts of version 0 know the first four of Train.
constexpr int layoutVersion = 1;

}  // namespace

Workspace::Workspace(const Identity& identity, WindowContext* context) : m_identity(identity), m_context(context) {
    setObjectName(identity.name);
    // A main window is a window unless told otherwise; this one is a page.
    setWindowFlags(Qt::Widget);
    setAccessibleName(identity.title);
    setDockNestingEnabled(true);
}

Workspace::~Workspace() {
    // Docks tell that they vanish when QWidget deletes them; by then nothing of this class is left to listen.
    for (ViewDock* dock : m_docks) {
        dock->disconnect(this);
        dock->removeEventFilter(this);
    }
}

ViewDock* Workspace::addView(const QString& title, const QString& name, QWidget* widget, ExportableView* view) {
    auto* dock = new ViewDock(title, name, widget, view, this);
    m_docks.append(dock);
    dock->installEventFilter(this);
    connect(dock, &ViewDock::exportRequested, this,
            [this, dock](const QString& format) { askForExport(dock, format); });
    return dock;
}

void Workspace::leaveCentreEmpty() {
    auto* centre = new QWidget;
    centre->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    centre->setFixedHeight(0);
    setCentralWidget(centre);
}

ViewDock* Workspace::dockOf(const QString& name) const {
    for (ViewDock* dock : m_docks)
        if (dock->objectName() == name) return dock;
    return nullptr;
}

void Workspace::furnish(const WindowParts& parts) {
    int number = 1;
    for (ViewDock* dock : m_docks) {
        QAction* toggle = dock->toggleViewAction();
        toggle->setShortcut(QKeySequence(Qt::ALT | static_cast<Qt::Key>(Qt::Key_0 + number++)));
        parts.view->addAction(toggle);
        addOwnActions({toggle});
        // Before the window has a size: a name that a tab says as well would make it wider than it was asked to be.
        dock->nameOnce();
    }
    addExportMenu(parts.view);
}

void Workspace::setCurrent(bool current) {
    for (QAction* action : m_ownActions) action->setVisible(current);
}

/// A layout is worth something only in a page that has its size.
void Workspace::showEvent(QShowEvent* event) {
    if (!std::exchange(m_wasShown, true)) {
        sizeViews();
        m_firstLayout = saveState(layoutVersion);
        const QByteArray layout = m_context->settings().layout(m_identity.name);
        if (!layout.isEmpty() && !restore(layout, layoutVersion)) {
            if (restore(layout, 0))
                adoptNewViews();
            else
                resetLayout();
        } else {
            // A window that is maximised gets its size only now. Squeezed into a smaller one and grown again, rows
            // would come out a little different at every start.
            constexpr int settled = 1000;  // ms
            m_settling = layout;
            QTimer::singleShot(settled, this, [this] { m_settling.clear(); });
        }
    }
    QMainWindow::showEvent(event);
}

void Workspace::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    if (!m_settling.isEmpty()) restore(m_settling, layoutVersion);
}

bool Workspace::restore(const QByteArray& layout, int version) {
    const bool known = restoreState(layout, version);
    // Views hear of each other's places while not all are there yet.
    for (ViewDock* dock : m_docks) dock->nameOnce();
    // Views in windows of their own came back before this window was there: it would stand before them.
    QTimer::singleShot(0, this, &Workspace::raiseFloating);
    return known;
}

void Workspace::raiseFloating() {
    for (ViewDock* dock : m_docks) {
        if (!dock->isFloating() || !dock->isVisible() || !dock->windowHandle()) continue;
        // Desktops ask whose window it is when it appears.
        dock->hide();
        dock->windowHandle()->setTransientParent(window()->windowHandle());
        dock->show();
        dock->raise();
    }
}

QByteArray Workspace::layout() const { return m_wasShown ? saveState(layoutVersion) : QByteArray(); }

bool Workspace::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::Resize:
        case QEvent::Move:
        case QEvent::Show:
        case QEvent::Hide:
            if (m_wasShown) Q_EMIT arranged();
            break;
        default: break;
    }
    return QMainWindow::eventFilter(watched, event);
}

void Workspace::resetLayout() {
    restore(m_firstLayout, layoutVersion);
    for (ViewDock* dock : m_docks) dock->show();
    sizeViews();
    for (ViewDock* dock : m_docks) dock->nameOnce();
}

}  // namespace resonate::app
