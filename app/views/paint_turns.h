// app/views/paint_turns.h: views whose pictures change together are drawn one after the other.
#pragma once

#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>
#include <QWidget>

namespace resonate::app {

/// A new frame changes eight views at once; drawn in one turn of the event loop they would hold up mouse and keys for
/// the sum of their times. Of the UI thread.
class PaintTurns : public QObject {
    Q_OBJECT

 public:
    static PaintTurns& ofTheProgram();

    /// Calls update() of that view now, or when those that asked before it have been drawn.
    void ask(QWidget* view);
    /// To be told by a view that has drawn.
    void drawn(const QWidget* view);

 private:
    PaintTurns();
    void next();

    QPointer<QWidget> m_drawing;
    QList<QPointer<QWidget>> m_waiting;
    QTimer m_turn;
    QTimer m_patience;  ///< a view that is covered is never drawn
};

}  // namespace resonate::app
