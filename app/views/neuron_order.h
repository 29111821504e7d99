// app/views/neuron_order.h: in which order neurons stand above each other.
#pragma once

#include <QString>
#include <vector>

#include "views/frame_facts.h"

namespace resonate::app {

enum class NeuronOrder { Index, Frequency, Rate, FirstSpike };

/// What the order goes by, as the title of an axis.
QString orderTitle(NeuronOrder order);

/// That order, or by index where the neurons have not what it goes by.
NeuronOrder appliedOrder(NeuronOrder order, const ProbeFrame& frame);

struct OrderedNeurons {
    std::vector<int> neuronAt;  ///< [H] neuron of each row, from the bottom
    std::vector<int> rowOf;     ///< [H] row of each neuron
    std::vector<double> value;  ///< [H] by neuron: what the order goes by
};

/// Ascending in the order that is applied; equal ones by index.
OrderedNeurons orderNeurons(const ProbeFrame& frame, NeuronOrder order);

}  // namespace resonate::app
