// app/views/phase_view.cpp: see phase_view.h.
#include "views/phase_view.h"

#include <QMouseEvent>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>
#include <utility>

#include "style/theme.h"
#include "views/time_plot.h"

namespace resonate::app {
namespace {

constexpr double panelGap = 10;
constexpr double enoughSide = 105;  ///< of a panel with its axes named
constexpr double leastSide = 60;    ///< of one worth looking at
constexpr double reach = 26;        ///< pixels from which the mouse takes hold of an orbit
constexpr int leastTail = 12;

/// The next round number.
double roundUp(double value) {
    if (!(value > 0)) return 1;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (const double factor : {1.0, 1.25, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0})
        if (factor * power >= value) return factor * power;
    return 10 * power;
}

/// A range around [low, high] that is `extent` long at least. Its ends and its centre are round, so that it stays as it
/// is while an orbit changes little.
std::pair<double, double> roundRange(double low, double high, double extent) {
    double half = roundUp(0.53 * extent);
    for (;;) {
        const double grid = half / 4;
        const double centre = std::round((low + high) / 2 / grid) * grid;
        if (centre - half <= low && centre + half >= high) return {centre - half, centre + half};
        half = roundUp(1.01 * half);
    }
}

}  // namespace

PhaseView::PhaseView(ViewLink* link, QWidget* parent) : PaintedView(link, parent) {
    setAccessibleName(tr("Phase plane"));
}

void PhaseView::setFrame(SharedFrame frame) {
    suggestNeurons(*link(), frame);
    m_frame = std::move(frame);
    m_ranges.clear();
    invalidate();
}

void PhaseView::setConstants(const NeuronConfig& neuron) {
    m_constants = neuron;
    invalidate();
}

QString PhaseView::exportTitle() const { return tr("Phase plane"); }

bool PhaseView::hasPlane() const { return m_frame && m_frame->neuron != NeuronType::lif; }

bool PhaseView::hasContent() const { return hasPlane(); }

QString PhaseView::howToFill() const {
    return m_frame ? tr("train a neuron with two variables: any but LIF") : ExportableView::howToFill();
}

QString PhaseView::emptyText() const {
    if (m_frame)
        return tr(
            "A LIF neuron has one variable, its membrane u: there is no plane in which it could turn. Membranes "
            "shows u over time.");
    return tr("Press Start: the orbits of a few neurons turn here, with a dot at the time under the mouse.");
}

QList<int> PhaseView::chosen(const QSizeF& size) const {
    QList<int> neurons = link()->shown();
    if (!link()->selection().isEmpty()) return neurons;
    const auto room = [&](qsizetype count) {
        for (int columns = 1; columns <= count; ++columns) {
            const auto rows = static_cast<double>((count + columns - 1) / columns);
            if ((size.width() - 2 * edge - m_nameHeight) / columns - panelGap - m_smallSideMargin >= leastSide &&
                (size.height() - 2 * edge - m_nameHeight) / rows - m_titleHeight - m_smallBelowMargin >= leastSide)
                return true;
        }
        return false;
    };
    while (neurons.size() > 1 && !room(neurons.size())) neurons.removeLast();
    return neurons;
}

QList<int> PhaseView::shownNeurons() const { return hasPlane() ? chosen(size()) : QList<int>(); }

double PhaseView::first(int step, int neuron) const {
    const double u = valueAt(*m_frame, m_frame->u, step, neuron);
    // The reset of a spike takes the threshold off: with it back, spikes lie where they were decided.
    return againstThreshold() && spikesAt(*m_frame, step, neuron) ? u + second(step, neuron) : u;
}

double PhaseView::second(int step, int neuron) const {
    return valueAt(*m_frame, againstThreshold() ? m_frame->threshold : m_frame->v, step, neuron);
}

QPointF PhaseView::at(const Panel& panel, double x, double y) const {
    return {panel.area.left() + (x - panel.left) / (panel.right - panel.left) * panel.area.width(),
            panel.area.bottom() - (y - panel.bottom) / (panel.top - panel.bottom) * panel.area.height()};
}

QPointF PhaseView::at(const Panel& panel, int step) const {
    return at(panel, first(step, panel.neuron), second(step, panel.neuron));
}

void PhaseView::setRange(Panel& panel) const {
    if (const auto known = m_ranges.constFind(panel.neuron); known == m_ranges.constEnd()) {
        findRange(panel);
        for (const double tick : niceTicks(panel.bottom, panel.top, mostTicks))
            panel.tickLetters = std::max(panel.tickLetters, tickLabel(tick).size());
        m_ranges.insert(panel.neuron, panel);
    } else {
        std::tie(panel.left, panel.right, panel.bottom, panel.top, panel.tickLetters) =
            std::tie(known->left, known->right, known->bottom, known->top, known->tickLetters);
    }
}

PhaseView::Reach PhaseView::reachOf(int neuron) const {
    Reach reach = m_held.value(neuron);
    for (int t = 0; t < m_frame->steps; ++t) {
        const double u = first(t, neuron);
        const double other = second(t, neuron);
        if (!std::isfinite(u) || !std::isfinite(other)) continue;
        reach.low = std::min(reach.low, u);
        reach.high = std::max(reach.high, u);
        reach.secondLow = std::min(reach.secondLow, other);
        reach.secondHigh = std::max(reach.secondHigh, other);
        reach.threshold = std::min<double>(reach.threshold, valueAt(*m_frame, m_frame->threshold, t, neuron));
    }
    return reach;
}

void PhaseView::hold(const SharedFrame& frame) {
    const SharedFrame shown = std::exchange(m_frame, frame);
    if (hasPlane())
        for (int neuron = 0; neuron < frame->neurons; ++neuron) m_held[neuron] = reachOf(neuron);
    m_ranges.clear();
    m_frame = shown;
    invalidate();
}

void PhaseView::findRange(Panel& panel) const {
    auto [low, high, secondLow, secondHigh, threshold] = reachOf(panel.neuron);
    if (againstThreshold()) {
        panel.left = low < 0 ? -roundUp(-1.05 * low) : 0;
        panel.right = roundUp(1.05 * std::max(high, threshold));
        panel.bottom = 0;
        panel.top = roundUp(1.1 * secondHigh);
        return;
    }
    double& crossed = m_frame->neuron == NeuronType::izhikevich ? secondHigh : high;
    if (std::isfinite(threshold)) crossed = std::max(crossed, 1.05 * threshold);
    // Of all but HRF u and v are real and imaginary part of one number, which turns in circles. They look like circles
    // where both axes have one scale.
    const double extent = std::max(high - low, secondHigh - secondLow);
    const bool equal = m_frame->neuron != NeuronType::hrf;
    std::tie(panel.left, panel.right) = roundRange(low, high, equal ? extent : high - low);
    std::tie(panel.bottom, panel.top) = roundRange(secondLow, secondHigh, equal ? extent : secondHigh - secondLow);
}

double PhaseView::numberWidth(const QList<int>& neurons) const {
    qsizetype longest = 0;
    for (const int neuron : neurons) {
        Panel panel;
        panel.neuron = neuron;
        setRange(panel);
        longest = std::max(longest, panel.tickLetters);
    }
    return static_cast<double>(longest) * m_letterWidth + tickGap;
}

QList<PhaseView::Panel> PhaseView::panels(const QRectF& area, bool dark) const {
    QList<Panel> made;
    if (!hasPlane()) return made;
    const QList<int> neurons = chosen(area.size());
    const auto count = static_cast<int>(neurons.size());
    QRectF inside = area.adjusted(edge, edge, -edge, -edge);
    const double numbers = numberWidth(neurons);
    bool named = true;
    double left = std::max(m_sideMargin, numbers + 2 * m_letterWidth);
    double below = m_belowMargin;
    const auto sideFor = [&](int columns) {
        const int rows = (count + columns - 1) / columns;
        return std::min(inside.width() / columns - panelGap - left, inside.height() / rows - m_titleHeight - below);
    };
    const auto best = [&] {
        int columns = 1;
        for (int more = 2; more <= count; ++more)
            if (sideFor(more) > sideFor(columns)) columns = more;
        return columns;
    };
    int columns = best();
    if (sideFor(columns) < enoughSide) {
        named = false;
        left = std::max(m_smallSideMargin, numbers + 2);
        below = m_smallBelowMargin;
        inside.adjust(m_nameHeight, 0, 0, -m_nameHeight);
        columns = best();
    }
    const int rows = (count + columns - 1) / columns;
    const double side = std::max(10.0, sideFor(columns));
    const double cellWidth = inside.width() / columns;
    const double cellHeight = inside.height() / rows;
    for (int place = 0; place < count; ++place) {
        const QRectF cell(inside.left() + place % columns * cellWidth, inside.top() + place / columns * cellHeight,
                          cellWidth, cellHeight);
        Panel panel;
        panel.neuron = neurons[place];
        panel.colour = selectionColour(place, dark);
        panel.side = left;
        panel.named = named;
        panel.area = QRectF(cell.left() + left + (cellWidth - left - panelGap - side) / 2,
                            cell.top() + m_titleHeight + (cellHeight - m_titleHeight - below - side) / 2, side, side);
        panel.title = cell.right() + (place % columns + 1 < columns ? left - panelGap : 0) - panel.area.left();
        setRange(panel);
        made.append(panel);
    }
    return made;
}

QPointF PhaseView::pointOf(int neuron, int step) const {
    for (const Panel& panel : panels(rect(), false))
        if (panel.neuron == neuron) return at(panel, step);
    return {};
}

/// One turn of a resonator; of ALIF a stretch of time.
int PhaseView::tailLength(int neuron) const {
    const int longest = std::max(leastTail, m_frame->steps / 3);
    if (m_frame->omega.empty()) return std::clamp(40, leastTail, longest);
    const double turn =
        2 * std::numbers::pi / std::max(1e-9, m_frame->omega[static_cast<size_t>(neuron)] * m_constants.dt);
    return static_cast<int>(std::clamp<double>(turn, leastTail, longest));
}

/// Without a cursor the sequence is over.
int PhaseView::stepShown() const {
    const int step = link()->cursor();
    return step >= 0 && step < m_frame->steps ? step : m_frame->steps - 1;
}

void PhaseView::fitLetters(double scale) {
    m_titleHeight = 18 * scale;
    m_sideMargin = 42 * scale;
    m_letterWidth = 7 * scale;
    m_belowMargin = 32 * scale;
    m_smallSideMargin = 28 * scale;
    m_smallBelowMargin = 17 * scale;
    m_nameHeight = 15 * scale;
}

PhaseView::Hit PhaseView::nearest(const QPointF& point) const {
    Hit hit;
    const int now = stepShown();
    double best = reach * reach;
    for (const Panel& panel : panels(rect(), false)) {
        if (!panel.area.adjusted(-reach, -reach, reach, reach).contains(point)) continue;
        for (int t = 0; t < m_frame->steps; ++t) {
            const QPointF off = at(panel, t) - point;
            // Turns lie upon each other: of points as near, the one soonest after or before the cursor.
            const double away = QPointF::dotProduct(off, off) + 16.0 * std::abs(t - now) / m_frame->steps;
            if (!(away < best)) continue;
            best = away;
            hit = {panel.neuron, t};
        }
    }
    return hit;
}

void PhaseView::mouseMoveEvent(QMouseEvent* event) {
    if (hasContent()) link()->setCursor(nearest(event->position()).step);
    PaintedView::mouseMoveEvent(event);
}

QString PhaseView::spokenSummary() const {
    QStringList names;
    for (const int neuron : shownNeurons()) names << QString::number(neuron);
    return againstThreshold()
               ? tr("Membrane against threshold of neurons %1").arg(names.join(QStringLiteral(", ")))
               : tr("Orbits in the plane of u and v of neurons %1").arg(names.join(QStringLiteral(", ")));
}

QString PhaseView::tipAt(const QPointF& point) const {
    const Hit hit = nearest(point);
    const QString meaning =
        againstThreshold() ? tr("Membrane u, before its reset, against the threshold 0.01 + 1.8 a. Right of the dashed "
                                "line u is above the "
                                "threshold: the neuron spikes.")
        : m_frame->neuron == NeuronType::izhikevich
            ? tr("Membrane u + iv turns with ω and shrinks with b. Where v would be above the dashed line "
                 "the neuron spikes and starts again from u = 0, v = 1.")
            : tr("Membrane u + iv turns with ω and shrinks with b. Right of the dashed line, the threshold at that "
                 "step, "
                 "the neuron spikes.");
    if (hit.step < 0) return meaning;
    return tr("Neuron %1 at step %2: u = %3, %4 = %5\n%6")
        .arg(hit.neuron)
        .arg(hit.step)
        .arg(first(hit.step, hit.neuron), 0, 'f', 3)
        .arg(againstThreshold() ? tr("threshold") : tr("v"))
        .arg(second(hit.step, hit.neuron), 0, 'f', 3)
        .arg(meaning);
}

QString PhaseView::csv() const {
    const QList<int> neurons = shownNeurons();
    QString text = QStringLiteral("step");
    for (const int neuron : neurons)
        text += (againstThreshold() ? QStringLiteral(",u_%1,threshold_%1,spike_%1")
                                    : QStringLiteral(",u_%1,v_%1,threshold_%1,spike_%1"))
                    .arg(neuron);
    text += QLatin1Char('\n');
    for (int t = 0; !neurons.isEmpty() && t < m_frame->steps; ++t) {
        text += QString::number(t);
        for (const int neuron : neurons) {
            const auto add = [&](double value) { text += QStringLiteral(",%1").arg(value, 0, 'g', 9); };
            add(valueAt(*m_frame, m_frame->u, t, neuron));
            if (!againstThreshold()) add(valueAt(*m_frame, m_frame->v, t, neuron));
            add(valueAt(*m_frame, m_frame->threshold, t, neuron));
            text += spikesAt(*m_frame, t, neuron) ? QStringLiteral(",1") : QStringLiteral(",0");
        }
        text += QLatin1Char('\n');
    }
    return text;
}

}  // namespace resonate::app
