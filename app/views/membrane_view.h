// app/views/membrane_view.h: membranes of the selected neurons over time with their dynamic threshold and spikes.
#pragma once

#include <QHash>

#include "views/frame_facts.h"
#include "views/time_plot.h"

namespace resonate::app {

/// One panel per selected neuron, stacked, or all in one; without a selection the most active neurons show. The
/// membrane is what the threshold is compared with: u, and v of Izhikevich's neuron.
class MembraneView : public TimePlot {
    Q_OBJECT

 public:
    explicit MembraneView(ViewLink* link, QWidget* parent = nullptr);

    void setFrame(SharedFrame frame);
    /// Also draws the other part of u + iv, where the neuron has one.
    void setImaginaryShown(bool shown);
    bool imaginaryShown() const { return m_imaginary; }
    /// All neurons in one panel, with one axis.
    void setOverlaid(bool overlaid);
    bool isOverlaid() const { return m_overlaid; }
    /// "u" or "v": what spikes where it crosses the threshold.
    QString membraneName() const;

    /// Neurons drawn now: the selection, or the default choice.
    QList<int> shownNeurons() const { return link()->shown(); }

    /// Axes have room for that frame as well, whatever frame shows.
    void hold(const SharedFrame& frame);

    QString exportTitle() const override { return tr("Membranes"); }
    bool hasContent() const override { return m_frame != nullptr; }
    QString csv() const override;

 protected:
    void drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) override;
    void drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) override;
    QString emptyText() const override;
    int stepCount() const override { return m_frame ? m_frame->steps : 0; }

 private:
    struct Range {
        double low = 0;
        double high = 0;
    };
    struct Panel {
        QRectF area;
        Range range;
    };
    bool firesOnV() const { return m_frame && m_frame->neuron == NeuronType::izhikevich && !m_frame->v.empty(); }
    const std::vector<float>& membrane() const { return firesOnV() ? m_frame->v : m_frame->u; }
    /// Empty where the neuron has one variable, or where it is not asked for.
    const std::vector<float>& other() const;
    Range rangeOf(int neuron) const;
    /// Panel of the neuron at that place of `neurons`.
    Panel panelOf(int place, const QList<int>& neurons, const QRectF& area) const;
    double yOf(double value, const Panel& panel) const;
    void drawFrame(QPainter& painter, const Panel& panel, const PlotStyle& style) const;
    void drawCurves(QPainter& painter, const Panel& panel, int neuron, int place, const PlotStyle& style) const;
    void drawFacts(QPainter& painter, const QRectF& side, int neuron, const QColor& colour,
                   const PlotStyle& style) const;
    void drawKey(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    int spikesOf(int neuron) const;
    float at(const std::vector<float>& values, int step, int neuron) const;
    QPolygonF curve(const std::vector<float>& values, int neuron, const Panel& panel) const;

    SharedFrame m_frame;
    bool m_imaginary = false;
    bool m_overlaid = false;
    QHash<int, Range> m_held;            ///< by neuron, of hold()
    mutable QHash<int, Range> m_ranges;  ///< by neuron, found when first drawn
};

}  // namespace resonate::app
