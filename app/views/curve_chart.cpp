// app/views/curve_chart.cpp: see curve_chart.h.
#include "views/curve_chart.h"

#include <QApplication>
#include <QAreaSeries>
#include <QChart>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QMouseEvent>
#include <QScatterSeries>
#include <QSignalBlocker>
#include <QValueAxis>
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "style/theme.h"
#include "views/curve_chart_reading.h"
#include "views/decimate.h"
#include "views/time_plot.h"

namespace resonate::app {
namespace {

constexpr int mostColumns = 500;

/// A replaced series is laid out and drawn anew, even by the same points.
void replace(QXYSeries* series, const QList<QPointF>& points) {
    if (series->points() != points) series->replace(points);
}

QList<QPointF> reduced(const QList<QPointF>& points) {
    if (points.size() <= 4 * mostColumns) return points;
    QList<QPointF> kept;
    for (const QPointF& point :
         decimate(0, static_cast<int>(points.size()), mostColumns, [&](int i) { return points[i].y(); }))
        kept.append(points[static_cast<qsizetype>(point.x())]);
    return kept;
}

/// What an axis says of itself lays the chart out anew, at once: it says it once, and not where nothing changes.
void setAxis(QValueAxis* axis, double low, double high, double step) {
    const bool sameTicks = axis->tickType() == QValueAxis::TicksDynamic && axis->tickInterval() == step;
    const bool sameRange = axis->min() == low && axis->max() == high;
    if (!sameTicks) {
        std::optional<QSignalBlocker> quiet;
        if (!sameRange) quiet.emplace(axis);
        axis->setTickInterval(step);
        axis->setTickType(QValueAxis::TicksDynamic);
    }
    axis->setRange(low, high);
}

}  // namespace

CurveChart::CurveChart(const QString& name, bool percent, QWidget* parent)
    : QChartView(parent),
      m_name(name),
      m_percent(percent),
      m_train(new QLineSeries(this)),
      m_validation(new QLineSeries(this)),
      m_test(new QLineSeries(this)),
      m_batches(new QLineSeries(this)),
      m_best(new QScatterSeries(this)),
      m_referenceLow(new QLineSeries(this)),
      m_referenceHigh(new QLineSeries(this)),
      m_reference(new QAreaSeries(m_referenceHigh, m_referenceLow)),
      m_epochAxis(new QValueAxis(this)) {
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setRubberBand(QChartView::RectangleRubberBand);
    viewport()->setMouseTracking(true);
    // Files dropped here are the window's.
    setAcceptDrops(false);
    viewport()->setAcceptDrops(false);
    setAccessibleName(name);
    QChart* chart = this->chart();
    chart->setMargins({0, 0, 4, 0});
    chart->layout()->setContentsMargins(0, 0, 0, 0);
    setMinimumHeight(120);
    chart->setBackgroundRoundness(0);
    chart->setAnimationOptions(QChart::NoAnimation);
    chart->addSeries(m_reference);
    chart->addSeries(m_batches);
    chart->addSeries(m_train);
    chart->addSeries(m_validation);
    chart->addSeries(m_test);
    chart->addSeries(m_best);
    m_epochAxis->setTitleText(tr("epoch"));
    m_epochAxis->setLabelFormat(QStringLiteral("%g"));
    chart->addAxis(m_epochAxis, Qt::AlignBottom);
    for (QAbstractSeries* series : chart->series()) series->attachAxis(m_epochAxis);
    makeValueAxis();
    chart->legend()->hide();
    m_click.setSingleShot(true);
    connect(&m_click, &QTimer::timeout, this, [this] { Q_EMIT epochClicked(m_clickedEpoch); });
}

void CurveChart::makeValueAxis() {
    if (m_valueAxis) {
        chart()->removeAxis(m_valueAxis);
        delete m_valueAxis;
    }
    if (m_logarithmic) {
        auto* axis = new QLogValueAxis(this);
        axis->setBase(10);
        axis->setMinorTickCount(8);
        axis->setLabelFormat(QStringLiteral("%g"));
        m_valueAxis = axis;
    } else {
        auto* axis = new QValueAxis(this);
        axis->setLabelFormat(m_percent ? QStringLiteral("%g %%") : QStringLiteral("%g"));
        m_valueAxis = axis;
    }
    m_valueAxis->setTitleText(m_name);
    chart()->addAxis(m_valueAxis, Qt::AlignLeft);
    fitTitles(height(), font());
    for (QAbstractSeries* series : chart()->series()) series->attachAxis(m_valueAxis);
}

void CurveChart::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    fitTitles(height(), font());
}

void CurveChart::changeEvent(QEvent* event) {
    QChartView::changeEvent(event);
    // Views around it hear of a new font before it has it.
    if (event->type() != QEvent::FontChange || !m_style.background.isValid()) return;
    applyStyle(m_style, m_neuron);
    fitTitles(height(), font());
}

void CurveChart::setLogarithmic(bool logarithmic) {
    if (logarithmic == m_logarithmic) return;
    m_logarithmic = logarithmic;
    makeValueAxis();
    applyStyle(m_style, m_neuron);
    showAll();
}

void CurveChart::setData(const CurveData& values, int epochs) {
    m_data = values;
    m_epochs = std::max(1, epochs);
    replace(m_batches, reduced(values.batches));
    replace(m_train, reduced(values.train));
    replace(m_validation, reduced(values.validation));
    replace(m_test, reduced(values.test));
    replace(m_best, values.bestEpoch < 0 ? QList<QPointF>()
                                         : QList<QPointF>{{static_cast<double>(values.bestEpoch), values.bestValue}});
    const auto level = [&](double value) {
        return values.reference > 0 ? QList<QPointF>{{0.0, value}, {static_cast<double>(m_epochs), value}}
                                    : QList<QPointF>();
    };
    const double half = std::max(values.referenceSpread, m_percent ? 0.15 : 0.004 * values.reference);
    replace(m_referenceLow, level(values.reference - half));
    replace(m_referenceHigh, level(values.reference + half));
    if (!m_zoomed) showAll();
}

void CurveChart::showAll() {
    m_zoomed = false;
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    // Batches are noisy: they are drawn, but only the epochs decide the range, once there are some. An accuracy ends
    // at 100 %, which leaves room for the best batch.
    const QList<QPointF>* ruling[] = {&m_data.train, &m_data.validation, &m_data.test};
    for (const auto* points : ruling)
        for (const QPointF& point : *points) {
            low = std::min(low, point.y());
            high = std::max(high, point.y());
        }
    if (m_data.held) {
        low = std::min(low, m_data.held->first);
        high = std::max(high, m_data.held->second);
    }
    if (m_data.reference > 0) high = std::max(high, m_data.reference + m_data.referenceSpread);
    if (m_percent && high >= low)
        for (const QPointF& point : m_data.batches) high = std::max(high, point.y());
    if (!(high >= low)) {
        low = m_percent ? 0 : 0.1;
        high = m_percent ? 100 : 2;
    }
    const QList<double> epochs = niceTicks(0, m_epochs, 6);
    setAxis(m_epochAxis, 0, m_epochs, epochs.size() > 1 ? std::ceil(epochs[1] - epochs[0]) : 1.0);
    if (m_logarithmic) {
        // On a grid of tenths of a decade: an axis that follows every value lays the chart out anew for each.
        const auto snapped = [](double value, double (*round)(double)) {
            return std::pow(10, round(10 * std::log10(value)) / 10);
        };
        m_valueAxis->setRange(snapped(std::max(1e-6, low * 0.9), std::floor),
                              snapped(std::max(2e-6, high * 1.1), std::ceil));
        return;
    }
    if (m_percent) {
        low = std::max(0.0, std::floor((low - 2) / 10) * 10);
        high = std::min(100.0, std::ceil((high + 1) / 10) * 10);
    } else {
        low = 0;
        if (high < 1e-6) high = 1;  // a network without a spike yet
    }
    const QList<double> ticks = niceTicks(low, std::max(high, low + 1e-6), 5);
    const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : 1;
    const double top = std::max(m_percent ? high : std::ceil(high / step) * step, low + step);
    setAxis(static_cast<QValueAxis*>(m_valueAxis), low, top, step);
}

int CurveChart::epochsShown(int done, int epochs) {
    // A run of 400 epochs would otherwise look like a vertical line for its first hour.
    constexpr int least = 10;
    const QList<double> ticks = niceTicks(0, std::max(least, done + done / 3 + 1) * 1.3, 4);
    for (const double tick : ticks)
        if (tick >= std::max(least, done + 1)) return std::min(epochs, static_cast<int>(tick));
    return epochs;
}

void CurveChart::setMarker(std::optional<int> epoch) {
    if (epoch == m_marker) return;
    m_marker = epoch;
    if (hasFocus()) setReading(epoch);
    viewport()->update();
}

void CurveChart::setReading(std::optional<int> epoch) {
    if (epoch == m_reading) return;
    m_reading = epoch;
    setAccessibleDescription(reading());
    viewport()->update();
    Q_EMIT readingChanged(epoch);
}

QString CurveChart::reading() const { return m_reading ? readingOf(m_data, m_percent, *m_reading) : QString(); }

std::optional<double> CurveChart::xOf(std::optional<int> epoch) const {
    if (!epoch || *epoch < m_epochAxis->min() || *epoch > m_epochAxis->max()) return std::nullopt;
    return chart()->mapToScene(chart()->mapToPosition({static_cast<double>(*epoch), 1}, m_test)).x();
}

bool CurveChart::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave) setReading(std::nullopt);
    return QChartView::viewportEvent(event);
}

void CurveChart::focusOutEvent(QFocusEvent* event) {
    QChartView::focusOutEvent(event);
    if (!underMouse()) setReading(std::nullopt);
}

void CurveChart::mousePressEvent(QMouseEvent* event) {
    m_pressed = event->pos();
    m_doubleClicked = false;
    QChartView::mousePressEvent(event);
}

void CurveChart::mouseDoubleClickEvent(QMouseEvent*) {
    m_click.stop();
    m_doubleClicked = true;
    showAll();
}

void CurveChart::mouseReleaseEvent(QMouseEvent* event) {
    if (std::exchange(m_doubleClicked, false)) return;
    // The right button would zoom out step by step; a double click shows all, which is what is wanted.
    if (event->button() == Qt::RightButton) return showAll();
    const bool clicked = (event->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance();
    if (clicked) setRubberBand(NoRubberBand);
    const double before = m_epochAxis->max() - m_epochAxis->min();
    QChartView::mouseReleaseEvent(event);
    if (m_epochAxis->max() - m_epochAxis->min() != before) m_zoomed = true;
    if (!clicked) return;
    setRubberBand(RectangleRubberBand);
    const QPointF at = chart()->mapFromScene(mapToScene(event->pos()));
    if (event->button() != Qt::LeftButton || !chart()->plotArea().contains(at)) return;
    m_clickedEpoch = std::max(0, static_cast<int>(std::lround(chart()->mapToValue(at, m_test).x())));
    m_click.start(QApplication::doubleClickInterval());
}

/// The middle button moves what is shown.
void CurveChart::mouseMoveEvent(QMouseEvent* event) {
    QChartView::mouseMoveEvent(event);
    const QPointF at = chart()->mapFromScene(mapToScene(event->pos()));
    const bool points = !event->buttons() && chart()->plotArea().contains(at);
    setReading(points ? epochNearest(m_data, chart()->mapToValue(at, m_test).x()) : std::nullopt);
    const std::optional<QPointF> before = std::exchange(m_draggedFrom, std::nullopt);
    if (!(event->buttons() & Qt::MiddleButton)) return;
    m_draggedFrom = event->position();
    if (!before) return;
    chart()->scroll(before->x() - event->position().x(), event->position().y() - before->y());
    m_zoomed = true;
}

void CurveChart::wheelEvent(QWheelEvent* event) {
    const double factor = std::pow(0.85, event->angleDelta().y() / 120.0);
    const double at = chart()->mapToValue(event->position(), m_test).x();
    const double low = std::max(0.0, at - (at - m_epochAxis->min()) * factor);
    const double high = std::min<double>(m_epochs, at + (m_epochAxis->max() - at) * factor);
    if (high - low > 0.2) {
        m_epochAxis->setRange(low, high);
        m_zoomed = low > 0 || high < m_epochs;
    }
    event->accept();
}

}  // namespace resonate::app
