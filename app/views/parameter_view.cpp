// app/views/parameter_view.cpp: see parameter_view.h.
#include "views/parameter_view.h"

#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "resonate/divergence_boundary.h"
#include "style/theme.h"
#include "views/time_plot.h"

namespace resonate::app {
namespace {

constexpr double reach = 14;  ///< pixels from which a click takes a neuron
constexpr double smallestDrop = 0.02;
/// Corners of the trails of all neurons that are not drawn in the other views: more would be a thicket, and take long.
constexpr size_t cornersOfAll = 3000;
constexpr size_t leastCorners = 12;

}  // namespace

ParameterView::ParameterView(ViewLink* link, QWidget* parent) : PaintedView(link, parent) {
    setAccessibleName(tr("Frequency and damping"));
    // The whole trail of a selected neuron is drawn: the axes may have to hold more.
    connect(link, &ViewLink::selectionChanged, this, [this] { m_wholeKnown = false; });
}

void ParameterView::begin(const ExperimentConfig& config) {
    m_config = config;
    m_frame.reset();
    m_trail.clear();
    m_zoom = m_whole = {};
    m_wholeKnown = false;
    m_held.clear();
    invalidate();
}

void ParameterView::hold(const std::vector<float>& omega, const std::vector<float>& b) {
    for (size_t h = 0; h < omega.size(); ++h) {
        const QPointF place(omega[h], b[h]);
        if (!std::isfinite(place.x()) || !std::isfinite(place.y())) continue;
        if (m_held.isEmpty()) m_held = {place, place};
        m_held[0] = {std::min(m_held[0].x(), place.x()), std::min(m_held[0].y(), place.y())};
        m_held[1] = {std::max(m_held[1].x(), place.x()), std::max(m_held[1].y(), place.y())};
    }
    m_wholeKnown = false;
    invalidate();
}

void ParameterView::setFrame(SharedFrame frame) {
    suggestNeurons(*link(), frame);
    if (frame && m_frame && frame->omega.size() != m_frame->omega.size()) begin(m_config);
    m_frame = std::move(frame);
    m_wholeKnown = false;
    invalidate();
    if (hasContent()) m_trail.follow(*m_frame);
}

void ParameterView::setTrail(std::vector<ParameterTrail::Snapshot> past) {
    m_trail.replace(std::move(past));
    m_wholeKnown = false;
    invalidate();
}

void ParameterView::setFork(std::optional<int> epoch) {
    m_fork = epoch;
    invalidate();
}

void ParameterView::setMoment(const QString& words) {
    m_moment = words;
    invalidate();
}

QString ParameterView::howToFill() const {
    return m_frame ? tr("train a resonator: BRF, RF, HRF or Izhikevich RF") : ExportableView::howToFill();
}

QString ParameterView::emptyText() const {
    if (m_frame)
        return tr("%1 neurons do not resonate: they have no frequency ω and no damping b that could be drawn. Choose "
                  "BRF, "
                  "RF, HRF or Izhikevich RF.")
            .arg(QString::fromStdString(display_name(m_frame->neuron)));
    return tr(
        "Press Start: each neuron appears here at its frequency and damping, and moves as it learns. A click "
        "chooses one, Shift-click adds one.");
}

double ParameterView::boundary(double omega) const {
    // With linear decay b shifts the membrane and damps nothing.
    if (m_config.network.decay == Decay::linear) return std::numeric_limits<double>::quiet_NaN();
    // The determinant of HRF's step is 1 − 2 δ b.
    if (m_frame && m_frame->neuron == NeuronType::hrf) return 0;
    return divergence_boundary(omega, m_config.neuron.dt);
}

int ParameterView::divergingCount() const {
    if (!hasContent()) return 0;
    int count = 0;
    for (size_t h = 0; h < m_frame->omega.size(); ++h) count += m_frame->b[h] > boundary(m_frame->omega[h]);
    return count;
}

void ParameterView::fitLetters(double scale) {
    m_leftMargin = 28 * scale;
    m_letterWidth = 7 * scale;
    m_topMargin = 24 * scale;
    m_bottomMargin = 38 * scale;
}

QRectF ParameterView::plotArea(const QRectF& area) const {
    // Room for the longest label beside the title of the axis.
    qsizetype letters = 4;
    if (hasContent())
        for (const double tick : dampingTicks(area.height() - m_topMargin - m_bottomMargin))
            letters = std::max(letters, tickLabel(tick).size());
    return area.adjusted(m_leftMargin + static_cast<double>(letters) * m_letterWidth, m_topMargin, -m_rightMargin,
                         -m_bottomMargin);
}

QList<double> ParameterView::frequencyTicks(double width) const {
    return scaleTicks(range().left(), range().right(), static_cast<int>(width / (10 * m_letterWidth)));
}

QList<double> ParameterView::dampingTicks(double height) const {
    return scaleTicks(range().top(), range().bottom(), static_cast<int>(height / (0.9 * m_bottomMargin)));
}

bool ParameterView::isRefractory() const {
    return (m_frame->neuron == NeuronType::brf || m_frame->neuron == NeuronType::hrf) &&
           m_config.network.decay == Decay::exponential;
}

double ParameterView::refractory(int neuron, int step) const {
    if (!isRefractory() || step < 0 || step >= m_frame->steps) return 0;
    const double q = valueAt(*m_frame, m_frame->threshold, step, neuron) - m_config.neuron.threshold;
    return q > smallestDrop ? q : 0;
}

size_t ParameterView::trailStride(int neuron) const {
    if (link()->shown().contains(neuron)) return 1;
    const size_t corners = std::max(leastCorners, cornersOfAll / static_cast<size_t>(std::max(1, m_frame->neurons)));
    return (m_trail.size() + corners - 1) / corners;
}

/// Bottom and top swapped: a rectangle whose top is the smallest b.
QRectF ParameterView::wholeRange() const {
    double left = std::numeric_limits<double>::infinity();
    double right = -left;
    double low = left;
    double high = right;
    const auto include = [&](double omega, double b) {
        if (!std::isfinite(omega) || !std::isfinite(b)) return;
        left = std::min(left, omega);
        right = std::max(right, omega);
        low = std::min(low, b);
        high = std::max(high, b);
    };
    const auto includeAll = [&](const std::vector<float>& omega, const std::vector<float>& b) {
        for (size_t h = 0; h < omega.size(); ++h) include(omega[h], b[h]);
    };
    if (!m_trail.empty()) includeAll(m_trail.first().omega, m_trail.first().b);
    for (int neuron = 0; neuron < m_frame->neurons; ++neuron) {
        const auto h = static_cast<size_t>(neuron);
        for (size_t i = 0; i < m_trail.size(); i += trailStride(neuron)) include(m_trail[i].omega[h], m_trail[i].b[h]);
    }
    includeAll(m_frame->omega, m_frame->b);
    for (const QPointF& corner : m_held) include(corner.x(), corner.y());
    if (!(left <= right)) return {0, -1, 1, 1};
    for (const double omega : {left, right})
        if (const double edge = boundary(omega); std::isfinite(edge)) high = std::max(high, edge);
    const bool fits = !m_whole.isNull() && m_whole.left() <= left && m_whole.right() >= right && m_whole.top() <= low &&
                      m_whole.bottom() >= high;
    if (fits) return m_whole;
    const double marginX = std::max(0.02, 0.1 * (right - left));
    const double marginY = std::max(0.02, 0.12 * (high - low));
    return QRectF(QPointF(std::max(0.0, left - marginX), low - marginY), QPointF(right + marginX, high + marginY));
}

QRectF ParameterView::range() const {
    if (!m_zoom.isNull()) return m_zoom;
    if (!m_wholeKnown) m_whole = wholeRange();
    m_wholeKnown = true;
    return m_whole;
}

QPointF ParameterView::place(double omega, double b, const QRectF& plot) const {
    const QRectF shown = range();
    return {plot.left() + (omega - shown.left()) / shown.width() * plot.width(),
            plot.bottom() - (b - shown.top()) / shown.height() * plot.height()};
}

QPointF ParameterView::pointOf(int neuron) const {
    const auto h = static_cast<size_t>(neuron);
    return place(m_frame->omega[h], m_frame->b[h], plotArea(rect()));
}

int ParameterView::neuronAt(const QPointF& point) const {
    if (!hasContent()) return -1;
    int nearest = -1;
    double best = reach * reach;
    const QRectF plot = plotArea(rect());
    for (int neuron = 0; neuron < m_frame->neurons; ++neuron) {
        const auto h = static_cast<size_t>(neuron);
        const QPointF off = place(m_frame->omega[h], m_frame->b[h], plot) - point;
        const double away = QPointF::dotProduct(off, off);
        if (!(away < best)) continue;
        best = away;
        nearest = neuron;
    }
    return nearest;
}

QColor ParameterView::inkOf(int neuron, const PlotStyle& style) const {
    const qsizetype chosen = link()->shown().indexOf(neuron);
    return chosen < 0 ? neuronColour(m_frame->neuron, style.dark)
                      : selectionColour(static_cast<int>(chosen), style.dark);
}

bool ParameterView::inSecondLayer(int neuron) const {
    return m_config.network.second_hidden_size > 0 && neuron >= m_config.network.hidden_size;
}

QString ParameterView::spokenSummary() const {
    const auto [lowest, highest] = std::minmax_element(m_frame->omega.begin(), m_frame->omega.end());
    const int growing = divergingCount();
    return tr("%1 neurons, ω from %2 to %3; %4")
        .arg(m_frame->neurons)
        .arg(static_cast<double>(*lowest), 0, 'f', 2)
        .arg(static_cast<double>(*highest), 0, 'f', 2)
        .arg(growing == 0 ? tr("none beyond the divergence boundary")
                          : tr("%1 beyond the divergence boundary").arg(growing));
}

QString ParameterView::tipAt(const QPointF& point) const {
    const int neuron = neuronAt(point);
    if (neuron < 0) {
        if (m_config.network.decay == Decay::linear)
            return tr("With linear decay b shifts the membrane instead of damping it: there is no boundary.");
        const QString edge = m_frame->neuron == NeuronType::hrf
                                 ? tr("Above b = 0 an oscillation grows from step to step.")
                                 : tr("p(ω) = (−1 + √(1 − (δω)²)) / δ with δ = %1: above it an oscillation grows from "
                                      "step to step.")
                                       .arg(m_config.neuron.dt);
        const QString tails = isRefractory()
                                  ? tr("\nAt the time cursor a tail reaches down to b − q, the damping at that step: "
                                       "each spike raises q, which then decays.")
                                  : QString();
        return edge + tails + QLatin1Char('\n') + spokenSummary();
    }
    const auto h = static_cast<size_t>(neuron);
    const double omega = m_frame->omega[h];
    QString text = tr("Neuron %1%2\nω = %3 rad per model time: a turn takes %4 steps\nb = %5 per model time")
                       .arg(neuron)
                       .arg(inSecondLayer(neuron) ? tr(", second layer") : QString())
                       .arg(omega, 0, 'f', 3)
                       .arg(2 * std::numbers::pi / std::max(1e-9, omega * m_config.neuron.dt), 0, 'f', 0)
                       .arg(static_cast<double>(m_frame->b[h]), 0, 'f', 3);
    if (const double edge = boundary(omega); std::isfinite(edge))
        text += tr(", %1 %2 the divergence boundary")
                    .arg(std::abs(edge - m_frame->b[h]), 0, 'f', 3)
                    .arg(m_frame->b[h] > edge ? tr("above") : tr("below"));
    if (const double q = refractory(neuron, link()->cursor()); q > 0)
        text += tr("\nThe tail: at step %1 its spikes have raised q to %2, its damping is b − q = %3")
                    .arg(link()->cursor())
                    .arg(q, 0, 'f', 3)
                    .arg(m_frame->b[h] - q, 0, 'f', 3);
    if (!m_trail.empty())
        text += tr("\n%1: ω %2, b %3")
                    .arg(sinceText())
                    .arg(QString::asprintf("%+.3f", omega - static_cast<double>(m_trail.first().omega[h])))
                    .arg(QString::asprintf("%+.3f", static_cast<double>(m_frame->b[h] - m_trail.first().b[h])));
    return text + whyShown(*link(), neuron);
}

QString ParameterView::sinceText() const {
    const int epoch = m_trail.firstEpoch();
    if (m_trail.fromStart() || epoch < 0) return tr("Since the start");
    if (m_fork && m_trail.fromEndOf(*m_fork)) return tr("Since the fork at epoch %1").arg(epoch);
    return tr("Since epoch %1, the first seen").arg(epoch);
}

void ParameterView::mousePressEvent(QMouseEvent* event) {
    m_dragFrom = event->position();
    PaintedView::mousePressEvent(event);
    if (event->button() != Qt::LeftButton) return;
    const int neuron = neuronAt(event->position());
    if (neuron < 0) return;
    if (event->modifiers() & Qt::ShiftModifier)
        link()->toggle(neuron);
    else
        link()->setSelection({neuron});
}

void ParameterView::mouseMoveEvent(QMouseEvent* event) {
    if (hasContent() && event->buttons() & Qt::MiddleButton) {
        const QRectF plot = plotArea(rect());
        const QRectF shown = range();
        const QPointF moved = event->position() - m_dragFrom;
        m_zoom =
            shown.translated(-moved.x() / plot.width() * shown.width(), moved.y() / plot.height() * shown.height());
        m_dragFrom = event->position();
        invalidate();
    }
    PaintedView::mouseMoveEvent(event);
}

void ParameterView::mouseDoubleClickEvent(QMouseEvent*) { zoomOut(); }

void ParameterView::zoomOut() {
    m_zoom = m_whole = {};
    m_wholeKnown = false;
    invalidate();
}

void ParameterView::wheelEvent(QWheelEvent* event) {
    if (!hasContent()) return;
    zoomAt(event->position(), std::pow(0.85, event->angleDelta().y() / 120.0));
    event->accept();
}

void ParameterView::zoomAt(const QPointF& point, double factor) {
    const QRectF plot = plotArea(rect());
    const QRectF shown = range();
    const double across = std::clamp((point.x() - plot.left()) / plot.width(), 0.0, 1.0);
    const double up = std::clamp((plot.bottom() - point.y()) / plot.height(), 0.0, 1.0);
    const QSizeF size = shown.size() * factor;
    if (size.width() > 1e-4 && size.height() > 1e-4 && size.width() < 1e4)
        m_zoom = QRectF(QPointF(shown.left() + across * (shown.width() - size.width()),
                                shown.top() + up * (shown.height() - size.height())),
                        size);
    invalidate();
}

void ParameterView::zoomByKey(double factor) {
    const QRectF plot = plotArea(rect());
    const int last = link()->selection().isEmpty() ? -1 : link()->selection().constLast();
    const QPointF neuron = last < 0 || last >= m_frame->neurons ? QPointF() : pointOf(last);
    zoomAt(plot.contains(neuron) ? neuron : plot.center(), factor);
}

/// Up and down: the neuron of the next higher or lower frequency.
void ParameterView::keyPressEvent(QKeyEvent* event) {
    const int move = event->key() == Qt::Key_Up ? 1 : event->key() == Qt::Key_Down ? -1 : 0;
    if (move == 0 || !hasContent()) return PaintedView::keyPressEvent(event);
    std::vector<int> order(m_frame->omega.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return m_frame->omega[static_cast<size_t>(a)] < m_frame->omega[static_cast<size_t>(b)];
    });
    link()->walk(order, move, event->modifiers() & Qt::ShiftModifier);
}

QString ParameterView::csv() const {
    QString text = QStringLiteral("neuron,omega_start,b_start,omega,b,boundary\n");
    for (size_t h = 0; hasContent() && h < m_frame->omega.size(); ++h) {
        const bool known = !m_trail.empty();
        text += QString::number(h);
        for (const double value :
             {static_cast<double>(known ? m_trail.first().omega[h] : m_frame->omega[h]),
              static_cast<double>(known ? m_trail.first().b[h] : m_frame->b[h]), static_cast<double>(m_frame->omega[h]),
              static_cast<double>(m_frame->b[h]), boundary(m_frame->omega[h])})
            text += QStringLiteral(",%1").arg(value, 0, 'g', 9);
        text += QLatin1Char('\n');
    }
    return text;
}

}  // namespace resonate::app
