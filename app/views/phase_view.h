// app/views/phase_view.h: orbits of single neurons in the plane of their two variables, with a dot at the time cursor.
#pragma once

#include <QHash>
#include <limits>
#include <optional>

#include "views/frame_facts.h"
#include "views/painted_view.h"

namespace resonate::app {

/// Resonators: u and v. ALIF: u and its moving threshold. A panel for each neuron shown; what came last before the
/// cursor stands out. The cursor follows the nearest point of an orbit under the mouse.
class PhaseView : public PaintedView {
    Q_OBJECT

 public:
    explicit PhaseView(ViewLink* link, QWidget* parent = nullptr);

    void setFrame(SharedFrame frame);
    /// δ, for how many steps a turn takes.
    void setConstants(const NeuronConfig& neuron);

    /// Axes have room for that frame as well, whatever frame shows.
    void hold(const SharedFrame& frame);

    /// Neurons drawn in the size the view has: all selected, or as many of the default as have room.
    QList<int> shownNeurons() const;
    /// Where a neuron is at a step, in the widget.
    QPointF pointOf(int neuron, int step) const;

    QString exportTitle() const override;
    bool hasContent() const override;
    QString howToFill() const override;
    QString csv() const override;

 protected:
    void drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) override;
    void drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) override;
    QString emptyText() const override;
    QString spokenSummary() const override;
    QString tipAt(const QPointF& point) const override;
    int stepCount() const override { return m_frame ? m_frame->steps : 0; }
    void fitLetters(double scale) override;
    void mouseMoveEvent(QMouseEvent* event) override;

 private:
    struct Panel {
        int neuron = 0;
        QColor colour;
        QRectF area;
        double side = 0;    ///< room left of it, for the axis of the second variable
        double title = 0;   ///< room for its title, from its left side on
        bool named = true;  ///< with names at its axes
        double left = -1, right = 1, bottom = -1, top = 1;
        qsizetype tickLetters = 0;  ///< of the longest number beside it
    };
    static constexpr int mostTicks = 4;   ///< about, of an axis
    static constexpr double tickGap = 5;  ///< between the frame and a number beside it
    static constexpr double edge = 2;     ///< around all panels
    struct Hit {
        int neuron = -1;
        int step = -1;
    };
    /// Largest and least values of a neuron's two variables, and its lowest threshold.
    struct Reach {
        double low = 0, high = 0, secondLow = 0, secondHigh = 0;
        double threshold = std::numeric_limits<double>::infinity();
    };
    bool hasPlane() const;
    /// Is the second axis the threshold?
    bool againstThreshold() const { return m_frame->v.empty(); }
    QList<int> chosen(const QSizeF& size) const;
    QList<Panel> panels(const QRectF& area, bool dark) const;
    /// Of the longest number beside any of their panels.
    double numberWidth(const QList<int>& neurons) const;
    /// Of small panels: the names of the axes once for all of them.
    void drawNames(QPainter& painter, const QRectF& area) const;
    /// Found when first drawn, not at every move of the mouse.
    void setRange(Panel& panel) const;
    void findRange(Panel& panel) const;
    Reach reachOf(int neuron) const;
    QPointF at(const Panel& panel, int step) const;
    QPointF at(const Panel& panel, double x, double y) const;
    /// What the axes show.
    double first(int step, int neuron) const;
    double second(int step, int neuron) const;
    Hit nearest(const QPointF& point) const;
    int tailLength(int neuron) const;
    int stepShown() const;
    void drawFrame(QPainter& painter, const Panel& panel, const PlotStyle& style) const;
    void drawOrbit(QPainter& painter, const Panel& panel, const PlotStyle& style) const;
    void drawThreshold(QPainter& painter, const Panel& panel, int step, const PlotStyle& style) const;
    void drawTail(QPainter& painter, const Panel& panel, int step, const PlotStyle& style) const;

    // Margins, larger for larger letters.
    double m_titleHeight = 18;
    double m_sideMargin = 42;       ///< left of a panel, for the second variable's axis
    double m_letterWidth = 7;       ///< of a digit
    double m_belowMargin = 32;      ///< for the first one's
    double m_smallSideMargin = 28;  ///< where only numbers stand
    double m_smallBelowMargin = 17;
    double m_nameHeight = 15;  ///< of the names of the axes, where all panels share them
    SharedFrame m_frame;
    NeuronConfig m_constants;
    QHash<int, Reach> m_held;            ///< by neuron, of hold()
    mutable QHash<int, Panel> m_ranges;  ///< by neuron
};

}  // namespace resonate::app
