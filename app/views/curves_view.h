// app/views/curves_view.h: accuracy and loss of a run, side by side.
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "resonate/training_events.h"
#include "views/exportable_view.h"

class QStackedLayout;
class QToolButton;

namespace resonate::app {

class CurveChart;
class CurveLegend;

/// Collects what the training tells and redraws at most ten times a second, and only while visible.
class CurvesView : public QWidget, public ExportableView {
    Q_OBJECT

 public:
    explicit CurvesView(QWidget* parent = nullptr);

    /// Empties the curves for a run of `epochs` passes.
    void begin(const ExperimentConfig& config, const std::vector<EpochMetrics>& history);
    void addEpoch(const EpochMetrics& metrics);
    void addBatch(const BatchProgress& progress);

    qsizetype epochCount() const { return static_cast<qsizetype>(m_rows.size()); }
    qsizetype batchCount() const { return static_cast<qsizetype>(m_batchAccuracy.size()); }
    /// Call when it comes into sight from behind a tab, which no event tells: what was put off is drawn.
    void wake();
    int redrawCount() const { return m_redraws; }
    CurveChart* accuracyChart() const { return m_accuracy; }
    CurveChart* lossChart() const { return m_loss; }

    QString exportTitle() const override { return tr("Learning curves"); }
    bool hasContent() const override { return !m_rows.empty(); }
    void renderForExport(QPainter& painter, const QRectF& area) override;
    QString csv() const override;
    QSize sizeHint() const override { return {760, 280}; }

 protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    void scheduleRedraw();
    void redraw();
    void restyle();

    CurveChart* m_accuracy;
    CurveChart* m_loss;
    CurveLegend* m_legend;
    QToolButton* m_logarithmic;
    QStackedLayout* m_stack;
    QTimer m_timer;
    std::vector<EpochMetrics> m_rows;
    QList<QPointF> m_batchAccuracy;
    QList<QPointF> m_batchLoss;
    std::optional<ReferenceResult> m_reference;
    NeuronType m_neuron = NeuronType::brf;
    int m_epochs = 1;
    int m_redraws = 0;
    bool m_stale = false;
};

}  // namespace resonate::app
