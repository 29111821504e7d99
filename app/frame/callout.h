// app/frame/callout.h: a bubble with a text that points at a widget, and a light that falls on it.
#pragma once

#include <QFrame>
#include <QPointer>

namespace resonate::app {

/// Dims the window but for a rectangle. The mouse goes through it.
class Spotlight : public QWidget {
    Q_OBJECT

 public:
    explicit Spotlight(QWidget* window);

    void setLit(const QRect& lit);
    QRect lit() const { return m_lit; }

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    QRect m_lit;
};

/// A child of the window that stands beside a rectangle of it, where there is room, with an arrow towards it.
class Callout : public QFrame {
    Q_OBJECT

 public:
    explicit Callout(QWidget* window);

    /// `target` in the window's coordinates. Takes the size its content wants.
    void pointAt(const QRect& target);
    Qt::Edge arrowEdge() const { return m_edge; }

 protected:
    void paintEvent(QPaintEvent* event) override;
    /// Tab stays among its buttons.
    bool focusNextPrevChild(bool next) override;

 private:
    Qt::Edge m_edge = Qt::LeftEdge;  ///< of the bubble, where the arrow is
    double m_arrow = 0;              ///< its place along that edge, in the widget's coordinates
    bool m_inside = false;           ///< no room beside the target: without an arrow, within it
};

}  // namespace resonate::app
