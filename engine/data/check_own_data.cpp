// engine/data/check_own_data.cpp: reads the user's own data as a training would, and says what it found.
#include <algorithm>
#include <limits>
#include <new>

#include "data/own_arrays.h"
#include "data/recording_folder.h"
#include "data/sequence_set.h"
#include "resonate/error.h"
#include "resonate/own_data.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

OwnDataPart part_of(Split split, const SequenceSet& set) {
    const SequenceSet::Shape& shape = set.shape();
    OwnDataPart part{split, shape.count, std::vector<std::int64_t>(static_cast<size_t>(shape.classes))};
    std::vector<std::int64_t> labels(shape.label_per_step ? static_cast<size_t>(shape.steps) : 1);
    for (std::int64_t n = 0; n < shape.count; ++n) {
        set.write_labels(n, labels.data(), 1);
        for (const std::int64_t label : labels) ++part.label_counts[static_cast<size_t>(label)];
    }
    return part;
}

void find_range(const SequenceSet& set, OwnDataReport& report) {
    const SequenceSet::Shape& shape = set.shape();
    std::vector<float> input(static_cast<size_t>(shape.steps * shape.inputs));
    report.smallest = std::numeric_limits<double>::infinity();
    report.largest = -report.smallest;
    for (std::int64_t n = 0; n < shape.count; ++n) {
        set.write_input(n, input.data(), shape.inputs);
        const auto [low, high] = std::minmax_element(input.begin(), input.end());
        report.smallest = std::min<double>(report.smallest, *low);
        report.largest = std::max<double>(report.largest, *high);
    }
}

void note_oddities(OwnDataReport& report) {
    const OwnDataPart& train = report.parts.front();
    std::string silent;
    for (size_t label = 0; label < train.label_counts.size(); ++label)
        if (train.label_counts[label] == 0) silent += (silent.empty() ? "" : ", ") + report.info.class_names[label];
    if (!silent.empty()) report.notes.push_back("No training sequence belongs to the class " + silent + ".");
    if (report.info.classes < 2) report.notes.push_back("There is only one class: nothing can be learned.");
    if (report.smallest == report.largest) report.notes.push_back("All inputs are the same number.");
    if (report.info.input_kind == InputKind::values && std::max(-report.smallest, report.largest) > 20)
        report.notes.push_back("Inputs reach beyond ±20, which is much for a spiking neuron; consider scaling.");
    for (const OwnDataPart& part : report.parts)
        if (part.count < 10) {
            report.notes.push_back("Only " + std::to_string(part.count) +
                                   " sequences in a split: accuracies will be coarse.");
            break;
        }
}

template <class Describe, class Load>
OwnDataReport check(Describe describe, Load load) {
    OwnDataReport report;
    try {
        report.info = describe();
        const DatasetSplits data = load();
        report.parts.push_back(part_of(Split::train, *data.train));
        if (data.validation) report.parts.push_back(part_of(Split::validation, *data.validation));
        report.parts.push_back(part_of(Split::test, *data.test));
        find_range(*data.train, report);
        note_oddities(report);
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& error) {
        report.problems.emplace_back(error.what());
    }
    return report;
}

bool has_spike_files(const fs::path& folder) {
    std::error_code failure;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure))
        if (entry.path().extension() == ".h5" || entry.path().extension() == ".hdf5") return true;
    return false;
}

/// Are there folders of WAV files in this one, or in its folder of the training split?
bool has_recordings(const fs::path& folder) {
    std::error_code failure;
    const fs::path train = folder / "train";
    try {
        return !class_folders(folder).empty() || (fs::is_directory(train, failure) && !class_folders(train).empty());
    } catch (const DataError&) {
        // What cannot be listed is known as nothing.
        return false;
    }
}

}  // namespace

OwnDataReport check_own_data(const DatasetConfig& config, const fs::path& data_dir) {
    return check([&] { return describe_dataset(config); }, [&] { return load_dataset(config, data_dir); });
}

OwnDataReport check_definition(const ArraysDefinition& definition, const fs::path& folder) {
    return check([&] { return describe_arrays(definition, folder); }, [&] { return load_arrays(definition, folder); });
}

std::optional<DatasetConfig> own_data_at(const fs::path& path) {
    DatasetConfig config;
    config.path = path.string();
    std::error_code failure;
    const std::string ending = path.extension().string();
    if (fs::is_directory(path, failure)) {
        if (has_spike_files(path))
            config.name = "own_spikes";
        else if (has_recordings(path))
            config.name = "own_recordings";
        else
            return std::nullopt;
    } else if (ending == ".yaml" || ending == ".yml") {
        config.name = "own_arrays";
    } else if (ending == ".h5" || ending == ".hdf5") {
        config.name = "own_spikes";
    } else {
        return std::nullopt;
    }
    return config;
}

}  // namespace resonate
