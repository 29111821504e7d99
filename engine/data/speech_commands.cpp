// engine/data/speech_commands.cpp: see speech_commands.h.
#include "data/speech_commands.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include "data/cache_file.h"
#include "data/feature_cache.h"
#include "data/recording.h"
#include "data/recording_folder.h"
#include "resonate/error.h"
#include "resonate/machine.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

constexpr const char* validation_list = "validation_list.txt";
constexpr const char* testing_list = "testing_list.txt";
constexpr const char* get_again = "; get the published file again";

const std::vector<std::string>& words() { return dataset_info("gsc").class_names; }

/// Every list, every word and every split must be there.
void finish_splits(const SplitLists& lists, std::vector<NamedRecording>& recordings, const std::string& place) {
    std::vector<NamedRecording*> all;
    std::vector<bool> spoken(words().size());
    for (NamedRecording& recording : recordings) {
        all.push_back(&recording);
        spoken[recording.label] = true;
    }
    for (size_t word = 0; word < spoken.size(); ++word)
        if (!spoken[word])
            throw DataError(place + ": expected recordings of " + std::to_string(spoken.size()) +
                            " words, found none of '" + words()[word] + "'" + get_again);
    apply_split_lists(lists, all);
    for (const auto& [split, name] :
         {std::pair{Split::train, "train"}, std::pair{Split::validation, "validate"}, std::pair{Split::test, "test"}})
        if (std::none_of(recordings.begin(), recordings.end(),
                         [split = split](const NamedRecording& recording) { return recording.split == split; }))
            throw DataError(place + ": expected recordings to " + name + ", found none" + get_again);
}

std::string content_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream) throw DataError(file.string() + ": cannot be read" + get_again);
    return text;
}

/// Where an import copies to.
fs::path part_of_unpacked(const fs::path& folder) { return folder / (std::string(speech_commands_folder) + ".part"); }

/// Where an import puts the earlier copy while the new one takes its name.
fs::path old_of_unpacked(const fs::path& folder) { return folder / (std::string(speech_commands_folder) + ".old"); }

/// Puts the earlier copy back where an import failed, or was killed, before the new one had its name.
void restore_old(const fs::path& folder) {
    std::error_code failure;
    const fs::path target = folder / speech_commands_folder;
    const fs::path old = old_of_unpacked(folder);
    if (fs::is_directory(old, failure) && !fs::exists(target, failure)) fs::rename(old, target, failure);
}

SplitLists lists_in(const fs::path& root) {
    return {(root / validation_list).string(), (root / testing_list).string(),
            parse_split_list(content_of(root / validation_list)), parse_split_list(content_of(root / testing_list))};
}

/// The archive in which "bed/x.wav" may also lie as "speech_commands_v0.02/bed/x.wav".
DatasetSplits compute_from_archive(const fs::path& archive, const FeatureCache& cache,
                                   const RecordingArchiveLimits& limits) {
    const std::string prefix = std::string(speech_commands_folder) + "/";
    const auto inner = [&](const std::string& name) {
        return name.starts_with(prefix) ? name.substr(prefix.size()) : name;
    };
    const auto label_of = [&](const std::string& name) {
        const size_t slash = name.find('/');
        if (slash == std::string::npos || name.find('/', slash + 1) != std::string::npos || !name.ends_with(".wav") ||
            name[slash + 1] == '.')
            return words().end();
        return std::find(words().begin(), words().end(), name.substr(0, slash));
    };
    SplitLists lists{archive.string() + ": " + validation_list, archive.string() + ": " + testing_list, {}, {}};
    bool has_validation = false;
    bool has_testing = false;
    std::vector<NamedRecording> recordings;
    FeatureWorkers workers(physical_cores());
    read_recording_archive(
        archive,
        [&](const std::string& entry) {
            const std::string name = inner(entry);
            return name == validation_list || name == testing_list || label_of(name) != words().end();
        },
        [&](const std::string& entry, std::string bytes) {
            const std::string name = inner(entry);
            if (name == validation_list || name == testing_list) {
                (name == validation_list ? has_validation : has_testing) = true;
                (name == validation_list ? lists.validation : lists.testing) = parse_split_list(bytes);
                return;
            }
            recordings.push_back({name, static_cast<std::uint16_t>(label_of(name) - words().begin()), Split::train});
            workers.add([bytes = std::move(bytes), place = archive.string() + ": " + name]() mutable {
                std::istringstream stream(std::move(bytes));
                return read_recording(stream, place, RecordingFormat::published);
            });
        },
        limits);
    const auto rows = workers.finish();
    for (const auto& [found, name] : {std::pair{has_validation, validation_list}, std::pair{has_testing, testing_list}})
        if (!found)
            throw DataError(archive.string() + ": expected the file " + name + " in it, found none" + get_again);
    finish_splits(lists, recordings, archive.string());
    return keep_features(rows, recordings, static_cast<int>(words().size()), cache);
}

DatasetSplits compute_from_folder(const fs::path& root, const std::vector<FoundRecording>& found,
                                  const FeatureCache& cache) {
    std::vector<NamedRecording> recordings;
    for (const FoundRecording& file : found) recordings.push_back(file.recording);
    finish_splits(lists_in(root), recordings, root.string());
    FeatureWorkers workers(physical_cores());
    for (const FoundRecording& file : found)
        workers.add([path = file.path] { return read_recording(path, RecordingFormat::published); });
    return keep_features(workers.finish(), recordings, static_cast<int>(words().size()), cache);
}

}  // namespace

std::optional<fs::path> find_unpacked_speech_commands(const fs::path& folder) {
    std::error_code failure;
    for (const fs::path& root : {folder / speech_commands_folder, folder, old_of_unpacked(folder)})
        if (fs::is_regular_file(root / validation_list, failure) && fs::is_regular_file(root / testing_list, failure) &&
            std::all_of(words().begin(), words().end(), [&](const std::string& word) {
                return fs::is_directory(root / word, failure) && holds_recordings(root / word);
            }))
            return root;
    return std::nullopt;
}

DatasetSplits load_speech_commands(const fs::path& folder, CacheUse use, const RecordingArchiveLimits& limits) {
    const int classes = static_cast<int>(words().size());
    FeatureCache cache{folder / "cache" / "coefficients", {}};
    std::error_code failure;
    if (const fs::path archive = folder / speech_commands_archive; fs::is_regular_file(archive, failure)) {
        cache.key = "archive\n" + file_key(archive);
        if (use == CacheUse::reuse)
            if (auto kept = open_feature_cache(cache, classes)) return *kept;
        return compute_from_archive(archive, cache, limits);
    }
    const auto root = find_unpacked_speech_commands(folder);
    if (!root) throw DataError(dataset_status("gsc", folder.parent_path()).message);
    const std::vector<FoundRecording> found = list_recordings(*root, words());
    cache.key = "folder\n" + file_key(*root / validation_list) + file_key(*root / testing_list) + listing_key(found);
    if (use == CacheUse::reuse)
        if (auto kept = open_feature_cache(cache, classes)) return *kept;
    return compute_from_folder(*root, found, cache);
}

void remove_unpacked_speech_commands(const fs::path& folder) {
    std::error_code failure;
    const auto remove = [&](const fs::path& path) {
        fs::remove(path, failure);
        if (failure)
            throw DataError(path.string() + ": cannot be removed: " + failure.message() +
                            "; check the permissions of its folder");
    };
    restore_old(folder);
    for (const fs::path& left : {part_of_unpacked(folder), old_of_unpacked(folder)}) {
        fs::remove_all(left, failure);
        if (failure)
            throw DataError(left.string() + ": cannot be removed: " + failure.message() +
                            "; check the permissions of its folder");
    }
    while (const auto root = find_unpacked_speech_commands(folder)) {
        // Noise is no word, but part of the data set.
        std::vector<std::string> folders = words();
        folders.push_back("_background_noise_");
        for (const std::string& name : folders) {
            std::vector<fs::path> recordings;
            for (const fs::directory_entry& entry : fs::directory_iterator(*root / name, failure))
                if (entry.path().extension() == ".wav" || name == folders.back()) recordings.push_back(entry.path());
            for (const fs::path& path : recordings) remove(path);
            if (fs::is_empty(*root / name, failure)) remove(*root / name);
        }
        for (const char* name : {validation_list, testing_list, "README.md", "LICENSE"}) remove(*root / name);
        if (*root != folder && fs::is_empty(*root, failure)) remove(*root);
    }
}

void import_unpacked_speech_commands(const fs::path& found_at, const fs::path& folder) {
    const fs::path target = folder / speech_commands_folder;
    const fs::path part = part_of_unpacked(folder);
    const fs::path old = old_of_unpacked(folder);
    std::error_code failure;
    const bool from_old = fs::equivalent(found_at, old, failure);
    restore_old(folder);
    const fs::path from = from_old && !fs::exists(old, failure) ? target : found_at;
    std::vector<FoundRecording> found = list_recordings(from, words());
    std::vector<NamedRecording> recordings;
    for (const FoundRecording& file : found) recordings.push_back(file.recording);
    finish_splits(lists_in(from), recordings, from.string());

    // From where they already are: they are read, and stay.
    const bool here = fs::equivalent(from, target, failure) || fs::equivalent(from, folder, failure);
    try {
        if (!here) fs::remove_all(part);
        for (const std::string& word : words())
            if (!here) fs::create_directories(part / word);
        for (const FoundRecording& file : found) {
            read_recording(file.path, RecordingFormat::published);
            if (!here) fs::copy_file(file.path, part / file.recording.name);
        }
        if (here) return;
        for (const char* name : {validation_list, testing_list, "README.md", "LICENSE"})
            if (fs::is_regular_file(from / name)) fs::copy_file(from / name, part / name);
        fs::remove_all(old);
        if (fs::exists(target)) fs::rename(target, old);
        fs::rename(part, target);
        fs::remove_all(old);
    } catch (const DataError&) {
        fs::remove_all(part, failure);
        throw;
    } catch (const fs::filesystem_error& error) {
        restore_old(folder);
        fs::remove_all(part, failure);
        throw DataError(target.string() + ": cannot be written: " + error.code().message() +
                        "; free some space or choose another data folder");
    }
}

}  // namespace resonate
