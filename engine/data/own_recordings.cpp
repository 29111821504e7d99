// engine/data/own_recordings.cpp: see own_recordings.h.
#include "data/own_recordings.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <utility>

#include "data/digest.h"
#include "data/feature_cache.h"
#include "data/random.h"
#include "data/recording.h"
#include "data/recording_folder.h"
#include "resonate/error.h"
#include "resonate/machine.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

constexpr size_t most_classes = 10000;
constexpr double test_share = 0.2;

struct Layout {
    fs::path root;
    bool split_folders = false;  ///< train, test and perhaps validation, with the classes in them
    std::vector<std::string> classes;
};

Layout layout_of(const DatasetConfig& config) {
    if (config.path.empty())
        throw ConfigError("dataset.path: expected a folder with one sub-folder of WAV files per class, found nothing");
    Layout layout;
    layout.root = config.path;
    std::error_code failure;
    if (!fs::is_directory(layout.root, failure))
        throw DataError(layout.root.string() +
                        ": expected a folder with one sub-folder of WAV files per class, found " +
                        (fs::exists(layout.root, failure) ? "something else" : "nothing") + "; check the path");
    const fs::path train = layout.root / "train";
    const fs::path test = layout.root / "test";
    layout.split_folders = fs::is_directory(train, failure) && fs::is_directory(test, failure) &&
                           !holds_recordings(train) && !holds_recordings(test) && !class_folders(train).empty();
    const fs::path folder = layout.split_folders ? train : layout.root;
    layout.classes = class_folders(folder);
    if (layout.classes.size() < 2 || layout.classes.size() > most_classes)
        throw DataError(folder.string() + ": expected 2 to " + std::to_string(most_classes) +
                        " sub-folders with WAV files, one per class, found " + std::to_string(layout.classes.size()) +
                        "; sort the recordings into folders");
    return layout;
}

std::string content_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<FoundRecording> list_split_folders(const Layout& layout) {
    std::vector<FoundRecording> all;
    for (const auto& [split, name] : {std::pair{Split::train, "train"}, std::pair{Split::validation, "validation"},
                                      std::pair{Split::test, "test"}}) {
        const fs::path folder = layout.root / name;
        std::error_code failure;
        if (!fs::is_directory(folder, failure)) continue;
        const std::vector<std::string> here = class_folders(folder);
        for (const std::string& found : here)
            if (!std::binary_search(layout.classes.begin(), layout.classes.end(), found))
                throw DataError((folder / found).string() + ": expected the classes of " +
                                (layout.root / "train").string() + ", found another one; add it there or remove it");
        for (FoundRecording& file : list_recordings(folder, here, std::string(name) + "/")) {
            const auto place =
                std::lower_bound(layout.classes.begin(), layout.classes.end(), here[file.recording.label]);
            file.recording.label = static_cast<std::uint16_t>(place - layout.classes.begin());
            file.recording.split = split;
            all.push_back(std::move(file));
        }
    }
    return all;
}

/// A fifth of the recordings that train, of each class.
void draw_test(std::vector<FoundRecording>& all) {
    std::map<std::uint16_t, std::vector<NamedRecording*>> classes;
    for (FoundRecording& file : all)
        if (file.recording.split == Split::train) classes[file.recording.label].push_back(&file.recording);
    for (auto& [label, members] : classes) {
        std::sort(members.begin(), members.end(), [](const NamedRecording* a, const NamedRecording* b) {
            return std::pair(derive_seed(0, "test " + a->name), a->name) <
                   std::pair(derive_seed(0, "test " + b->name), b->name);
        });
        const auto drawn = std::min(static_cast<size_t>(std::lround(test_share * static_cast<double>(members.size()))),
                                    members.size() - 1);
        for (size_t i = 0; i < drawn; ++i) members[i]->split = Split::test;
    }
}

/// What is needed to compute the set, and `key` of all that decides it.
std::vector<FoundRecording> list_all(const Layout& layout, std::string& key) {
    if (layout.split_folders) {
        std::vector<FoundRecording> all = list_split_folders(layout);
        key = "split folders\n" + listing_key(all);
        return all;
    }
    std::vector<FoundRecording> all = list_recordings(layout.root, layout.classes);
    key = "classes\n" + listing_key(all);
    const fs::path validation = layout.root / "validation_list.txt";
    const fs::path testing = layout.root / "testing_list.txt";
    std::error_code failure;
    SplitLists lists{validation.string(), testing.string(), {}, {}};
    const auto read_list = [&](const fs::path& file, std::unordered_set<std::string>& names) {
        if (!fs::is_regular_file(file, failure)) return false;
        const std::string text = content_of(file);
        key += "list\n" + file.filename().string() + "\n" + text;
        names = parse_split_list(text);
        return true;
    };
    read_list(validation, lists.validation);
    const bool tests_listed = read_list(testing, lists.testing);
    std::vector<NamedRecording*> recordings;
    for (FoundRecording& file : all) recordings.push_back(&file.recording);
    apply_split_lists(lists, recordings);
    if (!tests_listed) draw_test(all);
    return all;
}

void require_both_splits(const std::vector<FoundRecording>& all, const Layout& layout) {
    for (const auto& [split, name] : {std::pair{Split::train, "train"}, std::pair{Split::test, "test"}})
        if (std::none_of(all.begin(), all.end(),
                         [split = split](const FoundRecording& file) { return file.recording.split == split; }))
            throw DataError(layout.root.string() + ": expected recordings to " + name + ", found none among " +
                            std::to_string(all.size()) + "; add some");
}

fs::path cache_file(const fs::path& root, const fs::path& data_dir) {
    std::error_code failure;
    fs::path canonical = fs::canonical(root, failure);
    Digest digest(Hash::sha256);
    digest.add(failure ? root.string() : canonical.string());
    return data_dir / "own" / "cache" / (digest.hex().substr(0, 16) + ".coefficients");
}

}  // namespace

DatasetInfo describe_recordings(const DatasetConfig& config) {
    const Layout layout = layout_of(config);
    DatasetInfo info = dataset_info("own_recordings");
    fs::path folder = layout.root;
    if (!folder.has_filename()) folder = folder.parent_path();
    info.title += ": " + folder.filename().string();
    info.classes = static_cast<int>(layout.classes.size());
    info.class_names = layout.classes;
    return info;
}

DatasetSplits load_own_recordings(const DatasetConfig& config, const fs::path& data_dir) {
    const Layout layout = layout_of(config);
    FeatureCache cache{cache_file(layout.root, data_dir), {}};
    const std::vector<FoundRecording> all = list_all(layout, cache.key);
    require_both_splits(all, layout);
    const int classes = static_cast<int>(layout.classes.size());
    if (auto kept = open_feature_cache(cache, classes)) return *kept;
    FeatureWorkers workers(physical_cores());
    std::vector<NamedRecording> recordings;
    for (const FoundRecording& file : all) {
        recordings.push_back(file.recording);
        workers.add([path = file.path] { return read_recording(path, RecordingFormat::any); });
    }
    return keep_features(workers.finish(), recordings, classes, cache);
}

}  // namespace resonate
