// app/views/frame_facts.cpp: see frame_facts.h.
#include "views/frame_facts.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace resonate::app {
namespace {

constexpr size_t defaultCount = 4;
constexpr float leastProbability = 1e-38F;  ///< of a class ruled out: its logarithm stays finite

/// The most active neurons, in order of their index; the first ones where all are silent.
QList<int> mostActive(const ProbeFrame& frame) {
    const std::vector<int> counts = spikeCounts(frame);
    std::vector<int> order(counts.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](int a, int b) { return counts[static_cast<size_t>(a)] > counts[static_cast<size_t>(b)]; });
    order.resize(std::min(order.size(), defaultCount));
    std::sort(order.begin(), order.end());
    return {order.begin(), order.end()};
}

}  // namespace

std::vector<int> spikeCounts(const ProbeFrame& frame) {
    const auto neurons = static_cast<size_t>(frame.neurons);
    std::vector<int> counts(neurons, 0);
    for (size_t begin = 0; begin + neurons <= frame.spikes.size(); begin += neurons)
        for (size_t h = 0; h < neurons; ++h) counts[h] += frame.spikes[begin + h];
    return counts;
}

std::vector<int> firstSpikes(const ProbeFrame& frame) {
    std::vector<int> first(static_cast<size_t>(frame.neurons), frame.steps);
    for (int t = frame.steps - 1; t >= 0; --t)
        for (int h = 0; h < frame.neurons; ++h)
            if (spikesAt(frame, t, h)) first[static_cast<size_t>(h)] = t;
    return first;
}

std::vector<int> spikesPerStep(const ProbeFrame& frame) {
    std::vector<int> sums(static_cast<size_t>(frame.steps), 0);
    const auto neurons = static_cast<size_t>(frame.neurons);
    for (size_t t = 0; t < sums.size(); ++t)
        for (size_t h = 0; h < neurons; ++h) sums[t] += frame.spikes[t * neurons + h];
    return sums;
}

std::vector<int> predictedClasses(const ProbeFrame& frame) {
    std::vector<int> predicted;
    predicted.reserve(static_cast<size_t>(frame.steps));
    for (int t = 0; t < frame.steps; ++t) {
        const auto row = frame.probabilities.begin() + static_cast<std::ptrdiff_t>(t) * frame.classes;
        predicted.push_back(static_cast<int>(std::max_element(row, row + frame.classes) - row));
    }
    return predicted;
}

Decision decide(const ProbeFrame& frame, const TrainingConfig& training) {
    Decision decision;
    const int count =
        training.label_last ? std::min(training.n_last, frame.steps) : frame.steps - training.sub_seq_length;
    decision.firstStep = std::clamp(frame.steps - count, 0, frame.steps - 1);
    if (labelledPerStep(frame)) {
        const std::vector<int> predicted = predictedClasses(frame);
        int right = 0;
        for (int t = decision.firstStep; t < frame.steps; ++t)
            right += predicted[static_cast<size_t>(t)] == trueClass(frame, t);
        decision.right = static_cast<double>(right) / (frame.steps - decision.firstStep);
        return decision;
    }
    decision.last = training.label_last;
    // The mean of the read-out's potentials decides: that of the logarithms differs by the same number for all classes.
    std::vector<double> sums(static_cast<size_t>(frame.classes), 0);
    for (int t = decision.last ? frame.steps - 1 : decision.firstStep; t < frame.steps; ++t)
        for (int c = 0; c < frame.classes; ++c)
            sums[static_cast<size_t>(c)] += std::log(std::max(leastProbability, probability(frame, t, c)));
    decision.label = static_cast<int>(std::max_element(sums.begin(), sums.end()) - sums.begin());
    return decision;
}

void suggestNeurons(ViewLink& link, const SharedFrame& frame) {
    if (!frame) return link.suggest({});
    const NeuronSuggestion& known = link.suggestion();
    if (frame->neurons == known.neurons && known.bySpikes) return;
    const bool spikes = std::any_of(frame->spikes.begin(), frame->spikes.end(), [](auto spike) { return spike != 0; });
    link.suggest({frame->neurons, mostActive(*frame), spikes});
}

QString whyShown(const ViewLink& link, int neuron) {
    if (!link.shown().contains(neuron)) return {};
    const auto say = [](const char* text) { return QCoreApplication::translate("NeuronSuggestion", text); };
    if (link.selection().contains(neuron)) return say("\nSelected: Membranes and Phase draw it.");
    return link.suggestion().bySpikes
               ? say("\nThinly marked, among the most active: Membranes and Phase draw it until a click selects one.")
               : say("\nThinly marked, among the first: Membranes and Phase draw it until a click selects one.");
}

}  // namespace resonate::app
