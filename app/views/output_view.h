// app/views/output_view.h: how probable the network holds each class, step by step, and what it decides.
#pragma once

#include <QStringList>
#include <functional>
#include <optional>

#include "views/frame_facts.h"
#include "views/time_plot.h"

namespace resonate::app {

/// Few classes: bands above each other that together are 1. Many: lines, of which the true and the chosen class stand
/// out. A class has one colour in bands, lines and strips.
class OutputView : public TimePlot {
    Q_OBJECT

 public:
    /// More classes are drawn as lines.
    static constexpr int mostBands = 10;

    explicit OutputView(ViewLink* link, QWidget* parent = nullptr);

    void setFrame(SharedFrame frame);
    void setClassNames(const QStringList& names);
    /// Which steps count, and how they make a decision.
    void setTraining(const TrainingConfig& training);
    /// What the network decides, in words.
    QString decisionText() const;
    /// What of it matters most.
    QString briefDecision() const;

    QString exportTitle() const override { return tr("Class probabilities"); }
    bool hasContent() const override { return m_frame != nullptr; }
    QString csv() const override;

 protected:
    void drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) override;
    void drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) override;
    QRectF plotArea(const QRectF& area) const override;
    QString emptyText() const override;
    QString spokenSummary() const override { return decisionText(); }
    QString tipAt(const QPointF& point) const override;
    int stepCount() const override { return m_frame ? m_frame->steps : 0; }

 private:
    struct Facts {
        std::vector<int> predicted;  ///< [T]
        Decision decision;
    };
    const Facts& facts() const;
    bool asBands() const { return m_frame->classes <= mostBands; }
    std::vector<int> bandOrder() const;
    void drawBandShapes(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    void drawBandPixels(QPainter& painter, const QRectF& plot) const;
    void drawLines(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    QPen truePen(const PlotStyle& style) const;
    QPen chosenPen(const PlotStyle& style) const;
    /// Is there room for what the lines mean, beside the key to the colours of classes?
    bool hasLineKey(const QRectF& area) const;
    void drawLineKey(QPainter& painter, const QRectF& row, const PlotStyle& style) const;
    void drawSteps(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;
    /// Of the probability that `value` gives at each step shown.
    QPolygonF curve(const QRectF& plot, const std::function<double(int)>& value) const;
    QString reading(int step) const;
    QString name(int label) const;

    SharedFrame m_frame;
    QStringList m_classNames;
    TrainingConfig m_training;
    mutable std::optional<Facts> m_facts;
};

}  // namespace resonate::app
