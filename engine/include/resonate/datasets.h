// resonate/datasets.h: which data sets exist, whether their files are here and whole, and how they get here.
// The user's own data are sets whose files are named by dataset.path instead of lying in the data directory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace resonate {

/// How a file is published, and whether its reader takes it so.
enum class Packing {
    none,      ///< as it is read
    gzip,      ///< as NAME.gz; read packed or unpacked
    transport  ///< as NAME.gz; has to be unpacked before it is read, which importing does
};

/// A file of a data set. What counts is its content: a copy packed anew has another size and another hash.
struct DatasetFile {
    std::string name;        ///< unpacked: "QTDB_train.mat", "train-images-idx3-ubyte"
    std::int64_t bytes = 0;  ///< of the content; 0 = not published
    std::string sha256;      ///< of the content, lower-case hex; empty where only MD5 is published
    std::string md5 = {};    ///< of the content; empty where sha256 is known
    Packing packing = Packing::none;
    std::int64_t packed_bytes = 0;  ///< of the published NAME.gz; 0 = not packed or not published
    std::string packed_hash = {};   ///< of the published NAME.gz: SHA-256, or MD5 where md5 is set
};

enum class InputKind {
    events,         ///< 0 or 1, stored for each step and input
    sparse_events,  ///< 0 or 1, stored as lists of events
    values,         ///< graded, any range; of images 0 to 1
    coefficients    ///< MFCC frames of recordings, each recording normalised to mean 0 and standard deviation 1
};

enum class Split { train, validation, test };

/// Facts about one data set; the same for every user.
struct DatasetInfo {
    std::string name;   ///< "ecg": name in presets, and of its folder in a data directory
    std::string title;  ///< "ECG-QTDB"; generated sets say "Synthetic …"
    std::string description;
    std::string licence;
    std::string citation;
    bool synthetic = false;            ///< generated, needs no files
    bool own = false;                  ///< the user's: shape and classes are those of the files at dataset.path
    std::string folder;                ///< folder in the data directory, sets may share one; empty for generated sets
    std::vector<DatasetFile> files;    ///< those of the training set first
    std::string source;                ///< folder on the web where the files were published; empty = on no web site
    std::vector<std::string> mirrors;  ///< other such folders, in order
    int inputs = 0;                    ///< I
    int classes = 0;                   ///< C
    int steps = 0;                     ///< T
    bool label_per_step = false;
    bool permuted = false;  ///< steps are shown in an order that dataset.permutation_seed draws
    InputKind input_kind = InputKind::events;
    double input_rate = 0;                 ///< mean share of inputs that are not zero, for benchmarks without the files
    std::vector<std::string> class_names;  ///< C names
    std::vector<std::string> channel_names;  ///< I names
};

const std::vector<DatasetInfo>& dataset_catalogue();
/// Throws ConfigError naming the known sets. Of own data the shape is 0: see describe_dataset().
const DatasetInfo& dataset_info(const std::string& name);

struct DatasetConfig;
/// dataset_info() of the set that is configured, and for own data the shape, the classes and the title its files say.
/// Looks at headers and names, not at content. Throws ConfigError, and DataError naming file, expected and found.
DatasetInfo describe_dataset(const DatasetConfig& config);

enum class DatasetStatus { generated, ready, missing, corrupt };

struct DatasetReport {
    DatasetStatus status = DatasetStatus::missing;
    std::string message;  ///< one sentence; names file, expected and found where something is wrong
};

/// Looks at presence and, of files that are not packed, size only: quick.
DatasetReport dataset_status(const std::string& name, const std::filesystem::path& data_dir);
/// Reads every file: size and hash of its content, and that the reader accepts it.
DatasetReport verify_dataset(const std::string& name, const std::filesystem::path& data_dir);
/// Copies the files of a set from `from`, packed or not, into `data_dir` after verifying their content; an earlier good
/// copy stays until the new one is whole. Throws DataError naming file, expected and found.
void import_dataset(const std::string& name, const std::filesystem::path& from, const std::filesystem::path& data_dir);

/// Removes the files of a set, and what was computed from them, from `data_dir`; files that another set uses as well go
/// with them. Throws DataError for generated sets, own data, and what cannot be removed.
void remove_dataset(const std::string& name, const std::filesystem::path& data_dir);

/// $RESONATE_DATA_DIR, else $XDG_DATA_HOME/resonate/data, else ~/.local/share/resonate/data.
std::filesystem::path default_data_dir();

}  // namespace resonate
