// engine/data/recording_folder.h: which recordings lie in a folder, and which of them train, validate and test.
#pragma once

#include <filesystem>
#include <string>
#include <unordered_set>
#include <vector>

#include "data/feature_cache.h"

namespace resonate {

/// A regular file whose name ends with ".wav", in capitals or not.
struct FoundRecording {
    NamedRecording recording;
    std::filesystem::path path;
};

/// Sub-folders of `folder` that hold a recording, sorted; not those whose names begin with '.' or '_'. Throws DataError
/// where the folder cannot be listed.
std::vector<std::string> class_folders(const std::filesystem::path& folder);
/// Does the folder itself, not a folder in it, hold a recording? Throws DataError.
bool holds_recordings(const std::filesystem::path& folder);

/// The recordings in the sub-folders `classes`, labelled by their place in that list, named `prefix` +
/// "class/file.wav", sorted by name. Throws DataError where a sub-folder cannot be listed.
std::vector<FoundRecording> list_recordings(const std::filesystem::path& folder,
                                            const std::vector<std::string>& classes, const std::string& prefix = {});

/// Names, sizes and times of the files: another text is another content.
std::string listing_key(const std::vector<FoundRecording>& found);

/// Lists of recordings by name, one a line.
struct SplitLists {
    std::string validation_place;  ///< of the list, for errors
    std::string testing_place;
    std::unordered_set<std::string> validation;
    std::unordered_set<std::string> testing;
};

std::unordered_set<std::string> parse_split_list(const std::string& text);

/// Sets Split::validation and Split::test of what is listed. Throws DataError naming a list and what it names that is
/// not among the recordings, or is on both lists.
void apply_split_lists(const SplitLists& lists, std::vector<NamedRecording*> recordings);

}  // namespace resonate
