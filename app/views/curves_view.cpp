// app/views/curves_view.cpp: see curves_view.h.
#include "views/curves_view.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLegend>
#include <QToolButton>
#include <algorithm>

#include "resonate/run_store.h"
#include "views/curve_chart_key.h"

namespace resonate::app {
namespace {

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
    : EpochView(tr("Learning curves"), parent),
      m_accuracy(new CurveChart(tr("accuracy"), true)),
      m_loss(new CurveChart(tr("loss"), false)),
      m_legend(new CurveLegend),
      m_logarithmic(new QToolButton) {
    m_logarithmic->setText(tr("log loss"));
    m_logarithmic->setCheckable(true);
    m_logarithmic->setToolTip(tr("Logarithmic scale of the loss"));
    connect(m_logarithmic, &QToolButton::toggled, m_loss, &CurveChart::setLogarithmic);

    // What is read off one chart is read off both.
    connect(m_accuracy, &CurveChart::readingChanged, m_loss, &CurveChart::setReading);
    connect(m_loss, &CurveChart::readingChanged, m_accuracy, &CurveChart::setReading);

    // One legend for both charts.
    auto* charts = new QWidget;
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

    setPlots(charts, tr("Press Start: accuracy and loss of training, validation and test grow here."));
}

void CurvesView::begin(const ExperimentConfig& config, const std::vector<EpochMetrics>& history) {
    m_batchAccuracy.clear();
    m_batchLoss.clear();
    m_accuracy->showAll();
    m_loss->showAll();
    EpochView::begin(config, history);
}

void CurvesView::addEpoch(const EpochMetrics& metrics) {
    EpochView::addEpoch(metrics);
    setAccessibleDescription(tr("Epoch %1: test accuracy %2 %, test loss %3")
                                 .arg(metrics.epoch)
                                 .arg(metrics.test.accuracy, 0, 'f', 1)
                                 .arg(metrics.test.loss, 0, 'f', 3));
}

void CurvesView::addBatch(const BatchProgress& progress) {
    const double at = progress.epoch - 1 + static_cast<double>(progress.batch) / std::max(1, progress.batches);
    appendBounded(m_batchAccuracy, {at, progress.accuracy});
    appendBounded(m_batchLoss, {at, progress.loss});
    scheduleRedraw();
}

void CurvesView::drawPlots() {
    CurveData accuracy = curveOf(&SplitMetrics::accuracy);
    CurveData loss = curveOf(&SplitMetrics::loss);
    accuracy.batches = m_batchAccuracy;
    loss.batches = m_batchLoss;
    if (reference()) {
        accuracy.reference = reference()->accuracy;
        accuracy.referenceSpread = reference()->accuracy_std;
    }
    m_accuracy->setData(accuracy, epochsShown());
    m_loss->setData(loss, epochsShown());
    m_legend->setEntries(m_accuracy->legend());
}

void CurvesView::restyle() {
    const PlotStyle style = PlotStyle::fromPalette(palette());
    for (CurveChart* chart : {m_accuracy, m_loss}) chart->applyStyle(style, curveColour(style.dark));
    m_legend->setEntries(m_accuracy->legend());
}

void CurvesView::drawFigure(QPainter& painter, const QRectF& area, const PlotStyle& print) {
    for (CurveChart* chart : {m_accuracy, m_loss}) chart->applyStyle(print, curveColour(print.dark));
    const double legendHeight = drawKeyRows(painter, area, m_accuracy->legend(), print.text);
    QRectF target(area.left(), area.top() + legendHeight, area.width() / 2, area.height() - legendHeight);
    for (CurveChart* chart : {m_accuracy, m_loss}) {
        chart->drawInto(painter, target);
        target.translate(target.width(), 0);
    }
}

QString CurvesView::csv() const { return QString::fromStdString(metrics_csv(rows())); }

}  // namespace resonate::app
