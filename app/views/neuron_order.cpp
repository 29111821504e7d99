// app/views/neuron_order.cpp: see neuron_order.h.
#include "views/neuron_order.h"

#include <QCoreApplication>
#include <algorithm>
#include <numeric>

namespace resonate::app {
namespace {

QString say(const char* text) { return QCoreApplication::translate("NeuronOrder", text); }

std::vector<double> orderValues(const ProbeFrame& frame, NeuronOrder order) {
    switch (appliedOrder(order, frame)) {
        case NeuronOrder::Frequency: return {frame.omega.begin(), frame.omega.end()};
        case NeuronOrder::Rate: {
            const std::vector<int> counts = spikeCounts(frame);
            return {counts.begin(), counts.end()};
        }
        case NeuronOrder::FirstSpike: {
            const std::vector<int> first = firstSpikes(frame);
            return {first.begin(), first.end()};
        }
        case NeuronOrder::Index: break;
    }
    std::vector<double> index(static_cast<size_t>(frame.neurons));
    std::iota(index.begin(), index.end(), 0);
    return index;
}

}  // namespace

QString orderTitle(NeuronOrder order) {
    switch (order) {
        case NeuronOrder::Frequency: return say("neurons by ω");
        case NeuronOrder::Rate: return say("neurons by spikes");
        case NeuronOrder::FirstSpike: return say("neurons by first spike");
        case NeuronOrder::Index: break;
    }
    return say("neuron");
}

NeuronOrder appliedOrder(NeuronOrder order, const ProbeFrame& frame) {
    return order == NeuronOrder::Frequency && frame.omega.empty() ? NeuronOrder::Index : order;
}

OrderedNeurons orderNeurons(const ProbeFrame& frame, NeuronOrder order) {
    OrderedNeurons ordered;
    ordered.value = orderValues(frame, order);
    ordered.neuronAt.resize(ordered.value.size());
    std::iota(ordered.neuronAt.begin(), ordered.neuronAt.end(), 0);
    std::stable_sort(ordered.neuronAt.begin(), ordered.neuronAt.end(), [&](int a, int b) {
        return ordered.value[static_cast<size_t>(a)] < ordered.value[static_cast<size_t>(b)];
    });
    ordered.rowOf.resize(ordered.neuronAt.size());
    for (size_t row = 0; row < ordered.neuronAt.size(); ++row)
        ordered.rowOf[static_cast<size_t>(ordered.neuronAt[row])] = static_cast<int>(row);
    return ordered;
}

}  // namespace resonate::app
