// app/views/spike_grid.h: spikes of many rows over time, as an image on the screen and as shapes on paper.
#pragma once

#include <QColor>
#include <QPainter>
#include <QRectF>
#include <cstdint>
#include <span>
#include <vector>

namespace resonate::app {

struct SpikeGrid {
    std::span<const std::uint8_t> spikes;  ///< [steps, rows], not 0 where there is one
    int steps = 0;
    int rows = 0;
    std::vector<QColor> colours;       ///< one for each row, or one for all
    std::span<const int> places = {};  ///< [rows] where each row is drawn, from the bottom; empty: as they come
};

/// Draws steps [first, last) over the width of `plot`, row 0 at the bottom. On the screen, where several steps share a
/// pixel, any spike among them shows.
void drawSpikeGrid(QPainter& painter, const QRectF& plot, const SpikeGrid& grid, double first, double last,
                   bool asShapes);

}  // namespace resonate::app
