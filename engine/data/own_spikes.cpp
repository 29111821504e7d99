// engine/data/own_spikes.cpp: see own_spikes.h.
#include "data/own_spikes.h"

#include <algorithm>
#include <array>

#include "data/event_sequence_set.h"
#include "data/sequence_subset.h"
#include "data/shd_hdf5.h"
#include "resonate/error.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

/// Share of a single file that is set apart to test.
constexpr double test_share = 0.2;

/// The file of a split in a folder: SPLIT.h5, or the one that ends with _SPLIT.h5.
std::optional<fs::path> find_split(const fs::path& folder, const std::string& split) {
    std::vector<fs::path> found;
    std::error_code failure;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, failure)) {
        const std::string name = entry.path().filename().string();
        for (const std::string ending : {".h5", ".hdf5"})
            if ((name == split + ending || name.ends_with("_" + split + ending)) && entry.is_regular_file(failure))
                found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    if (found.size() > 1)
        throw DataError(folder.string() + ": expected one file to " + split + ", found " +
                        found[0].filename().string() + " and " + found[1].filename().string() +
                        "; keep each set in a folder of its own");
    if (found.empty()) return std::nullopt;
    return found.front();
}

struct Parts {
    SpikeFile train;
    std::optional<SpikeFile> validation;
    std::optional<SpikeFile> test;
    std::vector<std::string> class_names;
};

void require_same_grid(const shd::Grid& grid, const fs::path& file, const shd::Grid& other,
                       const fs::path& other_file) {
    if (grid == other) return;
    const auto text = [](const shd::Grid& g) {
        return std::to_string(g.channels) + " units" + (g.reversed ? " as published" : "") + ", " +
               std::to_string(g.steps) + " steps of " + std::to_string(g.bin_seconds) + " s";
    };
    throw DataError(other_file.string() + ": expected " + text(grid) + " as " + file.string() + " has, found " +
                    text(other) + "; give both files the same attributes");
}

Parts read_parts(const fs::path& path, SpikePart part) {
    const SpikeFiles files = find_spike_files(path);
    Parts parts{read_spike_file(files.train, part), std::nullopt, std::nullopt, {}};
    std::vector<std::uint8_t> labels{*std::max_element(parts.train.labels.begin(), parts.train.labels.end())};
    parts.class_names = parts.train.class_names;
    for (const auto& [file, into] : {std::pair{&files.validation, &parts.validation}, {&files.test, &parts.test}}) {
        if (!*file) continue;
        *into = read_spike_file(**file, part);
        require_same_grid(parts.train.grid, files.train, (*into)->grid, **file);
        labels.push_back(*std::max_element((*into)->labels.begin(), (*into)->labels.end()));
        if (parts.class_names.empty()) parts.class_names = (*into)->class_names;
    }
    const size_t most = *std::max_element(labels.begin(), labels.end());
    while (parts.class_names.size() <= most) parts.class_names.push_back(std::to_string(parts.class_names.size()));
    return parts;
}

}  // namespace

SpikeFiles find_spike_files(const fs::path& path) {
    std::error_code failure;
    if (!fs::is_directory(path, failure)) return {path, std::nullopt, std::nullopt};
    const auto train = find_split(path, "train");
    if (!train)
        throw DataError(path.string() +
                        ": expected train.h5 or a file NAME_train.h5 in the layout of SHD, found none in this folder; "
                        "choose the folder in which they lie");
    auto validation = find_split(path, "validation");
    if (!validation) validation = find_split(path, "valid");
    return {*train, find_split(path, "test"), validation};
}

DatasetInfo describe_spikes(const fs::path& path) {
    const Parts parts = read_parts(path, SpikePart::header);
    DatasetInfo info = dataset_info("own_spikes");
    const fs::path name = fs::is_directory(path) ? path : path.stem();
    if (const std::string last = (name.has_filename() ? name : name.parent_path()).filename().string(); !last.empty())
        info.title = last;
    const shd::Grid& grid = parts.train.grid;
    info.inputs = static_cast<int>(grid.channels);
    info.steps = static_cast<int>(grid.steps);
    info.class_names = parts.class_names;
    info.classes = static_cast<int>(info.class_names.size());
    for (std::int64_t channel = 0; channel < grid.channels; ++channel)
        info.channel_names.push_back(!grid.reversed ? "unit " + std::to_string(channel)
                                     : channel == 0 ? "unused"
                                                    : "unit " + std::to_string(grid.channels - channel));
    return info;
}

DatasetSplits load_spikes(const fs::path& path) {
    Parts parts = read_parts(path, SpikePart::all);
    const auto classes = std::ssize(parts.class_names);
    const auto set_of = [&](SpikeFile& file) -> std::shared_ptr<const SequenceSet> {
        const SequenceSet::Shape shape{std::ssize(file.labels), file.grid.steps, file.grid.channels, classes, false};
        return std::make_shared<EventSequenceSet>(shape, std::move(file.offsets), std::move(file.channels),
                                                  std::move(file.labels));
    };
    DatasetSplits splits;
    splits.train = set_of(parts.train);
    if (parts.validation) splits.validation = set_of(*parts.validation);
    if (parts.test) {
        splits.test = set_of(*parts.test);
        return splits;
    }
    if (splits.train->shape().count < 2)
        throw DataError(path.string() +
                        ": expected two samples or more, as some are set apart to test, found 1; add some");
    const auto all = splits.train;
    TrainAndTest split = split_off_test(*all, test_share);
    splits.train = std::make_shared<SequenceSubset>(all, std::move(split.train));
    splits.test = std::make_shared<SequenceSubset>(all, std::move(split.test));
    return splits;
}

}  // namespace resonate
