// app/views/activity_view.h: what the network spends: spikes per sample over epochs, and how its neurons share them.
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "views/exportable_view.h"
#include "views/frame_facts.h"

class QLabel;
class QStackedLayout;

namespace resonate::app {

class CurveChart;
class CurveLegend;
class RateHistogram;
class ViewLink;

/// Redraws at most ten times a second, and only while in sight.
class ActivityView : public QWidget, public ExportableView {
    Q_OBJECT

 public:
    explicit ActivityView(ViewLink* link, QWidget* parent = nullptr);

    void begin(const ExperimentConfig& config, const std::vector<EpochMetrics>& history);
    void addEpoch(const EpochMetrics& metrics);
    void setFrame(const SharedFrame& frame);

    RateHistogram* histogram() const { return m_histogram; }
    CurveChart* chart() const { return m_chart; }
    /// Silent and saturated neurons, in words.
    QString summary() const;
    /// Call when it comes into sight from behind a tab, which no event tells: what was put off is drawn.
    void wake();
    int redrawCount() const { return m_redraws; }

    QString exportTitle() const override { return tr("Activity"); }
    bool hasContent() const override { return !m_rows.empty() || m_hasFrame; }
    void renderForExport(QPainter& painter, const QRectF& area) override;
    QString csv() const override;
    QSize sizeHint() const override { return {760, 280}; }

 protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    void scheduleRedraw();
    void redraw();
    void fillChart();
    void restyle();

    CurveChart* m_chart;
    CurveLegend* m_legend;
    RateHistogram* m_histogram;
    QLabel* m_words;
    QStackedLayout* m_stack;
    QTimer m_timer;
    std::vector<EpochMetrics> m_rows;
    std::optional<ReferenceResult> m_reference;
    NeuronType m_neuron = NeuronType::brf;
    int m_epochs = 1;
    int m_redraws = 0;
    bool m_hasFrame = false;
    bool m_stale = false;
};

}  // namespace resonate::app
