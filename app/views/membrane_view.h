// app/views/membrane_view.h: membranes u(t) of the selected neurons with their dynamic threshold and spikes.
#pragma once

#include "views/frame_facts.h"
#include "views/time_plot.h"

namespace resonate::app {

/// One panel per selected neuron, stacked; without a selection the most active neurons show.
class MembraneView : public TimePlot {
    Q_OBJECT

 public:
    explicit MembraneView(ViewLink* link, QWidget* parent = nullptr);

    void setFrame(SharedFrame frame);
    /// Also draws v(t), where the neuron has one.
    void setImaginaryShown(bool shown);
    bool imaginaryShown() const { return m_imaginary; }

    /// Neurons drawn now: the selection, or the default choice.
    QList<int> shownNeurons() const { return m_shown.of(link()->selection()); }

    QString exportTitle() const override { return tr("Membranes"); }
    bool hasContent() const override { return m_frame != nullptr; }
    QString csv() const override;

 protected:
    void drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) override;
    void drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) override;
    QString emptyText() const override;
    int stepCount() const override { return m_frame ? m_frame->steps : 0; }

 private:
    struct Panel {
        QRectF area;
        double low = 0;
        double high = 1;
    };
    Panel panelOf(int place, int count, int neuron, const QRectF& area) const;
    double yOf(double value, const Panel& panel) const;
    void drawPanel(QPainter& painter, const Panel& panel, int neuron, const QColor& colour,
                   const PlotStyle& style) const;
    float at(const std::vector<float>& values, int step, int neuron) const;
    QPolygonF curve(const std::vector<float>& values, int neuron, const Panel& panel) const;

    SharedFrame m_frame;
    ShownNeurons m_shown;
    bool m_imaginary = false;
};

}  // namespace resonate::app
