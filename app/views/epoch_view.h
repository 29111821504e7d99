// app/views/epoch_view.h: base of the views that draw a run's epochs: its rows, and when they are drawn again.
#pragma once

#include <QTimer>
#include <QWidget>
#include <optional>
#include <vector>

#include "models/refresh_pace.h"
#include "resonate/training_events.h"
#include "views/curve_chart.h"
#include "views/exportable_view.h"

class QLabel;
class QStackedLayout;

namespace resonate::app {

/// Collects what the training tells and redraws at most ten times a second, as often as a RefreshPace allows, and only
/// while in sight.
class EpochView : public QWidget, public ExportableView {
    Q_OBJECT

 public:
    /// Shows a run from its first row on; what was shown before is forgotten.
    virtual void begin(const ExperimentConfig& config, const std::vector<EpochMetrics>& history);
    virtual void addEpoch(const EpochMetrics& metrics);
    /// The run is to go on for so many.
    void setEpochs(int epochs);

    /// What stands in it instead of its own text while there is nothing to draw; "" for that.
    void sayWhileEmpty(const QString& note);
    /// Axes have room for those rows as well, though they are not drawn.
    void hold(const std::vector<EpochMetrics>& rows) { m_held = rows; }

    qsizetype epochCount() const { return static_cast<qsizetype>(m_rows.size()); }
    /// Call when it comes into sight from behind a tab, which no event tells: what was put off is drawn.
    void wake();
    int redrawCount() const { return m_redraws; }

    bool hasContent() const override { return !m_rows.empty(); }
    QSize sizeHint() const override { return {760, 280}; }
    void renderForExport(QPainter& painter, const QRectF& area) final;

 protected:
    EpochView(const QString& name, QWidget* parent);

    /// `plots` take the place of `emptyText` once there is something to show. To be called once, when all parts exist.
    void setPlots(QWidget* plots, const QString& emptyText);
    void showPlots();
    /// Brings the plots up to date with the rows and whatever else there is.
    virtual void drawPlots() = 0;
    /// The plots in print style, below the title, which is drawn already.
    virtual void drawFigure(QPainter& painter, const QRectF& area, const PlotStyle& print) = 0;
    /// Colours of theme and neuron.
    virtual void restyle() = 0;

    void scheduleRedraw();
    const std::vector<EpochMetrics>& rows() const { return m_rows; }
    const std::optional<ReferenceResult>& reference() const { return m_reference; }
    QColor curveColour(bool dark) const;
    /// One number of every row and split.
    CurveData curveOf(double SplitMetrics::*quantity) const;
    /// Right end of the axis.
    int epochsShown() const;

    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    void redraw();

    QStackedLayout* m_stack;
    QLabel* m_empty;
    QString m_emptyText;
    QTimer m_timer;
    RefreshPace m_pace;
    bool m_hurry = false;  ///< what a user asked for to be seen does not wait for its turn
    std::vector<EpochMetrics> m_rows;
    std::vector<EpochMetrics> m_held;
    std::optional<ReferenceResult> m_reference;
    NeuronType m_neuron = NeuronType::brf;
    int m_epochs = 1;
    int m_redraws = 0;
    bool m_stale = false;
};

}  // namespace resonate::app
