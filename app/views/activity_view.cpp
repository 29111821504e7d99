// app/views/activity_view.cpp: see activity_view.h.
#include "views/activity_view.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QStackedLayout>
#include <algorithm>

#include "style/theme.h"
#include "views/curve_chart.h"
#include "views/curve_legend.h"
#include "views/in_sight.h"
#include "views/rate_histogram.h"

namespace resonate::app {
namespace {

constexpr int redrawMilliseconds = 100;

}  // namespace

ActivityView::ActivityView(ViewLink* link, QWidget* parent)
    : QWidget(parent),
      m_chart(new CurveChart(tr("spikes (SOP)"), false)),
      m_legend(new CurveLegend),
      m_histogram(new RateHistogram(link)),
      m_words(new QLabel),
      m_stack(new QStackedLayout) {
    auto* plots = new QWidget;
    plots->setBackgroundRole(QPalette::Base);
    plots->setAutoFillBackground(true);
    auto* grid = new QGridLayout(plots);
    grid->setContentsMargins(8, 2, 8, 0);
    grid->setSpacing(0);
    grid->addWidget(m_legend, 0, 0);
    grid->addWidget(m_chart, 1, 0);
    m_words->setWordWrap(false);
    m_words->setMinimumWidth(10);
    m_words->setAlignment(Qt::AlignCenter);
    m_words->setTextFormat(Qt::PlainText);
    grid->addWidget(m_words, 0, 1);
    grid->addWidget(m_histogram, 1, 1);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(1, 1);
    m_chart->setToolTip(tr("Spike operations SOP: spikes of the hidden neurons for one sequence, mean over the split"));
    m_words->setToolTip(
        tr("Over the probe sample. Silent: no spike. Saturated: a spike in at least every second step."));

    auto* empty =
        new QLabel(tr("Press Start: how many spikes the network spends on a sequence appears here, and how its "
                      "neurons share them."));
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    empty->setForegroundRole(QPalette::PlaceholderText);
    empty->setBackgroundRole(QPalette::Base);
    empty->setAutoFillBackground(true);
    m_stack->addWidget(empty);
    m_stack->addWidget(plots);
    setLayout(m_stack);
    setAccessibleName(tr("Activity"));
    m_timer.setSingleShot(true);
    m_timer.setInterval(redrawMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &ActivityView::redraw);
    restyle();
}

void ActivityView::begin(const ExperimentConfig& config, const std::vector<EpochMetrics>& history) {
    m_rows = history;
    m_epochs = std::max(1, config.training.epochs);
    m_reference = config.reference;
    m_neuron = config.neuron.type;
    m_hasFrame = false;
    m_histogram->setFrame(nullptr);
    m_chart->showAll();
    m_stack->setCurrentIndex(1);
    restyle();
    scheduleRedraw();
}

void ActivityView::addEpoch(const EpochMetrics& metrics) {
    if (metrics.best)
        for (EpochMetrics& row : m_rows) row.best = false;
    m_rows.push_back(metrics);
    scheduleRedraw();
}

void ActivityView::setFrame(const SharedFrame& frame) {
    m_hasFrame = frame != nullptr;
    m_histogram->setFrame(frame);
    if (frame) m_stack->setCurrentIndex(1);
    scheduleRedraw();
}

QString ActivityView::summary() const {
    QStringList parts;
    if (!m_rows.empty()) parts << tr("%L1 spikes per test sample").arg(m_rows.back().test.sop, 0, 'f', 1);
    if (m_hasFrame) parts << m_histogram->summary();
    return parts.join(QStringLiteral(". "));
}

void ActivityView::scheduleRedraw() {
    m_stale = true;
    if (isInSight(this) && !m_timer.isActive()) m_timer.start();
}

void ActivityView::wake() {
    if (m_stale && !m_timer.isActive()) m_timer.start();
}

void ActivityView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    wake();
}

void ActivityView::redraw() {
    if (!m_stale || !isInSight(this)) return;
    m_stale = false;
    ++m_redraws;
    fillChart();
    m_legend->setEntries(m_chart->legend());
    m_words->setText(m_hasFrame ? m_histogram->summary() : QString());
    setAccessibleDescription(summary());
}

void ActivityView::fillChart() {
    CurveData sop;
    for (const EpochMetrics& row : m_rows) {
        const double epoch = row.epoch;
        sop.test.append({epoch, row.test.sop});
        if (row.train) sop.train.append({epoch, row.train->sop});
        if (row.validation) sop.validation.append({epoch, row.validation->sop});
        if (row.best) {
            sop.bestEpoch = row.epoch;
            sop.bestValue = row.test.sop;
        }
    }
    if (m_reference) sop.reference = m_reference->sop;
    m_chart->setData(sop, CurveChart::epochsShown(m_rows.empty() ? 0 : m_rows.back().epoch, m_epochs));
}

void ActivityView::restyle() {
    const PlotStyle style = PlotStyle::fromPalette(palette());
    m_chart->applyStyle(style, neuronColour(m_neuron, style.dark));
    m_legend->setEntries(m_chart->legend());
}

void ActivityView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) restyle();
    QWidget::changeEvent(event);
}

void ActivityView::renderForExport(QPainter& painter, const QRectF& area) {
    fillChart();
    const PlotStyle print = PlotStyle::print();
    painter.fillRect(area, print.background);
    const double top = drawFigureTitle(painter, area, exportTitle(), print);
    const double keyHeight = QFontMetricsF(painter.font()).height() + 6;
    const double width = area.width() / 2;
    m_chart->applyStyle(print, neuronColour(m_neuron, false));
    CurveLegend::draw(painter, QRectF(area.left() + 8, area.top() + top, width - 8, keyHeight), m_chart->legend(),
                      print.text, false);
    const QRectF target(area.left(), area.top() + top + keyHeight, width, area.height() - top - keyHeight);
    m_chart->drawInto(painter, target);
    if (m_hasFrame) {
        painter.setPen(print.text);
        painter.drawText(QRectF(area.left() + width, area.top() + top, width, keyHeight), Qt::AlignCenter,
                         m_histogram->summary());
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        m_histogram->drawContent(painter, target.translated(width, 0), print, true);
        painter.restore();
    }
    restyle();
}

QString ActivityView::csv() const {
    QString text = QStringLiteral("quantity,epoch_or_neuron,value\n");
    const auto add = [&](const char* quantity, int place, double value) {
        text += QStringLiteral("%1,%2,%3\n").arg(QLatin1String(quantity)).arg(place).arg(value, 0, 'g', 9);
    };
    for (const EpochMetrics& row : m_rows) {
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
