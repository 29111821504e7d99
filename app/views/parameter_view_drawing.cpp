// app/views/parameter_view_drawing.cpp: how the parameter view draws boundary, trails, neurons and axes.
#include <algorithm>
#include <cmath>

#include "style/theme.h"
#include "views/curve_legend.h"
#include "views/parameter_view.h"
#include "views/time_plot.h"

namespace resonate::app {
namespace {

constexpr double dotRadius = 3.2;
/// Snapshots of the trail of a neuron that is not selected: more would be a thicket.
constexpr size_t recentTrail = 12;
/// Neurons whose trails are drawn smoothly.
constexpr int mostSmooth = 300;
/// Steps of a trail shorter than that many pixels are left out.
constexpr double shortestStep = 1.5;
constexpr int boundaryPoints = 160;
constexpr double smallestDrop = 0.02;

}  // namespace

/// Neurons of the second layer are squares.
void ParameterView::drawMark(QPainter& painter, const QPointF& centre, double radius, int neuron) const {
    if (inSecondLayer(neuron))
        painter.drawRect(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius));
    else
        painter.drawEllipse(centre, radius, radius);
}

void ParameterView::drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) {
    const QRectF plot = plotArea(area);
    painter.save();
    painter.setClipRect(plot);
    drawBoundary(painter, plot, style);
    drawTrails(painter, plot, style, exporting);
    drawNeurons(painter, plot, style, exporting);
    painter.restore();
    drawAxes(painter, plot, style);
    drawKey(painter, QRectF(plot.left(), area.top() + 2, plot.width(), m_topMargin - 4), style);
}

void ParameterView::drawBoundary(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    const QRectF shown = range();
    QPolygonF line;
    for (int i = 0; i <= boundaryPoints; ++i) {
        const double omega = shown.left() + shown.width() * i / boundaryPoints;
        if (const double b = boundary(omega); std::isfinite(b)) line << place(omega, b, plot);
    }
    if (line.size() < 2) return;
    QPolygonF above = line;
    above << QPointF(line.last().x(), plot.top() - 1) << QPointF(line.first().x(), plot.top() - 1);
    QColor shade = style.text;
    shade.setAlphaF(0.09F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(shade);
    painter.drawPolygon(above);
    painter.setPen(QPen(style.text, 1.6));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
}

void ParameterView::drawTrails(QPainter& painter, const QRectF& plot, const PlotStyle& style, bool exporting) const {
    if (m_trail.empty()) return;
    const ParameterTrail::Snapshot& start = m_trail.first();
    std::vector<QPointF> starts;
    QColor faint = neuronColour(m_frame->neuron, style.dark);
    faint.setAlphaF(0.35F);
    for (int neuron = 0; neuron < m_frame->neurons; ++neuron) {
        const auto h = static_cast<size_t>(neuron);
        const bool selected = link()->selection().contains(neuron);
        starts.push_back(place(start.omega[h], start.b[h], plot));
        QPolygonF way;
        const auto add = [&](float omega, float b) {
            const QPointF point = place(omega, b, plot);
            if (way.isEmpty() || (point - way.last()).manhattanLength() >= shortestStep) way << point;
        };
        const size_t first = selected || m_trail.size() < recentTrail ? 0 : m_trail.size() - recentTrail;
        for (size_t i = first; i < m_trail.size(); ++i) add(m_trail[i].omega[h], m_trail[i].b[h]);
        add(m_frame->omega[h], m_frame->b[h]);
        if (way.size() < 2) continue;
        // Smooth lines of hundreds of neurons would cost too much.
        painter.setRenderHint(QPainter::Antialiasing, exporting || selected || m_frame->neurons <= mostSmooth);
        painter.setPen(selected ? QPen(inkOf(neuron, style), 1.6) : QPen(faint, 1));
        painter.drawPolyline(way);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    QColor grey = style.text;
    grey.setAlphaF(0.45F);
    drawMarks(painter, starts, dotRadius - 0.7, QPen(grey, 1), Qt::NoBrush, exporting);
}

/// Many equal marks: on the screen one picture, stamped.
void ParameterView::drawMarks(QPainter& painter, const std::vector<QPointF>& centres, double radius, const QPen& pen,
                              const QBrush& brush, bool exporting) const {
    painter.setPen(pen);
    painter.setBrush(brush);
    if (exporting) {
        for (size_t h = 0; h < centres.size(); ++h) drawMark(painter, centres[h], radius, static_cast<int>(h));
        return;
    }
    const double ratio = painter.device()->devicePixelRatioF();
    const double half = std::ceil(radius + 1.5);
    QPixmap stamps[2];
    for (int layer = 0; layer < 2; ++layer) {
        QPixmap& stamp = stamps[layer];
        stamp = QPixmap((QSizeF(2 * half, 2 * half) * ratio).toSize());
        stamp.setDevicePixelRatio(ratio);
        stamp.fill(Qt::transparent);
        QPainter inside(&stamp);
        inside.setRenderHint(QPainter::Antialiasing);
        inside.setPen(pen);
        inside.setBrush(brush);
        drawMark(inside, QPointF(half, half), radius, layer == 0 ? 0 : m_config.network.hidden_size);
    }
    for (size_t h = 0; h < centres.size(); ++h) {
        if (!std::isfinite(centres[h].x()) || !std::isfinite(centres[h].y())) continue;
        const QPointF corner = (centres[h] - QPointF(half, half)) * ratio;
        painter.drawPixmap(QPointF(std::round(corner.x()), std::round(corner.y())) / ratio,
                           stamps[inSecondLayer(static_cast<int>(h)) ? 1 : 0]);
    }
}

void ParameterView::drawNeurons(QPainter& painter, const QRectF& plot, const PlotStyle& style, bool exporting) const {
    std::vector<QPointF> centres;
    for (size_t h = 0; h < m_frame->omega.size(); ++h) centres.push_back(place(m_frame->omega[h], m_frame->b[h], plot));
    drawMarks(painter, centres, dotRadius, QPen(style.background, 0.8), neuronColour(m_frame->neuron, style.dark),
              exporting);
    const auto point = [&](int neuron) { return centres[static_cast<size_t>(neuron)]; };
    for (const int neuron : link()->selection()) {
        if (neuron >= m_frame->neurons) continue;
        const QColor ink = inkOf(neuron, style);
        painter.setPen(QPen(ink, 2));
        painter.setBrush(style.background);
        drawMark(painter, point(neuron), dotRadius + 3.2, neuron);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        drawMark(painter, point(neuron), dotRadius + 0.4, neuron);
        painter.setPen(ink);
        painter.drawText(point(neuron) + QPointF(9, -5), QString::number(neuron));
    }
}

QString ParameterView::axisText() const {
    switch (m_frame->neuron) {
        case NeuronType::brf: return tr("damping p(ω) − |b̂|");
        case NeuronType::hrf: return tr("damping −(0.005 ω² + |b̂|)");
        default: return tr("damping −|b̂|");
    }
}

void ParameterView::drawAxes(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    const QFontMetricsF metrics(painter.font());
    const QRectF shown = range();
    painter.setPen(style.faint);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(plot);
    painter.setPen(style.text);
    for (const double tick :
         niceTicks(shown.left(), shown.right(), std::max(2, static_cast<int>(plot.width() / (1.3 * m_leftMargin))))) {
        const double x = place(tick, 0, plot).x();
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3));
        painter.drawText(QRectF(x - 40, plot.bottom() + 4, 80, metrics.height()), Qt::AlignHCenter | Qt::AlignTop,
                         tickLabel(tick));
    }
    for (const double tick : niceTicks(shown.top(), shown.bottom(),
                                       std::max(2, static_cast<int>(plot.height() / (0.9 * m_bottomMargin))))) {
        const double y = place(shown.left(), tick, plot).y();
        painter.drawLine(QPointF(plot.left() - 3, y), QPointF(plot.left(), y));
        painter.drawText(
            QRectF(plot.left() - m_leftMargin + 10, y - metrics.height() / 2, m_leftMargin - 16, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, tickLabel(tick));
    }
    // What does not fit is said in fewer words.
    QString across = tr("frequency ω (rad per model time)");
    if (metrics.horizontalAdvance(across) > plot.width() + m_leftMargin + m_rightMargin - 4) across = tr("frequency ω");
    painter.drawText(QRectF(plot.left() - m_leftMargin, plot.bottom() + 3 + metrics.height(),
                            plot.width() + m_leftMargin + m_rightMargin, metrics.height() + 2),
                     Qt::AlignHCenter | Qt::AlignTop, across);
    drawSideTitle(painter, plot, plot.left() - m_leftMargin + 2, axisText(), tr("damping"));
}

QString ParameterView::startText() const {
    return m_trail.fromStart()         ? tr("start")
           : m_trail.firstEpoch() >= 0 ? tr("first seen, epoch %1").arg(m_trail.firstEpoch())
                                       : tr("start");
}

void ParameterView::drawKey(QPainter& painter, const QRectF& area, const PlotStyle& style) const {
    using Sign = LegendEntry::Sign;
    QColor grey = style.text;
    grey.setAlphaF(0.45F);
    QList<LegendEntry> entries{{Sign::Dot, QPen(neuronColour(m_frame->neuron, style.dark)), m_moment},
                               {Sign::Dot, QPen(grey), startText()}};
    if (m_config.network.decay == Decay::exponential)
        entries.append({Sign::Line, QPen(style.text, 1.6),
                        m_frame->neuron == NeuronType::hrf ? tr("grows above 0") : tr("grows above p(ω)")});
    CurveLegend::draw(painter, area, entries, style.text, false);
}

/// At the time cursor: who spikes, and how far the spikes before have pushed the damping of BRF and HRF down.
void ParameterView::drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) {
    const int step = link()->cursor();
    if (step < 0 || step >= m_frame->steps) return;
    const QRectF plot = plotArea(area);
    painter.save();
    painter.setClipRect(plot);
    const bool refractory = m_frame->neuron == NeuronType::brf || m_frame->neuron == NeuronType::hrf;
    int spikes = 0;
    for (int neuron = 0; neuron < m_frame->neurons; ++neuron) {
        const auto h = static_cast<size_t>(neuron);
        const QColor ink = inkOf(neuron, style);
        const QPointF rest = place(m_frame->omega[h], m_frame->b[h], plot);
        const double q = valueAt(*m_frame, m_frame->threshold, step, neuron) - m_config.neuron.threshold;
        if (refractory && m_config.network.decay == Decay::exponential && q > smallestDrop) {
            QColor drop = ink;
            drop.setAlphaF(0.4F);
            painter.setPen(QPen(drop, 1.2));
            painter.drawLine(rest, place(m_frame->omega[h], m_frame->b[h] - q, plot));
        }
        if (!spikesAt(*m_frame, step, neuron)) continue;
        ++spikes;
        QColor halo = ink;
        halo.setAlphaF(0.4F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(halo);
        painter.drawEllipse(rest, 9, 9);
        painter.setBrush(style.dark ? QColor(Qt::white) : ink);
        painter.drawEllipse(rest, dotRadius, dotRadius);
    }
    painter.restore();
    const QString text =
        spikes == 1 ? tr("step %1: 1 spike").arg(step) : tr("step %1: %2 spikes").arg(step).arg(spikes);
    drawReading(painter, text, plot.right(), plot.bottom() - QFontMetricsF(painter.font()).height() - 7, plot, style);
}

}  // namespace resonate::app
