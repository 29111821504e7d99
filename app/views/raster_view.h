// app/views/raster_view.h: spikes of the probe sample, neurons × time, with true and predicted classes below.
#pragma once

#include <QStringList>
#include <optional>

#include "views/frame_facts.h"
#include "views/neuron_order.h"
#include "views/time_plot.h"

namespace resonate::app {

/// Click selects a neuron, Shift-click adds one; up and down move the selection, with Shift they add to it. How often
/// each neuron spikes stands at the right edge, how many spike at each step at the top.
class RasterView : public TimePlot {
    Q_OBJECT

 public:
    explicit RasterView(ViewLink* link, QWidget* parent = nullptr);

    void setFrame(SharedFrame frame);
    void setClassNames(const QStringList& names);
    void setOrder(NeuronOrder order);
    NeuronOrder order() const { return m_order; }

    /// Neuron drawn at this height of the widget, or -1.
    int neuronAt(double y) const;
    QPoint centreOf(int neuron) const;

    QString exportTitle() const override { return tr("Spike raster"); }
    bool hasContent() const override { return m_frame != nullptr; }
    QString csv() const override;

 protected:
    void drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) override;
    /// Too low for a row of its own for the title of the time axis: the key stands there.
    bool isLow(const QRectF& area) const;
    QRectF plotArea(const QRectF& area) const override;
    QString emptyText() const override;
    QString spokenSummary() const override;
    QString tipAt(const QPointF& point) const override;
    int stepCount() const override { return m_frame ? m_frame->steps : 0; }
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    struct Facts {
        std::vector<int> counts;     ///< spikes per neuron, [H]
        std::vector<int> perStep;    ///< spikes per step, [T]
        std::vector<int> predicted;  ///< [T]
        OrderedNeurons ordered;
    };
    /// Counted when first asked for: a hidden raster counts nothing.
    const Facts& facts() const;
    void drawSpikes(QPainter& painter, const QRectF& plot, const PlotStyle& style, bool exporting) const;
    void drawShown(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    void drawNeuronAxis(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    void drawRates(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    void drawActivity(QPainter& painter, const QRectF& plot, const PlotStyle& style, bool exporting) const;
    QRectF rowArea(int neuron, const QRectF& plot) const;
    QColor rowColour(int neuron, const PlotStyle& style) const;

    SharedFrame m_frame;
    QStringList m_classNames;
    NeuronOrder m_order = NeuronOrder::Index;
    mutable std::optional<Facts> m_facts;
};

}  // namespace resonate::app
