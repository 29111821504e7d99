// app/workspaces/live_views.h: the live views of Train: one time cursor, one selection, one probe frame for all.
#pragma once

#include <QComboBox>
#include <QObject>
#include <optional>

#include "models/view_link.h"
#include "resonate/datasets.h"
#include "views/frame_facts.h"

namespace resonate::app {

class ActivityView;
class CurveChart;
class CurvesView;
class InputView;
class MembraneView;
class OutputView;
class ParameterView;
class PhaseView;
class RasterView;

/// Makes the views and hands on what the training tells. Who docks them owns them.
class LiveViews : public QObject {
    Q_OBJECT

 public:
    explicit LiveViews(QObject* parent);

    ViewLink* const link;
    CurvesView* const curves;
    ActivityView* const activity;
    ParameterView* const parameters;
    RasterView* const raster;
    InputView* const input;
    OutputView* const output;
    MembraneView* const membranes;
    PhaseView* const phase;
    /// For the title of the raster.
    QComboBox* const order;

    /// A run begins or is opened. `stepOrder` as RunStarted::step_order.
    void begin(const ExperimentConfig& config, const std::vector<EpochMetrics>& history,
               const std::vector<std::int64_t>& stepOrder);
    /// In place of what each view says where it has nothing to draw; "" for that.
    void sayWhileEmpty(const QString& note);
    void addEpoch(const EpochMetrics& metrics);
    void setFrame(const SharedFrame& frame);
    /// The frame that shows, or nullptr.
    const SharedFrame& frame() const { return m_frame; }
    /// Marks an epoch in the charts over epochs; nothing: none.
    void markEpoch(std::optional<int> epoch);
    /// Facts of the run's data set, once they are known; nothing where they are not.
    void setDataset(const std::optional<DatasetInfo>& info);

 Q_SIGNALS:
    /// The user clicked there in a chart over epochs.
    void epochClicked(int epoch);

 protected:
    /// Keys that step and play act in the charts as in the epoch bar of their window.
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    QList<CurveChart*> charts() const;
    void linkTimeAxes();
    void fillOrders();
    /// Only those that the neurons of the frame that shows can stand in; any before the first.
    void offerOrders();

    std::vector<std::int64_t> m_stepOrder;
    SharedFrame m_frame;
};

}  // namespace resonate::app
