// app/frame/arrange_menu.h: closes, floats and moves the view that has the keys, from a menu.
#pragma once

#include <QMenu>
#include <QPointer>
#include <functional>

namespace resonate::app {

class ViewDock;

/// What the mouse does with a view's title, for the keyboard.
class ArrangeMenu : public QMenu {
    Q_OBJECT

 public:
    /// `views`: of the workspace that shows.
    ArrangeMenu(const std::function<QList<ViewDock*>()>& views, QWidget* parent);

    /// The view that has the keys or had them last; nullptr where none shows.
    ViewDock* view() const;
    QAction* closeAction() const { return m_close; }
    QAction* floatAction() const { return m_float; }

 private:
    void refresh();
    void moveTo(Qt::DockWidgetArea area);

    std::function<QList<ViewDock*>()> m_views;
    QPointer<ViewDock> m_view;
    QAction* m_close;
    QAction* m_float;
    QList<QAction*> m_moves;
    QMenu* m_behind;
};

}  // namespace resonate::app
