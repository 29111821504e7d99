// engine/data/recording_folder.cpp: see recording_folder.h.
#include "data/recording_folder.h"

#include <algorithm>
#include <sstream>

#include "resonate/error.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

/// Calls `use` for each entry until it returns false.
template <class Use>
void for_each_entry(const fs::path& folder, Use use) {
    std::error_code failure;
    fs::directory_iterator entry(folder, failure);
    for (const fs::directory_iterator end; !failure && entry != end; entry.increment(failure))
        if (!use(*entry)) return;
    if (failure)
        throw DataError(folder.string() + ": cannot be listed: " + failure.message() +
                        "; check the path and the rights to it");
}

bool is_recording(const fs::directory_entry& entry) {
    std::string extension = entry.path().extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    std::error_code failure;
    return extension == ".wav" && !entry.path().filename().string().starts_with('.') && entry.is_regular_file(failure);
}

std::string trimmed(const std::string& line) {
    const char* blanks = " \t\r";
    const size_t first = line.find_first_not_of(blanks);
    return first == std::string::npos ? "" : line.substr(first, line.find_last_not_of(blanks) + 1 - first);
}

}  // namespace

bool holds_recordings(const fs::path& folder) {
    bool found = false;
    for_each_entry(folder, [&](const fs::directory_entry& entry) { return !(found = is_recording(entry)); });
    return found;
}

std::vector<std::string> class_folders(const fs::path& folder) {
    std::vector<std::string> names;
    for_each_entry(folder, [&](const fs::directory_entry& entry) {
        const std::string name = entry.path().filename().string();
        std::error_code failure;
        if (!name.starts_with('.') && !name.starts_with('_') && entry.is_directory(failure) &&
            holds_recordings(entry.path()))
            names.push_back(name);
        return true;
    });
    std::sort(names.begin(), names.end());
    return names;
}

std::vector<FoundRecording> list_recordings(const fs::path& folder, const std::vector<std::string>& classes,
                                            const std::string& prefix) {
    std::vector<FoundRecording> found;
    for (size_t label = 0; label < classes.size(); ++label)
        for_each_entry(folder / classes[label], [&](const fs::directory_entry& entry) {
            if (!is_recording(entry)) return true;
            FoundRecording& file = found.emplace_back();
            file.path = entry.path();
            file.recording.name = prefix + classes[label] + "/" + file.path.filename().string();
            file.recording.label = static_cast<std::uint16_t>(label);
            return true;
        });
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return a.recording.name < b.recording.name; });
    return found;
}

std::string listing_key(const std::vector<FoundRecording>& found) {
    std::string key;
    for (const FoundRecording& file : found) {
        std::error_code failure;
        key += file.recording.name + '\n' + std::to_string(fs::file_size(file.path, failure)) + ' ' +
               std::to_string(fs::last_write_time(file.path, failure).time_since_epoch().count()) + '\n';
    }
    return key;
}

std::unordered_set<std::string> parse_split_list(const std::string& text) {
    std::unordered_set<std::string> names;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (std::string name = trimmed(line); !name.empty()) names.insert(std::move(name));
    return names;
}

void apply_split_lists(const SplitLists& lists, std::vector<NamedRecording*> recordings) {
    std::unordered_set<std::string> known;
    for (NamedRecording* recording : recordings) {
        known.insert(recording->name);
        const bool validates = lists.validation.contains(recording->name);
        const bool tests = lists.testing.contains(recording->name);
        if (validates && tests)
            throw DataError(lists.validation_place + ": expected other recordings than in " + lists.testing_place +
                            ", found '" + recording->name + "' in both; get the lists again");
        if (validates) recording->split = Split::validation;
        if (tests) recording->split = Split::test;
    }
    const auto require_known = [&](const std::unordered_set<std::string>& names, const std::string& place) {
        // The smallest, so that the same folder gets the same answer.
        const std::string* missing = nullptr;
        for (const std::string& name : names)
            if (!known.contains(name) && (missing == nullptr || name < *missing)) missing = &name;
        if (missing != nullptr)
            throw DataError(place + ": expected names of recordings that are there (class/file.wav), found '" +
                            *missing + "'; get the recordings again or correct the list");
    };
    require_known(lists.validation, lists.validation_place);
    require_known(lists.testing, lists.testing_place);
}

}  // namespace resonate
