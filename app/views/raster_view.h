// app/views/raster_view.h: spikes of the probe sample, neurons × time, with true and predicted classes below.
#pragma once

#include <QImage>
#include <QStringList>
#include <memory>

#include "resonate/training_events.h"
#include "views/time_plot.h"

namespace resonate::app {

using SharedFrame = std::shared_ptr<const ProbeFrame>;

/// Click selects a neuron, Shift-click adds one, up and down move the selection.
class RasterView : public TimePlot {
    Q_OBJECT

 public:
    explicit RasterView(ViewLink* link, QWidget* parent = nullptr);

    void setFrame(SharedFrame frame);
    void setClassNames(const QStringList& names);

    /// Neuron drawn at this height of the widget, or -1.
    int neuronAt(double y) const;
    QPoint centreOf(int neuron) const;

    QString exportTitle() const override { return tr("Spike raster"); }
    bool hasContent() const override { return m_frame != nullptr; }
    QString csv() const override;

 protected:
    void drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) override;
    QRectF plotArea(const QRectF& area) const override;
    QString emptyText() const override;
    int stepCount() const override { return m_frame ? m_frame->steps : 0; }
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

 private:
    void drawSpikes(QPainter& painter, const QRectF& plot, const PlotStyle& style, bool exporting) const;
    void drawNeuronAxis(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    void drawRates(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    void drawStrips(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    void drawLegend(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    QColor rowColour(int neuron, const PlotStyle& style) const;
    QString className(int index) const;

    SharedFrame m_frame;
    QStringList m_classNames;
    std::vector<int> m_counts;     ///< spikes per neuron, [H]
    std::vector<int> m_predicted;  ///< [T]
};

}  // namespace resonate::app
