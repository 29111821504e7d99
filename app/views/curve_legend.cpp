// app/views/curve_legend.cpp: see curve_legend.h.
#include "views/curve_legend.h"

#include <algorithm>

namespace resonate::app {
namespace {

constexpr double signWidth = 22;
constexpr double signGap = 6;
constexpr double entryGap = 18;
constexpr double leastGap = 8;

double widthOf(const LegendEntry& entry, const QFontMetricsF& metrics) {
    return (entry.sign == LegendEntry::Sign::Dot ? signWidth / 2 : signWidth) + signGap +
           metrics.horizontalAdvance(entry.text);
}

}  // namespace

CurveLegend::CurveLegend(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Key of the curves"));
}

void CurveLegend::setEntries(const QList<LegendEntry>& entries) {
    m_entries = entries;
    QStringList names;
    for (const LegendEntry& entry : entries) names.append(entry.text);
    setAccessibleDescription(names.join(QStringLiteral(", ")));
    update();
}

QSize CurveLegend::sizeHint() const { return {300, fontMetrics().height() + 6}; }

double CurveLegend::widthOf(const QList<LegendEntry>& entries, const QFontMetricsF& metrics) {
    double total = entries.isEmpty() ? 0 : -entryGap;
    for (const LegendEntry& entry : entries) total += app::widthOf(entry, metrics) + entryGap;
    return total;
}

void CurveLegend::draw(QPainter& painter, const QRectF& area, const QList<LegendEntry>& entries, const QColor& text,
                       bool centred) {
    const QFontMetricsF metrics(painter.font());
    // Closer together, where that makes room for all.
    const double lacking = widthOf(entries, metrics) - area.width();
    const double closer = entryGap - (lacking + 2) / static_cast<double>(std::max<qsizetype>(1, entries.size() - 1));
    const double gap = lacking > 0 && closer >= leastGap ? closer : entryGap;
    double x = area.left() + (centred ? std::max(0.0, -lacking / 2) : 0);
    const double y = area.center().y();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const LegendEntry& entry : entries) {
        const double width = app::widthOf(entry, metrics);
        if (x + width > area.right() + 1) break;
        const double sign = entry.sign == LegendEntry::Sign::Dot ? signWidth / 2 : signWidth;
        switch (entry.sign) {
            case LegendEntry::Sign::Line:
                painter.setPen(entry.pen);
                painter.drawLine(QPointF(x, y), QPointF(x + sign, y));
                break;
            case LegendEntry::Sign::Dot:
                painter.setPen(Qt::NoPen);
                painter.setBrush(entry.pen.color());
                painter.drawEllipse(QPointF(x + sign / 2, y), 4.5, 4.5);
                break;
            case LegendEntry::Sign::Band: painter.fillRect(QRectF(x, y - 5, sign, 10), entry.pen.color()); break;
        }
        painter.setPen(text);
        painter.drawText(QRectF(x + sign + signGap, area.top(), width, area.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         entry.text);
        x += width + gap;
    }
    painter.restore();
}

void CurveLegend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    draw(painter, rect(), m_entries, palette().color(QPalette::Text), false);
}

}  // namespace resonate::app
