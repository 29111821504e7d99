// app/views/class_strip.h: classes over time as a coloured strip, and the key to the colours.
#pragma once

#include <QPainter>
#include <QRectF>
#include <QStringList>
#include <functional>
#include <vector>

#include "views/plot_style.h"

namespace resonate::app {

/// Calls `use(begin, end, class)` for every stretch of equal class among the steps of [first, last) below `steps`.
void forEachStretch(double first, double last, int steps, const std::function<int(int)>& classAt,
                    const std::function<void(int, int, int)>& use);

/// `strip` spans the steps [first, last); its name stands in the margin at the left.
void drawClassStrip(QPainter& painter, const QRectF& strip, const QString& name, double first, double last, int steps,
                    const std::function<int(int)>& classAt, const PlotStyle& style);

/// From the left, in letters of the usual size. `weights`: [C] how much there is of each class in the picture. Where
/// not all have room, it begins by `spare` further left, then those without weight are left out, then names are cut,
/// then the lightest are left out too.
void drawClassLegend(QPainter& painter, QRectF row, double spare, const QStringList& names,
                     const std::vector<double>& weights, const PlotStyle& style);

}  // namespace resonate::app
