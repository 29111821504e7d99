// app/views/curve_chart_key.h: the key of the curves in a figure, where nothing may be left out.
#pragma once

#include "views/curve_legend.h"

namespace resonate::app {

/// At the top of `area`, centred, in as many rows as it takes; returns their height.
inline double drawKeyRows(QPainter& painter, const QRectF& area, const QList<LegendEntry>& entries,
                          const QColor& text) {
    const QFontMetricsF metrics(painter.font());
    QRectF row(area.left(), area.top(), area.width(), metrics.height() + 6);
    QList<LegendEntry> inRow;
    for (const LegendEntry& entry : entries) {
        if (!inRow.isEmpty() && CurveLegend::widthOf(inRow + QList{entry}, metrics) > row.width()) {
            CurveLegend::draw(painter, row, inRow, text, true);
            row.translate(0, row.height());
            inRow.clear();
        }
        inRow.append(entry);
    }
    CurveLegend::draw(painter, row, inRow, text, true);
    return row.bottom() - area.top();
}

}  // namespace resonate::app
