// engine/data/shd_hdf5.h: reads HDF5 files laid out like the Spiking Heidelberg Digits (Cramer et al., IEEE TNNLS
// 2020).
#pragma once

#include <filesystem>
#include <memory>

#include "data/event_sequence_set.h"

namespace resonate {

/// `/spikes/times` [N] variable-length floating point, seconds; `/spikes/units` [N] variable-length integers 0 … 699;
/// `/labels` [N] integers 0 … 19. Whatever else the file holds is left alone. Binned as spike_bins.h says; times that
/// are not finite are dropped, their order does not matter, a sample without events is silence.
/// Throws DataError naming file, place, expected and found.
std::shared_ptr<const EventSequenceSet> read_shd(const std::filesystem::path& file);

}  // namespace resonate
