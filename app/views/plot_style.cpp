// app/views/plot_style.cpp: see plot_style.h.
#include "views/plot_style.h"

#include <algorithm>

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

void drawSideTitle(QPainter& painter, const QRectF& plot, double x, const QString& title, const QString& brief,
                   double beyond) {
    const QFontMetricsF metrics(painter.font());
    const double room = plot.height() + (beyond < 0 ? 2 * metrics.height() : beyond);
    const QString& words = metrics.horizontalAdvance(title) <= room ? title : brief;
    if (words.isEmpty() || metrics.horizontalAdvance(words) > room) return;
    painter.save();
    painter.translate(x, plot.center().y());
    painter.rotate(-90);
    painter.drawText(QRectF(-plot.height(), 0, 2 * plot.height(), metrics.height() + 2),
                     Qt::AlignHCenter | Qt::AlignTop, words);
    painter.restore();
}

void drawPlate(QPainter& painter, const QRectF& box, const PlotStyle& style) {
    QColor back = style.background;
    back.setAlphaF(0.9F);
    painter.setBrush(back);
    painter.setPen(style.faint);
    painter.drawRoundedRect(box, 3, 3);
    painter.setPen(style.text);
}

void drawReading(QPainter& painter, const QString& text, double x, double top, const QRectF& bounds,
                 const PlotStyle& style) {
    const QFontMetricsF metrics(painter.font());
    const double width = metrics.horizontalAdvance(text) + 12;
    const double wanted = x + width + 8 < bounds.right() ? x + 6 : x - width - 6;
    const double least = bounds.left() + 4;
    const QRectF box(std::clamp(wanted, least, std::max(least, bounds.right() - width - 4)), top, width,
                     metrics.height() + 4);
    drawPlate(painter, box, style);
    painter.drawText(box, Qt::AlignCenter, text);
}

}  // namespace resonate::app
