// app/views/plot_axes.cpp: see plot_axes.h.
#include "views/plot_axes.h"

#include <QPolygonF>
#include <array>
#include <cmath>
#include <numbers>

#include "views/time_plot.h"

namespace resonate::app {
namespace {

double share(double value, double low, double high, bool logarithmic) {
    if (!logarithmic) return (value - low) / (high - low);
    constexpr double least = 1e-12;
    return std::log(std::max(value, least) / low) / std::log(high / low);
}

double valueOfShare(double part, double low, double high, bool logarithmic) {
    return logarithmic ? low * std::pow(high / low, part) : low + part * (high - low);
}

QList<double> ticksOf(double low, double high, bool logarithmic, int wanted) {
    // Less than a decade has too few round powers.
    if (!logarithmic || high / low < 8) return niceTicks(low, high, wanted);
    QList<double> ticks;
    const bool dense = high / low < 300;
    for (int power = static_cast<int>(std::floor(std::log10(low))); std::pow(10.0, power) <= high; ++power)
        for (const double factor : dense ? QList<double>{1, 2, 5} : QList<double>{1})
            if (const double tick = factor * std::pow(10.0, power); tick >= low * 0.999 && tick <= high * 1.001)
                ticks.append(tick);
    return ticks;
}

}  // namespace

QMarginsF PlotAxes::margins(const QFontMetricsF& metrics) {
    const double line = metrics.height();
    return {metrics.horizontalAdvance(QStringLiteral("000000")) + line + 10, 10, 16, 2 * line + 12};
}

QPointF PlotAxes::at(double x, double y) const {
    return {plot.left() + share(x, range.left(), range.right(), logX) * plot.width(),
            plot.bottom() - share(y, range.top(), range.bottom(), logY) * plot.height()};
}

QPointF PlotAxes::valueAt(const QPointF& point) const {
    return {valueOfShare((point.x() - plot.left()) / plot.width(), range.left(), range.right(), logX),
            valueOfShare((plot.bottom() - point.y()) / plot.height(), range.top(), range.bottom(), logY)};
}

void PlotAxes::draw(QPainter& painter, const PlotStyle& style, const QString& titleX, const QString& titleY,
                    const QString& briefY) const {
    const QFontMetricsF metrics(painter.font());
    const double line = metrics.height();
    const QPen grid(style.faint, 0.6, Qt::DotLine);
    for (const double tick : ticksOf(range.left(), range.right(), logX, static_cast<int>(plot.width() / 90))) {
        const double x = at(tick, range.top()).x();
        painter.setPen(grid);
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        painter.setPen(style.text);
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3));
        painter.drawText(QRectF(x - 50, plot.bottom() + 5, 100, line), Qt::AlignHCenter | Qt::AlignTop,
                         tickLabel(tick));
    }
    for (const double tick : ticksOf(range.top(), range.bottom(), logY, static_cast<int>(plot.height() / 45))) {
        const double y = at(range.left(), tick).y();
        painter.setPen(grid);
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(style.text);
        painter.drawLine(QPointF(plot.left() - 3, y), QPointF(plot.left(), y));
        painter.drawText(QRectF(plot.left() - 106, y - line / 2, 100, line), Qt::AlignRight | Qt::AlignVCenter,
                         tickLabel(tick));
    }
    painter.setPen(style.faint);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.drawLine(plot.topLeft(), plot.bottomLeft());
    painter.setPen(style.text);
    painter.drawText(QRectF(plot.left(), plot.bottom() + 6 + line, plot.width(), line + 2),
                     Qt::AlignHCenter | Qt::AlignTop, titleX);
    drawSideTitle(painter, plot, plot.left() - margins(metrics).left() + 2, titleY, briefY, 2 * margins(metrics).top());
}

void drawMarker(QPainter& painter, int marker, const QPointF& centre, double radius) {
    const auto polygon = [&](int corners, double turn, double size) {
        QPolygonF shape;
        for (int i = 0; i < corners; ++i) {
            const double angle = (turn + 360.0 * i / corners) * std::numbers::pi / 180;
            shape << centre + size * radius * QPointF(std::sin(angle), -std::cos(angle));
        }
        painter.drawPolygon(shape);
    };
    switch (marker % 6) {
        case 0: painter.drawEllipse(centre, radius, radius); break;
        case 1: polygon(4, 45, 1.25); break;
        case 2: polygon(3, 0, 1.3); break;
        case 3: polygon(4, 0, 1.3); break;
        case 4: polygon(3, 180, 1.3); break;
        case 5: polygon(5, 0, 1.2); break;
    }
}

}  // namespace resonate::app
