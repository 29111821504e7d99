// app/views/plot_style.cpp: see plot_style.h.
#include "views/plot_style.h"

#include "style/theme.h"

namespace resonate::app {

PlotStyle PlotStyle::fromPalette(const QPalette& palette) {
    return {palette.color(QPalette::Base), palette.color(QPalette::Text), palette.color(QPalette::Mid),
            palette.color(QPalette::Highlight), isDark(palette)};
}

PlotStyle PlotStyle::print() { return {Qt::white, QColor(0x1b1f24), QColor(0xc9ced5), QColor(0x0072b2), false}; }

double drawFigureTitle(QPainter& painter, const QRectF& area, const QString& title, const PlotStyle& style) {
    painter.save();
    QFont bold = painter.font();
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(style.text);
    const double height = QFontMetricsF(bold).height() + 8;
    painter.drawText(QRectF(area.left(), area.top(), area.width(), height), Qt::AlignCenter, title);
    painter.restore();
    return height;
}

}  // namespace resonate::app
