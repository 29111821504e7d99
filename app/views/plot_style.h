// app/views/plot_style.h: colours of a plot, on the screen and on paper.
#pragma once

#include <QColor>
#include <QPainter>
#include <QPalette>
#include <QString>

namespace resonate::app {

struct PlotStyle {
    QColor background;
    QColor text;
    QColor faint;  ///< grid and frames
    QColor highlight;
    bool dark = false;

    static PlotStyle fromPalette(const QPalette& palette);
    /// Light, whatever the theme: for export.
    static PlotStyle print();
};

/// Writes a figure's title at the top of `area`; returns the height it took.
double drawFigureTitle(QPainter& painter, const QRectF& area, const QString& title, const PlotStyle& style);

/// Writes the name of a vertical axis upwards, at x, beside the middle of the plot. Where that is too low: the brief
/// name, or nothing.
/// `beyond`: pixels it may be longer than the plot is high; below 0: two lines.
void drawSideTitle(QPainter& painter, const QRectF& plot, double x, const QString& title, const QString& brief = {},
                   double beyond = -1);

/// Behind what is read off: a pane through which curves are still seen. Leaves the pen for the words.
void drawPlate(QPainter& painter, const QRectF& box, const PlotStyle& style);

/// Writes what is read off beside x, the top of its box at `top`: right of x where there is room within `bounds`, else
/// left.
void drawReading(QPainter& painter, const QString& text, double x, double top, const QRectF& bounds,
                 const PlotStyle& style);

}  // namespace resonate::app
