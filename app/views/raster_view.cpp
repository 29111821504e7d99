// app/views/raster_view.cpp: see raster_view.h.
#include "views/raster_view.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "style/theme.h"
#include "views/class_strip.h"
#include "views/spike_grid.h"

namespace resonate::app {
namespace {

constexpr double stripHeight = 13;
constexpr double stripGap = 4;
constexpr double legendHeight = 20;

QString spikeCount(int count) {
    return count == 1 ? RasterView::tr("1 spike") : RasterView::tr("%L1 spikes").arg(count);
}

}  // namespace

RasterView::RasterView(ViewLink* link, QWidget* parent) : TimePlot(link, parent) {
    setAccessibleName(tr("Spike raster"));
    setToolTip(QString());
}

void RasterView::setFrame(SharedFrame frame) {
    m_frame = std::move(frame);
    m_counts.clear();
    m_predicted.clear();
    if (m_frame) {
        const auto neurons = static_cast<size_t>(m_frame->neurons);
        const auto classes = static_cast<size_t>(m_frame->classes);
        m_counts.assign(neurons, 0);
        for (size_t i = 0; i < m_frame->spikes.size(); ++i) m_counts[i % neurons] += m_frame->spikes[i];
        for (size_t t = 0; t < static_cast<size_t>(m_frame->steps); ++t) {
            const auto row = m_frame->probabilities.begin() + static_cast<std::ptrdiff_t>(t * classes);
            m_predicted.push_back(
                static_cast<int>(std::max_element(row, row + static_cast<std::ptrdiff_t>(classes)) - row));
        }
        int total = 0;
        for (const int count : m_counts) total += count;
        setAccessibleDescription(
            tr("%1 of %2 neurons over %3 time steps").arg(spikeCount(total)).arg(m_frame->neurons).arg(m_frame->steps));
    }
    stepsChanged();
    invalidate();
}

void RasterView::setClassNames(const QStringList& names) {
    m_classNames = names;
    invalidate();
}

QString RasterView::className(int index) const {
    return index >= 0 && index < m_classNames.size() ? m_classNames[index] : QString::number(index);
}

QString RasterView::emptyText() const {
    return tr("Press Start: the spikes of one test sequence appear here while the network learns.");
}

QRectF RasterView::plotArea(const QRectF& area) const {
    const double strips = 2 * (stripHeight + stripGap) + legendHeight;
    return TimePlot::plotArea(area).adjusted(0, 0, 0, -strips);
}

int RasterView::neuronAt(double y) const {
    if (!m_frame) return -1;
    const QRectF plot = plotArea(rect());
    if (y < plot.top() || y >= plot.bottom()) return -1;
    return std::clamp(static_cast<int>((plot.bottom() - y) / plot.height() * m_frame->neurons), 0,
                      m_frame->neurons - 1);
}

QPoint RasterView::centreOf(int neuron) const {
    const QRectF plot = plotArea(rect());
    return {static_cast<int>(plot.center().x()),
            static_cast<int>(plot.bottom() - (neuron + 0.5) / m_frame->neurons * plot.height())};
}

QColor RasterView::rowColour(int neuron, const PlotStyle& style) const {
    const qsizetype place = link()->selection().indexOf(neuron);
    return place < 0 ? neuronColour(m_frame->neuron, style.dark) : selectionColour(static_cast<int>(place), style.dark);
}

void RasterView::drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) {
    const QRectF plot = plotArea(area);
    drawSpikes(painter, plot, style, exporting);
    drawNeuronAxis(painter, plot, style);
    drawRates(painter, plot, style);
    drawStrips(painter, plot, style);
    const QRectF below = plot.translated(0, 2 * (stripHeight + stripGap));
    drawTimeAxis(painter, below, style);
    drawLegend(painter, plot, style);
}

void RasterView::drawSpikes(QPainter& painter, const QRectF& plot, const PlotStyle& style, bool exporting) const {
    const int neurons = m_frame->neurons;
    const double row = plot.height() / neurons;
    for (const int neuron : link()->selection()) {
        if (neuron >= neurons) continue;
        QColor band = rowColour(neuron, style);
        band.setAlphaF(0.16F);
        painter.fillRect(QRectF(plot.left(), plot.bottom() - (neuron + 1) * row, plot.width(), row), band);
    }
    SpikeGrid grid{m_frame->spikes, m_frame->steps, neurons, {}};
    for (int h = 0; h < neurons; ++h) grid.colours.push_back(rowColour(h, style));
    drawSpikeGrid(painter, plot, grid, firstStep(), lastStep(), exporting);
}

void RasterView::drawNeuronAxis(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    painter.setPen(style.faint);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(plot);
    const QFontMetricsF metrics(painter.font());
    const double row = plot.height() / m_frame->neurons;
    painter.setPen(style.text);
    for (const double tick : niceTicks(0, m_frame->neurons - 1, std::max(2, static_cast<int>(plot.height() / 26)))) {
        if (tick != std::floor(tick)) continue;
        const double y = plot.bottom() - (tick + 0.5) * row;
        painter.drawLine(QPointF(plot.left() - 3, y), QPointF(plot.left(), y));
        painter.drawText(QRectF(plot.left() - 40, y - metrics.height() / 2, 34, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, tickLabel(tick));
    }
    painter.save();
    painter.translate(plot.left() - leftMargin + 4, plot.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-plot.height() / 2, 0, plot.height(), metrics.height() + 2),
                     Qt::AlignHCenter | Qt::AlignTop, tr("neuron"));
    painter.restore();
}

void RasterView::drawRates(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    const int most = *std::max_element(m_counts.begin(), m_counts.end());
    const double row = plot.height() / m_frame->neurons;
    const double left = plot.right() + 5;
    const double width = rightMargin - 12;
    for (int h = 0; h < m_frame->neurons && most > 0; ++h) {
        QColor colour = rowColour(h, style);
        colour.setAlphaF(0.75F);
        painter.fillRect(QRectF(left, plot.bottom() - (h + 1) * row + row * 0.12,
                                width * m_counts[static_cast<size_t>(h)] / most, row * 0.76),
                         colour);
    }
    painter.setPen(style.text);
    const double rate = 100.0 * most / m_frame->steps;
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QRectF(left, plot.bottom() + 2, rightMargin - 6, metrics.height()), Qt::AlignLeft,
                     most > 0 ? tr("≤ %1 %").arg(rate, 0, 'f', rate < 10 ? 1 : 0) : tr("silent"));
}

void RasterView::drawStrips(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    const bool perStep = m_frame->labels.size() > 1;
    QRectF strip(plot.left(), plot.bottom() + stripGap, plot.width(), stripHeight);
    drawClassStrip(
        painter, strip, tr("true"), firstStep(), lastStep(), m_frame->steps,
        [&](int t) { return m_frame->labels[perStep ? static_cast<size_t>(t) : 0]; }, style);
    strip.translate(0, stripHeight + stripGap);
    drawClassStrip(
        painter, strip, tr("network"), firstStep(), lastStep(), m_frame->steps,
        [&](int t) { return m_predicted[static_cast<size_t>(t)]; }, style);
}

void RasterView::drawLegend(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    const double top = plot.bottom() + 2 * (stripHeight + stripGap) + axisHeight - 2;
    QStringList names;
    for (int c = 0; c < m_frame->classes; ++c) names.append(className(c));
    drawClassLegend(painter, QRectF(plot.left(), top, plot.width() + rightMargin, legendHeight), names, style);
}

void RasterView::mousePressEvent(QMouseEvent* event) {
    TimePlot::mousePressEvent(event);
    if (event->button() != Qt::LeftButton) return;
    const int neuron = neuronAt(event->position().y());
    if (neuron < 0) return;
    if (event->modifiers() & Qt::ShiftModifier)
        link()->toggle(neuron);
    else
        link()->setSelection({neuron});
}

void RasterView::keyPressEvent(QKeyEvent* event) {
    const int move = event->key() == Qt::Key_Up ? 1 : event->key() == Qt::Key_Down ? -1 : 0;
    if (move == 0 || !m_frame) return TimePlot::keyPressEvent(event);
    const int from = link()->selection().isEmpty() ? -1 : link()->selection().constLast();
    link()->setSelection({std::clamp(from + move, 0, m_frame->neurons - 1)});
}

bool RasterView::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || !m_frame) return TimePlot::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int neuron = neuronAt(help->pos().y());
    const int step = stepAt(help->pos().x());
    if (neuron < 0 || step < 0) {
        QToolTip::hideText();
        return true;
    }
    const auto h = static_cast<size_t>(neuron);
    QString text = tr("Neuron %1: %2 in %3 steps").arg(neuron).arg(spikeCount(m_counts[h])).arg(m_frame->steps);
    if (!m_frame->omega.empty())
        text += tr("\nω = %1 rad per model time, damping b = %2")
                    .arg(m_frame->omega[h], 0, 'f', 2)
                    .arg(m_frame->b[h], 0, 'f', 3);
    const int label = m_frame->labels[m_frame->labels.size() > 1 ? static_cast<size_t>(step) : 0];
    text += tr("\nStep %1: true %2, network says %3")
                .arg(step)
                .arg(className(label), className(m_predicted[static_cast<size_t>(step)]));
    QToolTip::showText(help->globalPos(), text, this);
    return true;
}

QString RasterView::csv() const {
    QString text = QStringLiteral("step,neuron\n");
    const int neurons = m_frame ? m_frame->neurons : 0;
    for (int t = 0; t < stepCount(); ++t)
        for (int h = 0; h < neurons; ++h)
            if (m_frame->spikes[static_cast<size_t>(t) * neurons + h])
                text += QString::number(t) + QLatin1Char(',') + QString::number(h) + QLatin1Char('\n');
    return text;
}

}  // namespace resonate::app
