// app/views/figure5_view_drawing.cpp: how Figure 5 is laid out and drawn.
#include <algorithm>
#include <cmath>

#include "style/theme.h"
#include "views/figure5_view.h"
#include "views/time_plot.h"

namespace resonate::app {
namespace {

/// Panels look best a little wider than high.
constexpr double wantedAspect = 1.35;
constexpr double gap = 10;

QPen penOf(NeuronType neuron, const PlotStyle& style) {
    QPen pen(neuronColour(neuron, style.dark), 1.6);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin);
    if (neuron == NeuronType::rf) pen.setDashPattern({5, 2.2});
    if (neuron == NeuronType::alif) pen.setDashPattern({1.3, 1.5});
    return pen;
}

QFont scaled(QFont font, double factor, bool bold = false) {
    if (font.pixelSize() > 0)
        font.setPixelSize(std::max(7, qRound(font.pixelSize() * factor)));
    else
        font.setPointSizeF(font.pointSizeF() * factor);
    font.setBold(bold);
    return font;
}

}  // namespace

/// As many columns as give the panels the best shape.
QList<Figure5View::Axes> Figure5View::layOut(const QRectF& whole, const QFont& font) const {
    const int count = static_cast<int>(m_figure.panels.size());
    const QFontMetricsF metrics(font), small(scaled(font, 0.9));
    // The first column has the name of the axis.
    const QRectF area = whole.adjusted(metrics.height() + 2, 0, 0, 0);
    const double left = small.horizontalAdvance(QStringLiteral("100")) + 10;
    const double right = small.horizontalAdvance(QStringLiteral("88.8")) + 8;
    const double top = metrics.height() + 7;
    const double bottom = 2 * metrics.height() + 8;
    const auto sizeFor = [&](int columns) {
        const int rows = (count + columns - 1) / columns;
        return QSizeF((area.width() - (columns - 1) * gap) / columns - left - right,
                      (area.height() - (rows - 1) * gap / 2) / rows - top - bottom);
    };
    int columns = 1;
    double best = -1;
    for (int tried = 1; tried <= count; ++tried) {
        const QSizeF size = sizeFor(tried);
        if (size.width() <= 0 || size.height() <= 0) continue;
        const int rows = (count + tried - 1) / tried;
        const double distance = std::abs(std::log(size.width() / size.height() / wantedAspect));
        // Empty places are waste, as is a bad shape.
        const double score = 1 / (1 + distance) - 0.2 * (rows * tried - count);
        if (score > best) {
            best = score;
            columns = tried;
        }
    }
    const QSizeF size = sizeFor(columns);
    QList<Axes> all;
    for (int i = 0; i < count; ++i) {
        Axes axes;
        const int row = i / columns;
        const int column = i % columns;
        axes.plot = QRectF(area.left() + left + column * (size.width() + left + right + gap),
                           area.top() + top + row * (size.height() + top + bottom + gap / 2),
                           std::max(10.0, size.width()), std::max(10.0, size.height()));
        double low = 100, high = 0, epochs = 1;
        for (const Figure5Curve& curve : m_figure.panels[i].curves) {
            for (const CurvePoint& point : curve.mean.points) {
                low = std::min(low, point.value.mean - point.value.deviation);
                high = std::max(high, point.value.mean + point.value.deviation);
                epochs = std::max(epochs, static_cast<double>(point.epoch));
            }
            if (!curve.published) continue;
            low = std::min(low, curve.published->mean - curve.published->deviation);
            high = std::max(high, curve.published->mean + curve.published->deviation);
        }
        axes.epochs = epochs;
        axes.low = std::clamp(std::floor(low / 10) * 10, 0.0, 90.0);
        axes.high = std::clamp(std::ceil((high + 1) / 10) * 10, axes.low + 10, 100.0);
        all.append(axes);
    }
    return all;
}

void Figure5View::drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) {
    const QRectF inside = exporting ? area : area.adjusted(8, 4, -8, -4);
    drawLegend(painter, inside, style);
    const QList<Axes> all = layOut(belowLegend(inside, painter.font()), painter.font());
    for (int i = 0; i < all.size(); ++i)
        drawPanel(painter, i, all[i], qFuzzyCompare(all[i].plot.left(), all[0].plot.left()), style);
}

/// What is left under a key of one row, or of two where one has no room.
QRectF Figure5View::belowLegend(const QRectF& area, const QFont& font) const {
    return area.adjusted(0, (legendRows(area, font) * QFontMetricsF(font).height()) + 8, 0, 0);
}

int Figure5View::legendRows(const QRectF& area, const QFont& font) const {
    double width = 0;
    constexpr double signAndGap = 46;
    for (const LegendEntry& entry : legend(PlotStyle::print()))
        width += signAndGap + QFontMetricsF(font).horizontalAdvance(entry.text);
    return width > area.width() ? 2 : 1;
}

void Figure5View::drawLegend(QPainter& painter, const QRectF& area, const PlotStyle& style) const {
    const QList<LegendEntry> entries = legend(style);
    const double height = QFontMetricsF(painter.font()).height();
    QRectF row(area.left(), area.top() + 1, area.width(), height + 2);
    if (legendRows(area, painter.font()) == 1) return CurveLegend::draw(painter, row, entries, style.text, true);
    // The neurons, then the signs.
    qsizetype neurons = 0;
    while (neurons < entries.size() && entries[neurons].sign == LegendEntry::Sign::Line) ++neurons;
    CurveLegend::draw(painter, row, entries.mid(0, neurons), style.text, true);
    row.translate(0, height);
    CurveLegend::draw(painter, row, entries.mid(neurons), style.text, true);
}

QList<LegendEntry> Figure5View::legend(const PlotStyle& style) const {
    QList<LegendEntry> entries;
    bool published = false, bands = false;
    for (const NeuronType neuron : {NeuronType::brf, NeuronType::rf, NeuronType::alif}) {
        bool there = false;
        for (const Figure5Task& panel : m_figure.panels)
            for (const Figure5Curve& curve : panel.curves) {
                there |= curve.neuron == neuron;
                published |= curve.published.has_value();
                bands |= curve.seeds > 1;
            }
        if (there)
            entries.append(
                {LegendEntry::Sign::Line, penOf(neuron, style), QString::fromStdString(display_name(neuron))});
    }
    QColor grey = style.text;
    grey.setAlphaF(0.28F);
    if (bands) entries.append({LegendEntry::Sign::Band, QPen(grey), tr("± 1 SD over seeds")});
    QColor ink = style.text;
    ink.setAlphaF(0.8F);
    entries.append({LegendEntry::Sign::Dot, QPen(ink), tr("95 % of final mean")});
    if (published) {
        QPen thin(ink, 0.8);
        entries.append({LegendEntry::Sign::Line, thin, tr("published")});
    }
    return entries;
}

void Figure5View::drawPanel(QPainter& painter, int index, const Axes& axes, bool named, const PlotStyle& style) const {
    const Figure5Task& panel = m_figure.panels[index];
    const QRectF& plot = axes.plot;
    painter.save();
    const QFont normal = painter.font();
    const QFontMetricsF metrics(normal);
    const QFont small = scaled(normal, 0.9);
    const QFontMetricsF smaller(small);

    // Letter and task, and how many seeds.
    const QRectF heading(plot.left(), plot.top() - metrics.height() - 5, plot.width(), metrics.height() + 2);
    painter.setPen(style.text);
    const QString letter = QStringLiteral("(%1) ").arg(QChar(u'a' + index));
    const QFont bold = scaled(normal, 1, true);
    painter.setFont(bold);
    painter.drawText(heading, Qt::AlignLeft | Qt::AlignBottom, letter);
    const double indent = QFontMetricsF(bold).horizontalAdvance(letter);
    painter.setFont(normal);
    const QString seeds = panel.seedsText();
    const double room = heading.width() - indent - metrics.horizontalAdvance(seeds) - 10;
    painter.drawText(heading.adjusted(indent, 0, 0, 0), Qt::AlignLeft | Qt::AlignBottom,
                     metrics.elidedText(panel.title, Qt::ElideRight, room));
    painter.drawText(heading, Qt::AlignRight | Qt::AlignBottom, seeds);

    // Frame, ticks, faint grid.
    painter.setFont(small);
    QColor grid = style.faint;
    grid.setAlphaF(0.55F);
    const auto across = niceTicks(axes.low, axes.high, std::clamp(static_cast<int>(plot.height() / 26), 2, 6));
    for (const double tick : across) {
        const double y = axes.y(tick);
        painter.setPen(QPen(grid, 0.5));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(QPen(style.text, 0.7));
        painter.drawLine(QPointF(plot.left() - 3, y), QPointF(plot.left(), y));
        painter.drawText(QRectF(plot.left() - 60, y - smaller.height() / 2, 55, smaller.height()),
                         Qt::AlignRight | Qt::AlignVCenter, tickLabel(tick));
    }
    for (const double tick : niceTicks(0, axes.epochs, std::clamp(static_cast<int>(plot.width() / 44), 2, 6))) {
        if (tick != std::round(tick)) continue;  // there is no half an epoch
        const double x = axes.x(tick);
        painter.setPen(QPen(style.text, 0.7));
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3));
        painter.drawText(QRectF(x - 30, plot.bottom() + 4, 60, smaller.height()), Qt::AlignHCenter | Qt::AlignTop,
                         tickLabel(tick));
    }
    painter.setFont(normal);
    painter.drawText(QRectF(plot.left(), plot.bottom() + smaller.height() + 4, plot.width(), metrics.height() + 2),
                     Qt::AlignHCenter | Qt::AlignTop, tr("Epoch"));
    if (named) {
        painter.save();
        painter.translate(plot.left() - smaller.horizontalAdvance(QStringLiteral("100")) - 9, plot.center().y());
        painter.rotate(-90);
        painter.drawText(QRectF(-plot.height(), -metrics.height(), 2 * plot.height(), metrics.height()),
                         Qt::AlignHCenter | Qt::AlignBottom, tr("Test accuracy (%)"));
        painter.restore();
    }

    painter.setFont(small);
    drawPublished(painter, panel, axes, style);
    painter.save();
    painter.setClipRect(plot.adjusted(-1, -3, 3, 1));
    for (auto curve = panel.curves.crbegin(); curve != panel.curves.crend(); ++curve)
        drawCurve(painter, *curve, axes, style);
    drawDots(painter, panel, axes, style);
    painter.restore();
    // Only the axes that carry numbers have lines.
    painter.setPen(QPen(style.text, 0.8));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.drawLine(plot.bottomLeft(), plot.topLeft());
    painter.restore();
}

void Figure5View::drawPublished(QPainter& painter, const Figure5Task& panel, const Axes& axes,
                                const PlotStyle& style) const {
    const QRectF& plot = axes.plot;
    const double height = QFontMetricsF(painter.font()).height() * 0.92;
    struct Label {
        double y;
        QColor colour;
        QString text;
    };
    QList<Label> labels;
    for (const Figure5Curve& curve : panel.curves) {
        if (!curve.published) continue;
        QColor band = neuronColour(curve.neuron, style.dark);
        const QColor ink = band;
        band.setAlphaF(0.13F);
        const double middle = axes.y(curve.published->mean);
        if (const double half = curve.published->deviation; half > 0)
            painter.fillRect(QRectF(QPointF(plot.left(), axes.y(std::min(axes.high, curve.published->mean + half))),
                                    QPointF(plot.right(), axes.y(std::max(axes.low, curve.published->mean - half)))),
                             band);
        QColor faint = ink;
        faint.setAlphaF(0.6F);
        painter.setPen(QPen(faint, 0.8));
        painter.drawLine(QPointF(plot.left(), middle), QPointF(plot.right() + 3, middle));
        labels.append({middle, ink, QString::number(curve.published->mean, 'f', 1)});
    }
    // Close to each other they are pushed apart, the lower ones downwards.
    std::sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) { return a.y < b.y; });
    for (qsizetype i = 1; i < labels.size(); ++i) labels[i].y = std::max(labels[i].y, labels[i - 1].y + height);
    for (const Label& label : std::as_const(labels)) {
        painter.setPen(label.colour);
        painter.drawText(QRectF(plot.right() + 5, label.y - height, 60, 2 * height), Qt::AlignLeft | Qt::AlignVCenter,
                         label.text);
    }
}

void Figure5View::drawCurve(QPainter& painter, const Figure5Curve& curve, const Axes& axes,
                            const PlotStyle& style) const {
    const std::vector<CurvePoint>& points = curve.mean.points;
    const QPen pen = penOf(curve.neuron, style);
    QPolygonF line, band;
    for (const CurvePoint& point : points) {
        line << QPointF(axes.x(point.epoch), axes.y(point.value.mean));
        band << QPointF(axes.x(point.epoch), axes.y(std::min(axes.high, point.value.mean + point.value.deviation)));
    }
    for (auto point = points.rbegin(); point != points.rend(); ++point)
        band << QPointF(axes.x(point->epoch), axes.y(std::max(axes.low, point->value.mean - point->value.deviation)));
    if (curve.seeds > 1) {
        QColor fill = pen.color();
        fill.setAlphaF(0.22F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawPolygon(band);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(pen);
    painter.drawPolyline(line);
}

/// Of curves that get there together the first one's dot lies on top; those under it are wider, so that all are seen.
void Figure5View::drawDots(QPainter& painter, const Figure5Task& panel, const Axes& axes,
                           const PlotStyle& style) const {
    struct Dot {
        QPointF place;
        QColor colour;
        double radius = 3.4;
    };
    QList<Dot> dots;
    for (const Figure5Curve& curve : panel.curves)
        for (const CurvePoint& point : curve.mean.points) {
            if (point.epoch != curve.epoch95) continue;
            Dot dot{{axes.x(point.epoch), axes.y(point.value.mean)}, penOf(curve.neuron, style).color()};
            for (const Dot& above : dots)
                if (QLineF(above.place, dot.place).length() < above.radius + 1.5)
                    dot.radius = std::max(dot.radius, above.radius + 2.4);
            dots.append(dot);
        }
    painter.setPen(QPen(style.background, 0.9));
    for (auto dot = dots.crbegin(); dot != dots.crend(); ++dot) {
        painter.setBrush(dot->colour);
        painter.drawEllipse(dot->place, dot->radius, dot->radius);
    }
}

}  // namespace resonate::app
