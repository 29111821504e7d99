// app/models/neuron_sketch.h: a few hundred steps of one neuron, for a small picture of how it answers.
#pragma once

#include <vector>

#include "resonate/experiment_config.h"

namespace resonate::app {

struct NeuronSketch {
    std::vector<double> u;      ///< membrane by step
    std::vector<double> bound;  ///< what it had to exceed
    std::vector<int> spikes;    ///< steps
};

/// A neuron with the middle of the experiment's initial ranges, struck in time with itself and then left alone;
/// ALIF and LIF get a constant current for a while. Takes some 20 µs.
NeuronSketch sketchNeuron(const NeuronConfig& neuron);

}  // namespace resonate::app
