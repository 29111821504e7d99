// app/views/rate_histogram.h: how many neurons spike how often over the probe sample.
#pragma once

#include <optional>

#include "views/frame_facts.h"
#include "views/painted_view.h"

namespace resonate::app {

/// Silent neurons have a bar of their own. Selected neurons are marked; a click selects the neurons of a bar.
class RateHistogram : public PaintedView {
    Q_OBJECT

 public:
    /// Share of the steps from which a neuron counts as saturated: it cannot tell one instant from another.
    static constexpr double saturation = 0.5;

    explicit RateHistogram(ViewLink* link, QWidget* parent = nullptr);

    void setFrame(SharedFrame frame);
    int silentCount() const;
    int saturatedCount() const;
    /// "3 of 36 neurons are silent, none is saturated …"; "" before the first frame.
    QString summary() const;
    /// In four words.
    QString briefSummary() const;
    const std::vector<int>& counts() const { return facts().counts; }
    /// Centre of the bar that holds a neuron.
    QPointF barOf(int neuron) const;

    QString exportTitle() const override { return tr("Firing rates"); }
    bool hasContent() const override { return m_frame != nullptr; }
    QString csv() const override;
    QSize sizeHint() const override { return {300, 220}; }
    QSize minimumSizeHint() const override { return {140, 100}; }

    void drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) override;

 protected:
    void drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) override;
    QString emptyText() const override;
    QString spokenSummary() const override { return summary(); }
    QString tipAt(const QPointF& point) const override;
    int stepCount() const override { return m_frame ? m_frame->steps : 0; }
    void fitLetters(double scale) override;
    void mousePressEvent(QMouseEvent* event) override;

 private:
    struct Facts {
        std::vector<int> counts;   ///< spikes, [H]
        int width = 1;             ///< spikes that share a bar
        int bars = 1;              ///< beside that of the silent
        std::vector<int> barOf;    ///< [H]: 0 = silent
        std::vector<int> members;  ///< [bars + 1]
    };
    const Facts& facts() const;
    QRectF plotArea(const QRectF& area) const;
    QRectF barArea(int bar, const QRectF& plot) const;
    int barAt(const QPointF& point) const;
    double ratePercent(double spikes) const { return 100 * spikes / m_frame->steps; }

    // Margins, larger for larger letters.
    double m_leftMargin = 52;
    double m_rightMargin = 12;
    double m_topMargin = 12;
    double m_bottomMargin = 36;
    SharedFrame m_frame;
    mutable std::optional<Facts> m_facts;
};

}  // namespace resonate::app
