// app/views/rate_histogram.cpp: see rate_histogram.h.
#include "views/rate_histogram.h"

#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "style/theme.h"
#include "views/sample_painter.h"
#include "views/time_plot.h"

namespace resonate::app {
namespace {

constexpr int mostBars = 20;
constexpr double silentGap = 8;

}  // namespace

RateHistogram::RateHistogram(ViewLink* link, QWidget* parent) : PaintedView(link, parent) {
    setAccessibleName(tr("Firing rates"));
}

void RateHistogram::setFrame(SharedFrame frame) {
    m_frame = std::move(frame);
    m_facts.reset();
    invalidate();
}

const RateHistogram::Facts& RateHistogram::facts() const {
    if (m_facts) return *m_facts;
    Facts facts;
    if (m_frame) {
        facts.counts = spikeCounts(*m_frame);
        const int most = facts.counts.empty() ? 0 : *std::max_element(facts.counts.begin(), facts.counts.end());
        // Round widths, so that bars stay as they are from frame to frame.
        const QList<double> ticks = niceTicks(0, std::max(1, most), mostBars / 2);
        facts.width = std::max(1, static_cast<int>(std::ceil(ticks.size() > 1 ? (ticks[1] - ticks[0]) / 2 : 1.0)));
        facts.bars = std::max(1, (most + facts.width - 1) / facts.width);
        facts.members.assign(static_cast<size_t>(facts.bars) + 1, 0);
        for (const int count : facts.counts) {
            facts.barOf.push_back((count + facts.width - 1) / facts.width);
            ++facts.members[static_cast<size_t>(facts.barOf.back())];
        }
    }
    m_facts = std::move(facts);
    return *m_facts;
}

int RateHistogram::silentCount() const {
    return static_cast<int>(std::count(facts().counts.begin(), facts().counts.end(), 0));
}

int RateHistogram::saturatedCount() const {
    return static_cast<int>(std::count_if(facts().counts.begin(), facts().counts.end(),
                                          [&](int count) { return count >= saturation * m_frame->steps; }));
}

QString RateHistogram::summary() const {
    if (!m_frame) return {};
    const auto say = [&](int count, const QString& none, const QString& one, const QString& many) {
        return count == 0 ? none : count == 1 ? one : many.arg(count);
    };
    const QString silent =
        say(silentCount(), tr("no neuron is silent"), tr("1 neuron is silent"), tr("%1 neurons are silent"));
    const QString saturated =
        say(saturatedCount(), tr("none is saturated"), tr("1 is saturated"), tr("%1 are saturated"));
    return tr("Of %1: %2, %3").arg(m_frame->neurons).arg(silent, saturated);
}

QString RateHistogram::briefSummary() const {
    if (!m_frame) return {};
    return tr("%1 silent, %2 saturated").arg(silentCount()).arg(saturatedCount());
}

void RateHistogram::fitLetters(double scale) {
    m_leftMargin = 52 * scale;
    m_topMargin = 12 * scale;
    m_bottomMargin = 36 * scale;
}

QRectF RateHistogram::plotArea(const QRectF& area) const {
    return area.adjusted(m_leftMargin, m_topMargin, -m_rightMargin, -m_bottomMargin);
}

QRectF RateHistogram::barArea(int bar, const QRectF& plot) const {
    const Facts& known = facts();
    const double width = (plot.width() - silentGap) / (known.bars + 1);
    const double most = *std::max_element(known.members.begin(), known.members.end());
    const double height = known.members[static_cast<size_t>(bar)] / std::max(1.0, most) * (plot.height() - 8);
    const double left = plot.left() + bar * width + (bar > 0 ? silentGap : 0);
    return {left, plot.bottom() - height, width, height};
}

QPointF RateHistogram::barOf(int neuron) const {
    return barArea(facts().barOf[static_cast<size_t>(neuron)], plotArea(rect())).center();
}

int RateHistogram::barAt(const QPointF& point) const {
    const QRectF plot = plotArea(rect());
    if (!m_frame || point.y() < plot.top() || point.y() > plot.bottom()) return -1;
    for (int bar = 0; bar <= facts().bars; ++bar) {
        const QRectF area = barArea(bar, plot);
        if (point.x() >= area.left() && point.x() < area.right()) return bar;
    }
    return -1;
}

void RateHistogram::drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool) {
    const QRectF plot = plotArea(area);
    const Facts& known = facts();
    const double most = std::max(1, *std::max_element(known.members.begin(), known.members.end()));
    drawValueAxis(painter, plot, 0, most * plot.height() / (plot.height() - 8), style, true);
    drawAxisTitle(painter, plot, tr("neurons"), style);
    QColor ink = neuronColour(m_frame->neuron, style.dark);
    QColor grey = style.text;
    grey.setAlphaF(0.45F);
    for (int bar = 0; bar <= known.bars; ++bar) {
        const QRectF box = barArea(bar, plot);
        const bool saturated = bar > 0 && ((bar - 1) * known.width + 1) >= saturation * m_frame->steps;
        painter.fillRect(box.adjusted(1, 0, -1, 0), bar == 0    ? grey
                                                    : saturated ? neuronColour(NeuronType::rf, style.dark)
                                                                : ink);
    }
    const QFontMetricsF metrics(painter.font());
    painter.setPen(style.text);
    const QRectF silent = barArea(0, plot);
    painter.drawText(QRectF(silent.center().x() - 40, plot.bottom() + 3, 80, metrics.height()),
                     Qt::AlignHCenter | Qt::AlignTop, tr("0"));
    // Rates in per cent of the steps, at the ends of bars.
    const double left = barArea(1, plot).left();
    const double width = barArea(1, plot).width();
    const double highest = ratePercent(known.bars * known.width);
    for (const double tick : niceTicks(0, highest, std::max(2, static_cast<int>(plot.width() / 60)))) {
        if (tick == 0) continue;
        const double x = left + tick / highest * width * known.bars;
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3));
        painter.drawText(QRectF(x - 40, plot.bottom() + 3, 80, metrics.height()), Qt::AlignHCenter | Qt::AlignTop,
                         tickLabel(tick));
    }
    painter.drawText(QRectF(plot.left() - m_leftMargin, plot.bottom() + 1 + metrics.height(),
                            plot.width() + m_leftMargin + m_rightMargin, metrics.height() + 3),
                     Qt::AlignHCenter | Qt::AlignTop, tr("spikes in % of the steps"));
    for (int place = 0; place < link()->selection().size(); ++place) {
        const int neuron = link()->selection()[place];
        if (neuron >= m_frame->neurons) continue;
        const QRectF box = barArea(known.barOf[static_cast<size_t>(neuron)], plot);
        // Marks of neurons in one bar stand beside each other.
        int before = 0;
        for (int other = 0; other < place; ++other)
            if (const int one = link()->selection()[other]; one < m_frame->neurons)
                before += known.barOf[static_cast<size_t>(one)] == known.barOf[static_cast<size_t>(neuron)];
        const QPointF tip(box.center().x() + 7 * before, std::max(plot.top() + 1, box.top() - 1));
        painter.setPen(QPen(style.background, 0.8));
        painter.setBrush(selectionColour(place, style.dark));
        painter.drawPolygon(QPolygonF{tip, tip + QPointF(-4.5, -8), tip + QPointF(4.5, -8)});
    }
}

void RateHistogram::drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) {
    const int step = link()->cursor();
    if (step < 0 || step >= m_frame->steps) return;
    int spikes = 0;
    for (int h = 0; h < m_frame->neurons; ++h) spikes += spikesAt(*m_frame, step, h);
    const QRectF plot = plotArea(area);
    QList<QRectF> bars;
    for (int bar = 0; bar <= facts().bars; ++bar)
        if (facts().members[static_cast<size_t>(bar)] > 0) bars.append(barArea(bar, plot));
    drawReadingBox(painter, tr("step %1: %2 of %3 spike").arg(step).arg(spikes).arg(m_frame->neurons),
                   {plot.right(), plot.left(), plot.center().x()}, plot, bars, style);
}

QString RateHistogram::emptyText() const { return tr("Press Start: how often each neuron spikes appears here."); }

QString RateHistogram::tipAt(const QPointF& point) const {
    const int bar = barAt(point);
    if (bar < 0) return {};
    const Facts& known = facts();
    const int members = known.members[static_cast<size_t>(bar)];
    const QString neurons = members == 1 ? tr("1 neuron") : tr("%1 neurons").arg(members);
    if (bar == 0) return tr("%1 without a spike over the probe sample").arg(neurons);
    const int low = (bar - 1) * known.width + 1;
    const int high = bar * known.width;
    const QString range = low == high ? tr("%1").arg(low) : tr("%1 to %2").arg(low).arg(high);
    return tr("%1 with %2 spikes in %3 steps\nA click selects up to %4 of them. From %5 % of the steps on a neuron "
              "counts "
              "as saturated.")
        .arg(neurons, range)
        .arg(m_frame->steps)
        .arg(ViewLink::maxSelected)
        .arg(100 * saturation);
}

void RateHistogram::mousePressEvent(QMouseEvent* event) {
    PaintedView::mousePressEvent(event);
    const int bar = barAt(event->position());
    if (event->button() != Qt::LeftButton || bar < 0) return;
    QList<int> chosen;
    if (event->modifiers() & Qt::ShiftModifier) chosen = link()->selection();
    for (size_t h = 0; h < facts().barOf.size(); ++h)
        if (facts().barOf[h] == bar) chosen.append(static_cast<int>(h));
    if (!chosen.isEmpty()) link()->setSelection(chosen);
}

QString RateHistogram::csv() const {
    QString text = QStringLiteral("neuron,spikes,percent_of_steps\n");
    for (size_t h = 0; h < facts().counts.size(); ++h)
        text +=
            QStringLiteral("%1,%2,%3\n").arg(h).arg(facts().counts[h]).arg(ratePercent(facts().counts[h]), 0, 'g', 6);
    return text;
}

}  // namespace resonate::app
