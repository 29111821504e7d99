// engine/runs/run_trash.cpp: runs set aside in `.trash`, and back.
#include <algorithm>

#include "resonate/error.h"
#include "resonate/run_catalogue.h"
#include "runs/run_lock.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

constexpr const char* trash_name = ".trash";

/// "runs/x/" and "runs/x" are the same folder.
fs::path without_slash(const fs::path& folder) { return folder.has_filename() ? folder : folder.parent_path(); }

void move(const fs::path& from, const fs::path& to) {
    std::error_code failure;
    fs::rename(from, to, failure);
    if (failure)
        throw RunError(from.string() + ": cannot be moved to " + to.string() + ": " + failure.message() +
                       "; check the permissions of both folders");
}

}  // namespace

fs::path move_to_trash(const fs::path& run_folder) {
    const fs::path folder = without_slash(fs::absolute(run_folder));
    std::error_code failure;
    if (!fs::is_directory(folder, failure)) throw RunError(folder.string() + ": there is no such run any more");
    if (run_is_locked(folder))
        throw RunError(folder.string() + ": is being trained; stop it first, then move it to the trash");
    const fs::path trash = folder.parent_path() / trash_name;
    fs::create_directories(trash, failure);
    if (failure)
        throw RunError(trash.string() + ": cannot be made: " + failure.message() +
                       "; check the permissions of the folder for runs");
    fs::path to = trash / folder.filename();
    for (int copy = 2; fs::exists(to, failure); ++copy)
        to = trash / (folder.filename().string() + "-" + std::to_string(copy));
    move(folder, to);
    return to;
}

std::vector<fs::path> list_trash(const fs::path& runs_dir) {
    std::vector<fs::path> folders;
    std::error_code failure;
    for (fs::directory_iterator entry(runs_dir / trash_name, failure), end; !failure && entry != end;
         entry.increment(failure))
        folders.push_back(entry->path());
    std::sort(folders.begin(), folders.end());
    return folders;
}

fs::path restore_from_trash(const fs::path& trashed) {
    const fs::path folder = without_slash(fs::absolute(trashed));
    const fs::path to = folder.parent_path().parent_path() / folder.filename();
    std::error_code failure;
    if (fs::exists(to, failure))
        throw RunError(to.string() + ": a run of that name is there already; move it away first");
    move(folder, to);
    return to;
}

void empty_trash(const fs::path& runs_dir) {
    for (const fs::path& folder : list_trash(runs_dir)) {
        std::error_code failure;
        fs::remove_all(folder, failure);
        if (failure)
            throw RunError(folder.string() + ": cannot be deleted: " + failure.message() + "; check its permissions");
    }
}

}  // namespace resonate
