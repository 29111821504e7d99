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

}  // namespace resonate::app
