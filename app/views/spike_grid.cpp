// app/views/spike_grid.cpp: see spike_grid.h.
#include "views/spike_grid.h"

#include <algorithm>
#include <cmath>

#include "views/pixel_canvas.h"

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
    PixelCanvas canvas(painter, plot);
    // What is the same for all steps: the colour of a row, and its lines of pixels.
    struct Row {
        QRgb colour = 0;
        int top = 0;
        int bottom = 0;
    };
    std::vector<Row> places;
    const double perStep = canvas.width() / (last - first);
    const double perRow = static_cast<double>(canvas.height()) / grid.rows;
    for (size_t h = 0; h < rows; ++h) {
        const int top = static_cast<int>(canvas.height() - (place(h) + 1) * perRow + gap * ratio / 2);
        const int bottom = static_cast<int>(canvas.height() - place(h) * perRow - gap * ratio / 2);
        places.push_back({colourOf(h).rgb(), std::max(0, top), std::min(std::max(top + 1, bottom), canvas.height())});
    }
    for (int t = begin; t < end; ++t) {
        const int x0 = std::clamp(static_cast<int>((t - first) * perStep), 0, canvas.width() - 1);
        const int x1 = std::clamp(static_cast<int>((t + 1 - first) * perStep), x0 + 1, canvas.width());
        const std::uint8_t* spikes = grid.spikes.data() + static_cast<size_t>(t) * rows;
        const std::uint8_t* const past = spikes + rows;
        for (const std::uint8_t* spike = spikes;
             (spike = std::find_if(spike, past, [](auto s) { return s != 0; })) != past; ++spike) {
            const Row& at = places[static_cast<size_t>(spike - spikes)];
            for (int y = at.top; y < at.bottom; ++y)
                std::fill(canvas.line(y) + x0, canvas.line(y) + x1, at.colour);
        }
    }
    canvas.draw(painter);
}

}  // namespace resonate::app
