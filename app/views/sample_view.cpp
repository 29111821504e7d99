// app/views/sample_view.cpp: see sample_view.h.
#include "views/sample_view.h"

#include <QMouseEvent>
#include <algorithm>

#include "style/theme.h"
#include "views/class_strip.h"

namespace resonate::app {
namespace {

constexpr double stripHeight = 14;
constexpr double stripGap = 5;
constexpr double legendHeight = 20;

}  // namespace

SampleView::SampleView(ViewLink* link, QWidget* parent) : TimePlot(link, parent) {
    setObjectName(QStringLiteral("sampleView"));
    setAccessibleName(tr("Sample"));
    setMessage(tr("Choose a data set on the left."));
}

void SampleView::setSample(const SharedSample& sample) {
    m_sample = sample;
    m_painter = sample ? makeSamplePainter(sample) : nullptr;
    if (sample)
        setAccessibleDescription(
            tr("%1: %2 inputs over %3 time steps").arg(exportTitle()).arg(sample->inputs()).arg(sample->steps()));
    stepsChanged();
    invalidate();
}

void SampleView::setMessage(const QString& sentence) {
    m_message = sentence;
    setAccessibleDescription(sentence);
    setSample(nullptr);
}

void SampleView::setHighlightedClass(int label) {
    m_highlighted = label;
    invalidate();
}

QString SampleView::exportTitle() const {
    if (!m_sample) return tr("Sample");
    const QString title = QString::fromStdString(m_sample->info.title);
    if (m_sample->labelledPerStep()) return tr("%1, %2").arg(title, m_sample->place);
    return tr("%1, class %2, %3").arg(title, m_sample->className(m_sample->label(0)), m_sample->place);
}

QRectF SampleView::inside(const QRectF& area) const {
    const double below = m_sample && m_sample->labelledPerStep() ? stripHeight + stripGap + legendHeight : 0;
    return TimePlot::plotArea(area).adjusted(0, wordsRoom(), 0, -below);
}

QRectF SampleView::plotArea(const QRectF& area) const {
    return m_painter ? m_painter->timeArea(inside(area)) : inside(area);
}

void SampleView::drawSegments(QPainter& painter, const QRectF& plot, const PlotStyle& style) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    forEachStretch(
        firstStep(), lastStep(), stepCount(), [&](int t) { return static_cast<int>(m_sample->label(t)); },
        [&](int begin, int end, int label) {
            const double left = std::max(plot.left(), xOf(begin, plot));
            QColor colour = classColour(label);
            const bool bright = m_highlighted == label;
            colour.setAlphaF(bright ? 0.55F : m_highlighted >= 0 ? 0.05F : style.dark ? 0.22F : 0.20F);
            painter.fillRect(QRectF(left, plot.top(), std::min(plot.right(), xOf(end, plot)) - left, plot.height()),
                             colour);
        });
    painter.restore();
}

void SampleView::drawContent(QPainter& painter, const QRectF& area, const PlotStyle& style, bool exporting) {
    const QRectF plot = inside(area);
    const QRectF timed = plotArea(area);
    const bool perStep = m_sample->labelledPerStep();
    if (perStep) drawSegments(painter, timed, style);
    m_painter->draw(painter, plot, {firstStep(), lastStep()}, style, exporting);
    if (!perStep) return drawTimeAxis(painter, timed, style);
    const QRectF strip(timed.left(), timed.bottom() + stripGap, timed.width(), stripHeight);
    drawClassStrip(
        painter, strip, tr("class"), firstStep(), lastStep(), stepCount(),
        [&](int t) { return static_cast<int>(m_sample->label(t)); }, style);
    drawTimeAxis(painter, timed.translated(0, stripHeight + stripGap), style);
    QStringList names;
    for (int c = 0; c < m_sample->info.classes; ++c) names.append(m_sample->className(c));
    std::vector<double> weights(static_cast<size_t>(names.size()), 0);
    for (int t = 0; t < stepCount(); ++t)
        if (const auto label = static_cast<size_t>(m_sample->label(t)); label < weights.size()) ++weights[label];
    const double top = strip.bottom() + m_axisHeight - 2;
    drawClassLegend(painter, QRectF(timed.left(), top, timed.width() + m_rightMargin, legendHeight), 0, names, weights,
                    style);
}

/// What is read off stands above the curves, so that it hides none of them.
void SampleView::drawCursor(QPainter& painter, const QRectF& area, const PlotStyle& style) {
    TimePlot::drawCursor(painter, area, style);
    if (!cursorShows()) return;
    const int step = link()->cursor();
    const QRectF timed = plotArea(area);
    m_painter->drawCursor(painter, inside(area), step, style);
    const double height = std::clamp((timed.bottom() - m_mouseY) / timed.height(), 0.0, 0.999);
    QString text = tr("step %1").arg(step);
    if (m_sample->labelledPerStep()) text += tr(", class %1").arg(m_sample->className(m_sample->label(step)));
    if (const QString reading = m_painter->reading(step, height); !reading.isEmpty())
        text += QStringLiteral("   ") + reading;
    drawWords(painter, inside(area), text, style);
}

void SampleView::mouseMoveEvent(QMouseEvent* event) {
    m_mouseY = event->position().y();
    update();
    TimePlot::mouseMoveEvent(event);
}

QString SampleView::csv() const {
    QString text = QStringLiteral("step");
    if (!m_sample) return text + QLatin1Char('\n');
    const auto quoted = [](QString name) {
        return QLatin1Char('"') + name.replace(QLatin1Char('"'), QLatin1Char('\'')) + QLatin1Char('"');
    };
    for (int i = 0; i < m_sample->inputs(); ++i) text += QLatin1Char(',') + quoted(m_sample->channelName(i));
    text += QStringLiteral(",class\n");
    for (int t = 0; t < m_sample->steps(); ++t) {
        text += QString::number(t);
        for (int i = 0; i < m_sample->inputs(); ++i)
            text += QStringLiteral(",%1").arg(static_cast<double>(m_sample->at(t, i)), 0, 'g', 9);
        text += QLatin1Char(',') + quoted(m_sample->className(m_sample->label(t))) + QLatin1Char('\n');
    }
    return text;
}

}  // namespace resonate::app
