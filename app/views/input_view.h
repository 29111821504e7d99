// app/views/input_view.h: what the network sees of the probe sample, drawn as in the Data workspace.
#pragma once

#include <optional>

#include "views/frame_facts.h"
#include "views/sample_view.h"

namespace resonate::app {

class InputView : public SampleView {
    Q_OBJECT

 public:
    explicit InputView(ViewLink* link, QWidget* parent = nullptr);

    void setFrame(SharedFrame frame);
    /// Facts of the set that is trained on, or nothing while they are not known: frames wait for them. `stepOrder` as
    /// RunStarted::step_order.
    void setDataset(const std::optional<DatasetInfo>& info, const std::vector<std::int64_t>& stepOrder);

    QString howToFill() const override { return ExportableView::howToFill(); }
    QSize minimumSizeHint() const override { return TimePlot::minimumSizeHint(); }

 private:
    void refresh();
    bool showsAlready() const;

    SharedFrame m_frame;
    std::optional<DatasetInfo> m_info;
    std::vector<std::int64_t> m_stepOrder;
};

}  // namespace resonate::app
