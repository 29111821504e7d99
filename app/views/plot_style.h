// app/views/plot_style.h: colours of a plot, on the screen and on paper.
#pragma once

#include <QColor>
#include <QPalette>

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

}  // namespace resonate::app
