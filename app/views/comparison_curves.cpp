// app/views/comparison_curves.cpp: see comparison_curves.h.
#include "views/comparison_curves.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "style/theme.h"
#include "views/decimate.h"

namespace resonate::app {
namespace {

QColor faded(QColor colour, float alpha) {
    colour.setAlphaF(alpha);
    return colour;
}

QString spreadText(const Spread& spread, int digits) {
    const QString mean = QString::number(spread.mean, 'f', digits);
    return spread.has_deviation() ? QStringLiteral("%1 ± %2").arg(mean, QString::number(spread.deviation, 'f', digits))
                                  : mean;
}

}  // namespace

QString metricTitle(Metric metric) {
    switch (metric) {
        case Metric::test_accuracy: return ComparisonCurves::tr("test accuracy [%]");
        case Metric::test_loss: return ComparisonCurves::tr("test loss");
        case Metric::test_sop: return ComparisonCurves::tr("spike operations (SOP) per test sample");
        case Metric::validation_accuracy: return ComparisonCurves::tr("validation accuracy [%]");
        case Metric::validation_loss: return ComparisonCurves::tr("validation loss");
        case Metric::validation_sop: return ComparisonCurves::tr("spike operations (SOP) per validation sample");
        case Metric::train_accuracy: return ComparisonCurves::tr("training accuracy [%]");
        case Metric::train_loss: return ComparisonCurves::tr("training loss");
        case Metric::train_sop: return ComparisonCurves::tr("spike operations (SOP) per training sample");
    }
    return {};
}

ComparisonCurves::ComparisonCurves(const CurveLooks* looks, QWidget* parent) : ComparisonView(looks, parent) {
    setAccessibleName(tr("Curves of the ticked runs"));
}

void ComparisonCurves::setMetric(Metric metric) {
    m_metric = metric;
    showAll();
}

void ComparisonCurves::setAxis(Axis axis) {
    m_axis = axis;
    showAll();
}

void ComparisonCurves::setLogarithmic(bool logarithmic) {
    m_logarithmic = logarithmic;
    showAll();
}

void ComparisonCurves::setBandShown(bool shown) {
    m_band = shown;
    showAll();
}

bool ComparisonCurves::isAccuracy() const {
    return m_metric == Metric::test_accuracy || m_metric == Metric::validation_accuracy ||
           m_metric == Metric::train_accuracy;
}

const MeanCurve& ComparisonCurves::curveOf(size_t group) const {
    return comparison()->groups[group].curves[static_cast<size_t>(m_metric)];
}

double ComparisonCurves::unit() const {
    double longest = 0;
    for (size_t g = 0; g < comparison()->groups.size(); ++g)
        if (!curveOf(g).points.empty()) longest = std::max(longest, curveOf(g).points.back().seconds);
    return longest > 2 * 3600 ? 3600 : longest > 3 * 60 ? 60 : 1;
}

double ComparisonCurves::xOf(const CurvePoint& point) const {
    return m_axis == Axis::Epochs ? point.epoch : point.seconds / unit();
}

double ComparisonCurves::levelOf(const PublishedValue& published) const {
    if (m_metric == Metric::test_accuracy) return published.accuracy;
    return m_metric == Metric::test_sop ? published.sop : 0;
}

std::optional<QPointF> ComparisonCurves::dotOf(size_t group) const {
    if (!isAccuracy()) return std::nullopt;
    const MeanCurve& curve = curveOf(group);
    const std::optional<int> epoch = epoch_reaching(curve);
    if (!epoch) return std::nullopt;
    for (const CurvePoint& point : curve.points)
        if (point.epoch == *epoch) return QPointF(xOf(point), point.value.mean);
    return std::nullopt;
}

QString ComparisonCurves::titleX() const {
    if (m_axis == Axis::Epochs) return tr("epoch");
    const double seconds = unit();
    return seconds == 3600 ? tr("wall time [h]") : seconds == 60 ? tr("wall time [min]") : tr("wall time [s]");
}

QString ComparisonCurves::titleY() const { return metricTitle(m_metric); }

QRectF ComparisonCurves::fullRange() const {
    double right = 0;
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (size_t g = 0; g < comparison()->groups.size(); ++g) {
        if (lookOf(g, false).hidden) continue;
        for (const CurvePoint& point : curveOf(g).points) {
            const double half = m_band ? point.value.deviation : 0;
            right = std::max(right, xOf(point));
            if (!m_logarithmic || point.value.mean - half > 0)
                low = std::min(low, point.value.mean - half);
            else if (point.value.mean > 0)
                low = std::min(low, point.value.mean);
            high = std::max(high, point.value.mean + half);
        }
    }
    if (isPublishedShown())
        for (const PublishedValue& published : comparison()->published)
            if (const double level = levelOf(published); level > 0) {
                low = std::min(low, level);
                high = std::max(high, level);
            }
    if (!(high >= low)) {
        low = m_logarithmic ? 0.1 : 0;
        high = isAccuracy() ? 100 : 1;
    }
    if (right <= 0) right = 1;
    if (m_logarithmic) return {QPointF(0, std::max(1e-9, low * 0.9)), QPointF(right, high * 1.1)};
    const double room = std::max(0.05 * (high - low), 1e-9 + 1e-3 * std::abs(high));
    low -= room;
    high += room;
    if (isAccuracy()) {
        low = std::max(0.0, low);
        high = std::min(100.0, high);
    } else if (low < 0 || low < 0.3 * high) {
        low = 0;
    }
    return {QPointF(0, low), QPointF(right, high)};
}

void ComparisonCurves::drawPublished(QPainter& painter, const PlotAxes& axes, const PlotStyle& style) const {
    const QFontMetricsF metrics(painter.font());
    QList<QRectF> taken;
    for (const PublishedValue& published : comparison()->published) {
        const double level = levelOf(published);
        if (level <= 0) continue;
        const double y = axes.at(axes.range.left(), level).y();
        const QColor colour = neuronColour(published.neuron, style.dark);
        painter.setPen(QPen(faded(colour, 0.9F), 1.2, Qt::DashLine, Qt::FlatCap));
        painter.drawLine(QPointF(axes.plot.left(), y), QPointF(axes.plot.right(), y));
        const QString text = m_metric == Metric::test_accuracy && published.deviation > 0
                                 ? tr("%1: %2 ± %3").arg(published.label).arg(level).arg(published.deviation)
                                 : tr("%1: %L2").arg(published.label).arg(level, 0, 'g', 6);
        // Labels of lines close to each other stand side by side.
        QRectF box(axes.plot.right() - metrics.horizontalAdvance(text) - 10, y - metrics.height() - 1,
                   metrics.horizontalAdvance(text) + 6, metrics.height());
        for (const QRectF& other : taken)
            if (other.adjusted(0, -2, 0, 2).intersects(box)) box.moveRight(other.left() - 8);
        if (box.top() < axes.plot.top()) box.moveTop(y + 2);
        taken.append(box);
        painter.fillRect(box, faded(style.background, 0.75F));
        painter.setPen(colour);
        painter.drawText(box, Qt::AlignCenter, text);
    }
}

void ComparisonCurves::drawGroup(QPainter& painter, const PlotAxes& axes, const CurveLook& look, size_t group,
                                 const PlotStyle& style) const {
    const std::vector<CurvePoint>& points = curveOf(group).points;
    if (points.empty()) return;
    const int columns = std::max(50, static_cast<int>(axes.plot.width()));
    const auto place = [&](double index, double value) {
        return axes.at(xOf(points[static_cast<size_t>(index)]), value);
    };
    const auto lineOf = [&](const std::function<double(const CurvePoint&)>& value) {
        QPolygonF line;
        for (const QPointF& point : decimate(0, static_cast<int>(points.size()), columns,
                                             [&](int i) { return value(points[static_cast<size_t>(i)]); }))
            line << place(point.x(), point.y());
        return line;
    };
    const bool spread =
        std::any_of(points.begin(), points.end(), [](const CurvePoint& point) { return point.value.has_deviation(); });
    if (m_band && spread) {
        QPolygonF band = lineOf([](const CurvePoint& point) { return point.value.mean + point.value.deviation; });
        QPolygonF lower = lineOf([](const CurvePoint& point) { return point.value.mean - point.value.deviation; });
        std::reverse(lower.begin(), lower.end());
        band += lower;
        painter.setPen(Qt::NoPen);
        painter.setBrush(faded(look.colour, style.dark ? 0.28F : 0.2F));
        painter.drawPolygon(band);
    }
    const QPolygonF line = lineOf([](const CurvePoint& point) { return point.value.mean; });
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(look.colour, 2, look.line, Qt::FlatCap, Qt::RoundJoin));
    if (look.line == Qt::SolidLine)
        drawCurve(painter, line);
    else
        painter.drawPolyline(line);  // in pieces the dashes would begin anew
    if (look.marker > 0) {
        painter.setPen(QPen(style.background, 0.8));
        painter.setBrush(look.colour);
        const size_t every = std::max<size_t>(1, points.size() / 8);
        for (size_t i = every / 2; i < points.size(); i += every)
            drawMarker(painter, look.marker, place(static_cast<double>(i), points[i].value.mean), 3.6);
    }
    if (const std::optional<QPointF> dot = dotOf(group)) {
        painter.setPen(QPen(style.background, 1.4));
        painter.setBrush(look.colour);
        painter.drawEllipse(axes.at(dot->x(), dot->y()), 5.5, 5.5);
    }
}

void ComparisonCurves::drawPlot(QPainter& painter, const PlotAxes& axes, const PlotStyle& style) {
    for (size_t g = comparison()->groups.size(); g-- > 0;)
        if (const CurveLook look = lookOf(g, style.dark); !look.hidden) drawGroup(painter, axes, look, g, style);
    if (isPublishedShown()) drawPublished(painter, axes, style);
}

QString ComparisonCurves::readingAt(const QPointF& point, const PlotAxes& axes) const {
    const double at = axes.valueAt(point).x();
    double nearest = 40;  // pixels
    QString reading;
    for (size_t g = 0; g < comparison()->groups.size(); ++g) {
        const CurveLook look = lookOf(g, false);
        const std::vector<CurvePoint>& points = curveOf(g).points;
        if (look.hidden || points.empty()) continue;
        auto next = std::lower_bound(points.begin(), points.end(), at,
                                     [this](const CurvePoint& one, double x) { return xOf(one) < x; });
        if (next == points.end()) --next;
        if (next != points.begin() && at - xOf(*(next - 1)) < xOf(*next) - at) --next;
        const QPointF drawn = axes.at(xOf(*next), next->value.mean);
        const double distance = std::hypot(drawn.x() - point.x(), drawn.y() - point.y());
        if (distance >= nearest) continue;
        nearest = distance;
        reading = tr("%1, epoch %2: %3")
                      .arg(look.name)
                      .arg(next->epoch)
                      .arg(spreadText(next->value, isAccuracy()            ? 2
                                                   : next->value.mean < 10 ? 4
                                                                           : 0));
        if (next->value.count > 1) reading += tr(" (n = %1)").arg(next->value.count);
    }
    return reading;
}

double ComparisonCurves::drawSign(QPainter& painter, const CurveLook& look, const QPointF& at) const {
    painter.setPen(QPen(look.colour, 2, look.line, Qt::FlatCap));
    painter.drawLine(at, at + QPointF(28, 0));
    if (look.marker > 0) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.colour);
        drawMarker(painter, look.marker, at + QPointF(14, 0), 3.6);
    }
    return 34;
}

QStringList ComparisonCurves::keyNotes() const {
    QStringList notes;
    const auto& groups = comparison()->groups;
    if (m_band && std::any_of(groups.begin(), groups.end(),
                              [](const ComparedGroup& group) { return group.members.members.size() > 1; }))
        notes << tr("Band: ± 1 standard deviation over seeds");
    if (isAccuracy()) notes << tr("Dot: 95 % of the final mean");
    return notes;
}

QString ComparisonCurves::spokenSummary() const {
    QStringList parts;
    for (size_t g = 0; g < comparison()->groups.size(); ++g)
        if (!curveOf(g).points.empty())
            parts << tr("%1 ends at %2").arg(lookOf(g, false).name, spreadText(curveOf(g).points.back().value, 2));
    return metricTitle(m_metric) + QStringLiteral(": ") + parts.join(QStringLiteral("; "));
}

QString ComparisonCurves::exportTitle() const {
    QString title = metricTitle(m_metric);
    title = title.section(QStringLiteral(" ["), 0, 0);
    title.replace(0, 1, title.left(1).toUpper());
    return m_axis == Axis::Epochs ? tr("%1 over epochs").arg(title) : tr("%1 over wall time").arg(title);
}

QString ComparisonCurves::csv() const {
    const QString name = QString::fromStdString(to_string(m_metric));
    QString text = QStringLiteral("curve,epoch,seconds,%1_mean,%1_std,n\n").arg(name);
    for (size_t g = 0; g < comparison()->groups.size(); ++g) {
        const CurveLook look = lookOf(g, false);
        if (look.hidden) continue;
        QString quoted = look.name;
        quoted.replace(QLatin1Char('"'), QStringLiteral("\"\""));
        for (const CurvePoint& point : curveOf(g).points)
            text += QStringLiteral("\"%1\",%2,%3,%4,%5,%6\n")
                        .arg(quoted)
                        .arg(point.epoch)
                        .arg(point.seconds, 0, 'g', 9)
                        .arg(point.value.mean, 0, 'g', 12)
                        .arg(point.value.has_deviation() ? QString::number(point.value.deviation, 'g', 12) : QString())
                        .arg(point.value.count);
    }
    if (isPublishedShown())
        for (const PublishedValue& published : comparison()->published)
            if (const double level = levelOf(published); level > 0)
                text += QStringLiteral("\"%1\",,,%2,%3,\n")
                            .arg(published.label)
                            .arg(level, 0, 'g', 12)
                            .arg(m_metric == Metric::test_accuracy && published.deviation > 0
                                     ? QString::number(published.deviation)
                                     : QString());
    return text;
}

}  // namespace resonate::app
