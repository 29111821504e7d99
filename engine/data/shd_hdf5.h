// engine/data/shd_hdf5.h: reads HDF5 files laid out like the Spiking Heidelberg Digits (Cramer et al., IEEE TNNLS
// 2020).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "data/event_sequence_set.h"
#include "data/reader_output.h"
#include "data/spike_bins.h"

namespace resonate {

/// `/spikes/times` [N] variable-length floating point, seconds; `/spikes/units` [N] variable-length integers 0 … 699;
/// `/labels` [N] integers 0 … 19. Whatever else the file holds is left alone. Binned as spike_bins.h says; times that
/// are not finite are dropped, their order does not matter, a sample without events is silence.
/// Throws DataError naming file, place, expected and found. HDF5 can crash on a damaged file: give this only files
/// whose hash is known.
std::shared_ptr<const EventSequenceSet> read_shd(const std::filesystem::path& file);

/// A file of anybody's in this layout. Integer attributes of the root group say how it is read: `units` (default 700,
/// in the published order) and `steps` (250), and the floating-point `bin_seconds` (0.004). Any number of classes;
/// `/extra/keys` may name them.
struct SpikeFile {
    shd::Grid grid;
    std::vector<std::string> class_names;  ///< those of /extra/keys, else empty
    std::vector<std::uint8_t> labels;      ///< [N]
    std::vector<std::uint32_t>
        offsets;  ///< [N T + 1], as EventSequenceSet takes it; empty where only headers were asked for
    std::vector<std::uint16_t> channels;
};

enum class SpikePart { header, all };

/// Reads such a file with HDF5, and so may crash: for resonate-reader alone. Throws DataError.
void write_spike_file(const std::filesystem::path& file, SpikePart part, ReaderOutput& output);
/// The same by a ReaderProcess, which may crash in place of this one; believes nothing it says. Throws DataError.
SpikeFile read_spike_file(const std::filesystem::path& file, SpikePart part);

}  // namespace resonate
