// app/views/sample_view.h: one sequence of a data set, drawn as its kind asks for.
#pragma once

#include <memory>

#include "views/sample_painter.h"
#include "views/time_plot.h"

namespace resonate::app {

/// Segments of sequences that have a label for every step lie behind the curves in the colours of their classes.
class SampleView : public TimePlot {
    Q_OBJECT

 public:
    explicit SampleView(ViewLink* link, QWidget* parent = nullptr);

    void setSample(const SharedSample& sample);
    const SharedSample& sample() const { return m_sample; }
    /// Shows a sentence instead of a sequence.
    void setMessage(const QString& sentence);
    /// Brings out one class where each step has its own; -1: all alike.
    void setHighlightedClass(int label);

    QString exportTitle() const override;
    bool needsSampleName() const override { return false; }
    bool hasContent() const override { return m_sample != nullptr; }
    QString howToFill() const override { return tr("choose a data set that is ready first"); }
    QString csv() const override;
    QSize minimumSizeHint() const override { return {320, 240}; }

 protected:
    void drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) override;
    void drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) override;
    QRectF plotArea(const QRectF& area) const override;
    QString emptyText() const override { return m_message; }
    int stepCount() const override { return m_sample ? m_sample->steps() : 0; }
    void mouseMoveEvent(QMouseEvent* event) override;

 private:
    /// All that is drawn between the margins, above the strip of classes.
    QRectF inside(const QRectF& area) const;
    void drawSegments(QPainter& painter, const QRectF& plot, const PlotStyle& style) const;

    SharedSample m_sample;
    std::unique_ptr<SamplePainter> m_painter;
    QString m_message;
    int m_highlighted = -1;
    double m_mouseY = 0;
};

}  // namespace resonate::app
