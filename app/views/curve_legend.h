// app/views/curve_legend.h: the key of curves, in the window and in exported figures.
#pragma once

#include <QFontMetricsF>
#include <QList>
#include <QPainter>
#include <QPen>
#include <QWidget>

namespace resonate::app {

/// One curve, marker or band and what it means.
struct LegendEntry {
    enum class Sign { Line, Dot, Band };
    Sign sign = Sign::Line;
    QPen pen;
    QString text;
};

/// One row, from the left; entries that do not fit are left out.
class CurveLegend : public QWidget {
    Q_OBJECT

 public:
    explicit CurveLegend(QWidget* parent = nullptr);

    void setEntries(const QList<LegendEntry>& entries);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {10, sizeHint().height()}; }

    /// Of one row with all entries.
    static double widthOf(const QList<LegendEntry>& entries, const QFontMetricsF& metrics);
    /// Centred in `area`, or from its left.
    static void draw(QPainter& painter, const QRectF& area, const QList<LegendEntry>& entries, const QColor& text,
                     bool centred);

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    QList<LegendEntry> m_entries;
};

}  // namespace resonate::app
