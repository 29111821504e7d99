// app/views/comparison_scatter.cpp: see comparison_scatter.h.
#include "views/comparison_scatter.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/brief_names.h"
#include "style/theme.h"

namespace resonate::app {
namespace {

constexpr double radius = 6;

int markerOf(NeuronType neuron) {
    switch (neuron) {
        case NeuronType::brf: return 0;
        case NeuronType::rf: return 1;
        case NeuronType::hrf: return 2;
        case NeuronType::alif: return 3;
        case NeuronType::lif: return 4;
        case NeuronType::izhikevich: return 5;
    }
    return 0;
}

/// Smallest and largest that is drawn; numbers that are not positive are left out.
void widen(double& low, double& high, const Spread& spread) {
    low = std::min(low, spread.mean - spread.deviation > 0 ? spread.mean - spread.deviation : spread.mean);
    high = std::max(high, spread.mean + spread.deviation);
}

bool hasMark(const GroupResult& result) { return result.accuracy.count > 0 && result.sop.count > 0; }

}  // namespace

ComparisonScatter::ComparisonScatter(const CurveLooks* looks, QWidget* parent) : ComparisonView(looks, parent) {
    setAccessibleName(tr("Accuracy against spike operations"));
}

void ComparisonScatter::setRule(SelectionRule rule) {
    m_rule = rule;
    showAll();
}

QList<ComparisonScatter::Mark> ComparisonScatter::marks(bool dark) const {
    QList<Mark> all;
    for (size_t g = 0; g < comparison()->groups.size(); ++g) {
        const CurveLook look = lookOf(g, dark);
        const GroupResult& result = comparison()->groups[g].result(m_rule);
        if (look.hidden || !hasMark(result)) continue;
        all.append({look.name, {}, 0, comparison()->groups[g].neuron, look.colour, result.sop, result.accuracy, false});
    }
    QStringList names;
    for (const Mark& mark : std::as_const(all)) names << mark.label;
    const QStringList brief = briefNames(names);
    const QList<qsizetype> telling = tellingLetters(brief);
    for (qsizetype i = 0; i < all.size(); ++i) {
        all[i].brief = brief[i];
        all[i].telling = telling[i];
    }
    if (isPublishedShown())
        for (const PublishedValue& published : comparison()->published)
            if (published.sop > 0 && published.accuracy > 0)
                all.append({published.label,
                            published.label,
                            0,
                            published.neuron,
                            neuronColour(published.neuron, dark),
                            {1, published.sop, 0},
                            {published.deviation > 0 ? 5 : 1, published.accuracy, published.deviation},
                            true});
    return all;
}

bool ComparisonScatter::isLogX() const {
    double low = std::numeric_limits<double>::infinity();
    double high = 0;
    for (const Mark& mark : marks(false)) {
        if (mark.sop.mean <= 0) return false;
        low = std::min(low, mark.sop.mean);
        high = std::max(high, mark.sop.mean);
    }
    return high > 8 * low;
}

QRectF ComparisonScatter::fullRange() const {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    double left = infinite, right = -infinite, low = infinite, high = -infinite;
    for (const Mark& mark : marks(false)) {
        widen(left, right, mark.sop);
        widen(low, high, mark.accuracy);
    }
    if (!(right >= left)) return {QPointF(0, 0), QPointF(1, 100)};
    const double roomY = std::max(0.5, 0.15 * (high - low));
    low = std::max(0.0, low - roomY);
    high = std::min(100.0, high + roomY);
    if (isLogX()) return {QPointF(left * 0.7, low), QPointF(right * 1.5, high)};
    const double roomX = std::max(0.15 * (right - left), 0.03 * std::abs(right) + 1e-6);
    return {QPointF(std::max(0.0, left - roomX), low), QPointF(right + roomX, high)};
}

void ComparisonScatter::drawPlot(QPainter& painter, const PlotAxes& axes, const PlotStyle& style) {
    for (size_t g = 0; g < comparison()->groups.size(); ++g) {
        const CurveLook look = lookOf(g, style.dark);
        const SeedGroup& members = comparison()->groups[g].members;
        if (look.hidden || members.members.size() < 2 || !hasMark(comparison()->groups[g].result(m_rule))) continue;
        QColor faint = look.colour;
        faint.setAlphaF(0.45F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(faint);
        for (const size_t index : members.members) {
            const RunResult result = result_of(comparison()->runs[index].metrics);
            const auto& row = m_rule == SelectionRule::last_epoch ? result.last : result.selected;
            if (row && metric_value(*row, Metric::test_accuracy) && metric_value(*row, Metric::test_sop))
                painter.drawEllipse(axes.at(row->test.sop, row->test.accuracy), 2.6, 2.6);
        }
    }
    const QList<Mark> all = marks(style.dark);
    for (const Mark& mark : all) {
        const QPointF centre = axes.at(mark.sop.mean, mark.accuracy.mean);
        painter.setPen(QPen(mark.colour, 1.4, mark.hollow ? Qt::DashLine : Qt::SolidLine));
        painter.setBrush(Qt::NoBrush);
        const auto bar = [&](const QPointF& from, const QPointF& to) {
            painter.drawLine(from, to);
            const QPointF cap =
                std::abs(from.x() - to.x()) > std::abs(from.y() - to.y()) ? QPointF(0, 3) : QPointF(3, 0);
            for (const QPointF& end : {from, to}) painter.drawLine(end - cap, end + cap);
        };
        if (mark.sop.deviation > 0)
            bar(axes.at(std::max(mark.sop.mean - mark.sop.deviation, axes.logX ? axes.range.left() : 0.0),
                        mark.accuracy.mean),
                axes.at(mark.sop.mean + mark.sop.deviation, mark.accuracy.mean));
        if (mark.accuracy.deviation > 0)
            bar(axes.at(mark.sop.mean, mark.accuracy.mean - mark.accuracy.deviation),
                axes.at(mark.sop.mean, mark.accuracy.mean + mark.accuracy.deviation));
        painter.setPen(QPen(mark.hollow ? mark.colour : style.background, mark.hollow ? 1.8 : 1));
        painter.setBrush(mark.hollow ? style.background : mark.colour);
        drawMarker(painter, markerOf(mark.neuron), centre, radius);
    }
    painter.setPen(style.text);
    for (const Label& label : place(all, axes, QFontMetricsF(painter.font())))
        painter.drawText(label.box, Qt::AlignLeft | Qt::AlignVCenter, label.text);
}

/// Right of the mark, else left of it, else further up or down, away from marks and other labels; where all that is
/// taken, over them, but never over the edge.
QList<ComparisonScatter::Label> ComparisonScatter::place(const QList<Mark>& marks, const PlotAxes& axes,
                                                         const QFontMetricsF& metrics) const {
    const QRectF& plot = axes.plot;
    QList<QRectF> taken;
    for (const Mark& mark : marks) {
        const QPointF centre = axes.at(mark.sop.mean, mark.accuracy.mean);
        taken.append(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius));
    }
    const auto isFree = [&](const QRectF& tried) {
        return plot.contains(tried) &&
               std::none_of(taken.begin(), taken.end(), [&](const QRectF& other) { return other.intersects(tried); });
    };
    const auto inside = [&](QRectF box) {
        box.moveLeft(std::max(plot.left() + 1, std::min(box.left(), plot.right() - 1 - box.width())));
        box.moveTop(std::max(plot.top() + 1, std::min(box.top(), plot.bottom() - 1 - box.height())));
        return box;
    };
    const double row = metrics.height() + 3;
    QList<Label> labels;
    for (const Mark& mark : marks) {
        Label label;
        const QPointF centre = axes.at(mark.sop.mean, mark.accuracy.mean);
        if (plot.adjusted(-1, -1, 1, 1).contains(centre)) {
            label.text = fittedName(mark.brief, mark.telling, metrics, 0.6 * plot.width());
            const double width = metrics.horizontalAdvance(label.text);
            const QRectF right(centre.x() + radius + 4, centre.y() - metrics.height() - 2, width, metrics.height());
            const QRectF left = right.translated(-width - 2 * radius - 8, 0);
            label.box = inside(right);
            for (const double up : {0.0, 1.0, -1.0, 2.0, -2.0, 3.0, -3.0, 4.0}) {
                const QRectF tried[] = {right.translated(0, up * row), left.translated(0, up * row),
                                        inside(right.translated(0, up * row))};
                const auto* found = std::find_if(std::begin(tried), std::end(tried), isFree);
                if (found == std::end(tried)) continue;
                label.box = *found;
                break;
            }
            taken.append(label.box);
        }
        labels.append(label);
    }
    return labels;
}

QList<ComparisonScatter::Label> ComparisonScatter::labels() const {
    QList<Label> shown = place(marks(false), axesIn(rect()), QFontMetricsF(font()));
    shown.removeIf([](const Label& label) { return label.text.isEmpty(); });
    return shown;
}

QString ComparisonScatter::readingAt(const QPointF& point, const PlotAxes& axes) const {
    double nearest = 14;
    QString reading;
    const QList<Mark> all = marks(false);
    const QList<Label> labels = place(all, axes, QFontMetricsF(font()));
    for (qsizetype i = 0; i < all.size(); ++i) {
        const Mark& mark = all[i];
        const QPointF drawn = axes.at(mark.sop.mean, mark.accuracy.mean);
        // A label is as good as its mark: it may be an abridged one.
        const double distance =
            labels[i].box.contains(point) ? 0 : std::hypot(drawn.x() - point.x(), drawn.y() - point.y());
        if (distance >= nearest) continue;
        nearest = distance;
        reading = tr("%1: %2 ± %3 %, %L4 SOP")
                      .arg(mark.label)
                      .arg(mark.accuracy.mean, 0, 'f', 2)
                      .arg(mark.accuracy.deviation, 0, 'f', 2)
                      .arg(mark.sop.mean, 0, 'f', 0);
    }
    return reading;
}

double ComparisonScatter::drawSign(QPainter& painter, const CurveLook& look, const QPointF& at) const {
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.colour);
    int marker = 0;
    for (size_t g = 0; g < comparison()->groups.size(); ++g)
        if (lookOf(g, false).name == look.name) marker = markerOf(comparison()->groups[g].neuron);
    drawMarker(painter, marker, at + QPointF(14, 0), 5);
    return 34;
}

/// By the rules, runs that have not ended are no results.
QString ComparisonScatter::footnote() const {
    if (!hasContent()) return {};
    int unfinished = 0, numberless = 0;
    for (size_t g = 0; g < comparison()->groups.size(); ++g) {
        const ComparedGroup& group = comparison()->groups[g];
        const GroupResult& result = group.result(m_rule);
        if (lookOf(g, false).hidden || hasMark(result)) continue;
        unfinished += result.unfinished;
        numberless += static_cast<int>(group.members.members.size()) - result.unfinished;
    }
    QStringList sentences;
    if (unfinished == 1) sentences << tr("1 run is not drawn: it has not finished, so no epoch of it is selected.");
    if (unfinished > 1)
        sentences
            << tr("%1 runs are not drawn: they have not finished, so no epoch of them is selected.").arg(unfinished);
    if (numberless == 1) sentences << tr("1 run is not drawn: its selected epoch has no test accuracy or no SOP.");
    if (numberless > 1)
        sentences
            << tr("%1 runs are not drawn: their selected epochs have no test accuracy or no SOP.").arg(numberless);
    return sentences.join(QLatin1Char(' '));
}

QStringList ComparisonScatter::keyNotes() const {
    QStringList notes{tr("Bars: ± 1 standard deviation over seeds"),
                      tr("Rule: %1").arg(QString::fromStdString(describe(m_rule)))};
    if (isPublishedShown() && !comparison()->published.empty()) notes << tr("Hollow: published");
    return notes;
}

QString ComparisonScatter::csv() const {
    QString text =
        QStringLiteral("group,published,test_sop_mean,test_sop_std,test_accuracy_mean,test_accuracy_std,n\n");
    const auto deviation = [](const Spread& spread) {
        return spread.has_deviation() ? QString::number(spread.deviation, 'g', 12) : QString();
    };
    for (const Mark& mark : marks(false)) {
        QString quoted = mark.label;
        quoted.replace(QLatin1Char('"'), QStringLiteral("\"\""));
        text += QStringLiteral("\"%1\",%2,%3,%4,%5,%6,%7\n")
                    .arg(quoted)
                    .arg(mark.hollow ? 1 : 0)
                    .arg(mark.sop.mean, 0, 'g', 12)
                    .arg(deviation(mark.sop))
                    .arg(mark.accuracy.mean, 0, 'g', 12)
                    .arg(deviation(mark.accuracy))
                    .arg(mark.hollow ? QString() : QString::number(mark.accuracy.count));
    }
    return text;
}

}  // namespace resonate::app
