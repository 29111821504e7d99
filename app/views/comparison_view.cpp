// app/views/comparison_view.cpp: see comparison_view.h.
#include "views/comparison_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace resonate::app {
namespace {

constexpr QPointF nowhere{-1, -1};
constexpr double footMargin = 12;
constexpr double leastDrag = 8;  ///< pixels: a click is no rectangle

}  // namespace

ComparisonView::ComparisonView(const CurveLooks* looks, QWidget* parent)
    : PaintedView(new ViewLink, parent), m_looks(looks) {
    link()->setParent(this);
    connect(looks, &CurveLooks::changed, this, [this] { invalidate(); });
}

void ComparisonView::setComparison(const SharedComparison& comparison) {
    m_comparison = comparison;
    if (!hasContent()) m_zoom = {};
    invalidate();
}

void ComparisonView::setPublishedShown(bool shown) {
    m_publishedShown = shown;
    invalidate();
}

void ComparisonView::showAll() {
    m_zoom = {};
    invalidate();
}

QString ComparisonView::emptyText() const {
    return tr("Tick runs in the table: they are drawn here. Space ticks the chosen rows.");
}

PlotAxes ComparisonView::axesIn(const QRectF& area) const {
    PlotAxes axes;
    axes.plot = area.adjusted(0, 0, 0, -footHeight(area)).marginsRemoved(PlotAxes::margins(QFontMetricsF(font())));
    axes.range = shownRange();
    axes.logX = isLogX();
    axes.logY = isLogY();
    return axes;
}

double ComparisonView::footHeight(const QRectF& area) const {
    const QString text = footnote();
    if (text.isEmpty()) return 0;
    const QRectF room(0, 0, area.width() - 2 * footMargin, area.height());
    return QFontMetricsF(font()).boundingRect(room, Qt::TextWordWrap, text).height() + 4;
}

void ComparisonView::drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) {
    QRectF rest = area;
    // In the window the key stands beside the plot and can be edited; a figure has its own.
    if (exporting) rest.setTop(area.top() + drawKey(painter, area, style));
    const PlotAxes axes = axesIn(rest);
    // Without what stands in brackets, and behind them.
    axes.draw(painter, style, titleX(), titleY(), titleY().section(QStringLiteral(" ("), 0, 0));
    painter.setPen(style.text);
    painter.drawText(rest.adjusted(footMargin, rest.height() - footHeight(rest), -footMargin, 0), Qt::TextWordWrap,
                     footnote());
    painter.save();
    painter.setClipRect(axes.plot.adjusted(-1, -1, 1, 1));
    drawPlot(painter, axes, style);
    painter.restore();
}

/// Entries one after the other, in as many rows as they need; returns their height.
double ComparisonView::drawKey(QPainter& painter, const QRectF& area, const PlotStyle& style) const {
    const QFontMetricsF metrics(painter.font());
    const double row = metrics.height() + 4;
    constexpr double gap = 18;
    const double left = area.left() + 12;
    QPointF at(left, area.top());
    const auto add = [&](const QString& text, double signWidth, auto drawSignAt) {
        const QString shown = metrics.elidedText(text, Qt::ElideMiddle, area.right() - 8 - left - signWidth);
        const double width = signWidth + metrics.horizontalAdvance(shown);
        if (at.x() > left && at.x() + width > area.right() - 8) at = QPointF(left, at.y() + row);
        drawSignAt(QPointF(at.x(), at.y() + row / 2));
        painter.setPen(style.text);
        painter.drawText(QRectF(at.x() + signWidth, at.y(), width, row), Qt::AlignLeft | Qt::AlignVCenter, shown);
        at.rx() += width + gap;
    };
    for (size_t g = 0; g < m_comparison->groups.size(); ++g) {
        const CurveLook look = lookOf(g, style.dark);
        if (look.hidden) continue;
        const int seeds = static_cast<int>(m_comparison->groups[g].members.members.size());
        add(seeds > 1 ? tr("%1 (n = %2)").arg(look.name).arg(seeds) : look.name, 34, [&](const QPointF& point) {
            painter.save();
            drawSign(painter, look, point);
            painter.restore();
        });
    }
    for (const QString& note : keyNotes()) add(note, 0, [](const QPointF&) {});
    return at.y() + row - area.top() + 2;
}

void ComparisonView::drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) {
    const PlotAxes axes = axesIn(area);
    if (m_dragging) {
        QColor fill = style.highlight;
        fill.setAlphaF(0.18F);
        painter.setBrush(fill);
        painter.setPen(style.highlight);
        painter.drawRect(QRectF(m_dragFrom, m_mouse).normalized().intersected(axes.plot));
        return;
    }
    if (!axes.plot.contains(m_mouse)) return;
    const QString reading = readingAt(m_mouse, axes);
    if (reading.isEmpty()) return;
    QColor line = style.text;
    line.setAlphaF(0.5F);
    painter.setPen(QPen(line, 1));
    painter.drawLine(QPointF(m_mouse.x(), axes.plot.top()), QPointF(m_mouse.x(), axes.plot.bottom()));
    drawReading(painter, reading, m_mouse.x(), std::max(axes.plot.top() + 2, m_mouse.y() - 26), axes.plot, style);
}

void ComparisonView::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && hasContent()) m_dragFrom = event->position();
    setFocus(Qt::MouseFocusReason);
    QWidget::mousePressEvent(event);
}

void ComparisonView::mouseMoveEvent(QMouseEvent* event) {
    m_mouse = event->position();
    const QPointF moved = m_mouse - m_dragFrom;
    if ((event->buttons() & Qt::LeftButton) && m_dragFrom != nowhere)
        m_dragging = std::abs(moved.x()) > leastDrag && std::abs(moved.y()) > leastDrag;
    update();
    QWidget::mouseMoveEvent(event);
}

void ComparisonView::mouseReleaseEvent(QMouseEvent* event) {
    if (m_dragging) {
        const PlotAxes axes = axesIn(rect());
        const QRectF dragged = QRectF(m_dragFrom, event->position()).normalized().intersected(axes.plot);
        if (dragged.width() > leastDrag && dragged.height() > leastDrag) {
            const QPointF low = axes.valueAt(dragged.bottomLeft());
            const QPointF high = axes.valueAt(dragged.topRight());
            m_zoom = QRectF(QPointF(low.x(), low.y()), QPointF(high.x(), high.y()));
            invalidate();
        }
    }
    m_dragging = false;
    m_dragFrom = nowhere;
    update();
    QWidget::mouseReleaseEvent(event);
}

void ComparisonView::mouseDoubleClickEvent(QMouseEvent*) { showAll(); }

/// In x alone, which keeps the curves readable.
void ComparisonView::zoomAt(const QPointF& point, double factor) {
    if (!hasContent()) return;
    const PlotAxes axes = axesIn(rect());
    const QRectF full = fullRange();
    const double at =
        (std::clamp(point.x(), axes.plot.left(), axes.plot.right()) - axes.plot.left()) / axes.plot.width();
    const auto valueAt = [&](double part) {
        return axes.valueAt({axes.plot.left() + part * axes.plot.width(), 0}).x();
    };
    const double left = std::max(full.left(), valueAt(at - at * factor));
    const double right = std::min(full.right(), valueAt(at + (1 - at) * factor));
    if (!(right - left > 1e-6 * full.width())) return;
    QRectF zoom = shownRange();
    zoom.setLeft(left);
    zoom.setRight(right);
    m_zoom = zoom == full ? QRectF() : zoom;
    invalidate();
}

void ComparisonView::wheelEvent(QWheelEvent* event) {
    zoomAt(event->position(), std::pow(0.85, event->angleDelta().y() / 120.0));
    event->accept();
}

void ComparisonView::leaveEvent(QEvent* event) {
    m_mouse = nowhere;
    PaintedView::leaveEvent(event);
    update();
}

void ComparisonView::zoomByKey(double factor) { zoomAt(axesIn(rect()).plot.center(), factor); }

}  // namespace resonate::app
