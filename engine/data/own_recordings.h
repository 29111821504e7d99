// engine/data/own_recordings.h: folders of the user's own recordings.
#pragma once

#include <filesystem>

#include "data/sequence_set.h"
#include "resonate/datasets.h"

namespace resonate {

/// config.path is a folder with one sub-folder of WAV files per class (names that begin with '.' or '_' are left
/// alone), of any rate, width and number of channels; long ones are cut, short ones filled up as mfcc.h says. Which of
/// them test:
/// 1. where there are folders train and test with class folders in them, as they say; validation may lie beside them;
/// 2. else those in testing_list.txt and validation_list.txt, where there are such lists ("class/file.wav" per line);
/// 3. without testing_list.txt a fifth of each class, rounded, but not all: those whose names come first in an order by
///    hash, so that it is the same on every machine.
/// Where nothing says what validates, it is drawn from the training set as for other sets.

/// dataset_info("own_recordings") with the classes and title of the folder. Reads names only. Throws ConfigError where
/// no path is given, DataError naming folder, expected, found.
DatasetInfo describe_recordings(const DatasetConfig& config);

/// The coefficients are kept in `data_dir`/own/cache, one file per folder, which may be deleted at any time. Throws as
/// describe_recordings() does, and DataError naming a file that cannot be used.
DatasetSplits load_own_recordings(const DatasetConfig& config, const std::filesystem::path& data_dir);

}  // namespace resonate
