// engine/data/own_arrays.h: from the definition of a set of arrays to its sequences.
#pragma once

#include "data/sequence_set.h"
#include "resonate/own_data.h"

namespace resonate {

/// Relative paths of the definition count from `folder`. Reads headers, and the training labels where the definition
/// does not name the classes. Throws DataError.
DatasetInfo describe_arrays(const ArraysDefinition& definition, const std::filesystem::path& folder);
/// Throws DataError naming file, array and place.
DatasetSplits load_arrays(const ArraysDefinition& definition, const std::filesystem::path& folder);

/// Every file the definition names.
std::vector<std::filesystem::path> files_of(const ArraysDefinition& definition, const std::filesystem::path& folder);

}  // namespace resonate
