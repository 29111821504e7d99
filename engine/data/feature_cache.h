// engine/data/feature_cache.h: coefficients of recordings, kept on disk so that they are computed once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/feature_workers.h"
#include "data/sequence_set.h"
#include "resonate/datasets.h"

namespace resonate {

/// Where the coefficients of a set are kept, and what they were computed from: another key is another content.
struct FeatureCache {
    std::filesystem::path file;
    std::string key;
};

/// A recording of a set, by its name within it: "bed/004ae714_nohash_0.wav".
struct NamedRecording {
    std::string name;
    std::uint16_t label = 0;
    Split split = Split::train;
};

/// The sets kept in the file, which is mapped into memory and shared with whoever else uses it; nothing where the file
/// is absent, damaged, or of another key, version of the definition or number of classes. `validation` is null where
/// there are no recordings to validate.
std::optional<DatasetSplits> open_feature_cache(const FeatureCache& cache, int classes);

/// Keeps what was computed of `recordings`, in their order, and gives the sets: from the file, or from memory where it
/// cannot be written. The file is replaced only once it is whole. In each split the classes are mixed: the order is a
/// function of the names alone, so that it is the same wherever the recordings came from.
DatasetSplits keep_features(const std::shared_ptr<const FeatureRows>& rows,
                            const std::vector<NamedRecording>& recordings, int classes, const FeatureCache& cache);

}  // namespace resonate
