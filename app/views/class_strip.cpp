// app/views/class_strip.cpp: see class_strip.h.
#include "views/class_strip.h"

#include <algorithm>
#include <cmath>

#include "style/theme.h"

namespace resonate::app {
void forEachStretch(double first, double last, int steps, const std::function<int(int)>& classAt,
                    const std::function<void(int, int, int)>& use) {
    const int stop = std::min(steps, static_cast<int>(std::ceil(last)));
    for (int begin = std::max(0, static_cast<int>(first)); begin < stop;) {
        int end = begin + 1;
        while (end < stop && classAt(end) == classAt(begin)) ++end;
        use(begin, end, classAt(begin));
        begin = end;
    }
}

void drawClassStrip(QPainter& painter, const QRectF& strip, const QString& name, double first, double last, int steps,
                    const std::function<int(int)>& classAt, const PlotStyle& style) {
    painter.setPen(style.text);
    const double nameWidth = QFontMetricsF(painter.font()).horizontalAdvance(name) + 8;
    const double nameHeight = std::max(strip.height() + 4, QFontMetricsF(painter.font()).height());
    painter.drawText(QRectF(strip.left() - nameWidth, strip.center().y() - nameHeight / 2, nameWidth - 6, nameHeight),
                     Qt::AlignRight | Qt::AlignVCenter, name);
    const auto x = [&](int step) { return strip.left() + (step - first) / (last - first) * strip.width(); };
    forEachStretch(first, last, steps, classAt, [&](int begin, int end, int label) {
        const double left = std::max(strip.left(), x(begin));
        painter.fillRect(QRectF(left, strip.top(), std::min(strip.right(), x(end)) - left, strip.height()),
                         classColour(label));
    });
}

void drawClassLegend(QPainter& painter, const QRectF& row, const QStringList& names, const PlotStyle& style) {
    constexpr double box = 16, wideGap = 14, narrowGap = 6, smallest = 0.5;
    painter.save();
    double gap = wideGap;
    double letters = 0;
    for (const QString& name : names) letters += QFontMetricsF(painter.font()).horizontalAdvance(name);
    const auto room = [&] { return row.width() + gap - static_cast<double>(names.size()) * (box + gap); };
    // Closer, and smaller letters, rather than fewer classes.
    if (letters > room()) {
        gap = narrowGap;
        QFont font = painter.font();
        font.setPixelSize(
            std::max(1, static_cast<int>(QFontInfo(font).pixelSize() * std::clamp(room() / letters, smallest, 1.0))));
        painter.setFont(font);
    }
    const QFontMetricsF metrics(painter.font());
    double x = row.left();
    painter.setPen(style.text);
    for (int c = 0; c < names.size(); ++c) {
        const double width = box + metrics.horizontalAdvance(names[c]) + gap;
        if (x + width - gap > row.right() + 1) break;
        painter.fillRect(QRectF(x, row.top() + 4, 11, 11), classColour(c));
        painter.drawText(QRectF(x + box, row.top(), width, row.height()), Qt::AlignLeft | Qt::AlignVCenter, names[c]);
        x += width;
    }
    painter.restore();
}

}  // namespace resonate::app
