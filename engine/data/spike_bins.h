// engine/data/spike_bins.h: how events of the Spiking Heidelberg Digits become steps ([P], its shd2dataset script).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace resonate::shd {

inline constexpr std::int64_t steps = 250;     ///< T
inline constexpr double bin_seconds = 0.004;   ///< width of a step
inline constexpr std::int64_t channels = 700;  ///< I
inline constexpr std::int64_t classes = 20;    ///< C, of SHD; files with fewer keep them
inline constexpr std::int32_t largest_unit = 699;

/// How the events of a file become steps and channels. The default is that of SHD.
struct Grid {
    std::int64_t steps = shd::steps;
    double bin_seconds = shd::bin_seconds;
    std::int64_t channels = shd::channels;
    /// Unit k is channel 700 − k and unit 0 is dropped, as the published script does it; else unit k is channel k.
    bool reversed = true;

    bool operator==(const Grid&) const = default;
};

/// Step that takes an event at `time` (s): the first i with time <= i · 4 ms, so that step 0 takes only what happens up
/// to 0 s. −1 for events after the last step and times that are not finite.
int bin_of(double time, const Grid& grid = {});

/// Bins one sample and appends it in the form of EventSequenceSet: T ends of steps to `offsets`, which starts as {0},
/// and to `channels` the channels of each step, ascending, each once. `times` (s, any order) and `units` (0 to one less
/// than there are channels) are of one length.
void append_binned(std::span<const double> times, std::span<const std::int32_t> units,
                   std::vector<std::uint32_t>& offsets, std::vector<std::uint16_t>& channels, const Grid& grid = {});

}  // namespace resonate::shd
