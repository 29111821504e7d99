// app/views/epoch_view.cpp: see epoch_view.h.
#include "views/epoch_view.h"

#include <QEvent>
#include <QLabel>
#include <QStackedLayout>
#include <algorithm>

#include "style/theme.h"
#include "views/in_sight.h"

namespace resonate::app {
namespace {

constexpr int redrawMilliseconds = 100;

}  // namespace

EpochView::EpochView(const QString& name, QWidget* parent)
    : QWidget(parent), m_stack(new QStackedLayout), m_empty(new QLabel) {
    setAccessibleName(name);
    setFocusPolicy(Qt::StrongFocus);
    m_timer.setSingleShot(true);
    m_timer.setInterval(redrawMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &EpochView::redraw);
}

void EpochView::setPlots(QWidget* plots, const QString& emptyText) {
    m_emptyText = emptyText;
    m_empty->setText(emptyText);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(8);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    for (QWidget* page : {static_cast<QWidget*>(m_empty), plots}) {
        page->setBackgroundRole(QPalette::Base);
        page->setAutoFillBackground(true);
        m_stack->addWidget(page);
    }
    setLayout(m_stack);
    restyle();
}

void EpochView::sayWhileEmpty(const QString& note) { m_empty->setText(note.isEmpty() ? m_emptyText : note); }

void EpochView::showPlots() { m_stack->setCurrentIndex(1); }

void EpochView::begin(const ExperimentConfig& config, const std::vector<EpochMetrics>& history) {
    m_rows = history;
    m_epochs = std::max(1, config.training.epochs);
    m_reference = config.reference;
    m_neuron = config.neuron.type;
    restyle();
    showPlots();
    m_hurry = true;
    scheduleRedraw();
}

void EpochView::addEpoch(const EpochMetrics& metrics) {
    if (metrics.best)
        for (EpochMetrics& row : m_rows) row.best = false;
    m_rows.push_back(metrics);
    scheduleRedraw();
}

void EpochView::setEpochs(int epochs) {
    m_epochs = std::max(1, epochs);
    scheduleRedraw();
}

void EpochView::scheduleRedraw() {
    m_stale = true;
    if (isInSight(this) && !m_timer.isActive()) m_timer.start();
}

void EpochView::wake() {
    m_hurry = true;
    if (m_stale && !m_timer.isActive()) m_timer.start();
}

void EpochView::redraw() {
    if (!m_stale || !isInSight(this)) return;
    if (!m_hurry && !m_pace.due()) return m_timer.start();
    m_hurry = false;
    m_pace.begin();
    m_stale = false;
    ++m_redraws;
    drawPlots();
}

void EpochView::renderForExport(QPainter& painter, const QRectF& area) {
    drawPlots();  // behind a tab they may show an earlier state
    const PlotStyle style = figureStyle().colours;
    painter.fillRect(area, style.background);
    const double top = drawTitle(painter, area);
    drawFigure(painter, area.adjusted(0, top, 0, 0), style);
    restyle();
}

QColor EpochView::curveColour(bool dark) const { return neuronColour(m_neuron, dark); }

CurveData EpochView::curveOf(double SplitMetrics::*quantity) const {
    CurveData curve;
    for (const EpochMetrics& row : m_rows) {
        const double epoch = row.epoch;
        curve.test.append({epoch, row.test.*quantity});
        if (row.train) curve.train.append({epoch, (*row.train).*quantity});
        if (row.validation) curve.validation.append({epoch, (*row.validation).*quantity});
        if (!row.best) continue;
        curve.bestEpoch = row.epoch;
        curve.bestValue = row.test.*quantity;
    }
    const auto hold = [&](double value) {
        if (!curve.held) curve.held = {value, value};
        curve.held = {std::min(curve.held->first, value), std::max(curve.held->second, value)};
    };
    for (const EpochMetrics& row : m_held) {
        hold(row.test.*quantity);
        if (row.train) hold((*row.train).*quantity);
        if (row.validation) hold((*row.validation).*quantity);
    }
    return curve;
}

int EpochView::epochsShown() const {
    const auto last = [](const std::vector<EpochMetrics>& rows) { return rows.empty() ? 0 : rows.back().epoch; };
    return CurveChart::epochsShown(std::max(last(m_rows), last(m_held)), m_epochs);
}

void EpochView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) restyle();
    QWidget::changeEvent(event);
}

void EpochView::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    wake();
}

}  // namespace resonate::app
