// app/views/time_plot.cpp: see time_plot.h.
#include "views/time_plot.h"

#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace resonate::app {

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

QString tickLabel(double value) { return QString::number(value, 'g', 6).replace(QLatin1Char('-'), QChar(0x2212)); }

TimePlot::TimePlot(ViewLink* link, QWidget* parent) : PaintedView(link, parent) {}

void TimePlot::setVisibleSteps(double first, double last) {
    const double steps = stepCount();
    const double width = std::clamp(last - first, std::min(10.0, steps), steps);
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

void TimePlot::drawTimeAxis(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    painter.setPen(style.faint);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.setPen(style.text);
    const QFontMetricsF metrics(painter.font());
    const double labelled = plot.bottom() + 4;
    for (const double tick : niceTicks(m_first, m_last, static_cast<int>(plot.width() / (1.55 * m_leftMargin)))) {
        const double x = xOf(tick, plot);
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3));
        painter.drawText(QRectF(x - m_leftMargin, labelled, 2 * m_leftMargin, metrics.height()),
                         Qt::AlignHCenter | Qt::AlignTop, tickLabel(tick));
    }
    painter.drawText(QRectF(plot.left(), labelled + metrics.height() - 1, plot.width(), metrics.height() + 2),
                     Qt::AlignHCenter | Qt::AlignTop, tr("time step"));
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
        const double moved = (m_dragX - x) / plotArea(rect()).width() * (m_last - m_first);
        setVisibleSteps(m_first + moved, m_last + moved);
        m_dragX = x;
    }
    link()->setCursor(stepAt(x));
    PaintedView::mouseMoveEvent(event);
}

void TimePlot::mousePressEvent(QMouseEvent* event) {
    m_dragX = event->position().x();
    PaintedView::mousePressEvent(event);
}

void TimePlot::mouseDoubleClickEvent(QMouseEvent*) { setVisibleSteps(0, stepCount()); }

void TimePlot::wheelEvent(QWheelEvent* event) {
    if (stepCount() == 0) return;
    const QRectF plot = plotArea(rect());
    const double at = m_first + (event->position().x() - plot.left()) / plot.width() * (m_last - m_first);
    const double factor = std::pow(0.85, event->angleDelta().y() / 120.0);
    setVisibleSteps(at - (at - m_first) * factor, at + (m_last - at) * factor);
    event->accept();
}

}  // namespace resonate::app
