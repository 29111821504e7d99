// app/views/activity_view.cpp: see activity_view.h.
#include "views/activity_view.h"

#include <QGridLayout>

#include "views/curve_chart_key.h"
#include "views/elided_label.h"
#include "views/rate_histogram.h"

namespace resonate::app {
ActivityView::ActivityView(ViewLink* link, QWidget* parent)
    : EpochView(tr("Activity"), parent),
      m_chart(new CurveChart(tr("spikes (SOP)"), false)),
      m_legend(new CurveLegend),
      m_histogram(new RateHistogram(link)),
      m_words(new ElidedLabel) {
    auto* plots = new QWidget;
    auto* grid = new QGridLayout(plots);
    grid->setContentsMargins(8, 2, 8, 0);
    grid->setSpacing(0);
    grid->addWidget(m_legend, 0, 0);
    grid->addWidget(m_chart, 1, 0);
    m_words->setContentsMargins(8, 0, 0, 0);
    m_words->setAlignment(Qt::AlignCenter);
    grid->addWidget(m_words, 0, 1);
    grid->addWidget(m_histogram, 1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(1, 1);
    m_chart->setToolTip(tr("Spike operations SOP: spikes of the hidden neurons for one sequence, mean over the split"));

    setPlots(plots,
             tr("Press Start: how many spikes the network spends on a sequence appears here, and how its neurons "
                "share them."));
}

void ActivityView::begin(const ExperimentConfig& config, const std::vector<EpochMetrics>& history) {
    m_hasFrame = false;
    m_histogram->setFrame(nullptr);
    m_chart->showAll();
    m_chartStale = true;
    EpochView::begin(config, history);
}

void ActivityView::addEpoch(const EpochMetrics& metrics) {
    m_chartStale = true;
    EpochView::addEpoch(metrics);
}

void ActivityView::setFrame(const SharedFrame& frame) {
    m_hasFrame = frame != nullptr;
    m_histogram->setFrame(frame);
    if (frame) showPlots();
    scheduleRedraw();
}

QString ActivityView::summary() const {
    QStringList parts;
    if (!rows().empty()) parts << tr("%L1 spikes per test sample").arg(rows().back().test.sop, 0, 'f', 1);
    if (m_hasFrame) parts << m_histogram->summary();
    return parts.join(QStringLiteral(". "));
}

void ActivityView::drawPlots() {
    if (m_chartStale) {
        CurveData sop = curveOf(&SplitMetrics::sop);
        if (reference()) sop.reference = reference()->sop;
        m_chart->setData(sop, epochsShown());
        m_legend->setEntries(m_chart->legend());
        m_chartStale = false;
    }
    if (m_hasFrame)
        m_words->setText(m_histogram->summary(), m_histogram->briefSummary());
    else
        m_words->setText(QString());
    const QString meaning =
        tr("Over the probe sample. Silent: no spike. Saturated: a spike in at least every second step.");
    m_words->setToolTip(m_words->fits(m_words->text()) ? meaning : m_words->text() + QLatin1Char('\n') + meaning);
    setAccessibleDescription(summary());
}

void ActivityView::restyle() {
    const PlotStyle style = PlotStyle::fromPalette(palette());
    m_chart->applyStyle(style, curveColour(style.dark));
    m_legend->setEntries(m_chart->legend());
}

void ActivityView::drawFigure(QPainter& painter, const QRectF& area, const PlotStyle& print) {
    m_chart->applyStyle(print, curveColour(print.dark));
    // The key has the whole width: in half of it there is no room for all curves.
    const QRectF below = area.adjusted(0, drawKeyRows(painter, area, m_chart->legend(), print.text), 0, 0);
    if (!m_hasFrame) return m_chart->drawInto(painter, below);
    const double width = below.width() / 2;
    const double wordsHeight = QFontMetricsF(painter.font()).height() + 6;
    const QRectF target = below.adjusted(0, wordsHeight, -width, 0);
    m_chart->drawInto(painter, target);
    painter.setPen(print.text);
    painter.drawText(QRectF(below.left() + width, below.top(), width, wordsHeight), Qt::AlignCenter,
                     m_histogram->summary());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    m_histogram->drawContent(painter, target.translated(width, 0), print, true);
    painter.restore();
}

QString ActivityView::csv() const {
    QString text = QStringLiteral("quantity,epoch_or_neuron,value\n");
    const auto add = [&](const char* quantity, int place, double value) {
        text += QStringLiteral("%1,%2,%3\n").arg(QLatin1String(quantity)).arg(place).arg(value, 0, 'g', 9);
    };
    for (const EpochMetrics& row : rows()) {
        if (row.train) add("train_sop", row.epoch, row.train->sop);
        if (row.validation) add("validation_sop", row.epoch, row.validation->sop);
        add("test_sop", row.epoch, row.test.sop);
    }
    if (m_hasFrame)
        for (size_t h = 0; h < m_histogram->counts().size(); ++h)
            add("probe_spikes", static_cast<int>(h), m_histogram->counts()[h]);
    return text;
}

}  // namespace resonate::app
