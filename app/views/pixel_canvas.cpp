// app/views/pixel_canvas.cpp: see pixel_canvas.h.
#include "views/pixel_canvas.h"

#include <algorithm>

namespace resonate::app {

PixelCanvas::PixelCanvas(const QPainter& painter, const QRectF& area) {
    const double ratio = painter.device()->devicePixelRatioF();
    const QPoint from((area.topLeft() * ratio).toPoint());
    const QPoint to((area.bottomRight() * ratio).toPoint());
    m_image = QImage(std::max(1, to.x() - from.x()), std::max(1, to.y() - from.y()),
                     QImage::Format_ARGB32_Premultiplied);
    m_image.setDevicePixelRatio(ratio);
    m_image.fill(Qt::transparent);
    m_corner = QPointF(from) / ratio;
    m_pixels = reinterpret_cast<QRgb*>(m_image.bits());
    m_stride = m_image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb));
}

}  // namespace resonate::app
