// engine/runs/published_names.cpp: see published_names.h.
#include "runs/published_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string_view>
#include <utility>

namespace resonate {
namespace {

using Clue = std::pair<std::string_view, std::string_view>;

/// What is found first decides: more telling clues come first.
std::string_view first_found(const std::string& text, std::span<const Clue> clues) {
    for (const auto& [clue, meaning] : clues)
        if (text.find(clue) != std::string::npos) return meaning;
    return {};
}

}  // namespace

std::optional<std::string> preset_from_published_name(const std::string& path) {
    std::string text;
    for (const char letter : path)
        if (letter != ' ') text += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    constexpr std::array<Clue, 6> neurons{
        {{"bhrf", "hrf"}, {"hrf(", "hrf"}, {"alif", "alif"}, {"vrf(", "rf"}, {"brf", "brf"}, {"rf(", "rf"}}};
    constexpr std::array<Clue, 12> sets{{{"permuted(true)", "psmnist"},
                                         {"permuted(false)", "smnist"},
                                         {"4,36,6", "ecg"},
                                         {"700,128,20", "shd"},
                                         {"1,256,10", "smnist"},
                                         {"13,128,35", "gsc"},
                                         {"psmnist", "psmnist"},
                                         {"smnist", "smnist"},
                                         {"ecg", "ecg"},
                                         {"shd", "shd"},
                                         {"gsc", "gsc"},
                                         {"speech", "gsc"}}};
    const std::string_view set = first_found(text, sets);
    const std::string_view neuron = first_found(text, neurons);
    if (set.empty() || neuron.empty()) return std::nullopt;
    return std::string(set) + "_" + std::string(neuron);
}

}  // namespace resonate
