// app/views/digit_painter.cpp: images shown one pixel per step.
#include <QCoreApplication>
#include <QImage>
#include <algorithm>

#include "style/theme.h"
#include "views/decimate.h"
#include "views/sample_painter.h"

namespace resonate::app {
namespace {

constexpr int side = 28;
constexpr double captionHeight = 18;
constexpr double smallestSequence = 110;
constexpr double gap = 14;

QString say(const char* text) { return QCoreApplication::translate("DigitPainter", text); }

/// Upper part: the image; in permuted sets beside it the pixels in the order shown. Lower part: brightness over time.
class DigitPainter : public SamplePainter {
 public:
    explicit DigitPainter(const SharedSample& sample) : SamplePainter(sample) {}

    QRectF timeArea(const QRectF& plot) const override {
        QRectF area = plot;
        area.setTop(plot.top() + imageSize(plot) + captionHeight + gap);
        return area;
    }

    void draw(QPainter& painter, const QRectF& plot, const TimeSpan& span, const PlotStyle& style,
              bool asShapes) const override {
        drawImage(painter, imageArea(plot, 0), style, asShapes, false);
        caption(painter, imageArea(plot, 0), permuted() ? say("digit as it was drawn") : say("digit"), style);
        if (permuted()) {
            drawImage(painter, imageArea(plot, 1), style, asShapes, true);
            caption(painter, imageArea(plot, 1), say("in the order shown"), style);
        }
        const QRectF area = timeArea(plot);
        drawValueAxis(painter, area, 0, 1, style);
        drawAxisTitle(painter, area.adjusted(0, -gap, 0, gap), say("brightness"), style);
        painter.save();
        painter.setClipRect(area);
        QPolygonF line;
        const int first = std::max(0, static_cast<int>(span.first));
        const int last = std::min(shown().steps(), static_cast<int>(span.last) + 2);
        for (int t = first; t < last; ++t) {
            const double y = area.bottom() - shown().at(t, 0) * area.height();
            line << QPointF(span.x(t, area), y) << QPointF(span.x(t + 1, area), y);
        }
        painter.setPen(QPen(selectionColour(0, style.dark), 1.2));
        drawCurve(painter, line);
        painter.restore();
    }

    void drawCursor(QPainter& painter, const QRectF& plot, int step, const PlotStyle& style) const override {
        mark(painter, imageArea(plot, 0), pixelOf(step), style);
        if (permuted()) mark(painter, imageArea(plot, 1), step, style);
    }

    QString reading(int step, double) const override {
        const int pixel = pixelOf(step);
        return say("row %1, column %2: brightness %3")
            .arg(pixel / side)
            .arg(pixel % side)
            .arg(static_cast<double>(shown().at(step, 0)), 0, 'f', 2);
    }

    void drawPicture(QPainter& painter, const QRectF& area, const PlotStyle& style) const override {
        const double size = std::min(area.width(), area.height());
        drawImage(painter, QRectF(area.center().x() - size / 2, area.center().y() - size / 2, size, size), style, false,
                  permuted());
    }

 private:
    bool permuted() const { return !shown().stepOrder.empty(); }
    int pixelOf(int step) const {
        return permuted() ? static_cast<int>(shown().stepOrder[static_cast<size_t>(step)]) : step;
    }

    int images() const { return permuted() ? 2 : 1; }
    double imageSize(const QRectF& plot) const {
        const double sequence = std::min(smallestSequence, plot.height() * 0.3);
        const double height = plot.height() - sequence - gap - captionHeight;
        return std::max(10.0, std::min(height, (plot.width() - 3 * gap * (images() - 1)) / images()));
    }
    QRectF imageArea(const QRectF& plot, int place) const {
        const double size = imageSize(plot);
        const double all = images() * size + (images() - 1) * 3 * gap;
        return {plot.center().x() - all / 2 + place * (size + 3 * gap), plot.top(), size, size};
    }

    void caption(QPainter& painter, const QRectF& image, const QString& text, const PlotStyle& style) const {
        painter.setPen(style.text);
        const double width = image.width() + 2 * gap;
        painter.drawText(QRectF(image.center().x() - width / 2, image.bottom() + 2, width, captionHeight),
                         Qt::AlignHCenter | Qt::AlignTop,
                         QFontMetricsF(painter.font()).elidedText(text, Qt::ElideRight, width));
    }

    /// White on black, as the set is published, in either theme.
    void drawImage(QPainter& painter, const QRectF& area, const PlotStyle& style, bool asShapes, bool asShown) const {
        QImage image(side, side, QImage::Format_RGB32);
        for (int t = 0; t < shown().steps(); ++t) {
            const int pixel = asShown ? t : pixelOf(t);
            const int grey = std::clamp(static_cast<int>(shown().at(t, 0) * 255 + 0.5F), 0, 255);
            image.setPixel(pixel % side, pixel / side, qRgb(grey, grey, grey));
        }
        if (asShapes) {
            painter.fillRect(area, Qt::black);
            const double size = area.width() / side;
            for (int y = 0; y < side; ++y)
                for (int x = 0; x < side; ++x)
                    if (const QColor colour = image.pixelColor(x, y); colour != Qt::black)
                        painter.fillRect(QRectF(area.left() + x * size, area.top() + y * size, size, size), colour);
        } else {
            painter.save();
            painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
            painter.drawImage(area, image);
            painter.restore();
        }
        painter.setPen(style.faint);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(area);
    }

    void mark(QPainter& painter, const QRectF& area, int pixel, const PlotStyle&) const {
        const double size = area.width() / side;
        const QRectF cell(area.left() + pixel % side * size, area.top() + pixel / side * size, size, size);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(0xe69f00), 2));
        painter.drawRect(cell.adjusted(-1, -1, 1, 1));
    }
};

}  // namespace

std::unique_ptr<SamplePainter> makeDigitPainter(const SharedSample& sample) {
    return std::make_unique<DigitPainter>(sample);
}

}  // namespace resonate::app
