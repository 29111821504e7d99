// app/views/colour_map.h: numbers as colours, equal differences looking equal (viridis, van der Walt & Smith 2015).
#pragma once

#include <QColor>

namespace resonate::app {

/// `share` in [0, 1], clamped: dark violet to bright yellow. Not a number: grey.
QColor viridis(double share);

}  // namespace resonate::app
