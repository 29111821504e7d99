// app/frame/pane_switcher.h: moves the keyboard from pane to pane of the window.
#pragma once

#include <QHash>
#include <QList>
#include <QObject>
#include <QPointer>
#include <functional>

class QWidget;

namespace resonate::app {

/// Panes in the order they are visited; each remembers which of its widgets had the keys last.
class PaneSwitcher : public QObject {
    Q_OBJECT

 public:
    PaneSwitcher(const std::function<QList<QWidget*>()>& panes, QObject* parent);

    void next() { move(1); }
    void previous() { move(-1); }
    /// The keys to a widget in the pane: the last one that had them below its title, else the first that takes them.
    /// False where none.
    bool enter(QWidget* pane);
    /// The pane that has the keys; nullptr where none has.
    QWidget* current() const;

 private:
    void move(int step);
    static QWidget* firstIn(QWidget* pane);

    std::function<QList<QWidget*>()> m_panes;
    QHash<QWidget*, QPointer<QWidget>> m_last;  ///< a key is never followed, only compared
};

/// Does Tab stop at it, as it is now?
bool takesKeys(const QWidget* widget);
/// Scrolls to it, where it lies in something that scrolls: Qt does so only for keys that come from within.
void bringIntoSight(QWidget* widget);

/// The panes of a workspace's page that can be seen: tool bars, then docks and the centre, by row and column.
QList<QWidget*> panesOf(const QWidget* page);

}  // namespace resonate::app
