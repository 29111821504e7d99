// app/views/curves_view.cpp: see curves_view.h.
#include "views/curves_view.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLegend>
#include <QStackedLayout>
#include <QToolButton>
#include <algorithm>

#include "resonate/run_store.h"
#include "style/theme.h"
#include "views/curve_chart.h"
#include "views/curve_legend.h"
#include "views/in_sight.h"

namespace resonate::app {
namespace {

constexpr int redrawMilliseconds = 100;

/// Batch values kept; when there are more, every other one is dropped.
constexpr qsizetype mostBatches = 20000;

void appendBounded(QList<QPointF>& points, const QPointF& point) {
    points.append(point);
    if (points.size() <= mostBatches) return;
    QList<QPointF> thinned;
    for (qsizetype i = 0; i < points.size(); i += 2) thinned.append(points[i]);
    points = thinned;
}

}  // namespace

CurvesView::CurvesView(QWidget* parent)
    : QWidget(parent),
      m_accuracy(new CurveChart(tr("accuracy"), true)),
      m_loss(new CurveChart(tr("loss"), false)),
      m_legend(new CurveLegend),
      m_logarithmic(new QToolButton),
      m_stack(new QStackedLayout) {
    m_logarithmic->setText(tr("log loss"));
    m_logarithmic->setCheckable(true);
    m_logarithmic->setToolTip(tr("Logarithmic scale of the loss"));
    connect(m_logarithmic, &QToolButton::toggled, m_loss, &CurveChart::setLogarithmic);

    // One legend for both charts.
    auto* charts = new QWidget;
    charts->setBackgroundRole(QPalette::Base);
    charts->setAutoFillBackground(true);
    auto* grid = new QGridLayout(charts);
    grid->setContentsMargins(8, 2, 8, 0);
    grid->setSpacing(0);
    auto* key = new QHBoxLayout;
    key->addWidget(m_legend, 1);
    key->addWidget(m_logarithmic);
    grid->addLayout(key, 0, 0, 1, 2);
    grid->addWidget(m_accuracy, 1, 0);
    grid->addWidget(m_loss, 1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(1, 1);

    auto* empty = new QLabel(tr("Press Start: accuracy and loss of training, validation and test grow here."));
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    empty->setForegroundRole(QPalette::PlaceholderText);
    empty->setBackgroundRole(QPalette::Base);
    empty->setAutoFillBackground(true);
    m_stack->addWidget(empty);
    m_stack->addWidget(charts);
    setLayout(m_stack);
    setAccessibleName(tr("Learning curves"));
    m_timer.setSingleShot(true);
    m_timer.setInterval(redrawMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &CurvesView::redraw);
    restyle();
}

void CurvesView::begin(const ExperimentConfig& config, const std::vector<EpochMetrics>& history) {
    m_rows = history;
    m_batchAccuracy.clear();
    m_batchLoss.clear();
    m_epochs = std::max(1, config.training.epochs);
    m_reference = config.reference;
    m_neuron = config.neuron.type;
    m_accuracy->showAll();
    m_loss->showAll();
    restyle();
    m_stack->setCurrentIndex(1);
    scheduleRedraw();
}

void CurvesView::addEpoch(const EpochMetrics& metrics) {
    if (metrics.best)
        for (EpochMetrics& row : m_rows) row.best = false;
    m_rows.push_back(metrics);
    setAccessibleDescription(tr("Epoch %1: test accuracy %2 %, test loss %3")
                                 .arg(metrics.epoch)
                                 .arg(metrics.test.accuracy, 0, 'f', 1)
                                 .arg(metrics.test.loss, 0, 'f', 3));
    scheduleRedraw();
}

void CurvesView::addBatch(const BatchProgress& progress) {
    const double at = progress.epoch - 1 + static_cast<double>(progress.batch) / std::max(1, progress.batches);
    appendBounded(m_batchAccuracy, {at, progress.accuracy});
    appendBounded(m_batchLoss, {at, progress.loss});
    scheduleRedraw();
}

void CurvesView::scheduleRedraw() {
    m_stale = true;
    if (isInSight(this) && !m_timer.isActive()) m_timer.start();
}

void CurvesView::redraw() {
    if (!m_stale || !isInSight(this)) return;
    m_stale = false;
    ++m_redraws;
    CurveData accuracy;
    CurveData loss;
    for (const EpochMetrics& row : m_rows) {
        const double epoch = row.epoch;
        accuracy.test.append({epoch, row.test.accuracy});
        loss.test.append({epoch, row.test.loss});
        if (row.train) {
            accuracy.train.append({epoch, row.train->accuracy});
            loss.train.append({epoch, row.train->loss});
        }
        if (row.validation) {
            accuracy.validation.append({epoch, row.validation->accuracy});
            loss.validation.append({epoch, row.validation->loss});
        }
        if (row.best) {
            accuracy.bestEpoch = loss.bestEpoch = row.epoch;
            accuracy.bestValue = row.test.accuracy;
            loss.bestValue = row.test.loss;
        }
    }
    accuracy.batches = m_batchAccuracy;
    loss.batches = m_batchLoss;
    if (m_reference) {
        accuracy.reference = m_reference->accuracy;
        accuracy.referenceSpread = m_reference->accuracy_std;
    }
    const int shown = CurveChart::epochsShown(m_rows.empty() ? 0 : m_rows.back().epoch, m_epochs);
    m_accuracy->setData(accuracy, shown);
    m_loss->setData(loss, shown);
    m_legend->setEntries(m_accuracy->legend());
}

void CurvesView::restyle() {
    const PlotStyle style = PlotStyle::fromPalette(palette());
    for (CurveChart* chart : {m_accuracy, m_loss}) chart->applyStyle(style, neuronColour(m_neuron, style.dark));
    m_legend->setEntries(m_accuracy->legend());
}

void CurvesView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) restyle();
    QWidget::changeEvent(event);
}

void CurvesView::wake() {
    if (m_stale && !m_timer.isActive()) m_timer.start();
}

void CurvesView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    wake();
}

void CurvesView::renderForExport(QPainter& painter, const QRectF& area) {
    const PlotStyle print = PlotStyle::print();
    painter.fillRect(area, print.background);
    const double top = drawFigureTitle(painter, area, exportTitle(), print);
    for (CurveChart* chart : {m_accuracy, m_loss}) chart->applyStyle(print, neuronColour(m_neuron, false));
    const double legendHeight = QFontMetricsF(painter.font()).height() + 6;
    CurveLegend::draw(painter, QRectF(area.left(), area.top() + top, area.width(), legendHeight), m_accuracy->legend(),
                      print.text, true);
    const double width = area.width() / 2;
    const double height = area.height() - top - legendHeight;
    double left = area.left();
    for (CurveChart* chart : {m_accuracy, m_loss}) {
        chart->drawInto(painter, QRectF(left, area.top() + top + legendHeight, width, height));
        left += width;
    }
    restyle();
}

QString CurvesView::csv() const { return QString::fromStdString(metrics_csv(m_rows)); }

}  // namespace resonate::app
