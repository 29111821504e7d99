// engine/data/download/fetch_files.cpp: see fetch_files.h.
#include "data/download/fetch_files.h"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

#include "data/dataset_readers.h"
#include "data/dataset_store.h"
#include "data/download/http_get.h"
#include "data/download/part_file.h"
#include "data/download/part_receiver.h"
#include "data/download/progress_meter.h"
#include "resonate/error.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

struct Source {
    std::string folder;  ///< ends with '/'
    WebAddress address;
};

std::vector<Source> sources_of(const DatasetInfo& info, const FetchOptions& options) {
    std::vector<std::string> folders = options.sources;
    if (folders.empty() && !info.source.empty()) {
        folders = info.mirrors;
        folders.insert(folders.begin(), info.source);
    }
    std::vector<Source> sources;
    for (std::string& folder : folders) {
        web_address(folder);
        if (!folder.ends_with('/')) folder += '/';
        sources.push_back({folder, web_address(folder)});
    }
    return sources;
}

class Fetch {
 public:
    Fetch(const DatasetInfo& info, fs::path folder, const FetchOptions& options, const FetchSettings& settings)
        : info_(info),
          folder_(std::move(folder)),
          options_(options),
          settings_(settings),
          sources_(sources_of(info, options)),
          meter_(options, static_cast<int>(info.files.size())),
          space_(folder_, settings.free_bytes) {}

    void run() {
        if (sources_.empty())
            throw DataError(info_.title + " is not published on the web: " + how_to_import(info_, {}));
        std::vector<int> wanted;
        for (int index = 0; index < static_cast<int>(info_.files.size()); ++index)
            if (!is_here(index)) wanted.push_back(index);
        if (wanted.empty()) return;
        const DatasetFolderLock lock(folder_);
        // Another program may have brought some while the lock was not held.
        std::erase_if(wanted, [this](int index) { return is_here(index); });
        require_space(wanted);
        for (const int index : wanted) bring(index);
    }

    /// Of the file that was being received.
    std::string what_is_kept() const {
        for (const DatasetFile& file : info_.files) {
            std::error_code failure;
            const auto size = fs::file_size(part_path(file), failure);
            if (!failure && size > 0)
                return "what was received of " + published_name(file) + " (" + megabytes(size) +
                       ") is kept, and the next download goes on from there";
        }
        return {};
    }

 private:
    fs::path part_path(const DatasetFile& file) const { return part_of(folder_ / published_name(file)); }

    static std::int64_t published_bytes(const DatasetFile& file) {
        return file.packing == Packing::none ? file.bytes : file.packed_bytes;
    }

    std::string check(const fs::path& path, const DatasetFile& file, std::uint64_t* content_bytes = nullptr) {
        std::error_code failure;
        meter_.checking(static_cast<std::int64_t>(fs::file_size(path, failure)));
        const ContentCheck found = check_content(path, file, [this](std::uint64_t) { meter_.tick(); });
        if (content_bytes != nullptr) *content_bytes = found.bytes;
        return found.problem;
    }

    bool is_here(int index) {
        const DatasetFile& file = info_.files[index];
        const auto path = find_readable(folder_, file);
        if (!path) return find_unpacked(info_, folder_).has_value();
        meter_.file(path->filename().string(), index);
        return check(*path, file).empty();
    }

    void require_space(const std::vector<int>& wanted) const {
        std::uint64_t needed = 0;
        for (const int index : wanted) {
            const DatasetFile& file = info_.files[index];
            std::error_code failure;
            const auto there = fs::file_size(part_path(file), failure);
            const auto whole = static_cast<std::uint64_t>(published_bytes(file));
            if (failure || there < whole) needed += whole - (failure ? 0 : there);
            if (file.packing == Packing::transport) needed += static_cast<std::uint64_t>(file.bytes);
        }
        space_.require(needed, info_.title);
    }

    /// From the first source that has the file.
    void bring(int index) {
        const DatasetFile& file = info_.files[index];
        const std::string name = published_name(file);
        meter_.file(name, index);
        PartFile part(part_path(file));
        std::string answers;
        bool reached = false;
        for (const Source& source : sources_) {
            try {
                bring_from(source, file, part);
                return;
            } catch (const SourceProblem& problem) {
                reached = reached || problem.kind() != SourceProblem::Kind::unreachable;
                answers += (answers.empty() ? "" : "; ") + source.address.shown + name + ": " + problem.what();
            }
        }
        const std::string kept = part.size() > 0 ? "; " + what_is_kept() : "";
        throw DataError(
            info_.title + ": " + name + " cannot be downloaded: " + answers + kept +
            (reached ? "; try again later, or " : "; check that this machine is online and try again, or ") +
            how_to_import(info_, {}));
    }

    void bring_from(const Source& source, const DatasetFile& file, PartFile& part) {
        for (;;) {
            const bool from_one_source = receive(source, file, part);
            std::uint64_t content_bytes = 0;
            const std::string problem = check(part.path(), file, &content_bytes);
            if (problem.empty()) {
                if (file.packing == Packing::transport) space_.require(content_bytes, file.name);
                place_file(part.path(), folder_, file, Placing::move, [this](std::uint64_t) { meter_.tick(); });
                return;
            }
            part.cut(0);
            // Its beginning may be of another file: one that an earlier download, or another source, left.
            if (from_one_source) throw SourceProblem("sent another or a damaged file: " + problem);
        }
    }

    /// Completes the part. Is it all from this source?
    bool receive(const Source& source, const DatasetFile& file, PartFile& part) {
        const std::int64_t published = published_bytes(file);
        if (file.packing == Packing::none && published > 0 && part.size() > published) part.cut(0);
        if (published > 0 && part.size() == published) return false;
        bool from_one_source = part.size() == 0;
        for (int again = 0;; ++again) {
            const std::int64_t before = part.size();
            meter_.source(source.address.host, before, published);
            PartReceiver receiver(part, file, meter_, space_);
            HttpRequest request;
            request.url = source.folder + published_name(file);
            request.from = before;
            request.connect_timeout = settings_.connect_timeout;
            request.stall_timeout = settings_.stall_timeout;
            request.cancel = options_.cancel;
            try {
                http_get(request, receiver);
                receiver.finish();
                return from_one_source || receiver.began_at_zero();
            } catch (const PartDoesNotFit&) {
                part.cut(0);
                from_one_source = true;
            } catch (const SourceProblem& problem) {
                if (problem.kind() != SourceProblem::Kind::broke_off) throw;
                if (part.size() <= before || again >= settings_.resumptions)
                    throw SourceProblem(receiver.how_far() + problem.what(), problem.kind());
                if (again > 0) pause(again * settings_.pause);
            }
        }
    }

    void pause(std::chrono::milliseconds time) {
        const auto end = std::chrono::steady_clock::now() + time;
        while (std::chrono::steady_clock::now() < end) {
            meter_.tick();
            std::this_thread::sleep_for(std::min(time, std::chrono::milliseconds(50)));
        }
    }

    const DatasetInfo& info_;
    const fs::path folder_;
    const FetchOptions& options_;
    const FetchSettings& settings_;
    const std::vector<Source> sources_;
    ProgressMeter meter_;
    const FreeSpace space_;
};

}  // namespace

void fetch_files(const DatasetInfo& info, const fs::path& folder, const FetchOptions& options,
                 const FetchSettings& settings) {
    if (info.synthetic) throw DataError(info.title + " is generated; there is nothing to download");
    if (info.own) throw DataError(info.title + " lie where you put them; there is nothing to download");
    Fetch fetch(info, folder, options, settings);
    try {
        fetch.run();
    } catch (const DownloadCancelled&) {
        const std::string kept = fetch.what_is_kept();
        throw DownloadCancelled("the download of " + info.title + " was stopped" + (kept.empty() ? "" : "; " + kept));
    }
}

void fetch_dataset(const std::string& name, const fs::path& data_dir, const FetchOptions& options) {
    const DatasetInfo& info = dataset_info(name);
    fetch_files(info, data_dir / info.folder, options);
}

}  // namespace resonate
