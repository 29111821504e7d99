// engine/data/random_sequences.h: input of the right shape and rate where a data set's files are absent.
#pragma once

#include <string>

#include "data/sequence_set.h"
#include "resonate/datasets.h"

namespace resonate {

struct LoadedOrDrawn {
    DatasetSplits data;
    std::string source;  ///< "dataset" or "random"
};

/// The data set where it is generated or its files are here, else `count` random sequences of its shape and rate.
/// Throws DataError for files that are there and damaged.
LoadedOrDrawn load_or_draw(const DatasetConfig& config, const std::filesystem::path& data_dir, std::int64_t count);

}  // namespace resonate
