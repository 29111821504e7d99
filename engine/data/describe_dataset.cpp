// engine/data/describe_dataset.cpp: the facts of a set, and of own data those its files tell.
#include "data/own_recordings.h"
#include "resonate/datasets.h"

namespace resonate {

DatasetInfo describe_dataset(const DatasetConfig& config) {
    if (config.name == "own_recordings") return describe_recordings(config);
    return dataset_info(config.name);
}

}  // namespace resonate
