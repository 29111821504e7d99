// app/views/curve_chart_drawing.cpp: how the curves look, in the window and in figures.
#include <QAreaSeries>
#include <QChart>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QScatterSeries>
#include <QValueAxis>
#include <algorithm>

#include "style/theme.h"
#include "views/curve_chart.h"
#include "views/time_plot.h"

namespace resonate::app {

void CurveChart::fitTitles(double height, const QFont& font) {
    const QFontMetricsF metrics(font);
    const double line = metrics.height();
    m_epochAxis->setTitleVisible(height >= 8 * line);
    // The axis is as high as the view without its labels and title below.
    m_valueAxis->setTitleVisible(metrics.horizontalAdvance(m_name) <= height - 3.5 * line);
}

QString CurveChart::caption() const {
    const bool value = m_valueAxis->isTitleVisible();
    const bool epoch = m_epochAxis->isTitleVisible();
    if (value) return epoch ? QString() : tr("over epochs");
    return epoch ? m_name : tr("%1 over epochs").arg(m_name);
}

/// In the corner where a network that learns leaves room, below its accuracy, above its loss; in the other one where
/// its curve goes through that, as that of its spikes may.
void CurveChart::drawCaption(QPainter& painter, const QRectF& plot) const {
    QString words = caption();
    if (words.isEmpty()) return;
    constexpr double inset = 4;
    const QFontMetricsF metrics(painter.font());
    const double room = plot.width() - 2 * inset;
    if (!m_valueAxis->isTitleVisible() && metrics.horizontalAdvance(words) > room) words = m_name;
    words = metrics.elidedText(words, Qt::ElideRight, room);
    const double width = metrics.horizontalAdvance(words);
    const double left = plot.right() - inset - width;
    const QRectF above(left, plot.top() + 1, width, metrics.height());
    const QRectF below(left, plot.bottom() - metrics.height() - 1, width, metrics.height());
    const QPointF shift = plot.topLeft() - chart()->mapRectToScene(chart()->plotArea()).topLeft();
    const QList<QPointF> points = m_test->points();
    const auto covers = [&](const QRectF& corner) {
        return std::any_of(points.begin(), points.end(), [&](const QPointF& point) {
            return corner.contains(chart()->mapToScene(chart()->mapToPosition(point, m_test)) + shift);
        });
    };
    QRectF line = m_percent ? below : above;
    if (const QRectF other = m_percent ? above : below; covers(line) && !covers(other)) line = other;
    painter.setPen(m_style.text);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, words);
}

/// The series ends at the edge of the plot, and its dot with it: half of that of the last epoch.
void CurveChart::drawBest(QPainter& painter, const QPointF& shift) const {
    if (m_data.bestEpoch < 0) return;
    const QPointF at = chart()->mapToPosition({static_cast<double>(m_data.bestEpoch), m_data.bestValue}, m_best);
    const QRectF plot = chart()->plotArea();
    if (!plot.adjusted(-1, -1, 1, 1).contains(at)) return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_style.background, 1));
    painter.setBrush(m_best->color());
    painter.drawEllipse(chart()->mapToScene(at) + shift, m_best->markerSize() / 2, m_best->markerSize() / 2);
    painter.restore();
}

void CurveChart::applyStyle(const PlotStyle& style, const QColor& neuron) {
    m_style = style;
    m_neuron = neuron;
    QChart* chart = this->chart();
    chart->setBackgroundBrush(style.background);
    chart->setPlotAreaBackgroundVisible(false);
    setBackgroundBrush(style.background);
    for (QAbstractAxis* axis : chart->axes()) {
        axis->setLabelsColor(style.text);
        axis->setTitleBrush(style.text);
        axis->setLabelsFont(font());
        axis->setTruncateLabels(false);
        axis->setTitleFont(font());
        axis->setLinePenColor(style.faint);
        axis->setGridLinePen(QPen(style.faint, 0.6, Qt::DotLine));
        axis->setMinorGridLineVisible(false);
    }
    QColor faint = style.text;
    faint.setAlphaF(0.22F);
    m_batches->setPen(QPen(faint, 1));
    QColor grey = style.text;
    grey.setAlphaF(0.75F);
    m_train->setPen(QPen(grey, 1.4, Qt::DotLine));
    m_validation->setPen(QPen(validationColour(neuron, style.dark), 1.6, Qt::DashLine));
    m_test->setPen(QPen(neuron, 2.2));
    m_best->setMarkerSize(9);
    m_best->setColor(neuron);
    m_best->setBorderColor(style.background);
    QColor band(0x009e73);
    band.setAlphaF(style.dark ? 0.38F : 0.25F);
    m_reference->setBrush(band);
    m_reference->setPen(Qt::NoPen);
}

void CurveChart::drawInto(QPainter& painter, const QRectF& target) {
    const auto setFonts = [this](const QFont& text) {
        for (QAbstractAxis* axis : chart()->axes()) {
            axis->setLabelsFont(text);
            axis->setTitleFont(text);
        }
    };
    const QSizeF before = chart()->size();
    setFonts(painter.font());
    fitTitles(target.height(), painter.font());
    // By itself it does not become smaller than in a window, and what is larger than the figure would be cut off.
    chart()->setMinimumSize(1, 1);
    chart()->resize(target.size());
    scene()->render(&painter, target, QRectF(QPointF(0, 0), target.size()));
    drawCaption(painter, chart()->mapRectToScene(chart()->plotArea()).translated(target.topLeft()));
    drawBest(painter, target.topLeft());
    chart()->setMinimumSize(-1, -1);
    chart()->resize(before);
    setFonts(font());
    fitTitles(height(), font());
}

QList<LegendEntry> CurveChart::legend() const {
    using Sign = LegendEntry::Sign;
    QList<LegendEntry> entries{{Sign::Line, m_test->pen(), tr("test")}};
    if (m_data.reference > 0)
        entries.append({Sign::Band, QPen(m_reference->brush().color()),
                        !m_percent ? tr("published %L1").arg(m_data.reference)
                        : m_data.referenceSpread > 0
                            ? tr("published %1 ± %2 %").arg(m_data.reference).arg(m_data.referenceSpread)
                            : tr("published %1 %").arg(m_data.reference)});
    if (!m_data.validation.isEmpty()) entries.append({Sign::Line, m_validation->pen(), tr("validation")});
    if (!m_data.train.isEmpty()) entries.append({Sign::Line, m_train->pen(), tr("training")});
    if (m_data.bestEpoch >= 0) entries.append({Sign::Dot, QPen(m_best->color()), tr("best epoch")});
    if (!m_data.batches.isEmpty()) entries.append({Sign::Line, m_batches->pen(), tr("training batches")});
    return entries;
}

void CurveChart::drawForeground(QPainter* painter, const QRectF&) {
    const QRectF plot = chart()->mapRectToScene(chart()->plotArea());
    painter->setFont(font());
    drawCaption(*painter, plot);
    drawBest(*painter, {});
    const auto drawLine = [&](double x, float strength, double width) {
        QColor ink = m_style.text;
        ink.setAlphaF(strength);
        painter->setPen(QPen(ink, width));
        painter->drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    };
    if (const std::optional<double> x = xOf(m_marker)) drawLine(*x, 0.8F, 1.5);
    const std::optional<double> x = xOf(m_reading);
    const QString text = reading();
    if (!x || text.isEmpty()) return;
    drawLine(*x, 0.35F, 1);
    QList<QRectF> taken{QRectF(*x, plot.top(), 1, plot.height())};
    for (QLineSeries* series : {m_train, m_validation, m_test}) {
        QPolygonF line;
        for (const QPointF& point : series->points())
            line << chart()->mapToScene(chart()->mapToPosition(point, series));
        taken += boxesAlong(line);
    }
    drawReadingBox(*painter, text, {*x}, plot, taken, m_style);
}

}  // namespace resonate::app
