// app/views/paint_turns.cpp: see paint_turns.h.
#include "views/paint_turns.h"

#include <QCoreApplication>

#include "views/in_sight.h"

namespace resonate::app {
namespace {

constexpr int patienceMilliseconds = 60;

}  // namespace

PaintTurns& PaintTurns::ofTheProgram() {
    static QPointer<PaintTurns> turns;
    if (!turns) {
        turns = new PaintTurns;
        turns->setParent(QCoreApplication::instance());
    }
    return *turns;
}

PaintTurns::PaintTurns() {
    m_turn.setSingleShot(true);
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMilliseconds);
    connect(&m_turn, &QTimer::timeout, this, &PaintTurns::next);
    connect(&m_patience, &QTimer::timeout, this, &PaintTurns::next);
}

void PaintTurns::ask(QWidget* view) {
    if (!isInSight(view) || view == m_drawing) return view->update();
    if (m_waiting.contains(view)) return;
    m_waiting.append(view);
    if (!m_drawing && !m_turn.isActive()) next();
}

void PaintTurns::drawn(const QWidget* view) {
    m_waiting.removeAll(view);  // something else had it drawn
    if (view != m_drawing) return;
    m_drawing.clear();
    m_patience.stop();
    if (!m_waiting.isEmpty()) m_turn.start(0);
}

void PaintTurns::next() {
    m_drawing.clear();
    while (!m_waiting.isEmpty() && !m_drawing) {
        const QPointer<QWidget> view = m_waiting.takeFirst();
        if (view && isInSight(view)) m_drawing = view;
    }
    if (!m_drawing) return;
    m_patience.start();
    m_drawing->update();
}

}  // namespace resonate::app
