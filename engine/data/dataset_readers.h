// engine/data/dataset_readers.h: from the files of a data set to its sequences.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/sequence_set.h"
#include "resonate/datasets.h"

namespace resonate {

/// Where `file` lies in `folder`, in a form its reader takes: plain, or packed where packing is Packing::gzip.
std::optional<std::filesystem::path> find_readable(const std::filesystem::path& folder, const DatasetFile& file);

/// May the set lie unpacked in its folder, instead of the archive it is published as?
bool may_be_unpacked(const DatasetInfo& info);
/// Where such a set lies unpacked, in `folder` or in a folder there; nothing where it does not, and of other sets.
std::optional<std::filesystem::path> find_unpacked(const DatasetInfo& info, const std::filesystem::path& folder);

/// Throws DataError unless size and hash of the content are the published ones.
void require_content(const std::filesystem::path& path, const DatasetFile& file);

/// Reads the files of a set that is not generated; all of them lie in `folder`. `permutation` as in load_dataset(), but
/// drawn by nobody: of permuted sets only. Throws DataError.
DatasetSplits read_dataset(const DatasetInfo& info, const std::filesystem::path& folder,
                           std::vector<std::int64_t> permutation);

}  // namespace resonate
