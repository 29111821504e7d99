// engine/data/describe_dataset.cpp: what a configured data set is, the user's own included.
#include <map>
#include <mutex>

#include "data/own_arrays.h"
#include "data/own_recordings.h"
#include "data/own_spikes.h"
#include "resonate/datasets.h"
#include "resonate/error.h"
#include "resonate/experiment_config.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

/// Files as they lay there when something was said of them.
class FileStamps {
 public:
    explicit FileStamps(const std::vector<fs::path>& files) {
        for (const fs::path& file : files) {
            std::error_code failure;
            const auto size = fs::file_size(file, failure);
            const auto time = fs::last_write_time(file, failure);
            stamps_.push_back({file, size, failure ? fs::file_time_type{} : time});
        }
    }
    bool operator==(const FileStamps&) const = default;

 private:
    struct Stamp {
        fs::path file;
        std::uintmax_t size;
        fs::file_time_type time;

        bool operator==(const Stamp&) const = default;
    };
    std::vector<Stamp> stamps_;
};

std::vector<fs::path> files_of(const DatasetConfig& config) {
    if (config.name == "own_arrays") {
        std::vector<fs::path> files = files_of(read_definition(config.path), fs::path(config.path).parent_path());
        files.emplace_back(config.path);
        return files;
    }
    const SpikeFiles spikes = find_spike_files(config.path);
    std::vector<fs::path> files{spikes.train};
    for (const auto& file : {spikes.test, spikes.validation})
        if (file) files.push_back(*file);
    return files;
}

DatasetInfo describe_anew(const DatasetConfig& config) {
    if (config.name == "own_arrays")
        return describe_arrays(read_definition(config.path), fs::path(config.path).parent_path());
    return describe_spikes(config.path);
}

}  // namespace

DatasetInfo describe_dataset(const DatasetConfig& config) {
    const DatasetInfo& info = dataset_info(config.name);
    if (!info.own) return info;
    if (config.path.empty()) throw ConfigError("dataset.path: expected where " + info.title + " lie, found nothing");
    if (info.name == "own_recordings") return describe_recordings(config);

    // Forms ask at every key that is pressed.
    static std::mutex one_at_a_time;
    static std::map<std::pair<std::string, std::string>, std::pair<FileStamps, DatasetInfo>> known;
    const std::lock_guard lock(one_at_a_time);
    const FileStamps stamps(files_of(config));
    const auto key = std::pair(config.name, config.path);
    if (const auto found = known.find(key); found != known.end() && found->second.first == stamps)
        return found->second.second;
    const DatasetInfo described = describe_anew(config);
    if (known.size() > 16) known.clear();
    known.insert_or_assign(key, std::pair(stamps, described));
    return described;
}

}  // namespace resonate
