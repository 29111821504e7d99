// resonate/datasets.h: which data sets exist, whether their files are here and whole, and how they get here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace resonate {

struct DatasetFile {
    std::string name;    ///< "QTDB_train.mat"
    std::int64_t bytes;  ///< published size
    std::string sha256;  ///< of the published file, lower-case hex
};

/// Facts about one data set; the same for every user.
struct DatasetInfo {
    std::string name;   ///< "ecg": name in presets, and of its folder in a data directory
    std::string title;  ///< "ECG-QTDB"; generated sets say "Synthetic …"
    std::string description;
    std::string licence;
    std::string citation;
    bool synthetic = false;  ///< generated, needs no files
    std::string folder;      ///< folder in the data directory; empty for generated sets
    std::vector<DatasetFile> files;
    std::string source;  ///< folder on the web where the files were published
    int inputs = 0;      ///< I
    int classes = 0;     ///< C
    int steps = 0;       ///< T
    bool label_per_step = false;
    double input_rate = 0;                 ///< mean share of inputs that are not zero, for benchmarks without the files
    std::vector<std::string> class_names;  ///< C names
    std::vector<std::string> channel_names;  ///< I names
};

const std::vector<DatasetInfo>& dataset_catalogue();
/// Throws ConfigError naming the known sets.
const DatasetInfo& dataset_info(const std::string& name);

enum class DatasetStatus { generated, ready, missing, corrupt };

struct DatasetReport {
    DatasetStatus status = DatasetStatus::missing;
    std::string message;  ///< one sentence; names file, expected and found where something is wrong
};

/// Looks at presence and size only: quick.
DatasetReport dataset_status(const std::string& name, const std::filesystem::path& data_dir);
/// Reads every file: size, SHA-256, and that the reader accepts it.
DatasetReport verify_dataset(const std::string& name, const std::filesystem::path& data_dir);
/// Copies the files of a set from `from` into `data_dir` after verifying them; an earlier good copy stays until the new
/// one is whole. Throws DataError naming file, expected and found.
void import_dataset(const std::string& name, const std::filesystem::path& from, const std::filesystem::path& data_dir);

/// $RESONATE_DATA_DIR, else $XDG_DATA_HOME/resonate/data, else ~/.local/share/resonate/data.
std::filesystem::path default_data_dir();

}  // namespace resonate
