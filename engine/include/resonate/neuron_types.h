// resonate/neuron_types.h: the choices that name an equation; free of other headers, so that kernels can include it.
#pragma once

namespace resonate {

enum class NeuronType { brf, rf, hrf, alif, lif, izhikevich };
enum class Surrogate { double_gaussian, multi_gaussian, gaussian, linear, exponential };
/// exponential: as published; linear: a constant instead of a rate (spec: neurons.md, "Linear decay").
enum class Decay { exponential, linear };

}  // namespace resonate
