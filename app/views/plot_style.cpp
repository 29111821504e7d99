// app/views/plot_style.cpp: see plot_style.h.
#include "views/plot_style.h"

#include "style/theme.h"

namespace resonate::app {

PlotStyle PlotStyle::fromPalette(const QPalette& palette) {
    return {palette.color(QPalette::Base), palette.color(QPalette::Text), palette.color(QPalette::Mid),
            palette.color(QPalette::Highlight), isDark(palette)};
}

PlotStyle PlotStyle::print() { return {Qt::white, QColor(0x1b1f24), QColor(0xc9ced5), QColor(0x0072b2), false}; }

}  // namespace resonate::app
