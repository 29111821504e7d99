// app/views/sample_painter.cpp: see sample_painter.h.
#include "views/sample_painter.h"

#include <algorithm>
#include <cmath>

#include "views/time_plot.h"

namespace resonate::app {
namespace {

/// More lines or rows than that are no longer told apart.
constexpr int mostRows = 16;
constexpr int digitPixels = 28 * 28;
constexpr double axisTitlePlace = 54;  ///< left of the plot

}  // namespace

std::unique_ptr<SamplePainter> makeSamplePainter(const SharedSample& sample) {
    const DatasetInfo& info = sample->info;
    const bool few = sample->inputs() <= mostRows;
    switch (info.input_kind) {
        case InputKind::events: return few ? makeEventRowPainter(sample) : makeEventRasterPainter(sample);
        case InputKind::sparse_events: return makeEventRasterPainter(sample);
        case InputKind::coefficients: return makeMapPainter(sample);
        case InputKind::values: break;
    }
    if (!info.own && sample->inputs() == 1 && sample->steps() == digitPixels) return makeDigitPainter(sample);
    return few ? makeLinePainter(sample) : makeMapPainter(sample);
}

void drawValueAxis(QPainter& painter, const QRectF& area, double low, double high, const PlotStyle& style, bool counts,
                   bool wordsBelow) {
    painter.setPen(style.faint);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(area);
    const QFontMetricsF metrics(painter.font());
    painter.setPen(style.text);
    // In a low area the numbers that have room, from the bottom up.
    double free = area.bottom() + (wordsBelow ? -0.5 : 1) * metrics.height();
    for (const double tick : niceTicks(low, high, std::clamp(static_cast<int>(area.height() / 24), 2, 8))) {
        if (counts && tick != std::floor(tick)) continue;
        const double y = area.bottom() - (tick - low) / (high - low) * area.height();
        painter.drawLine(QPointF(area.left() - 3, y), QPointF(area.left(), y));
        if (y > free) continue;
        free = y - 0.8 * metrics.height();
        painter.drawText(QRectF(area.left() - 42, y - metrics.height() / 2, 36, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, tickLabel(tick));
    }
}

void drawAxisTitle(QPainter& painter, const QRectF& area, const QString& text, const PlotStyle& style) {
    painter.setPen(style.text);
    // Left of the longest of the numbers.
    const QFontMetricsF metrics(painter.font());
    const double place = metrics.height() + metrics.horizontalAdvance(QStringLiteral("−2.5")) + 6;
    drawSideTitle(painter, area, area.left() - std::max(axisTitlePlace, place), text);
}

}  // namespace resonate::app
