// app/views/comparison_curves.h: one quantity of the ticked runs over epochs or wall time, mean and band over seeds.
#pragma once

#include "views/comparison_view.h"

namespace resonate::app {

class ComparisonCurves : public ComparisonView {
    Q_OBJECT

 public:
    enum class Axis { Epochs, WallTime };

    explicit ComparisonCurves(const CurveLooks* looks, QWidget* parent = nullptr);

    void setMetric(Metric metric);
    Metric metric() const { return m_metric; }
    void setAxis(Axis axis);
    void setLogarithmic(bool logarithmic);
    void setBandShown(bool shown);

    /// Where the dot of a group stands, at 95 % of its final mean; nothing where there is none.
    std::optional<QPointF> dotOf(size_t group) const;

    QString exportTitle() const override;
    QString csv() const override;

 protected:
    QRectF fullRange() const override;
    bool isLogY() const override { return m_logarithmic; }
    QString titleX() const override;
    QString titleY() const override;
    void drawPlot(QPainter& painter, const PlotAxes& axes, const PlotStyle& style) override;
    QString readingAt(const QPointF& point, const PlotAxes& axes) const override;
    double drawSign(QPainter& painter, const CurveLook& look, const QPointF& at) const override;
    QStringList keyNotes() const override;
    QString spokenSummary() const override;

 private:
    bool isAccuracy() const;
    const MeanCurve& curveOf(size_t group) const;
    double unit() const;  ///< seconds per unit of the x axis
    double xOf(const CurvePoint& point) const;
    /// Published level of that quantity; 0 where none.
    double levelOf(const PublishedValue& published) const;
    void drawPublished(QPainter& painter, const PlotAxes& axes, const PlotStyle& style) const;
    void drawGroup(QPainter& painter, const PlotAxes& axes, const CurveLook& look, size_t group,
                   const PlotStyle& style) const;

    Metric m_metric = Metric::test_accuracy;
    Axis m_axis = Axis::Epochs;
    bool m_logarithmic = false;
    bool m_band = true;
};

/// "test accuracy [%]": for axes.
QString metricTitle(Metric metric);

}  // namespace resonate::app
