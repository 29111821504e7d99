// app/views/time_plot.h: base of the painted views over time: shared margins, axis, zoom and cursor.
#pragma once

#include <QPolygonF>

#include "views/painted_view.h"

namespace resonate::app {

/// Time steps along x. All time plots share margins, so that one above the other they show the same instant at the same
/// place. Wheel and + − zoom in time, drag with the middle button and Ctrl+← → move, double click and 0 show all.
class TimePlot : public PaintedView {
    Q_OBJECT

 public:
    explicit TimePlot(ViewLink* link, QWidget* parent = nullptr);

    /// Steps shown, [first, last).
    double firstStep() const { return m_first; }
    double lastStep() const { return m_last; }
    void setVisibleSteps(double first, double last);
    QSize sizeHint() const override { return {760, 300}; }
    QSize minimumSizeHint() const override { return {320, 140}; }

 Q_SIGNALS:
    void visibleStepsChanged(double first, double last);

 protected:
    // Margins, larger for larger letters.
    double m_leftMargin = 58;
    double m_rightMargin = 58;
    double m_topMargin = 10;
    double m_axisHeight = 38;
    double m_wordsHeight = 19;  ///< of drawWords()
    void fitLetters(double scale) override;

    /// A line at the cursor's step.
    void drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) override;
    virtual QRectF plotArea(const QRectF& area) const;
    int stepCount() const override = 0;
    int firstKeyStep() const override { return static_cast<int>(m_first); }
    bool zooms() const override { return stepCount() > 0; }
    /// Around the time cursor, or the middle.
    void zoomByKey(double factor) override;
    void zoomOut() override { setVisibleSteps(0, stepCount()); }

    /// Call when the number of steps may have changed.
    void stepsChanged();
    /// Is the cursor at a step that is shown?
    bool cursorShows() const;
    double xOf(double step, const QRectF& plot) const;
    int stepAt(double x) const;
    /// Where there is no row left below the ticks, its title stands behind the last of them.
    enum class TimeTitle { BelowTicks, BesideTicks };
    void drawTimeAxis(QPainter& painter, const QRectF& plot, const PlotStyle& style,
                      TimeTitle title = TimeTitle::BelowTicks) const;
    /// Above the plot, where they cover nothing of it: views that have words lower plotArea() by wordsRoom().
    void drawWords(QPainter& painter, const QRectF& plot, const QString& words, const PlotStyle& style,
                   const QString& brief = {}) const;
    double wordsRoom() const { return m_wordsHeight - 4; }

    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    /// That step stays where it is.
    void zoomAt(double step, double factor);
    void moveBy(double steps) { setVisibleSteps(m_first + steps, m_last + steps); }

    double m_first = 0;
    double m_last = 0;
    int m_steps = 0;
    double m_dragX = 0;
};

/// Round tick positions covering [low, high], about `wanted` of them.
QList<double> niceTicks(double low, double high, int wanted);
/// As many as wanted, but two at least: a scale cannot be read from one.
QList<double> scaleTicks(double low, double high, int wanted);
/// A tick's label without needless digits.
QString tickLabel(double value);

/// Around each piece of a line.
QList<QRectF> boxesAlong(const QPolygonF& line);

/// Writes what is read off into a box right or left of one of the places `beside`, at the top or the bottom of
/// `bounds`: where it covers the fewest of `taken`, of equal ones the first.
void drawReadingBox(QPainter& painter, const QString& text, const QList<double>& beside, const QRectF& bounds,
                    const QList<QRectF>& taken, const PlotStyle& style);

}  // namespace resonate::app
