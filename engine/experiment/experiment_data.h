// engine/experiment/experiment_data.h: the data set of an experiment, its steps in the order the model knows.
#pragma once

#include "data/sequence_set.h"

namespace resonate {

/// load_dataset() with `permutation` where it is not empty (that of a model), else with the one in
/// config.permutation_file, else with the one that the seed draws. Throws as load_dataset(), and CheckpointError for the
/// file.
DatasetSplits load_experiment_data(const DatasetConfig& config, const std::filesystem::path& data_dir,
                                   std::vector<std::int64_t> permutation);

}  // namespace resonate
