// app/frame/enter_key.cpp: see enter_key.h.
#include "frame/enter_key.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPushButton>
#include <QToolButton>

namespace resonate::app {

EnterKey::EnterKey(QWidget* window) : QObject(window) {
    connect(qApp, &QApplication::focusChanged, this, [this, window](QWidget* before, QWidget* now) {
        if (before) before->removeEventFilter(this);
        if (now && now->window() == window) now->installEventFilter(this);
    });
}

bool EnterKey::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    if ((key->key() != Qt::Key_Return && key->key() != Qt::Key_Enter) || key->isAutoRepeat()) return false;
    if (key->modifiers() & ~Qt::KeypadModifier) return false;
    if (auto* tool = qobject_cast<QToolButton*>(watched); tool && tool->popupMode() == QToolButton::InstantPopup) {
        tool->showMenu();
        return true;
    }
    if (!qobject_cast<QToolButton*>(watched) && !qobject_cast<QPushButton*>(watched)) return false;
    static_cast<QAbstractButton*>(watched)->click();
    return true;
}

}  // namespace resonate::app
