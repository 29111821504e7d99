// resonate/own_data.h: the user's own sequences as arrays or spikes: what files hold, how a set is put together of
// them, and whether the whole makes sense. docs/own-data.md describes the files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "resonate/datasets.h"
#include "resonate/experiment_config.h"

namespace resonate {

/// One array of a file.
struct ArrayInfo {
    std::string name;                 ///< entry of an NPZ file, variable of a MAT file; "values" of an NPY file;
                                      ///< "input" and "labels" of a CSV file with a label column, else "values"
    std::vector<std::int64_t> shape;  ///< as stored
    std::string type;                 ///< "float32", "uint8", …

    bool operator==(const ArrayInfo&) const = default;
};

/// The arrays of numbers in a CSV, NPY, NPZ or MAT file. Reads headers; CSV files whole. Throws DataError.
std::vector<ArrayInfo> list_arrays(const std::filesystem::path& file);

/// What the label array says, and its axes where the input has N before T (else N and T change places).
enum class LabelForm {
    sequence,      ///< [N] integers; [N, T] is taken where no label changes within a sequence
    step,          ///< [N, T] integers
    one_hot,       ///< [N, C]: a single 1 among zeros
    step_one_hot,  ///< [N, T, C]
};

/// How values become the network's input.
enum class Scaling {
    none,
    standardise,  ///< each channel to mean 0 and standard deviation 1 over the training sequences
    min_max,      ///< each channel to 0 … 1 over the training sequences
};

/// Where an array lies.
struct ArraySource {
    std::filesystem::path file;  ///< relative to the folder of the definition, or absolute
    std::string array;           ///< its name; empty where the file holds only one that can be meant

    bool operator==(const ArraySource&) const = default;
};

struct ArraySplit {
    ArraySource input;
    ArraySource labels;  ///< file empty: in the file of the input

    bool operator==(const ArraySplit&) const = default;
};

/// A set of arrays, as its definition file (.yaml) says it.
struct ArraysDefinition {
    std::string title;
    std::string description;
    std::string axes = "NTI";  ///< order of sequences, time steps and inputs in the input arrays; "NT", "TN": one input
    LabelForm labels = LabelForm::sequence;
    int first_label = 0;  ///< number of the first class in integer labels: 0, or 1
    Scaling scaling = Scaling::none;
    std::vector<std::string> classes;   ///< names in order; empty: as many as the training labels say, by number
    std::vector<std::string> channels;  ///< names of the I inputs; empty: by number
    double test_fraction = 0.2;         ///< share of the training sequences set apart to test where there is no `test`
    ArraySplit train;
    std::optional<ArraySplit> validation;
    std::optional<ArraySplit> test;

    bool operator==(const ArraysDefinition&) const = default;
};

std::string to_string(LabelForm form);
std::string to_string(Scaling scaling);

/// Throws ConfigError naming file, line, field, expected and found.
ArraysDefinition read_definition(const std::filesystem::path& file);
/// Writes to a temporary name and renames. read_definition() gives it back. Throws RunError naming the path.
void write_definition(const ArraysDefinition& definition, const std::filesystem::path& file);
/// A first guess from names ("x_train", "labels") and shapes, with paths as given; what it could not know is as in a
/// default definition. Throws DataError where no array can be the input, naming what was found.
ArraysDefinition propose_definition(const std::vector<std::filesystem::path>& files);

/// One split of a set as it was read.
struct OwnDataPart {
    Split split = Split::train;
    std::int64_t count = 0;                  ///< sequences
    std::vector<std::int64_t> label_counts;  ///< [C] sequences of each class; steps where each step has a label
};

struct OwnDataReport {
    DatasetInfo info;
    std::vector<OwnDataPart> parts;  ///< train, validation where there is one, test
    double smallest = 0;             ///< of all inputs of the training sequences, as the network sees them
    double largest = 0;
    std::vector<std::string> problems;  ///< sentences: why it cannot be used; empty where it can
    std::vector<std::string> notes;     ///< sentences: what may be meant otherwise, such as classes without sequences
};

/// Reads everything the configured own set consists of; what is computed of recordings is kept in `data_dir`. Throws
/// nothing but std::bad_alloc.
OwnDataReport check_own_data(const DatasetConfig& config, const std::filesystem::path& data_dir);
/// The same of a definition that need not be saved: relative paths count from `folder`.
OwnDataReport check_definition(const ArraysDefinition& definition, const std::filesystem::path& folder);
/// Which own set a path is: a definition (.yaml), a spike file (.h5) or a folder of them, a folder of recordings.
/// Nothing where it is none of these. Looks at names only.
std::optional<DatasetConfig> own_data_at(const std::filesystem::path& path);

}  // namespace resonate
