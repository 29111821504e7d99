// app/views/membrane_view.cpp: see membrane_view.h.
#include "views/membrane_view.h"

#include <algorithm>
#include <cmath>

#include "style/theme.h"
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
    m_shown.setFrame(frame);
    m_frame = std::move(frame);
    stepsChanged();
    invalidate();
}

void MembraneView::setImaginaryShown(bool shown) {
    m_imaginary = shown;
    invalidate();
}

QString MembraneView::emptyText() const {
    return tr(
        "Press Start: the membranes of a few neurons swing here. A click on a row of the raster chooses a neuron, "
        "Shift-click adds one.");
}

float MembraneView::at(const std::vector<float>& values, int step, int neuron) const {
    return valueAt(*m_frame, values, step, neuron);
}

MembraneView::Panel MembraneView::panelOf(int place, int count, int neuron, const QRectF& area) const {
    const QRectF plot = plotArea(area);
    const double height = (plot.height() - panelGap * (count - 1)) / count;
    Panel panel{{plot.left(), plot.top() + place * (height + panelGap), plot.width(), height}, 0, 0};
    for (int t = 0; t < m_frame->steps; ++t) {
        const double u = at(m_frame->u, t, neuron);
        const double threshold = at(m_frame->threshold, t, neuron);
        if (std::isfinite(u)) {
            panel.low = std::min(panel.low, u);
            panel.high = std::max(panel.high, u);
        }
        if (std::isfinite(threshold)) panel.high = std::max(panel.high, threshold);
        if (m_imaginary && !m_frame->v.empty() && std::isfinite(at(m_frame->v, t, neuron))) {
            panel.low = std::min<double>(panel.low, at(m_frame->v, t, neuron));
            panel.high = std::max<double>(panel.high, at(m_frame->v, t, neuron));
        }
    }
    const double margin = std::max(1e-6, 0.06 * (panel.high - panel.low));
    panel.low -= margin;
    panel.high += 3 * margin;  // room for the spikes
    return panel;
}

double MembraneView::yOf(double value, const Panel& panel) const {
    return panel.area.bottom() - (value - panel.low) / (panel.high - panel.low) * panel.area.height();
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

void MembraneView::drawPanel(QPainter& painter, const Panel& panel, int neuron, const QColor& colour,
                             const PlotStyle& style) const {
    painter.save();
    painter.setPen(style.faint);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(panel.area);
    painter.setPen(QPen(style.faint, 1, Qt::DotLine));
    painter.drawLine(QPointF(panel.area.left(), yOf(0, panel)), QPointF(panel.area.right(), yOf(0, panel)));

    painter.setClipRect(panel.area.adjusted(-1, -1, 1, 1));
    if (m_imaginary && !m_frame->v.empty()) {
        QColor faint = colour;
        faint.setAlphaF(0.45F);
        painter.setPen(QPen(faint, 1, Qt::SolidLine));
        drawCurve(painter, curve(m_frame->v, neuron, panel));
    }
    QColor threshold = style.text;
    threshold.setAlphaF(0.5F);
    painter.setPen(QPen(threshold, 1));
    drawCurve(painter, curve(m_frame->threshold, neuron, panel));
    painter.setPen(QPen(colour, 1.4));
    drawCurve(painter, curve(m_frame->u, neuron, panel));
    painter.setPen(QPen(colour, 1.4));
    int spikes = 0;
    for (int t = 0; t < m_frame->steps; ++t) {
        if (!spikesAt(*m_frame, t, neuron)) continue;
        ++spikes;
        const double x = xOf(t + 0.5, panel.area);
        if (x < panel.area.left() || x > panel.area.right()) continue;
        painter.drawLine(QPointF(x, panel.area.top() + 2), QPointF(x, panel.area.top() + 2 + spikeHeight));
    }
    painter.setClipping(false);

    const QFontMetricsF metrics(painter.font());
    painter.setPen(style.text);
    const int ticks = std::clamp(static_cast<int>(panel.area.height() / 16), 2, 5);
    for (const double tick : niceTicks(panel.low, panel.high, ticks)) {
        const double y = yOf(tick, panel);
        painter.drawLine(QPointF(panel.area.left() - 3, y), QPointF(panel.area.left(), y));
        painter.drawText(QRectF(panel.area.left() - 40, y - metrics.height() / 2, 35, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, tickLabel(tick));
    }
    painter.setPen(colour);
    QFont bold = painter.font();
    bold.setBold(true);
    painter.setFont(bold);
    const QRectF side(panel.area.right() + 5, panel.area.top(), rightMargin - 7, panel.area.height());
    painter.drawText(side, Qt::AlignLeft | Qt::AlignTop, tr("№ %1").arg(neuron));
    bold.setBold(false);
    painter.setFont(bold);
    painter.setPen(style.text);
    QString facts =
        m_frame->omega.empty() ? QString() : tr("ω %1\n").arg(m_frame->omega[static_cast<size_t>(neuron)], 0, 'f', 2);
    facts += tr("%1 spk").arg(spikes);
    if (panel.area.height() > 3.2 * metrics.height())
        painter.drawText(side.adjusted(0, metrics.height() + 1, 0, 0), Qt::AlignLeft | Qt::AlignTop, facts);
    painter.restore();
}

void MembraneView::drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool) {
    const QList<int> neurons = shownNeurons();
    for (int place = 0; place < neurons.size(); ++place) {
        const Panel panel = panelOf(place, static_cast<int>(neurons.size()), neurons[place], area);
        drawPanel(painter, panel, neurons[place], selectionColour(place, style.dark), style);
    }
    const QRectF plot = plotArea(area);
    drawTimeAxis(painter, plot, style);
    const QFontMetricsF metrics(painter.font());
    painter.setPen(style.text);
    painter.save();
    painter.translate(plot.left() - leftMargin + 4, plot.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-plot.height() / 2, 0, plot.height(), metrics.height() + 2),
                     Qt::AlignHCenter | Qt::AlignTop, tr("membrane u"));
    painter.restore();
    // Key to the lines, in the free corner below the axis.
    const double y = plot.bottom() + axisHeight - metrics.height() / 2 - 4;
    const QString name = tr("dynamic threshold");
    const double left = plot.right() - metrics.horizontalAdvance(name);
    painter.drawText(QPointF(left, y + metrics.ascent() / 2 - 1), name);
    QColor grey = style.text;
    grey.setAlphaF(0.5F);
    painter.setPen(QPen(grey, 1.4));
    painter.drawLine(QPointF(left - 34, y), QPointF(left - 6, y));
}

void MembraneView::drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) {
    TimePlot::drawCursor(painter, area, style);
    if (!cursorShows()) return;
    const int step = link()->cursor();
    const QList<int> neurons = shownNeurons();
    const QFontMetricsF metrics(painter.font());
    for (int place = 0; place < neurons.size(); ++place) {
        const Panel panel = panelOf(place, static_cast<int>(neurons.size()), neurons[place], area);
        const double u = at(m_frame->u, step, neurons[place]);
        const double threshold = at(m_frame->threshold, step, neurons[place]);
        const double x = xOf(step + 0.5, panel.area);
        if (!std::isfinite(u)) continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(selectionColour(place, style.dark));
        painter.drawEllipse(QPointF(x, yOf(u, panel)), 3.2, 3.2);
        const QString text = tr("t %1   u %2   threshold %3").arg(step).arg(u, 0, 'f', 3).arg(threshold, 0, 'f', 3);
        drawReading(painter, text, x, panel.area.bottom() - metrics.height() - 6, panel.area, style);
    }
}

QString MembraneView::csv() const {
    const QList<int> neurons = shownNeurons();
    const bool imaginary = m_imaginary && m_frame && !m_frame->v.empty();
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
