// app/views/pixel_canvas.h: an area of what is painted on, pixel by pixel.
#pragma once

#include <QImage>
#include <QPainter>

namespace resonate::app {

/// Covers the pixels of the area, rounded to whole ones, so that it is copied when it is drawn: scaled by a part of a
/// pixel it would take several times as long, and blur.
class PixelCanvas {
 public:
    /// Transparent at first. `area` in the units of the painter, which must be scaled by nothing but the ratio of its
    /// device.
    PixelCanvas(const QPainter& painter, const QRectF& area);

    int width() const { return m_image.width(); }
    int height() const { return m_image.height(); }
    /// The pixels of that line from the top, opaque or premultiplied.
    QRgb* line(int y) { return m_pixels + y * m_stride; }
    void draw(QPainter& painter) const { painter.drawImage(m_corner, m_image); }

 private:
    QImage m_image;
    QPointF m_corner;
    QRgb* m_pixels;
    qsizetype m_stride;
};

}  // namespace resonate::app
