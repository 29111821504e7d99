// app/workspaces/live_views.cpp: see live_views.h.
#include "workspaces/live_views.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QStandardItemModel>
#include <algorithm>
#include <iterator>

#include "panels/epoch_bar.h"
#include "views/activity_view.h"
#include "views/curves_view.h"
#include "views/input_view.h"
#include "views/membrane_view.h"
#include "views/output_view.h"
#include "views/parameter_view.h"
#include "views/phase_view.h"
#include "views/raster_view.h"

namespace resonate::app {

LiveViews::LiveViews(QObject* parent)
    : QObject(parent),
      link(new ViewLink(this)),
      curves(new CurvesView),
      activity(new ActivityView(link)),
      parameters(new ParameterView(link)),
      raster(new RasterView(link)),
      input(new InputView(link)),
      output(new OutputView(link)),
      membranes(new MembraneView(link)),
      phase(new PhaseView(link)),
      order(new QComboBox) {
    linkTimeAxes();
    fillOrders();
    for (CurveChart* chart : charts()) {
        connect(chart, &CurveChart::epochClicked, this, &LiveViews::epochClicked);
        chart->installEventFilter(this);
    }
}

bool LiveViews::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QObject::eventFilter(watched, event);
    const auto* press = static_cast<QKeyEvent*>(event);
    constexpr int keys[] = {Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End, Qt::Key_Space};
    if (std::find(std::begin(keys), std::end(keys), press->key()) == std::end(keys) || press->modifiers())
        return QObject::eventFilter(watched, event);
    // A dock that floats is a window of its own: the bar is in that of its parent.
    QWidget* top = static_cast<QWidget*>(watched);
    while (top->parentWidget()) top = top->parentWidget();
    auto* bar = top->findChild<EpochBar*>();
    if (!bar || bar->epochs().isEmpty()) return QObject::eventFilter(watched, event);
    QCoreApplication::sendEvent(bar, event);
    return true;
}

QList<CurveChart*> LiveViews::charts() const {
    return {curves->accuracyChart(), curves->lossChart(), activity->chart()};
}

void LiveViews::markEpoch(std::optional<int> epoch) {
    for (CurveChart* chart : charts()) chart->setMarker(epoch);
}

void LiveViews::linkTimeAxes() {
    const std::initializer_list<TimePlot*> plots = {raster, input, output, membranes};
    for (TimePlot* from : plots)
        for (TimePlot* to : plots)
            if (from != to) connect(from, &TimePlot::visibleStepsChanged, to, &TimePlot::setVisibleSteps);
}

void LiveViews::fillOrders() {
    order->setAccessibleName(tr("Order of the neurons"));
    order->setToolTip(tr("Order of the neurons from the bottom up"));
    order->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    const std::pair<QString, NeuronOrder> orders[] = {{tr("by index"), NeuronOrder::Index},
                                                      {tr("by frequency ω"), NeuronOrder::Frequency},
                                                      {tr("by rate"), NeuronOrder::Rate},
                                                      {tr("by first spike"), NeuronOrder::FirstSpike}};
    for (const auto& [text, value] : orders) order->addItem(text, static_cast<int>(value));
    connect(order, &QComboBox::currentIndexChanged, this,
            [this] { raster->setOrder(static_cast<NeuronOrder>(order->currentData().toInt())); });
}

void LiveViews::offerOrders() {
    auto* entries = qobject_cast<QStandardItemModel*>(order->model());
    for (int i = 0; i < order->count(); ++i) {
        const auto value = static_cast<NeuronOrder>(order->itemData(i).toInt());
        const bool applies = !m_frame || appliedOrder(value, *m_frame) == value;
        QStandardItem* entry = entries->item(i);
        if (entry->isEnabled() == applies) continue;
        entry->setEnabled(applies);
        entry->setToolTip(
            applies ? QString()
                    : tr("%1 neurons have no frequency ω").arg(QString::fromStdString(display_name(m_frame->neuron))));
        if (!applies && order->currentIndex() == i)
            order->setCurrentIndex(order->findData(static_cast<int>(NeuronOrder::Index)));
    }
}

void LiveViews::begin(const ExperimentConfig& config, const std::vector<EpochMetrics>& history,
                      const std::vector<std::int64_t>& stepOrder) {
    m_stepOrder = stepOrder;
    curves->begin(config, history);
    activity->begin(config, history);
    output->setTraining(config.training);
    phase->setConstants(config.neuron);
    parameters->begin(config);
    // A run with rows but without frames was opened from its folder, or is about to go on.
    const QString note = history.empty()
                             ? QString()
                             : tr("No recorded epoch of this run is at hand: resume it, or press Start for a "
                                  "new one, to see its neurons here.");
    sayWhileEmpty(note);
    // What an earlier run showed is not of this one.
    setFrame(nullptr);
}

void LiveViews::sayWhileEmpty(const QString& note) {
    for (PaintedView* view : std::initializer_list<PaintedView*>{parameters, raster, input, output, membranes, phase})
        view->setEmptyNote(note);
    for (EpochView* view : std::initializer_list<EpochView*>{curves, activity}) view->sayWhileEmpty(note);
}

void LiveViews::addEpoch(const EpochMetrics& metrics) {
    curves->addEpoch(metrics);
    activity->addEpoch(metrics);
}

void LiveViews::setFrame(const SharedFrame& frame) {
    // From the first frame on a view says itself why it has nothing to draw.
    if (frame && !m_frame) sayWhileEmpty(QString());
    m_frame = frame;
    offerOrders();
    raster->setFrame(frame);
    input->setFrame(frame);
    output->setFrame(frame);
    membranes->setFrame(frame);
    phase->setFrame(frame);
    parameters->setFrame(frame);
    activity->setFrame(frame);
}

void LiveViews::setDataset(const std::optional<DatasetInfo>& info) {
    QStringList names;
    if (info)
        for (const std::string& name : info->class_names) names.append(QString::fromStdString(name));
    raster->setClassNames(names);
    output->setClassNames(names);
    input->setDataset(info, m_stepOrder);
}

}  // namespace resonate::app
