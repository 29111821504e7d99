// app/views/input_view.cpp: see input_view.h.
#include "views/input_view.h"

#include <algorithm>

namespace resonate::app {

InputView::InputView(ViewLink* link, QWidget* parent) : SampleView(link, parent) {
    setObjectName(QStringLiteral("inputView"));
    setAccessibleName(tr("Input"));
    setMessage(
        tr("Press Start: one test sequence appears here as the network sees it, with the segments or the class "
           "it has to find."));
}

void InputView::setFrame(SharedFrame frame) {
    m_frame = std::move(frame);
    refresh();
}

void InputView::setDataset(const std::optional<DatasetInfo>& info, const std::vector<std::int64_t>& stepOrder) {
    m_info = info;
    m_stepOrder = stepOrder;
    setSample(nullptr);
    refresh();
}

/// Frame after frame shows the same sequence.
bool InputView::showsAlready() const {
    const SharedSample& shown = sample();
    return shown && shown->inputs() == m_frame->inputs && shown->sample.input == m_frame->input &&
           std::equal(m_frame->labels.begin(), m_frame->labels.end(), shown->sample.labels.begin(),
                      shown->sample.labels.end());
}

void InputView::refresh() {
    if (!m_frame || !m_info) return setSample(nullptr);
    if (showsAlready()) return;
    auto shown = std::make_shared<ShownSample>();
    shown->info = *m_info;
    shown->sample.steps = m_frame->steps;
    shown->sample.inputs = m_frame->inputs;
    shown->sample.input = m_frame->input;
    shown->sample.labels.assign(m_frame->labels.begin(), m_frame->labels.end());
    if (static_cast<int>(m_stepOrder.size()) == m_frame->steps) shown->stepOrder = m_stepOrder;
    shown->place = tr("test sequence %1").arg(m_frame->sample);
    setSample(shown);
}

}  // namespace resonate::app
