// app/views/curve_chart.h: one quantity over epochs: training, validation, test, batches, best epoch, published value.
#pragma once

#include <QChartView>
#include <QList>
#include <QPointF>
#include <QTimer>
#include <optional>
#include <utility>

#include "views/curve_legend.h"
#include "views/plot_style.h"

class QAreaSeries;
class QLineSeries;
class QScatterSeries;
class QValueAxis;
class QAbstractAxis;

namespace resonate::app {

/// Values of one quantity by epoch.
struct CurveData {
    QList<QPointF> train, validation, test, batches;
    int bestEpoch = -1;
    double bestValue = 0;
    double reference = 0;  ///< published value, 0 = none
    double referenceSpread = 0;
    std::optional<std::pair<double, double>> held;  ///< values that the axis has room for besides, [least, largest]
};

/// Drag zooms, the wheel zooms in epochs, the middle button moves, a double click shows all. Keeps a zoom while new
/// points arrive. What the curves are at an epoch is read off under the mouse, and at the marker where keys move it.
class CurveChart : public QChartView {
    Q_OBJECT

 public:
    CurveChart(const QString& name, bool percent, QWidget* parent = nullptr);

    /// `epochs`: right end of the axis.
    void setData(const CurveData& data, int epochs);
    void setLogarithmic(bool logarithmic);
    /// A line at that epoch, in the window only; nothing: none.
    void setMarker(std::optional<int> epoch);
    std::optional<int> marker() const { return m_marker; }
    /// Reads off the values of that epoch beside a faint line, in the window only; nothing: none.
    void setReading(std::optional<int> epoch);
    /// "epoch 7", "test 84.90 %", … in lines; "" where nothing is read off.
    QString reading() const;
    bool isZoomed() const { return m_zoomed; }
    void showAll();
    void applyStyle(const PlotStyle& style, const QColor& neuron);
    /// For figures, in lines and shapes.
    void drawInto(QPainter& painter, const QRectF& target);
    /// Right end of an axis of epochs: some room ahead of the last one done.
    static int epochsShown(int done, int epochs);
    /// What the axes show, written into the plot where it is too low for their titles; "" where they have them.
    QString caption() const;
    /// What is drawn now, most important first.
    QList<LegendEntry> legend() const;

 Q_SIGNALS:
    /// A click, not a drag, in the plot.
    void epochClicked(int epoch);
    void readingChanged(std::optional<int> epoch);

 protected:
    bool viewportEvent(QEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& area) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void makeValueAxis();
    /// Titles of axes that would be cut to dots at that height and font are left out.
    void fitTitles(double height, const QFont& font);
    void drawCaption(QPainter& painter, const QRectF& plot) const;
    void drawBest(QPainter& painter, const QPointF& shift) const;
    /// Nothing where that epoch is not in sight.
    std::optional<double> xOf(std::optional<int> epoch) const;

    QString m_name;
    bool m_percent;
    bool m_logarithmic = false;
    bool m_zoomed = false;
    std::optional<int> m_marker;
    std::optional<int> m_reading;
    QPoint m_pressed;
    QTimer m_click;                ///< a click that may become a double click
    bool m_doubleClicked = false;  ///< its release is still to come and is no click
    int m_clickedEpoch = 0;
    int m_epochs = 1;
    CurveData m_data;
    PlotStyle m_style;
    QColor m_neuron;
    std::optional<QPointF> m_draggedFrom;
    QLineSeries* m_train;
    QLineSeries* m_validation;
    QLineSeries* m_test;
    QLineSeries* m_batches;
    QScatterSeries* m_best;
    QLineSeries* m_referenceLow;
    QLineSeries* m_referenceHigh;
    QAreaSeries* m_reference;
    QValueAxis* m_epochAxis;
    QAbstractAxis* m_valueAxis = nullptr;
};

}  // namespace resonate::app
