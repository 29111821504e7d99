// app/views/time_plot.h: base of the painted views over time: shared margins, axis, zoom and cursor.
#pragma once

#include <QWidget>

#include "models/view_link.h"
#include "views/exportable_view.h"
#include "views/plot_style.h"

namespace resonate::app {

/// Time steps along x. All time plots share margins, so that one above the other they show the same instant at the same
/// place. Wheel zooms in time, drag with the middle button moves, double click shows all.
class TimePlot : public QWidget, public ExportableView {
    Q_OBJECT

 public:
    explicit TimePlot(ViewLink* link, QWidget* parent = nullptr);

    /// Steps shown, [first, last).
    double firstStep() const { return m_first; }
    double lastStep() const { return m_last; }
    void setVisibleSteps(double first, double last);
    QSize sizeHint() const override { return {760, 300}; }
    QSize minimumSizeHint() const override { return {320, 140}; }
    void renderForExport(QPainter& painter, const QRectF& area) override;

 Q_SIGNALS:
    void visibleStepsChanged(double first, double last);

 protected:
    static constexpr double leftMargin = 58;
    static constexpr double rightMargin = 58;
    static constexpr double topMargin = 10;
    static constexpr double axisHeight = 38;

    /// Everything but the cursor, into `area`. `exporting`: lines and shapes only.
    virtual void drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) = 0;
    /// The cursor and what is read off at it.
    virtual void drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style);
    virtual QRectF plotArea(const QRectF& area) const;
    virtual QString emptyText() const = 0;
    /// Number of steps T; 0 where nothing is shown.
    virtual int stepCount() const = 0;

    /// Call when the number of steps may have changed.
    void stepsChanged();
    void invalidate();
    double xOf(double step, const QRectF& plot) const;
    int stepAt(double x) const;
    void drawTimeAxis(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    ViewLink* link() const { return m_link; }

    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    ViewLink* m_link;
    QPixmap m_cache;  ///< the content without cursor: moving the mouse repaints only a line
    bool m_cacheValid = false;
    double m_first = 0;
    double m_last = 0;
    int m_steps = 0;
    double m_dragX = 0;
};

/// Round tick positions covering [low, high], about `wanted` of them.
QList<double> niceTicks(double low, double high, int wanted);
/// A tick's label without needless digits.
QString tickLabel(double value);

}  // namespace resonate::app
