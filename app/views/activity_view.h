// app/views/activity_view.h: what the network spends: spikes per sample over epochs, and how its neurons share them.
#pragma once

#include "views/epoch_view.h"
#include "views/frame_facts.h"

namespace resonate::app {

class CurveLegend;
class ElidedLabel;
class RateHistogram;
class ViewLink;

class ActivityView : public EpochView {
    Q_OBJECT

 public:
    explicit ActivityView(ViewLink* link, QWidget* parent = nullptr);

    void begin(const ExperimentConfig& config, const std::vector<EpochMetrics>& history) override;
    void addEpoch(const EpochMetrics& metrics) override;
    void setFrame(const SharedFrame& frame);

    RateHistogram* histogram() const { return m_histogram; }
    CurveChart* chart() const { return m_chart; }
    /// Silent and saturated neurons, in words.
    QString summary() const;

    QString exportTitle() const override { return tr("Activity"); }
    bool hasContent() const override { return EpochView::hasContent() || m_hasFrame; }
    QString csv() const override;

 protected:
    void drawPlots() override;
    void drawFigure(QPainter& painter, const QRectF& area, const PlotStyle& print) override;
    void restyle() override;

 private:
    CurveChart* m_chart;
    CurveLegend* m_legend;
    RateHistogram* m_histogram;
    ElidedLabel* m_words;
    bool m_hasFrame = false;
    bool m_chartStale = false;  ///< frames come far more often than epochs and leave the chart as it is
};

}  // namespace resonate::app
