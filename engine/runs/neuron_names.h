// engine/runs/neuron_names.h: which neuron a state dictionary belongs to, told from the names in it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "resonate/experiment_config.h"

namespace resonate {

/// Neurons whose parameters have the same names.
enum class NeuronFamily {
    resonators,  ///< omega and b_offset: BRF, RF, HRF
    alif,        ///< tau_mem and tau_adp
    lif,         ///< tau_mem without tau_adp
};

/// What the names of hidden layers say ("hidden.tau_adp"); those of the read-out ("out.tau_mem") say nothing. Nothing
/// where no name is known.
std::optional<NeuronFamily> neuron_family(const std::vector<std::string>& names);

/// The type, where the names leave one only: ALIF or LIF. For resonators the preset decides.
std::optional<NeuronType> neuron_type_of(const std::vector<std::string>& names);

/// "an ALIF network (hidden.tau_mem, hidden.tau_adp)", from the same names.
std::string describe_family(NeuronFamily family, const std::vector<std::string>& names);

}  // namespace resonate
