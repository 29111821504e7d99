// app/views/curves_view.h: accuracy and loss of a run, side by side.
#pragma once

#include "views/epoch_view.h"

class QToolButton;

namespace resonate::app {

class CurveLegend;

class CurvesView : public EpochView {
    Q_OBJECT

 public:
    explicit CurvesView(QWidget* parent = nullptr);

    void begin(const ExperimentConfig& config, const std::vector<EpochMetrics>& history) override;
    void addEpoch(const EpochMetrics& metrics) override;
    void addBatch(const BatchProgress& progress);

    qsizetype batchCount() const { return static_cast<qsizetype>(m_batchAccuracy.size()); }
    CurveChart* accuracyChart() const { return m_accuracy; }
    CurveChart* lossChart() const { return m_loss; }

    QString exportTitle() const override { return tr("Learning curves"); }
    bool needsSampleName() const override { return false; }
    QString csv() const override;

 protected:
    void drawPlots() override;
    void drawFigure(QPainter& painter, const QRectF& area, const PlotStyle& print) override;
    void restyle() override;

 private:
    CurveChart* m_accuracy;
    CurveChart* m_loss;
    CurveLegend* m_legend;
    QToolButton* m_logarithmic;
    QList<QPointF> m_batchAccuracy;
    QList<QPointF> m_batchLoss;
};

}  // namespace resonate::app
