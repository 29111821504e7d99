// app/views/output_view.cpp: see output_view.h.
#include "views/output_view.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "style/theme.h"
#include "views/answer_strips.h"
#include "views/curve_legend.h"
#include "views/decimate.h"
#include "views/pixel_canvas.h"
#include "views/sample_painter.h"

namespace resonate::app {
namespace {

/// Classes named where the cursor stands.
constexpr int mostRead = 3;
constexpr double trueWidth = 2.4;
constexpr double chosenWidth = 2;
/// By how much the edge of a line is wider than the line.
constexpr double edgeWidth = 1.4;

QPen linePen(const QColor& colour, double width, bool dashed) {
    QPen pen(colour, width);
    if (!dashed) return pen;
    pen.setCapStyle(Qt::FlatCap);
    pen.setDashPattern({8 / width, 4 / width});
    return pen;
}

}  // namespace

OutputView::OutputView(ViewLink* link, QWidget* parent) : TimePlot(link, parent) {
    setAccessibleName(tr("Class probabilities"));
}

void OutputView::setFrame(SharedFrame frame) {
    m_frame = std::move(frame);
    m_facts.reset();
    stepsChanged();
    invalidate();
}

void OutputView::setClassNames(const QStringList& names) {
    m_classNames = names;
    invalidate();
}

void OutputView::setTraining(const TrainingConfig& training) {
    m_training = training;
    m_facts.reset();
    invalidate();
}

const OutputView::Facts& OutputView::facts() const {
    if (!m_facts) m_facts = Facts{predictedClasses(*m_frame), decide(*m_frame, m_training)};
    return *m_facts;
}

QString OutputView::name(int label) const { return classNameOf(m_classNames, label); }

QString OutputView::emptyText() const {
    return tr(
        "Press Start: how probable the network holds each class appears here, step by step, with what is true "
        "and what it decides.");
}

QString OutputView::decisionText() const {
    if (!m_frame) return {};
    const Decision& decision = facts().decision;
    const int first = decision.firstStep;
    if (decision.label < 0)
        return first > 0 ? tr("%1 % of the steps from %2 on are right").arg(100 * decision.right, 0, 'f', 1).arg(first)
                         : tr("%1 % of the steps are right").arg(100 * decision.right, 0, 'f', 1);
    const QString verdict = decision.label == trueClass(*m_frame, 0)
                                ? tr("right: %1").arg(name(decision.label))
                                : tr("wrong: says %1, is %2").arg(name(decision.label), name(trueClass(*m_frame, 0)));
    if (decision.last) return tr("Decides at the last step, %1").arg(verdict);
    return first > 0 ? tr("Decides on the mean from step %1 on, %2").arg(first).arg(verdict)
                     : tr("Decides on the mean of all steps, %1").arg(verdict);
}

QString OutputView::briefDecision() const {
    if (!m_frame) return {};
    const Decision& decision = facts().decision;
    if (decision.label < 0) return tr("%1 % right").arg(100 * decision.right, 0, 'f', 1);
    return decision.label == trueClass(*m_frame, 0)
               ? tr("Right: %1").arg(name(decision.label))
               : tr("Says %1, is %2").arg(name(decision.label), name(trueClass(*m_frame, 0)));
}

QRectF OutputView::plotArea(const QRectF& area) const {
    const double keys = AnswerStrips::keyHeight * (hasLineKey(area) ? 2 : 1);
    return TimePlot::plotArea(area).adjusted(0, wordsRoom(), 0, -AnswerStrips::height - keys);
}

bool OutputView::hasLineKey(const QRectF& area) const {
    return m_frame && !asBands() && area.height() >= 5.4 * m_axisHeight;
}

QPolygonF OutputView::curve(const QRectF& plot, const std::function<double(int)>& value) const {
    const int first = std::max(0, static_cast<int>(firstStep()) - 1);
    const int last = std::min(m_frame->steps, static_cast<int>(std::ceil(lastStep())) + 1);
    QPolygonF line;
    for (const QPointF& point : decimate(first, last, std::max(1, static_cast<int>(plot.width())), value))
        if (std::isfinite(point.y()))
            line << QPointF(xOf(point.x() + 0.5, plot), plot.bottom() - point.y() * plot.height());
    return line;
}

/// Of a whole sequence the true class lies at the bottom, where its height is read off the axis.
std::vector<int> OutputView::bandOrder() const {
    std::vector<int> order(static_cast<size_t>(m_frame->classes));
    std::iota(order.begin(), order.end(), 0);
    if (!labelledPerStep(*m_frame)) std::swap(order[0], order[static_cast<size_t>(trueClass(*m_frame, 0))]);
    return order;
}

void OutputView::drawBandShapes(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    const std::vector<int> order = bandOrder();
    const auto steps = static_cast<size_t>(m_frame->steps);
    std::vector<float> tops(steps * order.size());
    for (int t = 0; t < m_frame->steps; ++t) {
        float sum = 0;
        for (size_t place = 0; place < order.size(); ++place)
            tops[place * steps + static_cast<size_t>(t)] = sum += probability(*m_frame, t, order[place]);
    }
    painter.save();
    painter.setClipRect(plot);
    // From the top: each band covers what of the one above lies below it, so that no seams show.
    for (size_t place = order.size(); place-- > 0;) {
        const float* top = tops.data() + place * steps;
        QPolygonF shape = place + 1 == order.size()
                              ? QPolygonF{plot.topLeft(), plot.topRight()}
                              : curve(plot, [&](int t) { return std::min(1.0, static_cast<double>(top[t])); });
        if (shape.isEmpty()) continue;
        shape << QPointF(shape.last().x(), plot.bottom()) << QPointF(shape.first().x(), plot.bottom());
        painter.setPen(QPen(style.background, 0.5));
        painter.setBrush(classColour(order[place]));
        painter.drawPolygon(shape);
    }
    painter.restore();
}

/// A column of pixels shows the mean of its steps.
void OutputView::drawBandPixels(QPainter& painter, const QRectF& plot) const {
    const std::vector<int> order = bandOrder();
    PixelCanvas canvas(painter, plot);
    const double perColumn = (lastStep() - firstStep()) / canvas.width();
    std::vector<double> sums(order.size());
    for (int x = 0; x < canvas.width(); ++x) {
        const int begin = std::clamp(static_cast<int>(firstStep() + x * perColumn), 0, m_frame->steps - 1);
        const int end = std::clamp(static_cast<int>(firstStep() + (x + 1) * perColumn), begin + 1, m_frame->steps);
        std::fill(sums.begin(), sums.end(), 0.0);
        for (int t = begin; t < end; ++t)
            for (size_t place = 0; place < order.size(); ++place)
                sums[place] += static_cast<double>(probability(*m_frame, t, order[place])) / (end - begin);
        int y = canvas.height() - 1;
        double sum = 0;
        for (size_t place = 0; place < order.size(); ++place) {
            sum += sums[place];
            const int stop = place + 1 == order.size() ? -1 : canvas.height() - 1 - qRound(sum * canvas.height());
            const QRgb ink = classColour(order[place]).rgb();
            for (; y > stop && y >= 0; --y) canvas.line(y)[x] = ink;
        }
    }
    canvas.draw(painter);
}

/// Where the class is the same at all steps its line has its colour, else that of the words.
QPen OutputView::truePen(const PlotStyle& style) const {
    return linePen(labelledPerStep(*m_frame) ? style.text : classColour(trueClass(*m_frame, 0)), trueWidth, false);
}

QPen OutputView::chosenPen(const PlotStyle& style) const {
    return linePen(labelledPerStep(*m_frame) ? style.text : classColour(facts().decision.label), chosenWidth, true);
}

void OutputView::drawLines(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    painter.save();
    painter.setClipRect(plot.adjusted(0, -1, 0, 1));
    QColor grey = style.text;
    grey.setAlphaF(0.28F);
    painter.setPen(QPen(grey, 1));
    const int chosen = facts().decision.label;
    const bool perStep = labelledPerStep(*m_frame);
    for (int c = 0; c < m_frame->classes; ++c)
        if (perStep || (c != chosen && c != trueClass(*m_frame, 0)))
            drawCurve(painter, curve(plot, [&](int t) { return static_cast<double>(probability(*m_frame, t, c)); }));
    // With an edge: the lightest colours of classes would be lost on white, the darkest on black.
    const auto draw = [&](const QPen& pen, const std::function<int(int)>& classAt) {
        const QPolygonF line =
            curve(plot, [&](int t) { return static_cast<double>(probability(*m_frame, t, classAt(t))); });
        painter.setPen(linePen(style.text, pen.widthF() + edgeWidth, pen.style() == Qt::CustomDashLine));
        drawCurve(painter, line);
        painter.setPen(pen);
        drawCurve(painter, line);
    };
    if (perStep)
        draw(chosenPen(style), [&](int t) { return facts().predicted[static_cast<size_t>(t)]; });
    else if (chosen != trueClass(*m_frame, 0))
        draw(chosenPen(style), [&](int) { return chosen; });
    draw(truePen(style), [&](int t) { return trueClass(*m_frame, t); });
    painter.restore();
}

void OutputView::drawLineKey(QPainter& painter, const QRectF& row, const PlotStyle& style) const {
    using Sign = LegendEntry::Sign;
    const bool perStep = labelledPerStep(*m_frame);
    const int chosen = facts().decision.label;
    const int truth = trueClass(*m_frame, 0);
    QList<LegendEntry> entries{
        {Sign::Line, truePen(style), perStep ? tr("true class") : tr("true class: %1").arg(name(truth))}};
    if (perStep || chosen != truth)
        entries.append(
            {Sign::Line, chosenPen(style), perStep ? tr("chosen class") : tr("chosen class: %1").arg(name(chosen))});
    QColor grey = style.text;
    grey.setAlphaF(0.4F);
    entries.append({Sign::Line, QPen(grey, 1), tr("the other classes")});
    CurveLegend::draw(painter, row, entries, style.text, false);
}

/// Where steps are left out of loss and accuracy, they lie behind a veil.
void OutputView::drawSteps(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    const double x = std::min(plot.right(), xOf(facts().decision.firstStep, plot));
    if (x <= plot.left()) return;
    // A decision at the last step alone has no stretch worth showing: a mark at the end says it.
    if (m_frame->steps - facts().decision.firstStep < m_frame->steps / 50) {
        if (lastStep() < m_frame->steps) return;
        painter.setPen(Qt::NoPen);
        painter.setBrush(style.text);
        const double end = plot.right();
        painter.drawPolygon(QPolygonF{{end, plot.top()}, {end - 5, plot.top() - 7}, {end + 5, plot.top() - 7}});
        return;
    }
    QColor veil = style.background;
    veil.setAlphaF(0.55F);
    painter.fillRect(QRectF(plot.left(), plot.top(), x - plot.left(), plot.height()), veil);
    painter.setPen(QPen(style.text, 1, Qt::DotLine));
    painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
}

void OutputView::drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) {
    const QRectF plot = plotArea(area);
    if (asBands() && exporting)
        drawBandShapes(painter, plot, style);
    else if (asBands())
        drawBandPixels(painter, plot);
    else
        drawLines(painter, plot, style);
    drawSteps(painter, plot, style);
    drawValueAxis(painter, plot, 0, 1, style);
    drawAxisTitle(painter, plot, tr("probability"), style);

    if (exporting) drawWords(painter, plot, decisionText(), style, briefDecision());
    const AnswerStrips strips{*m_frame, facts().predicted, m_classNames};
    strips.draw(painter, plot, firstStep(), lastStep(), style);
    drawTimeAxis(painter, plot.translated(0, AnswerStrips::height), style);
    const double key = plot.bottom() + AnswerStrips::height + m_axisHeight - 2;
    strips.drawKey(painter, QRectF(plot.left(), key, plot.width() + m_rightMargin, AnswerStrips::keyHeight),
                   m_leftMargin - 4, style);
    if (hasLineKey(area))
        drawLineKey(
            painter,
            QRectF(plot.left(), key + AnswerStrips::keyHeight, plot.width() + m_rightMargin, AnswerStrips::keyHeight),
            style);
}

QString OutputView::reading(int step) const {
    std::vector<int> order(static_cast<size_t>(m_frame->classes));
    std::iota(order.begin(), order.end(), 0);
    const auto count = std::min<std::ptrdiff_t>(mostRead, m_frame->classes);
    std::partial_sort(order.begin(), order.begin() + count, order.end(),
                      [&](int a, int b) { return probability(*m_frame, step, a) > probability(*m_frame, step, b); });
    QStringList parts;
    for (std::ptrdiff_t i = 0; i < count; ++i)
        parts << QStringLiteral("%1 %2")
                     .arg(name(order[static_cast<size_t>(i)]))
                     .arg(static_cast<double>(probability(*m_frame, step, order[static_cast<size_t>(i)])), 0, 'f', 2);
    const int truth = trueClass(*m_frame, step);
    return tr("step %1   true %2 (%3)   network %4")
        .arg(step)
        .arg(name(truth))
        .arg(static_cast<double>(probability(*m_frame, step, truth)), 0, 'f', 2)
        .arg(parts.join(QStringLiteral(", ")));
}

/// What is read off takes the place of the decision, so that it covers nothing of the plot.
void OutputView::drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) {
    TimePlot::drawCursor(painter, area, style);
    if (cursorShows())
        drawWords(painter, plotArea(area), reading(link()->cursor()), style);
    else
        drawWords(painter, plotArea(area), decisionText(), style, briefDecision());
}

QString OutputView::tipAt(const QPointF&) const {
    return tr("Softmax of the read-out: the probability of each class, between 0 and 1.\n%1").arg(decisionText());
}

QString OutputView::csv() const {
    QString text = QStringLiteral("step,true,network");
    if (!m_frame) return text + QLatin1Char('\n');
    const auto quoted = [](QString name) {
        return QLatin1Char('"') + name.replace(QLatin1Char('"'), QLatin1Char('\'')) + QLatin1Char('"');
    };
    for (int c = 0; c < m_frame->classes; ++c) text += QLatin1Char(',') + quoted(tr("p %1").arg(name(c)));
    text += QLatin1Char('\n');
    for (int t = 0; t < m_frame->steps; ++t) {
        text += QStringLiteral("%1,%2,%3")
                    .arg(t)
                    .arg(quoted(name(trueClass(*m_frame, t))), quoted(name(facts().predicted[static_cast<size_t>(t)])));
        for (int c = 0; c < m_frame->classes; ++c)
            text += QStringLiteral(",%1").arg(static_cast<double>(probability(*m_frame, t, c)), 0, 'g', 9);
        text += QLatin1Char('\n');
    }
    return text;
}

}  // namespace resonate::app
