// engine/data/spike_bins.cpp: see spike_bins.h.
#include "data/spike_bins.h"

#include <array>
#include <bit>
#include <cassert>
#include <cmath>

namespace resonate::shd {

int bin_of(double time) {
    if (!std::isfinite(time) || time > (steps - 1) * bin_seconds) return -1;
    if (time <= 0) return 0;
    // The quotient may round to the other side of a whole number: the comparison decides.
    auto bin = static_cast<int>(std::ceil(time / bin_seconds));
    while (time <= (bin - 1) * bin_seconds) --bin;
    while (time > bin * bin_seconds) ++bin;
    return bin;
}

void append_binned(std::span<const double> times, std::span<const std::int32_t> units,
                   std::vector<std::uint32_t>& offsets, std::vector<std::uint16_t>& channels_out) {
    assert(times.size() == units.size() && !offsets.empty());
    // One bit for each step and channel sorts the events and counts each once.
    constexpr size_t words = (channels + 63) / 64;
    std::array<std::array<std::uint64_t, words>, steps> seen{};
    for (size_t event = 0; event < times.size(); ++event) {
        const int bin = bin_of(times[event]);
        if (bin < 0 || units[event] == 0) continue;
        const auto channel = static_cast<size_t>(channels - units[event]);
        seen[static_cast<size_t>(bin)][channel / 64] |= std::uint64_t{1} << channel % 64;
    }
    for (const auto& step : seen) {
        for (size_t word = 0; word < words; ++word)
            for (std::uint64_t bits = step[word]; bits != 0; bits &= bits - 1)
                channels_out.push_back(
                    static_cast<std::uint16_t>(64 * word + static_cast<size_t>(std::countr_zero(bits))));
        offsets.push_back(static_cast<std::uint32_t>(channels_out.size()));
    }
}

}  // namespace resonate::shd
