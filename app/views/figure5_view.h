// app/views/figure5_view.h: Figure 5: test accuracy over epochs of BRF, RF and ALIF, a panel per task, as in a paper.
#pragma once

#include "models/figure5.h"
#include "views/curve_legend.h"
#include "views/painted_view.h"

namespace resonate::app {

/// Mean lines with bands of ± 1 sample standard deviation over seeds, a dot where the mean reaches 95 % of its last
/// value, published results as faint bands. Colour and line pattern both tell the neuron type.
class Figure5View : public PaintedView {
    Q_OBJECT

 public:
    explicit Figure5View(QWidget* parent = nullptr);

    void setFigure(const Figure5& figure);
    const Figure5& figure() const { return m_figure; }

    QString exportTitle() const override { return tr("Figure 5"); }
    bool hasContent() const override { return !m_figure.panels.isEmpty(); }
    QString howToFill() const override { return tr("run a study first"); }
    /// Without a title of its own: a paper has a caption.
    void renderForExport(QPainter& painter, const QRectF& area) override;
    QString exportOrigin() const override;
    QString csv() const override;
    QSize sizeHint() const override { return {760, 420}; }
    QSize minimumSizeHint() const override { return {320, 220}; }

 protected:
    void drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) override;
    void drawCursor(QPainter&, const QRectF&, const PlotStyle&) override {}
    QString emptyText() const override;
    QString spokenSummary() const override;
    QString tipAt(const QPointF& point) const override;

 private:
    struct Axes {
        QRectF plot;
        double epochs = 1;
        double low = 0, high = 100;

        double x(double epoch) const { return plot.left() + epoch / epochs * plot.width(); }
        double y(double percent) const { return plot.bottom() - (percent - low) / (high - low) * plot.height(); }
    };
    QList<Axes> layOut(const QRectF& whole, const QFont& font) const;
    QList<LegendEntry> legend(const PlotStyle& style) const;
    int legendRows(const QRectF& area, const QFont& font) const;
    QRectF belowLegend(const QRectF& area, const QFont& font) const;
    void drawLegend(QPainter& painter, const QRectF& area, const PlotStyle& style) const;
    void drawPanel(QPainter& painter, int index, const Axes& axes, bool named, const PlotStyle& style) const;
    void drawPublished(QPainter& painter, const Figure5Task& panel, const Axes& axes, const PlotStyle& style) const;
    void drawCurve(QPainter& painter, const Figure5Curve& curve, const Axes& axes, const PlotStyle& style) const;
    void drawDots(QPainter& painter, const Figure5Task& panel, const Axes& axes, const PlotStyle& style) const;

    Figure5 m_figure;
};

}  // namespace resonate::app
