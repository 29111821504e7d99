// app/views/event_raster_painter.cpp: events of many channels as a raster, with the rate of each channel.
#include <QCoreApplication>
#include <algorithm>
#include <numeric>

#include "style/theme.h"
#include "views/sample_painter.h"
#include "views/spike_grid.h"

namespace resonate::app {
namespace {

constexpr double rateWidth = 44;

QString say(const char* text) { return QCoreApplication::translate("EventRasterPainter", text); }

class EventRasterPainter : public SamplePainter {
 public:
    explicit EventRasterPainter(const SharedSample& sample)
        : SamplePainter(sample), m_counts(static_cast<size_t>(shown().inputs()), 0) {
        m_events.reserve(shown().sample.input.size());
        for (const float value : shown().sample.input) m_events.push_back(value != 0 ? 1 : 0);
        for (size_t i = 0; i < m_events.size(); ++i) m_counts[i % m_counts.size()] += m_events[i];
    }

    void draw(QPainter& painter, const QRectF& plot, const TimeSpan& span, const PlotStyle& style,
              bool asShapes) const override {
        drawSpikeGrid(painter, plot, grid(selectionColour(0, style.dark)), span.first, span.last, asShapes);
        drawValueAxis(painter, plot, 0, shown().inputs(), style);
        drawAxisTitle(painter, plot, say("input channel"), style);
        drawRates(painter, plot, style);
    }

    QString reading(int step, double height) const override {
        const int channel = std::clamp(static_cast<int>(height * shown().inputs()), 0, shown().inputs() - 1);
        const auto* row = m_events.data() + static_cast<size_t>(step) * m_counts.size();
        return say("channel %1 (%2): %3 events; %4 in this step")
            .arg(channel)
            .arg(shown().channelName(channel))
            .arg(m_counts[static_cast<size_t>(channel)])
            .arg(std::accumulate(row, row + m_counts.size(), 0));
    }

    void drawPicture(QPainter& painter, const QRectF& area, const PlotStyle& style) const override {
        drawSpikeGrid(painter, area, grid(selectionColour(0, style.dark)), 0, shown().steps(), false);
    }

 private:
    SpikeGrid grid(const QColor& ink) const { return {m_events, shown().steps(), shown().inputs(), {ink}}; }

    /// Events per channel, summed where channels share a pixel.
    void drawRates(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
        const int bins = std::max(1, std::min(shown().inputs(), static_cast<int>(plot.height() / 3)));
        std::vector<int> sums(static_cast<size_t>(bins), 0);
        for (size_t i = 0; i < m_counts.size(); ++i)
            sums[i * static_cast<size_t>(bins) / m_counts.size()] += m_counts[i];
        const int most = *std::max_element(sums.begin(), sums.end());
        QColor ink = selectionColour(0, style.dark);
        ink.setAlphaF(0.7F);
        const double height = plot.height() / bins;
        for (int bin = 0; bin < bins && most > 0; ++bin)
            painter.fillRect(QRectF(plot.right() + 5, plot.bottom() - (bin + 1) * height,
                                    rateWidth * sums[static_cast<size_t>(bin)] / most, std::max(1.0, height * 0.8)),
                             ink);
        painter.setPen(style.text);
        const QFontMetricsF metrics(painter.font());
        const int events = std::accumulate(m_counts.begin(), m_counts.end(), 0);
        painter.drawText(QRectF(plot.right() + 14, plot.bottom() + 3, rateWidth, 2 * metrics.height() + 2),
                         Qt::AlignLeft | Qt::AlignTop, say("%L1\nevents").arg(events));
    }

    std::vector<std::uint8_t> m_events;  ///< [T, I]
    std::vector<int> m_counts;           ///< [I]
};

}  // namespace

std::unique_ptr<SamplePainter> makeEventRasterPainter(const SharedSample& sample) {
    return std::make_unique<EventRasterPainter>(sample);
}

}  // namespace resonate::app
