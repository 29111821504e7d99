// app/frame/callout.cpp: see callout.h.
#include "frame/callout.h"

#include <QLayout>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "frame/pane_switcher.h"
#include "style/theme.h"

namespace resonate::app {
namespace {

constexpr int arrowLength = 12;
constexpr int arrowHalf = 10;
constexpr int corner = 8;
constexpr int gap = 4;   ///< between arrow and target
constexpr int edge = 8;  ///< between bubble and window

}  // namespace

Spotlight::Spotlight(QWidget* window) : QWidget(window) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void Spotlight::setLit(const QRect& lit) {
    m_lit = lit;
    setGeometry(parentWidget()->rect());
    update();
}

void Spotlight::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath dark;
    dark.addRect(rect());
    QPainterPath light;
    light.addRoundedRect(m_lit, 4, 4);
    painter.fillPath(dark.subtracted(light), QColor(0, 0, 0, isDark(palette()) ? 90 : 70));
    painter.setPen(QPen(palette().color(QPalette::Link), 2.5));
    painter.drawRoundedRect(QRectF(m_lit), 4, 4);
}

Callout::Callout(QWidget* window) : QFrame(window) {
    // Room for the arrow on whichever side it comes to be.
    setContentsMargins(arrowLength, arrowLength, arrowLength, arrowLength);
    hide();
}

void Callout::pointAt(const QRect& target) {
    const QRect window = parentWidget()->rect().adjusted(edge, edge, -edge, -edge);
    // The rows within the layout as well: they remember the sizes of earlier texts.
    layout()->invalidate();
    layout()->activate();
    const auto heightOf = [this](int width) {
        return layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width) : sizeHint().height();
    };
    // Lines that read well, but no button is cut, and a text too high for the window gets longer lines.
    const int letter = fontMetrics().averageCharWidth();
    int wide = std::max(54 * letter + 2 * arrowLength, layout()->totalMinimumSize().width());
    while (wide < window.width() && heightOf(wide) > window.height()) wide += 8 * letter;
    wide = std::min(window.width(), wide);
    const int high = std::min(window.height(), heightOf(wide));
    struct Side {
        Qt::Edge arrow;
        int room;
    };
    const Side sides[] = {{Qt::LeftEdge, window.right() - target.right() - wide},
                          {Qt::RightEdge, target.left() - window.left() - wide},
                          {Qt::TopEdge, window.bottom() - target.bottom() - high},
                          {Qt::BottomEdge, target.top() - window.top() - high}};
    const auto* side =
        std::find_if(std::begin(sides), std::end(sides), [](const Side& candidate) { return candidate.room >= gap; });
    m_inside = side == std::end(sides);
    QRect at(0, 0, wide, high);
    if (m_inside) {
        at.moveCenter(target.center());
    } else {
        m_edge = side->arrow;
        at.moveCenter(target.center());
        switch (m_edge) {
            case Qt::LeftEdge: at.moveLeft(target.right() + gap); break;
            case Qt::RightEdge: at.moveRight(target.left() - gap); break;
            case Qt::TopEdge: at.moveTop(target.bottom() + gap); break;
            case Qt::BottomEdge: at.moveBottom(target.top() - gap); break;
        }
    }
    at.moveLeft(std::clamp(at.left(), window.left(), std::max(window.left(), window.right() - wide)));
    at.moveTop(std::clamp(at.top(), window.top(), std::max(window.top(), window.bottom() - high)));
    setGeometry(at);
    const bool vertical = m_edge == Qt::LeftEdge || m_edge == Qt::RightEdge;
    const double wanted = vertical ? target.center().y() - at.top() : target.center().x() - at.left();
    const double length = vertical ? high : wide;
    const double least = arrowLength + corner + arrowHalf;
    m_arrow = std::clamp(wanted, least, std::max(least, length - least));
    update();
}

bool Callout::focusNextPrevChild(bool next) {
    QList<QWidget*> stops = findChildren<QWidget*>();
    stops.removeIf([](const QWidget* child) { return !takesKeys(child); });
    if (stops.isEmpty()) return false;
    const qsizetype count = stops.size();
    const qsizetype at = stops.indexOf(window()->focusWidget());
    const qsizetype to = at < 0 ? 0 : (at + (next ? 1 : count - 1)) % count;
    stops[to]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

void Callout::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(arrowLength, arrowLength, -arrowLength, -arrowLength);
    QPainterPath shape;
    shape.addRoundedRect(box, corner, corner);
    if (!m_inside) {
        QPolygonF arrow;
        switch (m_edge) {
            case Qt::LeftEdge:
                arrow << QPointF(box.left() + 1, m_arrow - arrowHalf) << QPointF(1, m_arrow)
                      << QPointF(box.left() + 1, m_arrow + arrowHalf);
                break;
            case Qt::RightEdge:
                arrow << QPointF(box.right() - 1, m_arrow - arrowHalf) << QPointF(width() - 1, m_arrow)
                      << QPointF(box.right() - 1, m_arrow + arrowHalf);
                break;
            case Qt::TopEdge:
                arrow << QPointF(m_arrow - arrowHalf, box.top() + 1) << QPointF(m_arrow, 1)
                      << QPointF(m_arrow + arrowHalf, box.top() + 1);
                break;
            case Qt::BottomEdge:
                arrow << QPointF(m_arrow - arrowHalf, box.bottom() - 1) << QPointF(m_arrow, height() - 1)
                      << QPointF(m_arrow + arrowHalf, box.bottom() - 1);
                break;
        }
        QPainterPath tip;
        tip.addPolygon(arrow);
        tip.closeSubpath();
        shape = shape.united(tip);
    }
    painter.setPen(QPen(palette().color(QPalette::Link), 1.5));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawPath(shape);
}

}  // namespace resonate::app
