// app/views/event_row_painter.cpp: events of few channels, and the traces they were coded from.
#include <QCoreApplication>
#include <algorithm>
#include <optional>
#include <vector>

#include "style/theme.h"
#include "views/decimate.h"
#include "views/sample_painter.h"

namespace resonate::app {
namespace {

constexpr double smallestRow = 11;
constexpr double largestRow = 26;
constexpr double smallestTrace = 16;
constexpr double panelGap = 8;

QString say(const char* text) { return QCoreApplication::translate("EventRowPainter", text); }

/// Channels that belong together: one row each, and where they are the ups and downs of a level, its trace.
struct Lead {
    QString name;
    std::vector<int> channels;  ///< of a trace: up, down
    std::vector<double> level;  ///< [T], in crossings, less its trend; empty where it is no trace
    double low = 0;
    double high = 0;
};

QString stem(const QString& name, const char* ending) {
    const QString tail = QLatin1Char(' ') + QLatin1String(ending);
    return name.endsWith(tail) ? name.chopped(tail.size()) : QString();
}

/// Where more ups than downs were coded the level drifts away, and the beat is all but a line on it: the straight line
/// of least squares is taken off.
void removeTrend(std::vector<double>& values) {
    const auto count = static_cast<double>(values.size());
    const double middle = (count - 1) / 2;
    double mean = 0;
    double slope = 0;
    double spread = 0;
    for (size_t t = 0; t < values.size(); ++t) {
        mean += values[t] / count;
        slope += (static_cast<double>(t) - middle) * values[t];
        spread += (static_cast<double>(t) - middle) * (static_cast<double>(t) - middle);
    }
    if (spread > 0) slope /= spread;
    for (size_t t = 0; t < values.size(); ++t) values[t] -= mean + slope * (static_cast<double>(t) - middle);
}

class EventRowPainter : public SamplePainter {
 public:
    explicit EventRowPainter(const SharedSample& sample) : SamplePainter(sample) {
        for (int i = 0; i < shown().inputs(); ++i) {
            const QString up = stem(shown().channelName(i), "up");
            if (!up.isEmpty() && i + 1 < shown().inputs() && stem(shown().channelName(i + 1), "down") == up) {
                m_leads.push_back(trace(up, i));
                ++i;
            } else {
                m_leads.push_back({shown().channelName(i), {i}, {}});
            }
        }
    }

    void draw(QPainter& painter, const QRectF& plot, const TimeSpan& span, const PlotStyle& style,
              bool) const override {
        const double row = rowHeight(plot);
        double top = plot.top();
        int colour = 0;
        for (const Lead& lead : m_leads) {
            const QColor ink = selectionColour(colour++, style.dark);
            if (!lead.level.empty() && hasTraces(plot)) {
                const QRectF panel(plot.left(), top, plot.width(), traceHeight(plot));
                drawTrace(painter, panel, span, lead, ink, style);
                top = panel.bottom();
            }
            for (size_t i = 0; i < lead.channels.size(); ++i) {
                const QRectF area(plot.left(), top, plot.width(), row);
                drawRow(painter, area, span, lead, i, ink, style, isNamedAbove(painter, lead, traceHeight(plot)));
                top += row;
            }
            top += panelGap;
        }
    }

    QString reading(int step, double) const override {
        QStringList parts;
        for (const Lead& lead : m_leads) {
            if (!lead.level.empty())
                parts << say("%1: level %2").arg(lead.name).arg(lead.level[static_cast<size_t>(step)], 0, 'f', 1);
            for (const int channel : lead.channels)
                if (shown().at(step, channel) != 0) parts << shown().channelName(channel);
        }
        return parts.join(QStringLiteral(", "));
    }

    void drawPicture(QPainter& painter, const QRectF& area, const PlotStyle& style) const override {
        const TimeSpan span{0, static_cast<double>(shown().steps())};
        const double height = area.height() / static_cast<double>(m_leads.size());
        for (size_t i = 0; i < m_leads.size(); ++i) {
            const QColor ink = selectionColour(static_cast<int>(i), style.dark);
            const QRectF panel(area.left(), area.top() + static_cast<double>(i) * height, area.width(), height - 2);
            if (!m_leads[i].level.empty()) {
                painter.setPen(QPen(ink, 1.2));
                drawCurve(painter, curve(m_leads[i], panel.adjusted(0, 3, 0, -3), span));
            } else {
                drawTicks(painter, panel, span, m_leads[i].channels[0], ink);
            }
        }
    }

 private:
    Lead trace(const QString& name, int up) const {
        Lead lead{name, {up, up + 1}, {}};
        double level = 0;
        for (int t = 0; t < shown().steps(); ++t) {
            level += static_cast<double>(shown().at(t, up)) - static_cast<double>(shown().at(t, up + 1));
            lead.level.push_back(level);
        }
        removeTrend(lead.level);
        lead.low = *std::min_element(lead.level.begin(), lead.level.end());
        lead.high = *std::max_element(lead.level.begin(), lead.level.end());
        lead.low -= 1;
        lead.high += 1;
        return lead;
    }

    size_t traces() const {
        return static_cast<size_t>(
            std::count_if(m_leads.begin(), m_leads.end(), [](const Lead& lead) { return !lead.level.empty(); }));
    }
    double gaps() const { return panelGap * static_cast<double>(m_leads.size() - 1); }
    /// Is there room for them above the events?
    bool hasTraces(const QRectF& plot) const {
        return traces() > 0 &&
               plot.height() - gaps() >= smallestRow * shown().inputs() + smallestTrace * static_cast<double>(traces());
    }
    double rowHeight(const QRectF& plot) const {
        const double all = std::max(1.0, plot.height() - gaps()) / shown().inputs();
        return hasTraces(plot) ? std::clamp(0.35 * all, smallestRow, largestRow) : all;
    }
    /// 0 where there is none.
    double traceHeight(const QRectF& plot) const {
        if (!hasTraces(plot)) return 0;
        return (plot.height() - gaps() - rowHeight(plot) * shown().inputs()) / static_cast<double>(traces());
    }

    static double y(double level, const Lead& lead, const QRectF& panel) {
        return panel.bottom() - (level - lead.low) / (lead.high - lead.low) * panel.height();
    }

    QPolygonF curve(const Lead& lead, const QRectF& panel, const TimeSpan& span) const {
        const int first = std::max(0, static_cast<int>(span.first));
        const int last = std::min(shown().steps(), static_cast<int>(span.last) + 2);
        QPolygonF line;
        for (const QPointF& point : decimate(first, last, std::max(1, static_cast<int>(panel.width())),
                                             [&](int step) { return lead.level[static_cast<size_t>(step)]; }))
            line << QPointF(span.x(point.x() + 0.5, panel), y(point.y(), lead, panel));
        return line;
    }

    /// Has the name of the lead room at its trace? Else it stands beside its ups.
    static bool isNamedAbove(const QPainter& painter, const Lead& lead, double height) {
        return !lead.level.empty() && QFontMetricsF(painter.font()).horizontalAdvance(lead.name) <= height;
    }

    void drawTrace(QPainter& painter, const QRectF& panel, const TimeSpan& span, const Lead& lead, const QColor& ink,
                   const PlotStyle& style) const {
        const bool named = isNamedAbove(painter, lead, panel.height());
        drawValueAxis(painter, panel, lead.low, lead.high, style, false, !named);
        const QString title = say("%1: level less trend").arg(lead.name);
        const bool fits = QFontMetricsF(painter.font()).horizontalAdvance(title) <= panel.height();
        if (named) drawAxisTitle(painter, panel, fits ? title : lead.name, style);
        painter.save();
        painter.setClipRect(panel);
        painter.setPen(QPen(ink, 1.5));
        drawCurve(painter, curve(lead, panel, span));
        painter.restore();
    }

    QString rowName(const Lead& lead, size_t index, bool namedAbove) const {
        if (lead.level.empty()) return lead.name;
        if (namedAbove) return index == 0 ? say("↑ up") : say("↓ down");
        return index == 0 ? lead.name + QStringLiteral(" ↑") : QStringLiteral("↓");
    }

    void drawRow(QPainter& painter, const QRectF& area, const TimeSpan& span, const Lead& lead, size_t index,
                 const QColor& ink, const PlotStyle& style, bool namedAbove) const {
        painter.setPen(style.faint);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(area);
        painter.setPen(style.text);
        const QFontMetricsF metrics(painter.font());
        // As wide as the words beside the strips of classes.
        const double room = std::max(50.0, metrics.horizontalAdvance(say("network")) + 4);
        QRectF side(area.left() - 6 - room, area.top(), room, area.height());
        if (area.height() >= 0.7 * metrics.height()) {
            painter.drawText(side, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip,
                             metrics.elidedText(rowName(lead, index, namedAbove), Qt::ElideRight, side.width()));
            int events = 0;
            for (int t = 0; t < shown().steps(); ++t) events += shown().at(t, lead.channels[index]) != 0;
            painter.drawText(QRectF(area.right() + 6, area.top(), 52, area.height()), Qt::AlignLeft | Qt::AlignVCenter,
                             QString::number(events));
        } else if (index == 0) {
            // Rows lower than letters: one name beside all that belong together.
            side.setHeight(area.height() * static_cast<double>(lead.channels.size()));
            painter.drawText(side, Qt::AlignRight | Qt::AlignVCenter | Qt::TextDontClip,
                             metrics.elidedText(lead.name, Qt::ElideRight, side.width()));
        }
        painter.save();
        painter.setClipRect(area);
        drawTicks(painter, area.adjusted(0, 2, 0, -2), span, lead.channels[index], ink);
        painter.restore();
    }

    void drawTicks(QPainter& painter, const QRectF& area, const TimeSpan& span, int channel, const QColor& ink) const {
        const double width = std::max(1.0, area.width() / (span.last - span.first));
        const int first = std::max(0, static_cast<int>(span.first));
        const int last = std::min(shown().steps(), static_cast<int>(span.last) + 1);
        for (int t = first; t < last; ++t)
            if (shown().at(t, channel) != 0)
                painter.fillRect(QRectF(span.x(t, area), area.top(), width, area.height()), ink);
    }

    std::vector<Lead> m_leads;
};

}  // namespace

std::unique_ptr<SamplePainter> makeEventRowPainter(const SharedSample& sample) {
    return std::make_unique<EventRowPainter>(sample);
}

}  // namespace resonate::app
