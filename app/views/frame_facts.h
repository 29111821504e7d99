// app/views/frame_facts.h: what the live views count and conclude from a probe frame.
#pragma once

#include <QList>
#include <QString>
#include <memory>
#include <span>
#include <vector>

#include "models/view_link.h"
#include "resonate/training_events.h"

namespace resonate::app {

using SharedFrame = std::shared_ptr<const ProbeFrame>;

/// [H]
std::vector<int> spikeCounts(const ProbeFrame& frame);
/// [H] step of the first spike; T where there is none.
std::vector<int> firstSpikes(const ProbeFrame& frame);
/// [T] spikes of all neurons together.
std::vector<int> spikesPerStep(const ProbeFrame& frame);

inline bool labelledPerStep(const ProbeFrame& frame) { return frame.labels.size() > 1; }
inline int trueClass(const ProbeFrame& frame, int step) {
    return frame.labels[labelledPerStep(frame) ? static_cast<size_t>(step) : 0];
}
inline float probability(const ProbeFrame& frame, int step, int label) {
    return frame
        .probabilities[static_cast<size_t>(step) * static_cast<size_t>(frame.classes) + static_cast<size_t>(label)];
}
/// `values` is [T, H].
inline float valueAt(const ProbeFrame& frame, const std::vector<float>& values, int step, int neuron) {
    return values[static_cast<size_t>(step) * static_cast<size_t>(frame.neurons) + static_cast<size_t>(neuron)];
}
inline bool spikesAt(const ProbeFrame& frame, int step, int neuron) {
    return frame.spikes[static_cast<size_t>(step) * static_cast<size_t>(frame.neurons) + static_cast<size_t>(neuron)] !=
           0;
}

/// [T] most probable class of each step.
std::vector<int> predictedClasses(const ProbeFrame& frame);

/// What the network answers, as training counts it.
struct Decision {
    int firstStep = 0;  ///< steps [firstStep, T) count
    bool last = false;  ///< the last step alone decides on the sequence
    int label = -1;     ///< of the whole sequence; -1 where every step is decided on
    double right = 0;   ///< share of the steps that count, where every step is decided on
};
Decision decide(const ProbeFrame& frame, const TrainingConfig& training);

/// Suggests the most active neurons of the frame to all views of the link, unless some of its network were chosen by
/// their spikes already.
void suggestNeurons(ViewLink& link, const SharedFrame& frame);
/// Why Membranes and Phase draw that neuron, as a line of a tip; "" where they do not.
QString whyShown(const ViewLink& link, int neuron);

}  // namespace resonate::app
