// app/views/spike_grid.cpp: see spike_grid.h.
#include "views/spike_grid.h"

#include <QImage>
#include <algorithm>
#include <cmath>

namespace resonate::app {

void drawSpikeGrid(QPainter& painter, const QRectF& plot, const SpikeGrid& grid, double first, double last,
                   bool asShapes) {
    const int begin = std::max(0, static_cast<int>(first));
    const int end = std::min(grid.steps, static_cast<int>(std::ceil(last)));
    const double row = plot.height() / grid.rows;
    const double gap = row >= 5 ? std::min(2.0, row * 0.15) : 0;
    const auto rows = static_cast<size_t>(grid.rows);
    const auto colourOf = [&](size_t index) {
        return grid.colours.size() == 1 ? grid.colours[0] : grid.colours[index];
    };
    const auto place = [&](size_t index) {
        return grid.places.empty() ? static_cast<double>(index) : static_cast<double>(grid.places[index]);
    };
    if (asShapes) {
        const double step = plot.width() / (last - first);
        for (int t = begin; t < end; ++t)
            for (size_t h = 0; h < rows; ++h)
                if (grid.spikes[static_cast<size_t>(t) * rows + h])
                    painter.fillRect(
                        QRectF(plot.left() + (t - first) * step, plot.bottom() - (place(h) + 1) * row + gap / 2,
                               std::max(step, 0.6), row - gap),
                        colourOf(h));
        return;
    }
    const double ratio = painter.device()->devicePixelRatioF();
    const QSize pixels(std::max(1, static_cast<int>(plot.width() * ratio)),
                       std::max(1, static_cast<int>(plot.height() * ratio)));
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    std::vector<QRgb> colours;
    for (size_t h = 0; h < rows; ++h) colours.push_back(colourOf(h).rgb());
    const double perStep = pixels.width() / (last - first);
    const double perRow = static_cast<double>(pixels.height()) / grid.rows;
    for (int t = begin; t < end; ++t) {
        const int x0 = std::clamp(static_cast<int>((t - first) * perStep), 0, pixels.width() - 1);
        const int x1 = std::clamp(static_cast<int>((t + 1 - first) * perStep), x0 + 1, pixels.width());
        const std::uint8_t* spikes = grid.spikes.data() + static_cast<size_t>(t) * rows;
        for (size_t h = 0; h < rows; ++h) {
            if (!spikes[h]) continue;
            const double top = pixels.height() - (place(h) + 1) * perRow + gap * ratio / 2;
            const double bottom = pixels.height() - place(h) * perRow - gap * ratio / 2;
            const int y0 = static_cast<int>(top);
            const int y1 = std::max(y0 + 1, static_cast<int>(bottom));
            for (int y = std::max(0, y0); y < std::min(y1, pixels.height()); ++y) {
                auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
                std::fill(line + x0, line + x1, colours[h]);
            }
        }
    }
    painter.drawImage(plot, image);
}

}  // namespace resonate::app
