// app/views/parameter_view.h: each resonator at its frequency and damping, where it started, and the way between.
#pragma once

#include <QPolygonF>
#include <optional>

#include "views/frame_facts.h"
#include "views/painted_view.h"
#include "views/parameter_trail.h"

namespace resonate::app {

/// Click selects a neuron, Shift-click adds one; up and down move the selection, with Shift they add to it. The wheel
/// and + − zoom, the middle button moves, a double click and 0 show all.
class ParameterView : public PaintedView {
    Q_OBJECT

 public:
    explicit ParameterView(ViewLink* link, QWidget* parent = nullptr);

    /// Forgets start and trails.
    void begin(const ExperimentConfig& config);
    void setFrame(SharedFrame frame);
    /// What the key calls the frame that shows: "now".
    void setMoment(const QString& words);
    /// The run goes on from that epoch of another one, whose frames it has not; nothing: it began with new weights.
    /// begin() leaves it.
    void setFork(std::optional<int> epoch);
    /// The axes have room for these places as well, so that they stay as they are from frame to frame. begin() leaves
    /// it.
    void hold(const std::vector<float>& omega, const std::vector<float>& b);
    /// Where the neurons were before the frame that is set next: replaces the trail. Oldest first.
    void setTrail(std::vector<ParameterTrail::Snapshot> past);

    /// Drawn nearest to that point of the widget, or -1.
    int neuronAt(const QPointF& point) const;
    QPointF pointOf(int neuron) const;
    /// Of each neuron: first seen, …, before the frame that shows.
    size_t trailLength() const { return m_trail.size(); }
    /// Neurons whose oscillation grows.
    int divergingCount() const;
    /// Damping above which an oscillation of that frequency grows; NaN where there is no such boundary.
    double boundary(double omega) const;

    QString exportTitle() const override { return tr("Frequency and damping"); }
    bool needsSampleName() const override { return false; }
    bool hasContent() const override { return m_frame && !m_frame->omega.empty(); }
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
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool zooms() const override { return hasContent(); }
    /// Around the neuron selected last where it shows, or the middle.
    void zoomByKey(double factor) override;
    void zoomOut() override;

 private:
    QRectF plotArea(const QRectF& area) const;
    QList<double> frequencyTicks(double width) const;
    QList<double> dampingTicks(double height) const;
    /// ω to the right, b upwards: of all there is to see, or as zoomed.
    QRectF range() const;
    QRectF wholeRange() const;
    /// That point stays where it is.
    void zoomAt(const QPointF& point, double factor);
    QPointF place(double omega, double b, const QRectF& plot) const;
    QColor inkOf(int neuron, const PlotStyle& style) const;
    bool inSecondLayer(int neuron) const;
    void drawMark(QPainter& painter, const QPointF& centre, double radius, int neuron) const;
    void drawBoundary(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    void drawAxes(QPainter& painter, const QRectF& edge, const PlotStyle& style) const;
    void drawMarks(QPainter& painter, const std::vector<QPointF>& centres, double radius, const QPen& pen,
                   const QBrush& brush, bool exporting) const;
    void drawTrails(QPainter& painter, const QRectF& plot, const PlotStyle& style, bool exporting) const;
    void drawNeurons(QPainter& painter, const QRectF& plot, const PlotStyle& style, bool exporting) const;
    void drawNumbers(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    void drawKey(QPainter& painter, const QRectF& edge, const PlotStyle& style) const;
    struct Words {
        QString text;
        QRectF area;  ///< null: there is no place for them
    };
    Words boundaryName(const QFontMetricsF& metrics, const QRectF& plot) const;
    /// Has the neuron a refractory variable q that takes from its damping?
    bool isRefractory() const;
    /// What its spikes take from the damping of the neuron at that step.
    double refractory(int neuron, int step) const;
    /// Where trails start.
    QString startText(bool brief) const;
    QString sinceText() const;
    /// Snapshot with which the trail of the neuron begins, as it is drawn.
    size_t trailStride(int neuron) const;
    QString axisText() const;

    ExperimentConfig m_config;
    // Margins, larger for larger letters.
    double m_leftMargin = 28;  ///< without the labels of the ticks
    double m_letterWidth = 7;
    double m_rightMargin = 14;
    double m_topMargin = 24;
    double m_bottomMargin = 38;
    SharedFrame m_frame;
    QString m_moment = tr("now");
    std::optional<int> m_fork;
    ParameterTrail m_trail;
    QRectF m_zoom;                      ///< null: all
    mutable QRectF m_whole;             ///< grows with what there is to see, so that axes do not tremble
    mutable bool m_wholeKnown = false;  ///< for the frame that shows
    QPolygonF m_held;                   ///< corners of what hold() was given; empty: nothing
    QPointF m_dragFrom;
};

}  // namespace resonate::app
