// app/views/time_plot.cpp: see time_plot.h.
#include "views/time_plot.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <limits>

namespace resonate::app {
namespace {

constexpr double leastSteps = 10;  ///< shown

}  // namespace

QList<double> niceTicks(double low, double high, int wanted) {
    QList<double> ticks;
    if (!(high > low) || wanted < 1) return ticks;
    const double rough = (high - low) / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    double step = power;
    for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
        step = factor * power;
        if (step >= rough) break;
    }
    for (double tick = std::ceil(low / step - 1e-9) * step; tick <= high + 1e-9 * step; tick += step)
        ticks.append(std::abs(tick) < 1e-12 * step ? 0 : tick);
    return ticks;
}

QList<double> scaleTicks(double low, double high, int wanted) {
    constexpr int most = 9;
    int count = std::max(2, wanted);
    QList<double> ticks = niceTicks(low, high, count);
    if (ticks.size() >= 2) return ticks;
    while (ticks.size() < 2 && count < most) ticks = niceTicks(low, high, ++count);
    // There is no room for three.
    return ticks.size() > 2 ? QList<double>{ticks.constFirst(), ticks.constLast()} : ticks;
}

QString tickLabel(double value) { return QString::number(value, 'g', 6).replace(QLatin1Char('-'), QChar(0x2212)); }

QList<QRectF> boxesAlong(const QPolygonF& line) {
    QList<QRectF> boxes;
    for (qsizetype i = 1; i < line.size(); ++i)
        boxes.append(QRectF(line[i - 1], line[i]).normalized().adjusted(-1, -1, 1, 1));
    return boxes;
}

void drawReadingBox(QPainter& painter, const QString& text, const QList<double>& beside, const QRectF& bounds,
                    const QList<QRectF>& taken, const PlotStyle& style) {
    constexpr double inset = 4;
    constexpr double distance = 6;
    const QSizeF size = QFontMetricsF(painter.font()).size(0, text) + QSizeF(12, 4);
    const double left = bounds.left() + inset;
    const double right = std::max(left, bounds.right() - inset - size.width());
    QRectF best;
    qsizetype fewest = std::numeric_limits<qsizetype>::max();
    for (const double x : beside)
        for (const double wanted : {x + distance, x - distance - size.width()})
            for (const double top : {bounds.top() + inset, bounds.bottom() - inset - size.height()}) {
                const QRectF box(QPointF(std::clamp(wanted, left, right), top), size);
                const qsizetype covered =
                    std::count_if(taken.begin(), taken.end(), [&](const QRectF& one) { return box.intersects(one); });
                if (covered >= fewest) continue;
                fewest = covered;
                best = box;
            }
    drawPlate(painter, best, style);
    painter.drawText(best.adjusted(6, 2, -2, -2), Qt::AlignLeft | Qt::AlignVCenter, text);
}

TimePlot::TimePlot(ViewLink* link, QWidget* parent) : PaintedView(link, parent) {}

void TimePlot::setVisibleSteps(double first, double last) {
    const double steps = stepCount();
    const double width = std::clamp(last - first, std::min(leastSteps, steps), steps);
    const double start = std::clamp(first, 0.0, std::max(0.0, steps - width));
    if (start == m_first && start + width == m_last) return;
    m_first = start;
    m_last = start + width;
    invalidate();
    Q_EMIT visibleStepsChanged(m_first, m_last);
}

void TimePlot::stepsChanged() {
    if (m_steps == stepCount()) return;
    m_steps = stepCount();
    m_first = 0;
    m_last = m_steps;
}

void TimePlot::fitLetters(double scale) {
    m_leftMargin = 58 * scale;
    m_rightMargin = 58 * scale;
    m_axisHeight = 38 * scale;
    m_wordsHeight = 19 * scale;
}

QRectF TimePlot::plotArea(const QRectF& area) const {
    return area.adjusted(m_leftMargin, m_topMargin, -m_rightMargin, -m_axisHeight);
}

double TimePlot::xOf(double step, const QRectF& plot) const {
    return plot.left() + (step - m_first) / (m_last - m_first) * plot.width();
}

int TimePlot::stepAt(double x) const {
    if (stepCount() == 0) return -1;
    const QRectF plot = plotArea(rect());
    if (x < plot.left() || x >= plot.right()) return -1;
    return std::clamp(static_cast<int>(m_first + (x - plot.left()) / plot.width() * (m_last - m_first)), 0,
                      stepCount() - 1);
}

bool TimePlot::cursorShows() const {
    const int step = link()->cursor();
    return step >= m_first && step < m_last && step < stepCount();
}

void TimePlot::drawTimeAxis(QPainter& painter, const QRectF& plot, const PlotStyle& style, TimeTitle title) const {
    painter.setPen(style.faint);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.setPen(style.text);
    const QFontMetricsF metrics(painter.font());
    const double labelled = plot.bottom() + 4;
    const QString words = tr("time step");
    const bool beside = title == TimeTitle::BesideTicks;
    // The title beside the ticks takes the place of those it would touch.
    const double end = plot.right() + m_rightMargin - 2;
    const double begin = beside ? end - metrics.horizontalAdvance(words) : end;
    for (const double tick : scaleTicks(m_first, m_last, static_cast<int>(plot.width() / (1.55 * m_leftMargin)))) {
        const double x = xOf(tick, plot);
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3));
        const QString label = tickLabel(tick);
        if (beside && x + metrics.horizontalAdvance(label) / 2 + 6 > begin) continue;
        painter.drawText(QRectF(x - m_leftMargin, labelled, 2 * m_leftMargin, metrics.height()),
                         Qt::AlignHCenter | Qt::AlignTop, label);
    }
    const QRectF place = beside
                             ? QRectF(begin, labelled, end - begin + 2, metrics.height())
                             : QRectF(plot.left(), labelled + metrics.height() - 1, plot.width(), metrics.height() + 2);
    painter.drawText(place, Qt::AlignHCenter | Qt::AlignTop, words);
}

void TimePlot::drawWords(QPainter& painter, const QRectF& plot, const QString& words, const PlotStyle& style,
                         const QString& brief) const {
    const QRectF row(plot.left(), plot.top() - m_wordsHeight - 3, plot.width() + m_rightMargin, m_wordsHeight);
    painter.setPen(style.text);
    const QFontMetricsF metrics(painter.font());
    const bool fits = brief.isEmpty() || metrics.horizontalAdvance(words) <= row.width();
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(fits ? words : brief, Qt::ElideRight, row.width()));
}

void TimePlot::drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) {
    if (!cursorShows()) return;
    const QRectF plot = plotArea(area);
    const double x = xOf(link()->cursor() + 0.5, plot);
    QColor line = style.text;
    line.setAlphaF(0.7F);
    painter.setPen(QPen(line, 1));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
}

void TimePlot::mouseMoveEvent(QMouseEvent* event) {
    const double x = event->position().x();
    if (event->buttons() & Qt::MiddleButton) {
        moveBy((m_dragX - x) / plotArea(rect()).width() * (m_last - m_first));
        m_dragX = x;
    }
    link()->setCursor(stepAt(x));
    PaintedView::mouseMoveEvent(event);
}

void TimePlot::mousePressEvent(QMouseEvent* event) {
    m_dragX = event->position().x();
    PaintedView::mousePressEvent(event);
}

void TimePlot::mouseDoubleClickEvent(QMouseEvent*) { zoomOut(); }

void TimePlot::wheelEvent(QWheelEvent* event) {
    if (stepCount() == 0) return;
    const QRectF plot = plotArea(rect());
    const double at = m_first + (event->position().x() - plot.left()) / plot.width() * (m_last - m_first);
    zoomAt(at, std::pow(0.85, event->angleDelta().y() / 120.0));
    event->accept();
}

void TimePlot::zoomAt(double step, double factor) {
    const double closest = std::min(1.0, leastSteps / (m_last - m_first));
    const double taken = std::max(closest, factor);
    setVisibleSteps(step - (step - m_first) * taken, step + (m_last - step) * taken);
}

void TimePlot::zoomByKey(double factor) {
    zoomAt(cursorShows() ? link()->cursor() + 0.5 : (m_first + m_last) / 2, factor);
}

void TimePlot::keyPressEvent(QKeyEvent* event) {
    const int move = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (move != 0 && zooms() && (event->modifiers() & Qt::ControlModifier))
        return moveBy(move * (m_last - m_first) / 4);
    PaintedView::keyPressEvent(event);
    // The cursor that a key moves stays in sight.
    const double at = link()->cursor();
    if (at >= 0 && at < m_first) moveBy(at - m_first);
    if (at + 1 > m_last) moveBy(at + 1 - m_last);
}

}  // namespace resonate::app
