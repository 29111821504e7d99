// app/frame/shortcut_list.cpp: see shortcut_list.h.
#include "frame/shortcut_list.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeySequence>
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

/// Named as the menus name them, one beside the other.
QString keys(std::initializer_list<QKeySequence> all) {
    QStringList names;
    for (const QKeySequence& key : all) names.append(key.toString(QKeySequence::NativeText));
    return names.join(say(", "));
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
        for (const QKeySequence& key : action->shortcuts())
            if (!key.isEmpty()) keys.append(key.toString(QKeySequence::NativeText));
        if (!keys.isEmpty()) rows.append({keys.join(say(" or ")), plain(action->text()), path});
    }
}

ShortcutGroup gestures() {
    return {say("On views and samples"),
            {{say("Click"), say("Shows that neuron's membrane and orbit"), say("raster, parameters")},
             {say("Shift-click"), say("Adds the neuron to those shown"), say("raster, parameters")},
             {say("Click on a bar"), say("Chooses the neurons in it"), say("firing rates")},
             {keys({Qt::Key_Up, Qt::Key_Down}), say("Next or previous neuron"), say("raster, parameters")},
             {keys({Qt::SHIFT | Qt::Key_Up, Qt::SHIFT | Qt::Key_Down}), say("Adds the next or previous neuron"),
              say("raster, parameters")},
             {keys({Qt::Key_Backspace, Qt::Key_Delete}), say("Selects no neuron: the most active show again"),
              say("live views")},
             {keys({Qt::Key_Left, Qt::Key_Right}), say("Moves the time cursor; with Shift by ten steps"),
              say("views over time")},
             {keys({Qt::Key_Home, Qt::Key_End}), say("Time cursor to the first or last step"), say("views over time")},
             {say("Move the mouse"), say("All views show the instant under it"), say("views over time")},
             {say("Wheel"), say("Zooms where the mouse is"), say("views over time, parameters, curves")},
             {keys({Qt::Key_Plus, Qt::Key_Minus}), say("Zooms at the time cursor, or at the neuron selected"),
              say("views over time, parameters")},
             {say("Drag"), say("Zooms into the rectangle"), say("curves")},
             {say("Click"), say("Shows that epoch, where it is recorded"), say("curves")},
             {keys({Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End}), say("Shows another recorded epoch"),
              say("epoch slider")},
             {keys({Qt::Key_Space}), say("Plays the recorded epochs"), say("epoch slider")},
             {say("Middle button"), say("Drag moves what is shown"), say("views over time, parameters")},
             {keys({Qt::CTRL | Qt::Key_Left, Qt::CTRL | Qt::Key_Right}), say("Moves what is shown"),
              say("views over time")},
             {say("Double click"), say("Shows all again"), say("views over time, parameters, curves")},
             {keys({Qt::Key_0}), say("Shows all again"), say("views over time, parameters")},
             {say("%1, right click").arg(keys({Qt::Key_Menu})), say("Exports the view, moves or closes it"),
              say("every view")},
             {say("Drag the title"), say("Moves the view, or puts it into a tab"), say("every view")},
             {keys({Qt::Key_PageUp, Qt::Key_PageDown}), say("Previous or next sample"), say("Data")}}};
}

ShortcutGroup moving() {
    return {say("Moving about"),
            {{keys({Qt::Key_Tab, Qt::SHIFT | Qt::Key_Tab}), say("Next or previous control"), say("everywhere")},
             {say("Alt and a letter"), say("Opens the menu, or goes to the field, with that letter underlined"),
              say("everywhere")},
             {say("Alt and a digit"), say("Shows the view that the View menu lists with it, and goes there"),
              say("everywhere")},
             {keys({Qt::Key_Space, Qt::Key_Return}), say("Presses the button"), say("everywhere")},
             {keys({Qt::Key_Escape}), say("Closes the message, the tour or the dialog"), say("everywhere")},
             {keys({Qt::SHIFT | Qt::Key_F1}), say("Says what the field means"), say("experiment")},
             {keys({Qt::Key_Up, Qt::Key_Down, Qt::Key_Return}), say("Next card, choose it"), say("Data")}}};
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
