// app/panels/overlay_panel.cpp: see overlay_panel.h.
#include "panels/overlay_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>
#include <utility>

#include "panels/curve_key.h"

namespace resonate::app {

OverlayPanel::OverlayPanel(CurveLooks* looks, QWidget* parent)
    : QWidget(parent),
      m_curves(new ComparisonCurves(looks)),
      m_key(new CurveKey(looks)),
      m_metric(new QComboBox),
      m_axis(new QComboBox),
      m_collapse(new QCheckBox(tr("&Means"))),
      m_band(new QCheckBox(tr("&Band"))),
      m_published(new QCheckBox(tr("&Published"))),
      m_logarithmic(new QCheckBox(tr("Lo&g"))) {
    const std::pair<Metric, QString> metrics[] = {{Metric::test_accuracy, tr("Test accuracy")},
                                                  {Metric::test_loss, tr("Test loss")},
                                                  {Metric::test_sop, tr("Test SOP")},
                                                  {Metric::validation_accuracy, tr("Validation accuracy")},
                                                  {Metric::validation_loss, tr("Validation loss")},
                                                  {Metric::validation_sop, tr("Validation SOP")},
                                                  {Metric::train_accuracy, tr("Training accuracy")},
                                                  {Metric::train_loss, tr("Training loss")},
                                                  {Metric::train_sop, tr("Training SOP")}};
    for (const auto& [metric, name] : metrics) m_metric->addItem(name, static_cast<int>(metric));
    m_metric->setAccessibleName(tr("Quantity"));
    m_metric->setToolTip(tr("What is drawn. SOP: spike operations, hidden spikes per sample."));
    m_axis->addItem(tr("over epochs"));
    m_axis->addItem(tr("over wall time"));
    m_axis->setAccessibleName(tr("Horizontal axis"));
    m_axis->setToolTip(tr("Wall time: training and evaluation from the start, mean over seeds"));
    m_collapse->setToolTip(tr("Runs that differ only in their seed become one curve, their mean over seeds"));
    m_band->setToolTip(tr("± 1 standard deviation over seeds"));
    m_published->setToolTip(tr("Results of Higuchi et al., ICML 2024, for these data sets and neurons"));
    m_logarithmic->setToolTip(tr("Logarithmic vertical axis"));
    for (QCheckBox* box : {m_collapse, m_band, m_published}) box->setChecked(true);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->setSpacing(2);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(8, 0, 8, 0);
    for (QWidget* part :
         {static_cast<QWidget*>(m_metric), static_cast<QWidget*>(m_axis), static_cast<QWidget*>(m_collapse),
          static_cast<QWidget*>(m_band), static_cast<QWidget*>(m_published), static_cast<QWidget*>(m_logarithmic)})
        bar->addWidget(part);
    bar->addStretch(1);
    column->addLayout(bar);
    auto* splitter = new QSplitter;
    splitter->addWidget(m_curves);
    splitter->addWidget(m_key);
    splitter->setStretchFactor(0, 1);
    splitter->setSizes({2000, 170});
    splitter->setChildrenCollapsible(true);
    column->addWidget(splitter, 1);

    for (QComboBox* box : {m_metric, m_axis}) connect(box, &QComboBox::currentIndexChanged, this, &OverlayPanel::apply);
    for (QCheckBox* box : {m_band, m_logarithmic}) connect(box, &QCheckBox::toggled, this, &OverlayPanel::apply);
    connect(m_collapse, &QCheckBox::toggled, this, &OverlayPanel::collapseChanged);
    connect(m_published, &QCheckBox::toggled, this, [this](bool on) {
        m_curves->setPublishedShown(on);
        Q_EMIT publishedShownChanged(on);
    });
}

void OverlayPanel::apply() {
    m_curves->setMetric(static_cast<Metric>(m_metric->currentData().toInt()));
    m_curves->setAxis(m_axis->currentIndex() == 0 ? ComparisonCurves::Axis::Epochs : ComparisonCurves::Axis::WallTime);
    m_curves->setBandShown(m_band->isChecked());
    m_curves->setLogarithmic(m_logarithmic->isChecked());
}

void OverlayPanel::setComparison(const SharedComparison& comparison) {
    m_curves->setComparison(comparison);
    m_key->setComparison(comparison);
}

QVariantMap OverlayPanel::state() const {
    return {
        {QStringLiteral("metric"), m_metric->currentIndex()},    {QStringLiteral("axis"), m_axis->currentIndex()},
        {QStringLiteral("collapse"), m_collapse->isChecked()},   {QStringLiteral("band"), m_band->isChecked()},
        {QStringLiteral("published"), m_published->isChecked()}, {QStringLiteral("log"), m_logarithmic->isChecked()}};
}

void OverlayPanel::restore(const QVariantMap& state) {
    m_metric->setCurrentIndex(qBound(0, state.value(QStringLiteral("metric"), 0).toInt(), m_metric->count() - 1));
    m_axis->setCurrentIndex(qBound(0, state.value(QStringLiteral("axis"), 0).toInt(), 1));
    m_collapse->setChecked(state.value(QStringLiteral("collapse"), true).toBool());
    m_band->setChecked(state.value(QStringLiteral("band"), true).toBool());
    m_published->setChecked(state.value(QStringLiteral("published"), true).toBool());
    m_logarithmic->setChecked(state.value(QStringLiteral("log"), false).toBool());
}

}  // namespace resonate::app
