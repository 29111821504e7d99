// app/frame/shortcut_list.h: every key and gesture of the window, as its menus and views have them.
#pragma once

#include <QList>
#include <QString>

class QMenuBar;

namespace resonate::app {

struct ShortcutRow {
    QString keys;     ///< "Ctrl+W", "Shift-click"
    QString meaning;  ///< "Close the view"
    QString where;    ///< further words: the path of the menu, or what the gesture is done on
};

struct ShortcutGroup {
    QString title;  ///< of the menu
    QList<ShortcutRow> rows;
};

/// A group for each menu that shows, with the actions that have keys; then what views and fields do. Actions that are
/// hidden, because they belong to another workspace, are not listed.
QList<ShortcutGroup> shortcutsOf(const QMenuBar* menus);

}  // namespace resonate::app
