// app/views/membrane_view.cpp: see membrane_view.h.
#include "views/membrane_view.h"

#include <QFontInfo>
#include <algorithm>
#include <cmath>
#include <utility>

#include "style/theme.h"
#include "views/curve_legend.h"
#include "views/decimate.h"

namespace resonate::app {
namespace {

constexpr double panelGap = 8;
constexpr double spikeHeight = 7;

}  // namespace

MembraneView::MembraneView(ViewLink* link, QWidget* parent) : TimePlot(link, parent) {
    setAccessibleName(tr("Membranes"));
}

void MembraneView::setFrame(SharedFrame frame) {
    suggestNeurons(*link(), frame);
    m_frame = std::move(frame);
    m_ranges.clear();
    stepsChanged();
    invalidate();
}

void MembraneView::setImaginaryShown(bool shown) {
    m_imaginary = shown;
    m_ranges.clear();
    invalidate();
}

void MembraneView::setOverlaid(bool overlaid) {
    m_overlaid = overlaid;
    invalidate();
}

QString MembraneView::membraneName() const { return firesOnV() ? tr("v") : tr("u"); }

const std::vector<float>& MembraneView::other() const {
    static const std::vector<float> none;
    if (!m_imaginary || !m_frame || m_frame->v.empty()) return none;
    return firesOnV() ? m_frame->u : m_frame->v;
}

QString MembraneView::emptyText() const {
    return tr(
        "Press Start: the membranes of a few neurons swing here. A click on a row of the raster chooses a neuron, "
        "Shift-click adds one.");
}

float MembraneView::at(const std::vector<float>& values, int step, int neuron) const {
    return valueAt(*m_frame, values, step, neuron);
}

MembraneView::Range MembraneView::rangeOf(int neuron) const {
    if (const auto known = m_ranges.constFind(neuron); known != m_ranges.constEnd()) return *known;
    Range range = m_held.value(neuron);
    const auto include = [&](double value) {
        if (!std::isfinite(value)) return;
        range.low = std::min(range.low, value);
        range.high = std::max(range.high, value);
    };
    for (int t = 0; t < m_frame->steps; ++t) {
        include(at(membrane(), t, neuron));
        include(at(m_frame->threshold, t, neuron));
        if (!other().empty()) include(at(other(), t, neuron));
    }
    m_ranges.insert(neuron, range);
    return range;
}

void MembraneView::hold(const SharedFrame& frame) {
    const SharedFrame shown = std::exchange(m_frame, frame);
    m_ranges.clear();
    for (int neuron = 0; neuron < frame->neurons; ++neuron) m_held[neuron] = rangeOf(neuron);
    m_ranges.clear();
    m_frame = shown;
    invalidate();
}

MembraneView::Panel MembraneView::panelOf(int place, const QList<int>& neurons, const QRectF& area) const {
    const QRectF plot = plotArea(area);
    const auto count = static_cast<int>(neurons.size());
    const double height = (plot.height() - panelGap * (count - 1)) / count;
    Panel panel{plot, rangeOf(neurons[place])};
    if (m_overlaid)
        for (const int neuron : neurons) {
            const Range range = rangeOf(neuron);
            panel.range = {std::min(panel.range.low, range.low), std::max(panel.range.high, range.high)};
        }
    else
        panel.area = {plot.left(), plot.top() + place * (height + panelGap), plot.width(), height};
    const double margin = std::max(1e-6, 0.06 * (panel.range.high - panel.range.low));
    // Room for the spikes at the top.
    const double rows = m_overlaid ? count : 1;
    const double spikes = (rows * (spikeHeight + 2) + 2) / std::max(40.0, panel.area.height());
    panel.range.high += margin + spikes / std::max(0.3, 1 - spikes) * (panel.range.high - panel.range.low);
    panel.range.low -= margin;
    return panel;
}

double MembraneView::yOf(double value, const Panel& panel) const {
    return panel.area.bottom() - (value - panel.range.low) / (panel.range.high - panel.range.low) * panel.area.height();
}

int MembraneView::spikesOf(int neuron) const {
    int spikes = 0;
    for (int t = 0; t < m_frame->steps; ++t) spikes += spikesAt(*m_frame, t, neuron);
    return spikes;
}

QPolygonF MembraneView::curve(const std::vector<float>& values, int neuron, const Panel& panel) const {
    const int first = std::max(0, static_cast<int>(firstStep()));
    const int last = std::min(m_frame->steps, static_cast<int>(std::ceil(lastStep())) + 1);
    const int columns = std::max(1, std::min(500, static_cast<int>(panel.area.width())));
    QPolygonF line;
    for (const QPointF& point :
         decimate(first, last, columns, [&](int step) { return static_cast<double>(at(values, step, neuron)); }))
        if (std::isfinite(point.y())) line.append({xOf(point.x() + 0.5, panel.area), yOf(point.y(), panel)});
    return line;
}

void MembraneView::drawFrame(QPainter& painter, const Panel& panel, const PlotStyle& style) const {
    painter.setPen(style.faint);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(panel.area);
    painter.setPen(QPen(style.faint, 1, Qt::DotLine));
    painter.drawLine(QPointF(panel.area.left(), yOf(0, panel)), QPointF(panel.area.right(), yOf(0, panel)));
    const QFontMetricsF metrics(painter.font());
    painter.setPen(style.text);
    const int ticks = std::clamp(static_cast<int>(panel.area.height() / 18), 2, 5);
    // A number stays beside its own panel, and where it would touch the last one it is left out.
    const double line = metrics.height();
    double free = panel.area.bottom() + 5;
    for (const double tick : scaleTicks(panel.range.low, panel.range.high, ticks)) {
        const double y = yOf(tick, panel);
        painter.drawLine(QPointF(panel.area.left() - 3, y), QPointF(panel.area.left(), y));
        const double top = std::clamp(y - line / 2, panel.area.top() - 4, panel.area.bottom() + 4 - line);
        if (top + line > free + 3) continue;
        free = top;
        painter.drawText(QRectF(panel.area.left() - m_leftMargin, top, m_leftMargin - 5, line),
                         Qt::AlignRight | Qt::AlignVCenter, tickLabel(tick));
    }
}

void MembraneView::drawCurves(QPainter& painter, const Panel& panel, int neuron, int place,
                              const PlotStyle& style) const {
    const QColor colour = selectionColour(place, style.dark);
    painter.save();
    painter.setBrush(Qt::NoBrush);
    painter.setClipRect(panel.area.adjusted(-1, -1, 1, 1));
    if (!other().empty()) {
        QColor faint = colour;
        faint.setAlphaF(0.45F);
        painter.setPen(QPen(faint, 1, Qt::SolidLine));
        drawCurve(painter, curve(other(), neuron, panel));
    }
    QColor threshold = m_overlaid ? colour : style.text;
    threshold.setAlphaF(0.5F);
    painter.setPen(QPen(threshold, 1));
    drawCurve(painter, curve(m_frame->threshold, neuron, panel));
    painter.setPen(QPen(colour, 1.4));
    drawCurve(painter, curve(membrane(), neuron, panel));
    const double top = panel.area.top() + 2 + (m_overlaid ? place * (spikeHeight + 2) : 0);
    for (int t = 0; t < m_frame->steps; ++t) {
        if (!spikesAt(*m_frame, t, neuron)) continue;
        const double x = xOf(t + 0.5, panel.area);
        if (x < panel.area.left() || x > panel.area.right()) continue;
        painter.drawLine(QPointF(x, top), QPointF(x, top + spikeHeight));
    }
    painter.restore();
}

void MembraneView::drawFacts(QPainter& painter, const QRectF& side, int neuron, const QColor& colour,
                             const PlotStyle& style) const {
    const QFontMetricsF metrics(painter.font());
    painter.save();
    QFont bold = painter.font();
    bold.setBold(true);
    // In a row that is lower than its letters.
    const double share = side.height() / QFontMetricsF(bold).height();
    if (share < 1) bold.setPointSizeF(QFontInfo(bold).pointSizeF() * std::max(0.5, share));
    painter.setFont(bold);
    painter.setPen(colour);
    painter.drawText(side, Qt::AlignLeft | Qt::AlignTop | Qt::TextDontClip, tr("№ %1").arg(neuron));
    painter.restore();
    if (side.height() <= 3.2 * metrics.height()) return;
    QString facts =
        m_frame->omega.empty() ? QString() : tr("ω %1\n").arg(m_frame->omega[static_cast<size_t>(neuron)], 0, 'f', 2);
    facts += tr("%1 spk").arg(spikesOf(neuron));
    painter.setPen(style.text);
    painter.drawText(side.adjusted(0, metrics.height() + 1, 0, 0), Qt::AlignLeft | Qt::AlignTop, facts);
}

void MembraneView::drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool) {
    const QList<int> neurons = shownNeurons();
    const QRectF plot = plotArea(area);
    const auto count = static_cast<int>(neurons.size());
    for (int place = 0; place < count; ++place) {
        const Panel panel = panelOf(place, neurons, area);
        if (!m_overlaid || place == 0) drawFrame(painter, panel, style);
        drawCurves(painter, panel, neurons[place], place, style);
        QRectF side(panel.area.right() + 5, panel.area.top(), m_rightMargin - 7, panel.area.height());
        if (m_overlaid) {
            side.setHeight(plot.height() / count);
            side.translate(0, place * side.height());
        }
        drawFacts(painter, side, neurons[place], selectionColour(place, style.dark), style);
    }
    drawTimeAxis(painter, plot, style);
    drawKey(painter, plot, style);
}

/// Name of the axis, and the key to the lines in the free corner below it.
void MembraneView::drawKey(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    const QFontMetricsF metrics(painter.font());
    painter.setPen(style.text);
    drawSideTitle(painter, plot, plot.left() - m_leftMargin + 4, tr("membrane %1").arg(membraneName()));
    using Sign = LegendEntry::Sign;
    QColor grey = style.text;
    grey.setAlphaF(0.5F);
    const QColor ink = selectionColour(0, style.dark);
    QList<LegendEntry> entries;
    if (!other().empty()) {
        QColor faint = ink;
        faint.setAlphaF(0.45F);
        entries = {{Sign::Line, QPen(ink, 1.4), membraneName()},
                   {Sign::Line, QPen(faint, 1), firesOnV() ? tr("u") : tr("v")}};
    }
    entries.append({Sign::Line, QPen(grey, 1.4), tr("threshold")});
    // From the right end of the axis, whose name stands in the middle.
    const double free = plot.center().x() + metrics.horizontalAdvance(tr("time step")) / 2 + 12;
    const double end = plot.right() + m_rightMargin - 4;
    if (CurveLegend::widthOf(entries, metrics) > end - free) entries.last().text = tr("θ");
    const double width = CurveLegend::widthOf(entries, metrics);
    const double below = plot.bottom() + m_axisHeight - metrics.height() - 4;
    const double left = std::max(free, end - width);
    CurveLegend::draw(painter, QRectF(left, below, width + 1, metrics.height()), entries, style.text, false);
}

void MembraneView::drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) {
    TimePlot::drawCursor(painter, area, style);
    if (!cursorShows()) return;
    const int step = link()->cursor();
    const QList<int> neurons = shownNeurons();
    const QFontMetricsF metrics(painter.font());
    for (int place = 0; place < neurons.size(); ++place) {
        const Panel panel = panelOf(place, neurons, area);
        const double value = at(membrane(), step, neurons[place]);
        const double threshold = at(m_frame->threshold, step, neurons[place]);
        const double x = xOf(step + 0.5, panel.area);
        if (!std::isfinite(value)) continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(selectionColour(place, style.dark));
        painter.drawEllipse(QPointF(x, yOf(value, panel)), 3.2, 3.2);
        if (m_overlaid) continue;
        // Under the neuron's name, where they cover no curve.
        const double top = panel.area.top() + metrics.height() + 1;
        const QRectF side(panel.area.right() + 2, top, m_rightMargin - 2,
                          std::max(metrics.height(), panel.area.bottom() - top));
        painter.fillRect(side, style.background);
        QString text = tr("%1 %2").arg(membraneName()).arg(value, 0, 'f', 2);
        if (side.height() >= 2 * metrics.height()) text += tr("\nθ %1").arg(threshold, 0, 'f', 2);
        painter.setPen(style.text);
        painter.drawText(side.adjusted(3, 0, 0, 0), Qt::AlignLeft | Qt::AlignTop, text);
    }
    if (neurons.isEmpty()) return;
    if (!m_overlaid) {
        const QRectF all = plotArea(area);
        painter.setPen(style.text);
        painter.drawText(QRectF(all.left(), all.bottom() + 3 + metrics.height(), all.width(), metrics.height() + 2),
                         Qt::AlignLeft | Qt::AlignTop, tr("t %1").arg(step));
        return;
    }
    QStringList values;
    for (const int neuron : neurons)
        values << tr("№ %1 %2").arg(neuron).arg(static_cast<double>(at(membrane(), step, neuron)), 0, 'f', 2);
    const QRectF plot = plotArea(area);
    drawReading(painter, tr("t %1   %2").arg(step).arg(values.join(QStringLiteral("   "))), xOf(step + 0.5, plot),
                plot.bottom() - metrics.height() - 6, plot, style);
}

QString MembraneView::csv() const {
    const QList<int> neurons = shownNeurons();
    const bool imaginary = m_frame && !m_frame->v.empty() && (m_imaginary || firesOnV());
    QString text = QStringLiteral("step");
    for (const int neuron : neurons)
        text += (imaginary ? QStringLiteral(",u_%1,v_%1,threshold_%1,spike_%1")
                           : QStringLiteral(",u_%1,threshold_%1,spike_%1"))
                    .arg(neuron);
    text += QLatin1Char('\n');
    for (int t = 0; t < stepCount(); ++t) {
        text += QString::number(t);
        for (const int neuron : neurons) {
            text += QStringLiteral(",%1").arg(at(m_frame->u, t, neuron), 0, 'g', 9);
            if (imaginary) text += QStringLiteral(",%1").arg(at(m_frame->v, t, neuron), 0, 'g', 9);
            text += QStringLiteral(",%1,%2")
                        .arg(at(m_frame->threshold, t, neuron), 0, 'g', 9)
                        .arg(m_frame->spikes[static_cast<size_t>(t) * m_frame->neurons + neuron]);
        }
        text += QLatin1Char('\n');
    }
    return text;
}

}  // namespace resonate::app
