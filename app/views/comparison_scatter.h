// app/views/comparison_scatter.h: test accuracy against spike operations, mean and deviation over seeds.
#pragma once

#include "views/comparison_view.h"

namespace resonate::app {

/// Each group is a filled mark with error bars, its runs faint dots; published values are hollow marks.
class ComparisonScatter : public ComparisonView {
    Q_OBJECT

 public:
    explicit ComparisonScatter(const CurveLooks* looks, QWidget* parent = nullptr);

    void setRule(SelectionRule rule);

    /// What stands beside a mark, and where in the window.
    struct Label {
        QString text;
        QRectF box;
    };
    /// Of the marks that show, inside the plot.
    QList<Label> labels() const;
    /// The part of the window between the axes.
    QRectF plot() const { return axesIn(rect()).plot; }

    QString exportTitle() const override { return tr("Accuracy against spike operations"); }
    QString csv() const override;
    QString footnote() const override;

 protected:
    QRectF fullRange() const override;
    bool isLogX() const override;
    QString titleX() const override { return tr("spike operations (SOP) per test sample"); }
    QString titleY() const override { return tr("test accuracy [%]"); }
    void drawPlot(QPainter& painter, const PlotAxes& axes, const PlotStyle& style) override;
    QString readingAt(const QPointF& point, const PlotAxes& axes) const override;
    double drawSign(QPainter& painter, const CurveLook& look, const QPointF& at) const override;
    QStringList keyNotes() const override;

 private:
    struct Mark {
        QString label;
        QString brief;          ///< what tells it from the others
        qsizetype telling = 0;  ///< as tellingLetters() of the brief ones
        NeuronType neuron = NeuronType::brf;
        QColor colour;
        Spread sop, accuracy;
        bool hollow = false;
    };
    QList<Mark> marks(bool dark) const;
    /// One for each mark; empty for those outside the plot.
    QList<Label> place(const QList<Mark>& marks, const PlotAxes& axes, const QFontMetricsF& metrics) const;

    SelectionRule m_rule = SelectionRule::lowest_validation_loss;
};

}  // namespace resonate::app
