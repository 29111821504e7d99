// app/views/phase_view_drawing.cpp: how the phase view draws frames, orbits, thresholds and the tail before the cursor.
#include <algorithm>
#include <cmath>

#include "style/theme.h"
#include "views/phase_view.h"
#include "views/time_plot.h"

namespace resonate::app {
namespace {

constexpr int tailPieces = 16;

}  // namespace

void PhaseView::drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) {
    const QList<Panel> drawn = panels(area, style.dark);
    for (const Panel& panel : drawn) {
        drawFrame(painter, panel, style);
        drawOrbit(painter, panel, style);
        if (!exporting) continue;
        drawThreshold(painter, panel, stepShown(), style);
        drawTail(painter, panel, stepShown(), style);
    }
    if (drawn.isEmpty() || drawn.first().named) return;
    painter.setPen(style.text);
    drawNames(painter, area);
}

void PhaseView::drawNames(QPainter& painter, const QRectF& area) const {
    const QRectF inside = area.adjusted(edge, edge, -edge, -edge);
    painter.drawText(QRectF(inside.left() + m_nameHeight, inside.bottom() - m_nameHeight, inside.width() - m_nameHeight,
                            m_nameHeight),
                     Qt::AlignCenter, tr("membrane u"));
    painter.save();
    painter.translate(inside.left(), inside.bottom() - m_nameHeight);
    painter.rotate(-90);
    painter.drawText(QRectF(0, 0, inside.height() - m_nameHeight, m_nameHeight), Qt::AlignCenter,
                     againstThreshold() ? tr("threshold") : tr("v"));
    painter.restore();
}

void PhaseView::drawFrame(QPainter& painter, const Panel& panel, const PlotStyle& style) const {
    const QRectF& box = panel.area;
    const QFontMetricsF metrics(painter.font());
    painter.setPen(style.faint);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(box);
    painter.setPen(QPen(style.faint, 1, Qt::DotLine));
    const QPointF origin = at(panel, 0, 0);
    painter.drawLine(QPointF(box.left(), origin.y()), QPointF(box.right(), origin.y()));
    painter.drawLine(QPointF(origin.x(), box.top()), QPointF(origin.x(), box.bottom()));
    painter.setPen(style.text);
    const int count = box.width() > 170 ? mostTicks : 3;
    for (const double tick : niceTicks(panel.left, panel.right, count)) {
        const double x = at(panel, tick, 0).x();
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x, box.bottom() + 3));
        painter.drawText(QRectF(x - 30, box.bottom() + 3, 60, metrics.height()), Qt::AlignHCenter | Qt::AlignTop,
                         tickLabel(tick));
    }
    for (const double tick : niceTicks(panel.bottom, panel.top, count)) {
        const double y = at(panel, 0, tick).y();
        painter.drawLine(QPointF(box.left() - 3, y), QPointF(box.left(), y));
        painter.drawText(
            QRectF(box.left() - panel.side, y - metrics.height() / 2, panel.side - tickGap, metrics.height()),
            Qt::AlignRight | Qt::AlignVCenter, tickLabel(tick));
    }
    if (panel.named) {
        painter.drawText(QRectF(box.left(), box.bottom() + metrics.height() + 1, box.width(), metrics.height() + 2),
                         Qt::AlignHCenter | Qt::AlignTop,
                         metrics.horizontalAdvance(tr("membrane u")) <= box.width() + 4 ? tr("membrane u") : tr("u"));
        painter.save();
        painter.translate(box.left() - panel.side, box.center().y());
        painter.rotate(-90);
        painter.drawText(QRectF(-box.height() / 2 - 20, 0, box.height() + 40, metrics.height()),
                         Qt::AlignHCenter | Qt::AlignTop, againstThreshold() ? tr("threshold") : tr("v"));
        painter.restore();
    }

    QFont bold = painter.font();
    bold.setBold(true);
    const QString name = tr("№ %1").arg(panel.neuron);
    const QRectF title(box.left(), box.top() - m_titleHeight, panel.title, m_titleHeight);
    painter.save();
    painter.setFont(bold);
    painter.setPen(panel.colour);
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.restore();
    if (m_frame->omega.empty()) return;
    const double used = QFontMetricsF(bold).horizontalAdvance(name) + 8;
    const QString omega =
        tr("ω %1").arg(static_cast<double>(m_frame->omega[static_cast<size_t>(panel.neuron)]), 0, 'f', 2);
    if (used + metrics.horizontalAdvance(omega) > title.width()) return;
    painter.drawText(title.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, omega);
}

void PhaseView::drawOrbit(QPainter& painter, const Panel& panel, const PlotStyle& style) const {
    painter.save();
    painter.setClipRect(panel.area);
    QPolygonF orbit;
    QPolygonF spikes;
    for (int t = 0; t < m_frame->steps; ++t) {
        const QPointF point = at(panel, t);
        if (!std::isfinite(point.x()) || !std::isfinite(point.y())) continue;
        orbit << point;
        if (spikesAt(*m_frame, t, panel.neuron)) spikes << point;
    }
    QColor faint = panel.colour;
    faint.setAlphaF(style.dark ? 0.45F : 0.38F);
    painter.setPen(QPen(faint, 1));
    painter.drawPolyline(orbit);
    painter.setPen(Qt::NoPen);
    painter.setBrush(panel.colour);
    for (const QPointF& spike : spikes) painter.drawEllipse(spike, 1.9, 1.9);
    painter.restore();
}

/// What the neuron has to cross to spike, at that step.
void PhaseView::drawThreshold(QPainter& painter, const Panel& panel, int step, const PlotStyle& style) const {
    painter.save();
    painter.setClipRect(panel.area);
    painter.setPen(QPen(style.text, 1.2, Qt::DashLine));
    const QRectF& box = panel.area;
    QPointF corner;
    if (againstThreshold()) {
        // u = threshold: right of it is a spike.
        const double end = std::min(panel.right, panel.top);
        painter.drawLine(at(panel, 0, 0), at(panel, end, end));
    } else {
        const double level = valueAt(*m_frame, m_frame->threshold, step, panel.neuron);
        const bool onV = m_frame->neuron == NeuronType::izhikevich;
        const QPointF line = at(panel, onV ? 0 : level, onV ? level : 0);
        if (onV)
            painter.drawLine(QPointF(box.left(), line.y()), QPointF(box.right(), line.y()));
        else
            painter.drawLine(QPointF(line.x(), box.top()), QPointF(line.x(), box.bottom()));
    }
    painter.restore();
}

void PhaseView::drawTail(QPainter& painter, const Panel& panel, int step, const PlotStyle& style) const {
    const int first = std::max(0, step - tailLength(panel.neuron));
    painter.save();
    painter.setClipRect(panel.area.adjusted(-5, -5, 5, 5));
    painter.setBrush(Qt::NoBrush);
    // Piece by piece towards the dot: stronger and wider.
    for (int piece = 0; piece < tailPieces; ++piece) {
        const int begin = first + (step - first) * piece / tailPieces;
        const int end = first + (step - first) * (piece + 1) / tailPieces;
        QPolygonF line;
        for (int t = begin; t <= end; ++t)
            if (const QPointF point = at(panel, t); std::isfinite(point.x()) && std::isfinite(point.y())) line << point;
        const float share = static_cast<float>(piece + 1) / tailPieces;
        QColor ink = panel.colour;
        ink.setAlphaF(0.25F + 0.75F * share);
        painter.setPen(QPen(ink, 1.0 + 1.6 * static_cast<double>(share), Qt::SolidLine, Qt::FlatCap));
        painter.drawPolyline(line);
    }
    const QPointF dot = at(panel, step);
    if (std::isfinite(dot.x()) && std::isfinite(dot.y())) {
        const bool spikes = spikesAt(*m_frame, step, panel.neuron);
        if (spikes) {
            QColor halo = panel.colour;
            halo.setAlphaF(0.35F);
            painter.setPen(Qt::NoPen);
            painter.setBrush(halo);
            painter.drawEllipse(dot, 11, 11);
        }
        painter.setPen(QPen(style.text, 1.3));
        painter.setBrush(panel.colour);
        painter.drawEllipse(dot, 5, 5);
    }
    painter.restore();
}

void PhaseView::drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) {
    const int step = stepShown();
    const bool moving = link()->cursor() == step;
    for (const Panel& panel : panels(area, style.dark)) {
        drawThreshold(painter, panel, step, style);
        drawTail(painter, panel, step, style);
        if (!moving || !panel.named) continue;
        const double u = first(step, panel.neuron);
        QString text = tr("t %1").arg(step);
        if (panel.area.width() > 150)
            text += (againstThreshold() ? tr("  u %1  threshold %2") : tr("  u %1  v %2"))
                        .arg(u, 0, 'f', 2)
                        .arg(second(step, panel.neuron), 0, 'f', 2);
        drawReading(painter, text, panel.area.right(), panel.area.bottom() - QFontMetricsF(painter.font()).height() - 8,
                    panel.area, style);
    }
}

}  // namespace resonate::app
