// tests/engine/speech_commands_fixture.h: a small set in the layout of Google Speech Commands, and where it lies.
#pragma once

#include <QTemporaryDir>
#include <filesystem>
#include <string>
#include <vector>

#include "complaint.h"
#include "data/dataset_store.h"
#include "data/speech_commands.h"
#include "recording_samples.h"

namespace resonate::tests {

inline const std::vector<std::string>& words() { return dataset_info("gsc").class_names; }

/// Of each word four recordings: one validates, one tests, two train.
inline Files small_set() {
    Files files;
    std::string validation;
    std::string testing;
    std::uint32_t seed = 1;
    for (const std::string& word : words()) {
        for (const char* name : {"a", "b", "c", "d"}) files[word + "/" + name + "_nohash_0.wav"] = clip(seed++);
        validation += word + "/b_nohash_0.wav\n";
        testing += word + "/c_nohash_0.wav\r\n";
    }
    files["validation_list.txt"] = validation;
    files["testing_list.txt"] = testing + "\n";
    files["README.md"] = "About these recordings.";
    files["_background_noise_/pink_noise.wav"] = clip(9999, 5000);
    files["_background_noise_/README.md"] = "About the noise.";
    return files;
}

inline std::vector<ArchiveEntry> entries_of(const Files& files, const std::string& prefix = "./") {
    std::vector<ArchiveEntry> entries{{prefix, {}, ArchiveEntry::Kind::folder}};
    // As in the published archive the lists come last.
    for (const auto& [name, bytes] : files)
        if (!name.ends_with(".txt")) entries.push_back({prefix + name, bytes});
    for (const auto& [name, bytes] : files)
        if (name.ends_with(".txt")) entries.push_back({prefix + name, bytes});
    return entries;
}

/// A data directory with room for the set.
struct SpeechCommandsPlace {
    QTemporaryDir temporary;
    std::filesystem::path data = temporary.path().toStdString();
    std::filesystem::path folder = data / "gsc";
    std::filesystem::path archive = folder / speech_commands_archive;
    std::filesystem::path unpacked = folder / speech_commands_folder;
    std::filesystem::path cache = folder / "cache" / "coefficients";

    DatasetSplits load() const { return load_dataset(config(), data); }
    static DatasetConfig config() {
        DatasetConfig config;
        config.name = "gsc";
        return config;
    }
    QString complaint_of_loading() const {
        return complaint([&] { load(); });
    }
};

}  // namespace resonate::tests
