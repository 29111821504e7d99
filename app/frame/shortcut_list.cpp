// app/frame/shortcut_list.cpp: see shortcut_list.h.
#include "frame/shortcut_list.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>

namespace resonate::app {
namespace {

QString say(const char* text) { return QCoreApplication::translate("ShortcutList", text); }

QString plain(const QString& text) {
    QString clean = text;
    // The word behind an ampersand keeps it where it is doubled.
    clean.replace(QStringLiteral("&&"), QString(QChar(1))).remove(QLatin1Char('&'));
    return clean.replace(QChar(1), QLatin1Char('&'));
}

void collect(const QMenu* menu, const QString& path, QList<ShortcutRow>& rows) {
    for (const QAction* action : menu->actions()) {
        if (!action->isVisible() || action->isSeparator()) continue;
        if (const auto* below = action->menu<QMenu*>()) {
            const QString title = plain(below->title());
            collect(below, path.isEmpty() ? title : QStringLiteral("%1 → %2").arg(path, title), rows);
            continue;
        }
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts()) keys.append(key.toString(QKeySequence::NativeText));
        if (!keys.isEmpty()) rows.append({keys.join(say(" or ")), plain(action->text()), path});
    }
}

ShortcutGroup gestures() {
    return {say("On views and samples"),
            {{say("Click"), say("Shows that neuron's membrane and orbit"), say("raster, parameters")},
             {say("Shift-click"), say("Adds the neuron to those shown"), say("raster, parameters")},
             {say("Click on a bar"), say("Chooses the neurons in it"), say("firing rates")},
             {say("↑ ↓"), say("Next or previous neuron"), say("raster, parameters")},
             {say("← →"), say("Moves the time cursor; with Shift by ten steps"), say("views over time")},
             {say("Home, End"), say("Time cursor to the first or last step"), say("views over time")},
             {say("Move the mouse"), say("All views show the instant under it"), say("views over time")},
             {say("Wheel"), say("Zooms where the mouse is"), say("views over time, curves")},
             {say("Drag"), say("Zooms into the rectangle"), say("curves")},
             {say("Click"), say("Shows that epoch, where it is recorded"), say("curves")},
             {say("← →, Home, End"), say("Shows another recorded epoch"), say("epoch slider")},
             {say("Space"), say("Plays the recorded epochs"), say("epoch slider")},
             {say("Middle button"), say("Drag moves what is shown"), say("views over time")},
             {say("Double click"), say("Shows all again"), say("views over time, curves")},
             {say("Menu key, right click"), say("Exports the view, moves or closes it"), say("every view")},
             {say("Drag the title"), say("Moves the view, or puts it into a tab"), say("every view")}}};
}

ShortcutGroup moving() {
    return {say("Moving about"),
            {{say("Tab, Shift+Tab"), say("Next or previous control"), say("everywhere")},
             {say("Alt and a letter"), say("Opens the menu, or goes to the field, with that letter underlined"),
              say("everywhere")},
             {say("Space"), say("Presses the button"), say("everywhere")},
             {say("Esc"), say("Closes the message, the tour or the dialog"), say("everywhere")},
             {say("↑ ↓, Return"), say("Next card, choose it"), say("Data")}}};
}

}  // namespace

QList<ShortcutGroup> shortcutsOf(const QMenuBar* menus) {
    QList<ShortcutGroup> groups;
    for (const QAction* top : menus->actions()) {
        const auto* menu = top->menu<QMenu*>();
        if (!menu || !top->isVisible()) continue;
        ShortcutGroup group{plain(menu->title()), {}};
        collect(menu, QString(), group.rows);
        if (!group.rows.isEmpty()) groups.append(group);
    }
    return groups << moving() << gestures();
}

}  // namespace resonate::app
