// app/views/sample_painter.h: how one sequence is drawn, by the kind of its data set.
#pragma once

#include <QPainter>
#include <QRectF>
#include <memory>

#include "views/plot_style.h"
#include "views/shown_sample.h"

namespace resonate::app {

/// Steps shown, [first, last), over the width of an area.
struct TimeSpan {
    double first = 0;
    double last = 1;
    double x(double step, const QRectF& area) const {
        return area.left() + (step - first) / (last - first) * area.width();
    }
};

/// Draws into a plot area around which there are margins for axes: 58 left and right. The time axis, the labels and the
/// cursor are drawn by the view.
class SamplePainter {
 public:
    explicit SamplePainter(SharedSample sample) : m_sample(std::move(sample)) {}
    virtual ~SamplePainter() = default;

    /// Where in the plot time runs from left to right.
    virtual QRectF timeArea(const QRectF& plot) const { return plot; }
    virtual void draw(QPainter& painter, const QRectF& plot, const TimeSpan& span, const PlotStyle& style,
                      bool asShapes) const = 0;
    /// Marks the step under the cursor where a line through the time area is not all there is to mark.
    virtual void drawCursor(QPainter& /*painter*/, const QRectF& /*plot*/, int /*step*/,
                            const PlotStyle& /*style*/) const {}
    /// What is read off at a step, and at a height in [0, 1) from the bottom of the time area.
    virtual QString reading(int step, double height) const = 0;
    /// Small, without axes: for a card.
    virtual void drawPicture(QPainter& painter, const QRectF& area, const PlotStyle& style) const = 0;

 protected:
    const ShownSample& shown() const { return *m_sample; }

 private:
    SharedSample m_sample;
};

std::unique_ptr<SamplePainter> makeSamplePainter(const SharedSample& sample);

/// Images of 28 × 28 pixels, one pixel per step: the digit above its sequence.
std::unique_ptr<SamplePainter> makeDigitPainter(const SharedSample& sample);
/// Events of few channels: a row for each; pairs named "… up" and "… down" also as the trace they were coded from.
std::unique_ptr<SamplePainter> makeEventRowPainter(const SharedSample& sample);
/// Events of many channels: a raster with the rate of each.
std::unique_ptr<SamplePainter> makeEventRasterPainter(const SharedSample& sample);
/// Values of few channels: a line for each.
std::unique_ptr<SamplePainter> makeLinePainter(const SharedSample& sample);
/// Values of many channels: a map of colours with its scale.
std::unique_ptr<SamplePainter> makeMapPainter(const SharedSample& sample);

/// Frame, ticks and numbers at the left of `area`; [low, high] from bottom to top. `counts`: whole numbers only.
/// `wordsBelow`: no number reaches below it, where other words stand.
void drawValueAxis(QPainter& painter, const QRectF& area, double low, double high, const PlotStyle& style,
                   bool counts = false, bool wordsBelow = false);
/// Upright text at the very left of the margin of `area`.
void drawAxisTitle(QPainter& painter, const QRectF& area, const QString& text, const PlotStyle& style);

}  // namespace resonate::app
