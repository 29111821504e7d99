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
#include "views/curve_legend.h"
#include "views/time_plot.h"

namespace resonate::app {
namespace {

constexpr double dotRadius = 3.2;
constexpr double reach = 14;  ///< pixels from which a click takes a neuron
/// Snapshots of the trail of a neuron that is not selected: more would be a thicket.
constexpr size_t recentTrail = 12;
/// Neurons whose trails are drawn smoothly.
constexpr int mostSmooth = 300;
/// Steps of a trail shorter than that many pixels are left out.
constexpr double shortestStep = 1.5;
constexpr int boundaryPoints = 160;
constexpr double smallestDrop = 0.02;

}  // namespace

ParameterView::ParameterView(ViewLink* link, QWidget* parent) : PaintedView(link, parent) {
    setAccessibleName(tr("Frequency and damping"));
}

void ParameterView::begin(const ExperimentConfig& config) {
    m_config = config;
    m_frame.reset();
    m_trail.clear();
    m_firstEpoch = -1;
    m_stride = 1;
    m_since = 0;
    m_zoom = m_whole = {};
    m_wholeKnown = false;
    invalidate();
}

void ParameterView::setFrame(SharedFrame frame) {
    if (frame && m_frame && frame->omega.size() != m_frame->omega.size()) begin(m_config);
    m_frame = std::move(frame);
    m_wholeKnown = false;
    invalidate();
    if (!hasContent()) return;
    if (m_trail.empty()) {
        m_firstEpoch = m_frame->epoch;
        m_fromStart = m_frame->epoch <= 1 && m_frame->batch == 0;
    }
    if (!m_trail.empty() && ++m_since < m_stride) return;
    m_since = 0;
    m_trail.push_back({m_frame->epoch, m_frame->omega, m_frame->b});
    if (m_trail.size() > longestTrail) thinTrail();
}

void ParameterView::setTrail(std::vector<Snapshot> past) {
    m_trail.assign(std::make_move_iterator(past.begin()), std::make_move_iterator(past.end()));
    m_stride = 1;
    m_since = 0;
    m_wholeKnown = false;
    if (!m_trail.empty()) {
        m_firstEpoch = m_trail.front().epoch;
        m_fromStart = m_firstEpoch == 0;
    }
    while (m_trail.size() >= longestTrail) thinTrail();
    // Frames of epochs are far apart: each that follows is a step of the trail.
    m_stride = 1;
    invalidate();
}

void ParameterView::setMoment(const QString& words) {
    m_moment = words;
    invalidate();
}

void ParameterView::thinTrail() {
    std::deque<Snapshot> thinned;
    for (size_t i = 0; i < m_trail.size(); i += 2) thinned.push_back(std::move(m_trail[i]));
    m_trail = std::move(thinned);
    m_stride *= 2;
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
    leftMargin = 54 * scale;
    topMargin = 24 * scale;
    bottomMargin = 38 * scale;
}

QRectF ParameterView::plotArea(const QRectF& area) const {
    return area.adjusted(leftMargin, topMargin, -rightMargin, -bottomMargin);
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
    if (!m_trail.empty()) includeAll(m_trail.front().omega, m_trail.front().b);
    includeAll(m_frame->omega, m_frame->b);
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
    for (int h = 0; h < m_frame->neurons; ++h) {
        const QPointF off = pointOf(h) - point;
        const double away = QPointF::dotProduct(off, off);
        if (!(away < best)) continue;
        best = away;
        nearest = h;
    }
    return nearest;
}

QColor ParameterView::inkOf(int neuron, const PlotStyle& style) const {
    const qsizetype chosen = link()->selection().indexOf(neuron);
    return chosen < 0 ? neuronColour(m_frame->neuron, style.dark)
                      : selectionColour(static_cast<int>(chosen), style.dark);
}

bool ParameterView::inSecondLayer(int neuron) const {
    return m_config.network.second_hidden_size > 0 && neuron >= m_config.network.hidden_size;
}

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
    drawKey(painter, QRectF(plot.left(), area.top() + 2, plot.width(), topMargin - 4), style);
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
    const Snapshot& start = m_trail.front();
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
    for (const double tick : niceTicks(shown.left(), shown.right(), std::max(2, static_cast<int>(plot.width() / (1.3 * leftMargin))))) {
        const double x = place(tick, 0, plot).x();
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3));
        painter.drawText(QRectF(x - 40, plot.bottom() + 4, 80, metrics.height()), Qt::AlignHCenter | Qt::AlignTop,
                         tickLabel(tick));
    }
    for (const double tick :
         niceTicks(shown.top(), shown.bottom(), std::max(2, static_cast<int>(plot.height() / (0.9 * bottomMargin))))) {
        const double y = place(shown.left(), tick, plot).y();
        painter.drawLine(QPointF(plot.left() - 3, y), QPointF(plot.left(), y));
        painter.drawText(QRectF(plot.left() - leftMargin + 10, y - metrics.height() / 2, leftMargin - 16, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, tickLabel(tick));
    }
    // What does not fit is said in fewer words.
    const auto fitting = [&metrics](const QString& whole, const QString& brief, double room) {
        return metrics.horizontalAdvance(whole) <= room ? whole : brief;
    };
    const QString across = fitting(tr("frequency ω (rad per model time)"), tr("frequency ω"),
                                   plot.width() + leftMargin + rightMargin - 4);
    painter.drawText(QRectF(plot.left() - leftMargin, plot.bottom() + 3 + metrics.height(),
                            plot.width() + leftMargin + rightMargin, metrics.height() + 2),
                     Qt::AlignHCenter | Qt::AlignTop, across);
    painter.save();
    painter.translate(plot.left() - leftMargin + 2, plot.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-plot.height() / 2 - 20, 0, plot.height() + 40, metrics.height() + 2),
                     Qt::AlignHCenter | Qt::AlignTop, fitting(axisText(), tr("damping"), plot.height() + 40));
    painter.restore();
}

QString ParameterView::startText() const {
    return m_fromStart ? tr("start") : m_firstEpoch >= 0 ? tr("first seen, epoch %1").arg(m_firstEpoch) : tr("start");
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
        if (m_frame->neuron == NeuronType::hrf)
            return tr("Above b = 0 an oscillation grows from step to step.\n%1").arg(spokenSummary());
        return tr("p(ω) = (−1 + √(1 − (δω)²)) / δ with δ = %1: above it an oscillation grows from step to step.\n%2")
            .arg(m_config.neuron.dt)
            .arg(spokenSummary());
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
    if (!m_trail.empty())
        text += tr("\nSince %1: ω %2, b %3")
                    .arg(startText())
                    .arg(QString::asprintf("%+.3f", omega - static_cast<double>(m_trail.front().omega[h])))
                    .arg(QString::asprintf("%+.3f", static_cast<double>(m_frame->b[h] - m_trail.front().b[h])));
    return text;
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

void ParameterView::mouseDoubleClickEvent(QMouseEvent*) {
    m_zoom = m_whole = {};
    m_wholeKnown = false;
    invalidate();
}

void ParameterView::wheelEvent(QWheelEvent* event) {
    if (!hasContent()) return;
    const QRectF plot = plotArea(rect());
    const QRectF shown = range();
    const double factor = std::pow(0.85, event->angleDelta().y() / 120.0);
    const double across = std::clamp((event->position().x() - plot.left()) / plot.width(), 0.0, 1.0);
    const double up = std::clamp((plot.bottom() - event->position().y()) / plot.height(), 0.0, 1.0);
    const QSizeF size = shown.size() * factor;
    if (size.width() > 1e-4 && size.height() > 1e-4 && size.width() < 1e4)
        m_zoom = QRectF(QPointF(shown.left() + across * (shown.width() - size.width()),
                                shown.top() + up * (shown.height() - size.height())),
                        size);
    invalidate();
    event->accept();
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
    const int last = link()->selection().isEmpty() ? -1 : link()->selection().constLast();
    const auto found = std::find(order.begin(), order.end(), last);
    const std::ptrdiff_t from = found == order.end() ? -1 : found - order.begin();
    const std::ptrdiff_t to = std::clamp<std::ptrdiff_t>(from + move, 0, std::ssize(order) - 1);
    link()->setSelection({order[static_cast<size_t>(to)]});
}

QString ParameterView::csv() const {
    QString text = QStringLiteral("neuron,omega_start,b_start,omega,b,boundary\n");
    for (size_t h = 0; hasContent() && h < m_frame->omega.size(); ++h) {
        const bool known = !m_trail.empty();
        text += QString::number(h);
        for (const double value :
             {static_cast<double>(known ? m_trail.front().omega[h] : m_frame->omega[h]),
              static_cast<double>(known ? m_trail.front().b[h] : m_frame->b[h]), static_cast<double>(m_frame->omega[h]),
              static_cast<double>(m_frame->b[h]), boundary(m_frame->omega[h])})
            text += QStringLiteral(",%1").arg(value, 0, 'g', 9);
        text += QLatin1Char('\n');
    }
    return text;
}

}  // namespace resonate::app
