// app/views/plot_axes.h: two axes with ticks around a plot, for views that paint themselves.
#pragma once

#include <QPainter>
#include <QRectF>
#include <QString>

#include "views/plot_style.h"

namespace resonate::app {

struct PlotAxes {
    QRectF plot;        ///< inside the axes
    QRectF range;       ///< values: left … right, top = lowest y … bottom = highest y
    bool logX = false;  ///< logarithmic: the range must be positive
    bool logY = false;

    QPointF at(double x, double y) const;
    QPointF valueAt(const QPointF& point) const;
    /// Grid, frame, ticks, titles; `briefY` where the title of that axis has no room.
    void draw(QPainter& painter, const PlotStyle& style, const QString& titleX, const QString& titleY,
              const QString& briefY = {}) const;

    /// Room that ticks and titles need around the plot.
    static QMarginsF margins(const QFontMetricsF& metrics);
};

/// Dots, squares, triangles … that tell lines and points apart without colour; 0 is a dot. Drawn with pen and brush.
void drawMarker(QPainter& painter, int marker, const QPointF& centre, double radius);

}  // namespace resonate::app
