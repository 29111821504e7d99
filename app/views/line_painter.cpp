// app/views/line_painter.cpp: values of few channels, a line for each.
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "style/theme.h"
#include "views/decimate.h"
#include "views/sample_painter.h"

namespace resonate::app {
namespace {

constexpr double panelGap = 8;
/// Height of a panel in which its numbers can still be read.
constexpr double smallestAxis = 36;

class LinePainter : public SamplePainter {
 public:
    explicit LinePainter(const SharedSample& sample) : SamplePainter(sample) {
        for (int i = 0; i < shown().inputs(); ++i) {
            Range range;
            for (int t = 0; t < shown().steps(); ++t) {
                const double value = shown().at(t, i);
                if (!std::isfinite(value)) continue;
                range.low = std::min(range.low, value);
                range.high = std::max(range.high, value);
            }
            if (!(range.low <= range.high)) range = {0, 1};
            const double margin = range.high > range.low ? 0.05 * (range.high - range.low) : 0.5;
            m_ranges.push_back({range.low - margin, range.high + margin});
        }
    }

    void draw(QPainter& painter, const QRectF& plot, const TimeSpan& span, const PlotStyle& style,
              bool) const override {
        for (int i = 0; i < shown().inputs(); ++i) {
            const QRectF panel = panelOf(i, plot);
            const QColor ink = selectionColour(i, style.dark);
            const Range& range = m_ranges[static_cast<size_t>(i)];
            if (panel.height() >= smallestAxis) {
                drawValueAxis(painter, panel, range.low, range.high, style);
            } else {
                painter.setPen(style.faint);
                painter.setBrush(Qt::NoBrush);
                painter.drawRect(panel);
            }
            const QFontMetricsF metrics(painter.font());
            painter.setPen(style.text);
            painter.drawText(QRectF(panel.right() + 6, panel.top(), 52, panel.height()),
                             Qt::AlignLeft | Qt::AlignVCenter,
                             metrics.elidedText(shown().channelName(i), Qt::ElideRight, 52));
            painter.save();
            painter.setClipRect(panel);
            drawLine(painter, panel, span, i, QPen(ink, 1.4));
            painter.restore();
        }
        drawAxisTitle(painter, plot, QCoreApplication::translate("LinePainter", "value"), style);
    }

    QString reading(int step, double height) const override {
        const int place = static_cast<int>((1 - height) * shown().inputs());
        const int input = std::clamp(place, 0, shown().inputs() - 1);
        return QStringLiteral("%1: %2")
            .arg(shown().channelName(input))
            .arg(static_cast<double>(shown().at(step, input)));
    }

    void drawPicture(QPainter& painter, const QRectF& area, const PlotStyle& style) const override {
        const int lines = std::min(shown().inputs(), 6);
        const double height = area.height() / lines;
        const TimeSpan span{0, static_cast<double>(shown().steps())};
        for (int i = 0; i < lines; ++i)
            drawLine(painter, QRectF(area.left(), area.top() + i * height + 1, area.width(), height - 2), span, i,
                     QPen(selectionColour(i, style.dark), 1.2));
    }

 private:
    struct Range {
        double low = 1e300;
        double high = -1e300;
    };

    QRectF panelOf(int input, const QRectF& plot) const {
        const int count = shown().inputs();
        const double gap = plot.height() / count > 40 ? panelGap : 2;
        const double height = (plot.height() - gap * (count - 1)) / count;
        return {plot.left(), plot.top() + input * (height + gap), plot.width(), height};
    }

    void drawLine(QPainter& painter, const QRectF& panel, const TimeSpan& span, int input, const QPen& pen) const {
        const Range& range = m_ranges[static_cast<size_t>(input)];
        const int first = std::max(0, static_cast<int>(span.first) - 1);
        const int last = std::min(shown().steps(), static_cast<int>(span.last) + 2);
        QPolygonF line;
        for (const QPointF& point : decimate(first, last, std::max(1, static_cast<int>(panel.width())),
                                             [&](int step) { return static_cast<double>(shown().at(step, input)); }))
            if (std::isfinite(point.y()))
                line << QPointF(span.x(point.x() + 0.5, panel),
                                panel.bottom() - (point.y() - range.low) / (range.high - range.low) * panel.height());
        painter.setPen(pen);
        drawCurve(painter, line);
    }

    std::vector<Range> m_ranges;
};

}  // namespace

std::unique_ptr<SamplePainter> makeLinePainter(const SharedSample& sample) {
    return std::make_unique<LinePainter>(sample);
}

}  // namespace resonate::app
