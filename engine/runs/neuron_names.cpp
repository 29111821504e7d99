// engine/runs/neuron_names.cpp: see neuron_names.h.
#include "runs/neuron_names.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace resonate {
namespace {

constexpr std::array<std::string_view, 4> telling = {"omega", "b_offset", "tau_mem", "tau_adp"};

/// "tau_adp" of "hidden.tau_adp"; empty for the read-out's.
std::string_view own_name(std::string_view name) {
    const size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || name.substr(0, name.find('.')) == "out") return {};
    return name.substr(dot + 1);
}

bool any_is(const std::vector<std::string>& names, std::string_view wanted) {
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return own_name(name) == wanted; });
}

}  // namespace

std::optional<NeuronFamily> neuron_family(const std::vector<std::string>& names) {
    if (any_is(names, "tau_adp")) return NeuronFamily::alif;
    if (any_is(names, "omega") || any_is(names, "b_offset")) return NeuronFamily::resonators;
    if (any_is(names, "tau_mem")) return NeuronFamily::lif;
    return std::nullopt;
}

std::optional<NeuronType> neuron_type_of(const std::vector<std::string>& names) {
    const std::optional<NeuronFamily> family = neuron_family(names);
    if (family == NeuronFamily::alif) return NeuronType::alif;
    if (family == NeuronFamily::lif) return NeuronType::lif;
    return std::nullopt;
}

std::string describe_family(NeuronFamily family, const std::vector<std::string>& names) {
    std::string shown;
    for (const std::string_view wanted : telling) {
        const auto found =
            std::find_if(names.begin(), names.end(), [&](const std::string& name) { return own_name(name) == wanted; });
        if (found != names.end()) shown += (shown.empty() ? "" : ", ") + *found;
    }
    const char* kind = family == NeuronFamily::alif  ? "an ALIF"
                       : family == NeuronFamily::lif ? "a LIF"
                                                     : "a BRF, RF or HRF";
    return std::string(kind) + " network (" + shown + ")";
}

}  // namespace resonate
