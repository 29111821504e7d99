// app/views/decimate.cpp: see decimate.h.
#include "views/decimate.h"

#include <algorithm>

namespace resonate::app {

QList<QPointF> decimate(int first, int last, int columns, const std::function<double(int)>& value) {
    QList<QPointF> points;
    const int count = last - first;
    if (count <= 0 || columns < 1) return points;
    if (count <= 4 * columns) {
        points.reserve(count);
        for (int i = first; i < last; ++i) points.append({static_cast<double>(i), value(i)});
        return points;
    }
    points.reserve(4 * columns);
    for (int column = 0; column < columns; ++column) {
        const int begin = first + static_cast<int>(static_cast<qint64>(count) * column / columns);
        const int end = first + static_cast<int>(static_cast<qint64>(count) * (column + 1) / columns);
        int low = begin;
        int high = begin;
        for (int i = begin; i < end; ++i) {
            if (value(i) < value(low)) low = i;
            if (value(i) > value(high)) high = i;
        }
        int kept[] = {begin, std::min(low, high), std::max(low, high), end - 1};
        const int* stop = std::unique(kept, kept + 4);
        for (const int* i = kept; i != stop; ++i) points.append({static_cast<double>(*i), value(*i)});
    }
    return points;
}

void drawCurve(QPainter& painter, const QPolygonF& line) {
    constexpr qsizetype piece = 24;
    for (qsizetype begin = 0; begin + 1 < line.size(); begin += piece)
        painter.drawPolyline(line.constData() + begin, static_cast<int>(std::min(piece + 1, line.size() - begin)));
}

}  // namespace resonate::app
