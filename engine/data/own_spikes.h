// engine/data/own_spikes.h: the user's spike files in the layout of SHD.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "data/sequence_set.h"
#include "resonate/datasets.h"

namespace resonate {

/// The files of a set: a single one, of which a fifth of the sequences of each class is set apart to test, or a folder
/// with train.h5 and test.h5, or with one NAME_train.h5 and one NAME_test.h5, perhaps with a valid or validation
/// beside.
struct SpikeFiles {
    std::filesystem::path train;
    std::optional<std::filesystem::path> test;
    std::optional<std::filesystem::path> validation;
};

/// Throws DataError naming what was expected and found.
SpikeFiles find_spike_files(const std::filesystem::path& path);

/// Reads headers and labels. Throws DataError.
DatasetInfo describe_spikes(const std::filesystem::path& path);
/// Throws DataError naming file, place, expected and found.
DatasetSplits load_spikes(const std::filesystem::path& path);

}  // namespace resonate
