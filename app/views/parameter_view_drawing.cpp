// app/views/parameter_view_drawing.cpp: how the parameter view draws boundary, trails, neurons and axes.
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "style/theme.h"
#include "views/curve_legend.h"
#include "views/parameter_view.h"
#include "views/time_plot.h"

namespace resonate::app {
namespace {

constexpr double dotRadius = 3.2;
constexpr double ringRadius = dotRadius + 3.2;
/// Neurons whose trails are drawn smoothly.
constexpr int mostSmooth = 300;
/// Steps of a trail shorter than that many pixels are left out.
constexpr double shortestStep = 1.5;
constexpr int boundaryPoints = 160;

/// Words that lines under them do not cross: with paper around each letter.
void drawHaloed(QPainter& painter, const QRectF& area, const QString& text, const QColor& ink, const QColor& paper) {
    QPainterPath letters;
    const QFontMetricsF metrics(painter.font());
    letters.addText(area.left(), area.top() + metrics.ascent(), painter.font(), text);
    painter.strokePath(letters, QPen(paper, 4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setPen(ink);
    painter.drawText(area, Qt::AlignLeft | Qt::AlignTop, text);
}

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
    drawNumbers(painter, plot, style);
    painter.restore();
    drawAxes(painter, area, style);
    drawKey(painter, area, style);
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
        for (size_t i = 0; i < m_trail.size(); i += trailStride(neuron)) add(m_trail[i].omega[h], m_trail[i].b[h]);
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
    for (const int neuron : link()->shown()) {
        const QColor ink = inkOf(neuron, style);
        const QPointF& centre = centres[static_cast<size_t>(neuron)];
        painter.setPen(QPen(ink, link()->selection().contains(neuron) ? 2 : 1));
        painter.setBrush(style.background);
        drawMark(painter, centre, ringRadius, neuron);
        painter.setPen(Qt::NoPen);
        painter.setBrush(ink);
        drawMark(painter, centre, dotRadius + 0.4, neuron);
    }
}

/// The name of the boundary, and the number of each ringed neuron where it covers neither a ring nor other words, and
/// the fewest dots; where there is no such place the ring alone shows it.
void ParameterView::drawNumbers(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    const QFontMetricsF metrics(painter.font());
    const Words name = boundaryName(metrics, plot);
    std::vector<QPointF> centres;
    for (size_t h = 0; h < m_frame->omega.size(); ++h) centres.push_back(place(m_frame->omega[h], m_frame->b[h], plot));
    // In a low plot there is no room for the words but where the neurons are.
    if (std::any_of(centres.begin(), centres.end(),
                    [&](const QPointF& centre) { return name.area.contains(centre); })) {
        QColor paper = style.background;
        paper.setAlphaF(0.85F);
        painter.fillRect(name.area, paper);
    }
    painter.setPen(style.text);
    if (!name.area.isNull()) painter.drawText(name.area, Qt::AlignCenter, name.text);
    const auto centreOf = [&](int neuron) { return centres[static_cast<size_t>(neuron)]; };
    const QPointF ring(ringRadius, ringRadius);
    QList<QRectF> taken{name.area};
    for (const int neuron : link()->shown()) taken.append(QRectF(centreOf(neuron) - ring, centreOf(neuron) + ring));
    for (const int neuron : link()->shown()) {
        const QString number = QString::number(neuron);
        const QSizeF size(metrics.horizontalAdvance(number), metrics.height());
        const double right = ringRadius + 2;
        const double left = -right - size.width();
        QRectF best;
        auto fewest = std::ssize(centres) + 1;
        for (const QPointF& off :
             {QPointF(right, -size.height()), QPointF(right, 0), QPointF(left, -size.height()), QPointF(left, 0)}) {
            const QRectF label(centreOf(neuron) + off, size);
            const auto covers = [&](const QRectF& other) { return other.intersects(label); };
            if (!plot.contains(label) || std::any_of(taken.begin(), taken.end(), covers)) continue;
            const auto dots = std::count_if(centres.begin(), centres.end(),
                                            [&](const QPointF& centre) { return label.contains(centre); });
            if (dots >= fewest) continue;
            fewest = dots;
            best = label;
        }
        if (best.isNull()) continue;
        drawHaloed(painter, best, number, inkOf(neuron, style), style.background);
        taken.append(best);
    }
}

QString ParameterView::axisText() const {
    switch (m_frame->neuron) {
        case NeuronType::brf: return tr("damping p(ω) − |b̂|");
        case NeuronType::hrf: return tr("damping −(0.005 ω² + |b̂|)");
        default: return tr("damping −|b̂|");
    }
}

void ParameterView::drawAxes(QPainter& painter, const QRectF& edge, const PlotStyle& style) const {
    const QRectF plot = plotArea(edge);
    const QFontMetricsF metrics(painter.font());
    const QRectF shown = range();
    painter.setPen(style.faint);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(plot);
    painter.setPen(style.text);
    for (const double tick : frequencyTicks(plot.width())) {
        const double x = place(tick, 0, plot).x();
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3));
        painter.drawText(QRectF(x - 40, plot.bottom() + 4, 80, metrics.height()), Qt::AlignHCenter | Qt::AlignTop,
                         tickLabel(tick));
    }
    const double margin = plot.left() - edge.left();
    for (const double tick : dampingTicks(plot.height())) {
        const double y = place(shown.left(), tick, plot).y();
        painter.drawLine(QPointF(plot.left() - 3, y), QPointF(plot.left(), y));
        painter.drawText(QRectF(plot.left() - margin, y - metrics.height() / 2, margin - 6, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, tickLabel(tick));
    }
    // What does not fit is said in fewer words.
    QString across = tr("frequency ω (rad per model time)");
    if (metrics.horizontalAdvance(across) > edge.width() - 4) across = tr("frequency ω");
    painter.drawText(QRectF(edge.left(), plot.bottom() + 3 + metrics.height(), edge.width(), metrics.height() + 2),
                     Qt::AlignHCenter | Qt::AlignTop, across);
    drawSideTitle(painter, plot, edge.left() + 2, axisText(), tr("damping"));
}

QString ParameterView::startText(bool brief) const {
    const int epoch = m_trail.firstEpoch();
    if (m_trail.fromStart() || epoch < 0) return tr("start");
    if (m_fork && m_trail.fromEndOf(*m_fork)) return brief ? tr("fork") : tr("fork at epoch %1").arg(epoch);
    return brief ? tr("epoch %1").arg(epoch) : tr("first seen, epoch %1").arg(epoch);
}

/// Above the plot, beyond its edges where it is narrow; what does not fit even there is said in fewer words.
void ParameterView::drawKey(QPainter& painter, const QRectF& edge, const PlotStyle& style) const {
    using Sign = LegendEntry::Sign;
    QColor grey = style.text;
    grey.setAlphaF(0.45F);
    QList<LegendEntry> entries{{Sign::Dot, QPen(neuronColour(m_frame->neuron, style.dark)), m_moment},
                               {Sign::Dot, QPen(grey), startText(false)}};
    const QFontMetricsF metrics(painter.font());
    const double room = edge.width() - 8;
    if (CurveLegend::widthOf(entries, metrics) > room) entries.last().text = startText(true);
    const double left =
        std::clamp(edge.right() - 4 - CurveLegend::widthOf(entries, metrics), edge.left() + 4, plotArea(edge).left());
    CurveLegend::draw(painter, QRectF(left, edge.top() + 2, edge.right() - 4 - left, m_topMargin - 4), entries,
                      style.text, false);
}

/// As far right along the line as there is room above it, else below it; in so many words as fit.
ParameterView::Words ParameterView::boundaryName(const QFontMetricsF& metrics, const QRectF& plot) const {
    const bool zero = m_frame->neuron == NeuronType::hrf;
    Words name{zero ? tr("grows above b = 0") : tr("grows above p(ω)"), {}};
    if (metrics.horizontalAdvance(name.text) > 0.8 * plot.width()) name.text = zero ? tr("b = 0") : tr("p(ω)");
    const QSizeF size(metrics.horizontalAdvance(name.text) + 8, metrics.height());
    const QRectF shown = range();
    const double wide = shown.width() * (size.width() + 4) / plot.width();
    for (const bool above : {true, false})
        for (int i = boundaryPoints; i > 0; --i) {
            // The line falls to the right: its highest point along the words is at their left, its lowest at their
            // right.
            const double right = shown.left() + shown.width() * i / boundaryPoints;
            const QPointF start = place(right - wide, boundary(right - wide), plot);
            const QPointF end = place(right, boundary(right), plot);
            if (!std::isfinite(start.y()) || !std::isfinite(end.y())) continue;
            const QRectF area(QPointF(start.x() + 2, above ? start.y() - size.height() - 2 : end.y() + 3), size);
            if (plot.contains(area)) return {name.text, area};
        }
    return {};
}

/// At the time cursor: who spikes, and how far the spikes before have pushed the damping of BRF and HRF down.
void ParameterView::drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) {
    const int step = link()->cursor();
    if (step < 0 || step >= m_frame->steps) return;
    const QRectF plot = plotArea(area);
    painter.save();
    painter.setClipRect(plot);
    bool tails = false;
    int spikes = 0;
    for (int neuron = 0; neuron < m_frame->neurons; ++neuron) {
        const auto h = static_cast<size_t>(neuron);
        const QColor ink = inkOf(neuron, style);
        const QPointF rest = place(m_frame->omega[h], m_frame->b[h], plot);
        if (const double q = refractory(neuron, step); q > 0) {
            tails = true;
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
    QString text = spikes == 1 ? tr("step %1: 1 spike").arg(step) : tr("step %1: %2 spikes").arg(step).arg(spikes);
    const QString more = text + tr(", tails: b − q");
    if (tails && QFontMetricsF(painter.font()).horizontalAdvance(more) + 20 <= plot.width()) text = more;
    drawReading(painter, text, plot.right(), plot.bottom() - QFontMetricsF(painter.font()).height() - 7, plot, style);
}

}  // namespace resonate::app
