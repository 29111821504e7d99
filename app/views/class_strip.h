// app/views/class_strip.h: classes over time as a coloured strip, and the key to the colours.
#pragma once

#include <QPainter>
#include <QRectF>
#include <QStringList>
#include <functional>

#include "views/plot_style.h"

namespace resonate::app {

/// Calls `use(begin, end, class)` for every stretch of equal class among the steps of [first, last) below `steps`.
void forEachStretch(double first, double last, int steps, const std::function<int(int)>& classAt,
                    const std::function<void(int, int, int)>& use);

/// `strip` spans the steps [first, last); its name stands in the margin at the left.
void drawClassStrip(QPainter& painter, const QRectF& strip, const QString& name, double first, double last, int steps,
                    const std::function<int(int)>& classAt, const PlotStyle& style);

/// From the left; names that do not fit are left out.
void drawClassLegend(QPainter& painter, const QRectF& row, const QStringList& names, const PlotStyle& style);

}  // namespace resonate::app
