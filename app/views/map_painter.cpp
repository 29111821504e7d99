// app/views/map_painter.cpp: values of many channels as a map of colours with its scale.
#include <QCoreApplication>
#include <QImage>
#include <algorithm>
#include <cmath>

#include "views/colour_map.h"
#include "views/sample_painter.h"
#include "views/time_plot.h"

namespace resonate::app {
namespace {

constexpr double barGap = 6;
constexpr double barWidth = 11;
/// More cells than that go into a figure as an image.
constexpr int mostShapes = 60000;

QString say(const char* text) { return QCoreApplication::translate("MapPainter", text); }

class MapPainter : public SamplePainter {
 public:
    explicit MapPainter(const SharedSample& sample)
        : SamplePainter(sample), m_image(shown().steps(), shown().inputs(), QImage::Format_RGB32) {
        m_low = 1e300;
        m_high = -1e300;
        for (const float value : shown().sample.input) {
            if (!std::isfinite(value)) continue;
            m_low = std::min<double>(m_low, value);
            m_high = std::max<double>(m_high, value);
        }
        if (!(m_low < m_high)) m_high = (m_low = m_low > m_high ? 0 : m_low) + 1;
        for (int i = 0; i < shown().inputs(); ++i) {
            auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(shown().inputs() - 1 - i));
            for (int t = 0; t < shown().steps(); ++t) line[t] = colour(t, i).rgb();
        }
    }

    void draw(QPainter& painter, const QRectF& plot, const TimeSpan& span, const PlotStyle& style,
              bool asShapes) const override {
        painter.save();
        painter.setClipRect(plot);
        if (asShapes && shown().steps() * shown().inputs() <= mostShapes) {
            painter.setRenderHint(QPainter::Antialiasing, false);
            const double row = plot.height() / shown().inputs();
            for (int t = std::max(0, static_cast<int>(span.first)); t < std::min<double>(shown().steps(), span.last);
                 ++t)
                for (int i = 0; i < shown().inputs(); ++i)
                    painter.fillRect(QRectF(span.x(t, plot), plot.bottom() - (i + 1) * row,
                                            span.x(t + 1, plot) - span.x(t, plot), row),
                                     colour(t, i));
        } else {
            painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
            painter.drawImage(plot, m_image, QRectF(span.first, 0, span.last - span.first, shown().inputs()));
        }
        painter.restore();
        drawValueAxis(painter, plot, 0, shown().inputs(), style);
        drawAxisTitle(painter, plot, isCoefficients() ? say("MFCC coefficient") : say("input channel"), style);
        drawScale(painter, plot, style);
    }

    QString reading(int step, double height) const override {
        const int input = std::clamp(static_cast<int>(height * shown().inputs()), 0, shown().inputs() - 1);
        return QStringLiteral("%1: %2")
            .arg(isCoefficients() ? say("coefficient %1").arg(input) : shown().channelName(input))
            .arg(static_cast<double>(shown().at(step, input)), 0, 'g', 4);
    }

    void drawPicture(QPainter& painter, const QRectF& area, const PlotStyle&) const override {
        painter.save();
        painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
        painter.drawImage(area, m_image);
        painter.restore();
    }

 private:
    bool isCoefficients() const { return shown().info.input_kind == InputKind::coefficients; }
    QColor colour(int step, int input) const {
        return viridis((static_cast<double>(shown().at(step, input)) - m_low) / (m_high - m_low));
    }

    void drawScale(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
        const QRectF bar(plot.right() + barGap, plot.top(), barWidth, plot.height());
        QLinearGradient gradient(bar.bottomLeft(), bar.topLeft());
        for (int i = 0; i <= 9; ++i) gradient.setColorAt(i / 9.0, viridis(i / 9.0));
        painter.fillRect(bar, gradient);
        painter.setPen(style.faint);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bar);
        painter.setPen(style.text);
        const QFontMetricsF metrics(painter.font());
        for (const double tick : niceTicks(m_low, m_high, std::clamp(static_cast<int>(bar.height() / 30), 2, 6))) {
            const double y = bar.bottom() - (tick - m_low) / (m_high - m_low) * bar.height();
            painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + 3, y));
            painter.drawText(QRectF(bar.right() + 5, y - metrics.height() / 2, 36, metrics.height()),
                             Qt::AlignLeft | Qt::AlignVCenter, tickLabel(tick));
        }
        painter.drawText(QRectF(plot.right() + 14, plot.bottom() + 3, 44, 2 * metrics.height() + 2),
                         Qt::AlignLeft | Qt::AlignTop, isCoefficients() ? say("std.\ndev.") : say("value"));
    }

    QImage m_image;  ///< [I, T], channel 0 at the bottom
    double m_low;
    double m_high;
};

}  // namespace

std::unique_ptr<SamplePainter> makeMapPainter(const SharedSample& sample) {
    return std::make_unique<MapPainter>(sample);
}

}  // namespace resonate::app
