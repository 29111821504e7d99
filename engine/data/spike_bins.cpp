// engine/data/spike_bins.cpp: see spike_bins.h.
#include "data/spike_bins.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <vector>

namespace resonate::shd {

int bin_of(double time, const Grid& grid) {
    const double width = grid.bin_seconds;
    const auto end_of = [width](std::int64_t bin) { return static_cast<double>(bin) * width; };
    if (!std::isfinite(time) || time > end_of(grid.steps - 1)) return -1;
    if (time <= 0) return 0;
    // The quotient may round to the other side of a whole number: the comparison decides.
    auto bin = static_cast<int>(std::ceil(time / width));
    while (time <= end_of(bin - 1)) --bin;
    while (time > end_of(bin)) ++bin;
    return bin;
}

void append_binned(std::span<const double> times, std::span<const std::int32_t> units,
                   std::vector<std::uint32_t>& offsets, std::vector<std::uint16_t>& channels_out, const Grid& grid) {
    assert(times.size() == units.size() && !offsets.empty());
    // One bit for each step and channel sorts the events and counts each once.
    const auto words = static_cast<size_t>((grid.channels + 63) / 64);
    std::vector<std::uint64_t> seen(static_cast<size_t>(grid.steps) * words);
    for (size_t event = 0; event < times.size(); ++event) {
        const int bin = bin_of(times[event], grid);
        if (bin < 0 || (grid.reversed && units[event] == 0)) continue;
        const auto channel = static_cast<size_t>(grid.reversed ? grid.channels - units[event] : units[event]);
        seen[static_cast<size_t>(bin) * words + channel / 64] |= std::uint64_t{1} << channel % 64;
    }
    for (size_t step = 0; step < static_cast<size_t>(grid.steps); ++step) {
        for (size_t word = 0; word < words; ++word)
            for (std::uint64_t bits = seen[step * words + word]; bits != 0; bits &= bits - 1)
                channels_out.push_back(
                    static_cast<std::uint16_t>(64 * word + static_cast<size_t>(std::countr_zero(bits))));
        offsets.push_back(static_cast<std::uint32_t>(channels_out.size()));
    }
}

}  // namespace resonate::shd
