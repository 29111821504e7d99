// app/views/decimate.h: fewer points, the same picture.
#pragma once

#include <QList>
#include <QPainter>
#include <QPointF>
#include <QPolygonF>
#include <functional>

namespace resonate::app {

/// Points of values(first) … values(last − 1) at x = index: all of them where they fit, else first, smallest, largest
/// and last of each of `columns` stretches, in order. At most 4 · columns points.
QList<QPointF> decimate(int first, int last, int columns, const std::function<double(int)>& value);

/// As drawPolyline(), in pieces: the smooth outline of a whole curve costs Qt many times as much as those of its parts.
void drawCurve(QPainter& painter, const QPolygonF& line);

}  // namespace resonate::app
