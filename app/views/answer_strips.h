// app/views/answer_strips.h: below a plot over time: the true classes, those the network says, and the key to colours.
#pragma once

#include <QStringList>
#include <vector>

#include "views/class_strip.h"
#include "views/frame_facts.h"

namespace resonate::app {

struct AnswerStrips {
    const ProbeFrame& frame;
    const std::vector<int>& predicted;  ///< [T]
    const QStringList& classNames;

    static constexpr double height = 34;     ///< of both strips, between the plot and its time axis
    static constexpr double keyHeight = 20;  ///< below the time axis

    /// `plot` shows the steps [first, last).
    void draw(QPainter& painter, const QRectF& plot, double first, double last, const PlotStyle& style) const;
    /// `row` begins where the plot does; left of it is `spare` room.
    void drawKey(QPainter& painter, const QRectF& row, double spare, const PlotStyle& style) const;
};

/// Its name, or its number where it has none.
QString classNameOf(const QStringList& names, int label);

}  // namespace resonate::app
