// app/views/raster_view.cpp: see raster_view.h.
#include "views/raster_view.h"

#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "style/theme.h"
#include "views/answer_strips.h"
#include "views/pixel_canvas.h"
#include "views/spike_grid.h"

namespace resonate::app {
namespace {

/// Room for the spikes per step, where the view is high enough.
constexpr double activityHeight = 26;
constexpr double activityGap = 4;
constexpr double enoughHeight = 250;

QString spikeCount(int count) {
    return count == 1 ? RasterView::tr("1 spike") : RasterView::tr("%L1 spikes").arg(count);
}

/// As one shape.
void drawSteps(QPainter& painter, const QRectF& strip, const std::vector<double>& values, double most,
               const QColor& ink) {
    QPolygonF shape{strip.bottomLeft()};
    const double width = strip.width() / static_cast<double>(values.size());
    for (size_t column = 0; column < values.size(); ++column) {
        const double y = strip.bottom() - values[column] / most * strip.height();
        const double left = strip.left() + static_cast<double>(column) * width;
        shape << QPointF(left, y) << QPointF(left + width, y);
    }
    shape << strip.bottomRight();
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawPolygon(shape);
}

/// The same in pixels: a shape of so many corners would take most of the time of the view.
void fillSteps(QPainter& painter, const QRectF& strip, const std::vector<double>& values, double most,
               const QColor& ink) {
    PixelCanvas canvas(painter, strip);
    const QRgb whole = qPremultiply(ink.rgba());
    for (int x = 0; x < canvas.width(); ++x) {
        const size_t column = static_cast<size_t>(x) * values.size() / static_cast<size_t>(canvas.width());
        const double height = values[column] / most * canvas.height();
        const int full = std::clamp(static_cast<int>(height), 0, canvas.height());
        for (int y = canvas.height() - full; y < canvas.height(); ++y) canvas.line(y)[x] = whole;
        if (full == canvas.height()) continue;
        QColor edge = ink;
        edge.setAlphaF(ink.alphaF() * static_cast<float>(height - full));
        canvas.line(canvas.height() - full - 1)[x] = qPremultiply(edge.rgba());
    }
    canvas.draw(painter);
}

}  // namespace

RasterView::RasterView(ViewLink* link, QWidget* parent) : TimePlot(link, parent) {
    setAccessibleName(tr("Spike raster"));
}

void RasterView::setFrame(SharedFrame frame) {
    suggestNeurons(*link(), frame);
    m_frame = std::move(frame);
    m_facts.reset();
    stepsChanged();
    invalidate();
}

void RasterView::setOrder(NeuronOrder order) {
    m_order = order;
    m_facts.reset();
    invalidate();
}

const RasterView::Facts& RasterView::facts() const {
    if (!m_facts)
        m_facts = Facts{spikeCounts(*m_frame), spikesPerStep(*m_frame), predictedClasses(*m_frame),
                        orderNeurons(*m_frame, m_order)};
    return *m_facts;
}

QString RasterView::spokenSummary() const {
    int total = 0;
    for (const int count : facts().counts) total += count;
    return tr("%1 of %2 neurons over %3 time steps").arg(spikeCount(total)).arg(m_frame->neurons).arg(m_frame->steps);
}

void RasterView::setClassNames(const QStringList& names) {
    m_classNames = names;
    invalidate();
}

QString RasterView::emptyText() const {
    return tr("Press Start: the spikes of one test sequence appear here while the network learns.");
}

QRectF RasterView::plotArea(const QRectF& area) const {
    const double above = area.height() >= enoughHeight ? activityHeight + activityGap : 0;
    return TimePlot::plotArea(area).adjusted(0, above, 0,
                                             -AnswerStrips::height - (isLow(area) ? 0 : AnswerStrips::keyHeight));
}

bool RasterView::isLow(const QRectF& area) const { return area.height() < 5.4 * m_axisHeight; }

int RasterView::neuronAt(double y) const {
    if (!m_frame) return -1;
    const QRectF plot = plotArea(rect());
    if (y < plot.top() || y >= plot.bottom()) return -1;
    const int row = static_cast<int>((plot.bottom() - y) / plot.height() * m_frame->neurons);
    return facts().ordered.neuronAt[static_cast<size_t>(std::clamp(row, 0, m_frame->neurons - 1))];
}

QRectF RasterView::rowArea(int neuron, const QRectF& plot) const {
    const double height = plot.height() / m_frame->neurons;
    const int row = facts().ordered.rowOf[static_cast<size_t>(neuron)];
    return {plot.left(), plot.bottom() - (row + 1) * height, plot.width(), height};
}

QPoint RasterView::centreOf(int neuron) const {
    const QPointF centre = rowArea(neuron, plotArea(rect())).center();
    return {static_cast<int>(centre.x()), static_cast<int>(centre.y())};
}

QColor RasterView::rowColour(int neuron, const PlotStyle& style) const {
    const qsizetype place = link()->selection().indexOf(neuron);
    return place < 0 ? neuronColour(m_frame->neuron, style.dark) : selectionColour(static_cast<int>(place), style.dark);
}

void RasterView::drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) {
    const QRectF plot = plotArea(area);
    drawSpikes(painter, plot, style, exporting);
    drawNeuronAxis(painter, plot, style);
    drawShown(painter, plot, style);
    drawRates(painter, plot, style);
    if (area.height() >= enoughHeight) drawActivity(painter, plot, style, exporting);
    const AnswerStrips strips{*m_frame, facts().predicted, m_classNames};
    strips.draw(painter, plot, firstStep(), lastStep(), style);
    const bool low = isLow(area);
    drawTimeAxis(painter, plot.translated(0, AnswerStrips::height), style,
                 low ? TimeTitle::BesideTicks : TimeTitle::BelowTicks);
    const double key = plot.bottom() + AnswerStrips::height + m_axisHeight - (low ? AnswerStrips::keyHeight : 2);
    strips.drawKey(painter, QRectF(plot.left(), key, plot.width() + m_rightMargin, AnswerStrips::keyHeight),
                   m_leftMargin - 4, style);
}

void RasterView::drawSpikes(QPainter& painter, const QRectF& plot, const PlotStyle& style, bool exporting) const {
    const int neurons = m_frame->neurons;
    for (const int neuron : link()->selection()) {
        if (neuron >= neurons) continue;
        QColor band = rowColour(neuron, style);
        band.setAlphaF(0.16F);
        painter.fillRect(rowArea(neuron, plot), band);
    }
    SpikeGrid grid{m_frame->spikes, m_frame->steps, neurons, {}, facts().ordered.rowOf};
    for (int h = 0; h < neurons; ++h) grid.colours.push_back(rowColour(h, style));
    drawSpikeGrid(painter, plot, grid, firstStep(), lastStep(), exporting);
}

void RasterView::drawNeuronAxis(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    painter.setPen(style.faint);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(plot);
    const QFontMetricsF metrics(painter.font());
    const double row = plot.height() / m_frame->neurons;
    const OrderedNeurons& ordered = facts().ordered;
    painter.setPen(style.text);
    for (const double tick : niceTicks(0, m_frame->neurons - 1, std::max(2, static_cast<int>(plot.height() / 26)))) {
        if (tick != std::floor(tick)) continue;
        const double y = plot.bottom() - (tick + 0.5) * row;
        // Beside a row stands what the rows are ordered by.
        const double value = ordered.value[static_cast<size_t>(ordered.neuronAt[static_cast<size_t>(tick)])];
        const bool never = m_order == NeuronOrder::FirstSpike && value >= m_frame->steps;
        painter.drawLine(QPointF(plot.left() - 3, y), QPointF(plot.left(), y));
        // The words of the strips begin right below.
        const double top = std::min(y - metrics.height() / 2, plot.bottom() - metrics.height() + 3);
        painter.drawText(QRectF(plot.left() - m_leftMargin, top, m_leftMargin - 6, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter,
                         never ? tr("none") : QString::number(value, 'f', value == std::floor(value) ? 0 : 1));
    }
    drawSideTitle(painter, plot, plot.left() - m_leftMargin + 4, orderTitle(appliedOrder(m_order, *m_frame)));
}

/// An arrow at each neuron that Membranes and Phase draw, in its colour there: hollow where nobody selected it.
void RasterView::drawShown(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QList<int> shown = link()->shown();
    for (int place = 0; place < shown.size(); ++place) {
        const double y = rowArea(shown[place], plot).center().y();
        const bool selected = link()->selection().contains(shown[place]);
        const QColor ink = selectionColour(place, style.dark);
        painter.setPen(selected ? QPen(style.background, 0.8) : QPen(ink, 1.2));
        painter.setBrush(selected ? ink : style.background);
        painter.drawPolygon(QPolygonF{QPointF(plot.left() + 7, y), QPointF(plot.left() - 1, y - 4.5),
                                      QPointF(plot.left() - 1, y + 4.5)});
    }
    painter.restore();
}

/// How many neurons spike at each step; steps that share a pixel show their mean.
void RasterView::drawActivity(QPainter& painter, const QRectF& plot, const PlotStyle& style, bool exporting) const {
    const QRectF strip(plot.left(), plot.top() - activityGap - activityHeight, plot.width(), activityHeight);
    const int columns = std::max(1, static_cast<int>(std::min<double>(strip.width(), lastStep() - firstStep())));
    std::vector<double> means(static_cast<size_t>(columns), 0);
    const double perColumn = (lastStep() - firstStep()) / columns;
    for (int column = 0; column < columns; ++column) {
        const int begin = static_cast<int>(firstStep() + column * perColumn);
        const int end =
            std::min(m_frame->steps, std::max(begin + 1, static_cast<int>(firstStep() + (column + 1) * perColumn)));
        for (int t = begin; t < end; ++t)
            means[static_cast<size_t>(column)] +=
                static_cast<double>(facts().perStep[static_cast<size_t>(t)]) / (end - begin);
    }
    const double most = std::max(1.0, *std::max_element(means.begin(), means.end()));
    QColor ink = neuronColour(m_frame->neuron, style.dark);
    ink.setAlphaF(0.55F);
    if (exporting)
        drawSteps(painter, strip, means, most, ink);
    else
        fillSteps(painter, strip, means, most, ink);
    painter.setPen(style.text);
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QRectF(strip.right() + 5, strip.top(), m_rightMargin - 6, metrics.height()), Qt::AlignLeft,
                     tr("≤ %1").arg(most, 0, 'g', 3));
    painter.drawText(QRectF(strip.left() - m_leftMargin, strip.top(), m_leftMargin - 6, strip.height()),
                     Qt::AlignRight | Qt::AlignVCenter, tr("spikes"));
}

void RasterView::drawRates(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    const std::vector<int>& counts = facts().counts;
    const int most = *std::max_element(counts.begin(), counts.end());
    const double left = plot.right() + 5;
    const double width = m_rightMargin - 12;
    for (int h = 0; h < m_frame->neurons && most > 0; ++h) {
        QColor colour = rowColour(h, style);
        colour.setAlphaF(0.75F);
        const QRectF row = rowArea(h, plot);
        painter.fillRect(QRectF(left, row.top() + row.height() * 0.12, width * counts[static_cast<size_t>(h)] / most,
                                row.height() * 0.76),
                         colour);
    }
    painter.setPen(style.text);
    const double rate = 100.0 * most / m_frame->steps;
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QRectF(left, plot.bottom() + 2, m_rightMargin - 6, metrics.height()), Qt::AlignLeft,
                     most > 0 ? tr("≤ %1 %").arg(rate, 0, 'f', rate < 10 ? 1 : 0) : tr("silent"));
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

/// To the row above or below, in the order shown.
void RasterView::keyPressEvent(QKeyEvent* event) {
    const int move = event->key() == Qt::Key_Up ? 1 : event->key() == Qt::Key_Down ? -1 : 0;
    if (move == 0 || !m_frame) return TimePlot::keyPressEvent(event);
    link()->walk(facts().ordered.neuronAt, move, event->modifiers() & Qt::ShiftModifier);
}

QString RasterView::tipAt(const QPointF& point) const {
    const int neuron = neuronAt(point.y());
    const int step = stepAt(point.x());
    if (neuron < 0 || step < 0) return {};
    const auto h = static_cast<size_t>(neuron);
    QString text = tr("Neuron %1: %2 in %3 steps").arg(neuron).arg(spikeCount(facts().counts[h])).arg(m_frame->steps);
    if (!m_frame->omega.empty())
        text += tr("\nω = %1 rad per model time, damping b = %2")
                    .arg(m_frame->omega[h], 0, 'f', 2)
                    .arg(m_frame->b[h], 0, 'f', 3);
    return text + whyShown(*link(), neuron) +
           tr("\nStep %1: %2 of the network; true %3, network says %4")
               .arg(step)
               .arg(spikeCount(facts().perStep[static_cast<size_t>(step)]))
               .arg(classNameOf(m_classNames, trueClass(*m_frame, step)),
                    classNameOf(m_classNames, facts().predicted[static_cast<size_t>(step)]));
}

QString RasterView::csv() const {
    QString text = QStringLiteral("step,neuron\n");
    const int neurons = m_frame ? m_frame->neurons : 0;
    for (int t = 0; t < stepCount(); ++t)
        for (int h = 0; h < neurons; ++h)
            if (spikesAt(*m_frame, t, h))
                text += QString::number(t) + QLatin1Char(',') + QString::number(h) + QLatin1Char('\n');
    return text;
}

}  // namespace resonate::app
