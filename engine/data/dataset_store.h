// engine/data/dataset_store.h: the files of a set in their folder: checked, put in their place, one program at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "data/file_lock.h"
#include "resonate/datasets.h"

namespace resonate {

/// "QTDB_train.mat and QTDB_test.mat"
std::string file_list(const DatasetInfo& info);

/// "put the files … (published at …) into one folder and import it: …"; `source` is left out where it is empty.
std::string how_to_import(const DatasetInfo& info, const std::string& source);

/// Name of the file as it is published: "train-images-idx3-ubyte.gz".
std::string published_name(const DatasetFile& file);

/// Name of what is being received or copied until it is whole.
std::filesystem::path part_of(std::filesystem::path path);

/// Is it packed and read as what it packs? A file of Packing::none never is, whatever its format.
bool is_packed(const std::filesystem::path& path, const DatasetFile& file);

/// Hears how many bytes of content were handled so far, every quarter of a megabyte; what it throws ends the work.
using Watch = std::function<void(std::uint64_t)>;

struct ContentCheck {
    std::string problem;      ///< empty where the content is the published one; "expected SHA-256 …, found …"
    std::uint64_t bytes = 0;  ///< of the content
};

/// Compares size and hash of the content with the published ones. Of a packed file no more is unpacked than the content
/// can be long. Never throws but what `watch` does.
ContentCheck check_content(const std::filesystem::path& path, const DatasetFile& file, const Watch& watch = {});

enum class Placing { copy, move };

/// Puts a file whose content was checked into `folder`, unpacked where its reader needs that; what lay there stays
/// until the new copy is whole. Throws DataError, and leaves nothing behind, where the disk does not take it.
void place_file(const std::filesystem::path& from, const std::filesystem::path& folder, const DatasetFile& file,
                Placing placing, const Watch& watch = {});

/// Keeps other programs from writing the folder of a set while it lives. Made where it is not there, and removed where
/// nothing is in it in the end.
class DatasetFolderLock {
 public:
    /// Throws DataError naming the folder.
    explicit DatasetFolderLock(std::filesystem::path folder);
    ~DatasetFolderLock();
    DatasetFolderLock(const DatasetFolderLock&) = delete;
    DatasetFolderLock& operator=(const DatasetFolderLock&) = delete;

 private:
    std::filesystem::path folder_;
    std::optional<FileLock> lock_;
};

}  // namespace resonate
