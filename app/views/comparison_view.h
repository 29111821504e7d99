// app/views/comparison_view.h: base of the views that draw ticked runs: what they compare, how it looks, zoom.
#pragma once

#include "models/curve_looks.h"
#include "views/painted_view.h"
#include "views/plot_axes.h"

namespace resonate::app {

/// Wheel and + − zoom, dragging zooms into a rectangle, double click and 0 show all.
class ComparisonView : public PaintedView {
    Q_OBJECT

 public:
    void setComparison(const SharedComparison& comparison);
    const SharedComparison& comparison() const { return m_comparison; }
    void setPublishedShown(bool shown);
    bool isPublishedShown() const { return m_publishedShown; }
    void showAll();
    /// The part of the plane that shows: as PlotAxes::range.
    QRectF shownRange() const { return m_zoom.isNull() ? fullRange() : m_zoom; }
    bool isZoomed() const { return !m_zoom.isNull(); }

    bool hasContent() const override { return m_comparison && !m_comparison->groups.empty(); }
    QString howToFill() const override { return tr("tick runs in the table first"); }
    QSize sizeHint() const override { return {520, 320}; }
    /// What stands below the plot: what is ticked and not drawn, and why; "" where all is.
    virtual QString footnote() const { return {}; }

 protected:
    ComparisonView(const CurveLooks* looks, QWidget* parent);

    /// Everything there is, with some room.
    virtual QRectF fullRange() const = 0;
    virtual bool isLogX() const { return false; }
    virtual bool isLogY() const { return false; }
    virtual QString titleX() const = 0;
    virtual QString titleY() const = 0;
    virtual void drawPlot(QPainter& painter, const PlotAxes& axes, const PlotStyle& style) = 0;
    /// What is read off under that point; "" where nothing is near.
    virtual QString readingAt(const QPointF& point, const PlotAxes& axes) const = 0;
    /// The sign of a group in the key of an exported figure, at the middle of its left edge; returns its width.
    virtual double drawSign(QPainter& painter, const CurveLook& look, const QPointF& at) const = 0;
    /// Further lines of the key: text and sign of the published values and of dots.
    virtual QStringList keyNotes() const { return {}; }

    CurveLook lookOf(size_t group, bool dark) const {
        return m_looks->lookOf(*m_comparison, static_cast<qsizetype>(group), dark);
    }
    PlotAxes axesIn(const QRectF& area) const;

    void drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) override;
    void drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) override;
    QString emptyText() const override;

    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    bool zooms() const override { return hasContent(); }
    void zoomByKey(double factor) override;
    void zoomOut() override { showAll(); }

 private:
    double drawKey(QPainter& painter, const QRectF& area, const PlotStyle& style) const;
    double footHeight(const QRectF& area) const;
    void zoomAt(const QPointF& point, double factor);

    const CurveLooks* m_looks;
    SharedComparison m_comparison;
    bool m_publishedShown = true;
    QRectF m_zoom;
    QPointF m_mouse{-1, -1};
    QPointF m_dragFrom{-1, -1};
    bool m_dragging = false;
};

}  // namespace resonate::app
