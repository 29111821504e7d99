// engine/runs/run_catalogue.cpp: see resonate/run_catalogue.h.
#include "resonate/run_catalogue.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <set>
#include <utility>

#include "runs/read_entry.h"
#include "runs/run_lock.h"

namespace resonate {
namespace {

/// When a file was last written; a rename over it gives it another inode.
struct Stamp {
    std::int64_t seconds = 0;
    std::int64_t nanoseconds = 0;
    std::int64_t size = -1;
    std::uint64_t inode = 0;
    bool operator==(const Stamp&) const = default;
};

Stamp stamp_of(const std::filesystem::path& path) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0) return {};
    return {facts.st_mtim.tv_sec, facts.st_mtim.tv_nsec, facts.st_size, facts.st_ino};
}

/// What a listing depends on. Checkpoints are renamed into place, which the folder's own stamp shows.
constexpr std::array<const char*, 5> watched = {"", "experiment.yaml", "summary.json", "metrics.csv", "notes.json"};
using Stamps = std::array<Stamp, watched.size()>;

Stamps stamps_of(const std::filesystem::path& folder) {
    Stamps stamps;
    for (std::size_t i = 0; i < watched.size(); ++i) stamps[i] = stamp_of(i == 0 ? folder : folder / watched[i]);
    return stamps;
}

/// Names of the visible sub-folders. False where the folder cannot be read.
bool list_folders(const std::filesystem::path& folder, std::set<std::string>& names) {
    DIR* const handle = ::opendir(folder.c_str());
    if (handle == nullptr) return false;
    while (const dirent* entry = ::readdir(handle)) {
        if (entry->d_name[0] == '.') continue;
        std::error_code failure;
        if (entry->d_type == DT_DIR ||
            (entry->d_type != DT_REG && std::filesystem::is_directory(folder / entry->d_name, failure)))
            names.insert(entry->d_name);
    }
    ::closedir(handle);
    return true;
}

}  // namespace

struct RunCatalogue::Known {
    Stamps stamps;
    std::shared_ptr<const RunEntry> entry;  ///< nothing where the folder is no run
};

RunCatalogue::RunCatalogue(std::filesystem::path runs_dir) : runs_dir_(std::move(runs_dir)) {}

RunCatalogue::~RunCatalogue() = default;

bool RunCatalogue::refresh() {
    std::set<std::string> names;
    const std::string before = std::exchange(problem_, {});
    if (!list_folders(runs_dir_, names) && errno != ENOENT)
        problem_ = runs_dir_.string() + ": the folder for runs cannot be listed: " + std::strerror(errno) +
                   "; choose another one";
    bool changed = problem_ != before;
    changed |= std::erase_if(known_, [&](const auto& known) { return !names.contains(known.first); }) > 0;
    for (const std::string& name : names) {
        const std::filesystem::path folder = runs_dir_ / name;
        std::unique_ptr<Known>& known = known_[name];
        const Stamps stamps = stamps_of(folder);
        if (known && known->stamps == stamps) {
            // Who ends, or dies, writes nothing after letting go of the lock.
            const bool was_running = known->entry && known->entry->status == RunStatus::running;
            if (!was_running || run_is_locked(folder)) continue;
        }
        if (!known) known = std::make_unique<Known>();
        known->stamps = stamps;
        known->entry = read_entry(folder);
        changed = true;
    }
    if (!changed) return false;
    runs_.clear();
    for (const std::string& name : names)
        if (const auto& entry = known_[name]->entry) runs_.push_back(entry);
    return true;
}

}  // namespace resonate
