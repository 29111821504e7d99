// engine/runs/published_names.h: which experiment a folder of the published code holds, told from its name.
#pragma once

#include <optional>
#include <string>

namespace resonate {

/// The preset nearest to a path such as "ecg/runs/May27_…_Adam(0.1),NLL,…,4,36,6,bs=16,ep=400,BRF(omega3.0,…)": data
/// set from its layer sizes or its folders, neuron from its name. Nothing where either cannot be told.
std::optional<std::string> preset_from_published_name(const std::string& path);

}  // namespace resonate
