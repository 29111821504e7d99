// engine/experiment/experiment_data.cpp: see experiment_data.h.
#include "experiment/experiment_data.h"

#include "resonate/datasets.h"
#include "runs/permutation.h"

namespace resonate {

DatasetSplits load_experiment_data(const DatasetConfig& config, const std::filesystem::path& data_dir,
                                   std::vector<std::int64_t> permutation) {
    if (permutation.empty() && dataset_info(config.name).permuted && !config.permutation_file.empty())
        permutation = read_permutation(config.permutation_file);
    return load_dataset(config, data_dir, std::move(permutation));
}

}  // namespace resonate
