// app/views/shown_sample.h: one sequence of a data set with what a view has to know about the set.
#pragma once

#include <QString>
#include <memory>
#include <vector>

#include "resonate/datasets.h"
#include "resonate/samples.h"

namespace resonate::app {

struct ShownSample {
    DatasetInfo info;
    Sample sample;
    std::vector<std::int64_t> stepOrder;  ///< as SampleBrowser::step_order()
    QString place;                        ///< "test sequence 12"

    bool labelledPerStep() const { return sample.labels.size() > 1; }
    std::int64_t label(int step) const { return sample.labels[labelledPerStep() ? static_cast<size_t>(step) : 0]; }
    float at(int step, int input) const {
        return sample
            .input[static_cast<size_t>(step) * static_cast<size_t>(sample.inputs) + static_cast<size_t>(input)];
    }
    int steps() const { return static_cast<int>(sample.steps); }
    int inputs() const { return static_cast<int>(sample.inputs); }
    QString className(std::int64_t label) const {
        const auto index = static_cast<size_t>(label);
        return index < info.class_names.size() ? QString::fromStdString(info.class_names[index])
                                               : QString::number(label);
    }
    QString channelName(int input) const {
        const auto index = static_cast<size_t>(input);
        return index < info.channel_names.size() ? QString::fromStdString(info.channel_names[index])
                                                 : QString::number(input);
    }
};

using SharedSample = std::shared_ptr<const ShownSample>;

}  // namespace resonate::app
