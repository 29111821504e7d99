// app/views/class_strip.cpp: see class_strip.h.
#include "views/class_strip.h"

#include <algorithm>
#include <cmath>
#include <numeric>

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

void drawClassLegend(QPainter& painter, QRectF row, double spare, const QStringList& names,
                     const std::vector<double>& weights, const PlotStyle& style) {
    constexpr double box = 16, wideGap = 14, narrowGap = 6;
    const QFontMetricsF metrics(painter.font());
    const double shortest = metrics.horizontalAdvance(QStringLiteral("mmm…"));
    const QString more = QStringLiteral("…");
    std::vector<double> widths;
    for (const QString& name : names) widths.push_back(metrics.horizontalAdvance(name));
    std::vector<size_t> shown(widths.size());
    std::iota(shown.begin(), shown.end(), size_t{0});

    double gap = wideGap;
    double room = row.width();
    double widest = widths.empty() ? 0 : std::ceil(*std::max_element(widths.begin(), widths.end()));
    const auto tooWide = [&] {
        double needed = -gap;
        for (const size_t c : shown) needed += box + std::min(widest, widths[c]) + gap;
        return needed > room;
    };
    if (tooWide()) gap = narrowGap;
    if (tooWide()) {
        row.setLeft(row.left() - spare);
        room = row.width();
    }
    if (tooWide()) std::erase_if(shown, [&](size_t c) { return !(weights[c] > 0); });
    while (tooWide() && widest > shortest) --widest;
    const bool leavesOut = tooWide();
    if (leavesOut) room -= gap + metrics.horizontalAdvance(more);
    while (tooWide() && shown.size() > 1)
        shown.erase(
            std::min_element(shown.begin(), shown.end(), [&](size_t a, size_t b) { return weights[a] < weights[b]; }));

    double x = row.left();
    painter.setPen(style.text);
    for (const size_t c : shown) {
        const double width = std::min(widest, widths[c]);
        painter.fillRect(QRectF(x, row.top() + 4, 11, 11), classColour(static_cast<int>(c)));
        painter.drawText(QRectF(x + box, row.top(), width + gap, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(names[static_cast<qsizetype>(c)], Qt::ElideRight, width + 0.5));
        x += box + width + gap;
    }
    if (leavesOut)
        painter.drawText(QRectF(x, row.top(), row.right() - x + gap, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         more);
}

}  // namespace resonate::app
