// engine/data/download/fetch_files.h: downloads the files of a set that are not in its folder.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "resonate/datasets.h"
#include "resonate/download.h"

namespace resonate {

struct FetchSettings {
    std::chrono::milliseconds connect_timeout{20'000};
    std::chrono::seconds stall_timeout{30};
    std::chrono::milliseconds pause{1'000};  ///< before a connection that broke off is tried again; grows
    int resumptions = 5;                     ///< of one source, as long as each brings something
    /// Bytes free for this user where `folder` lies; empty: ask the system.
    std::function<std::uint64_t(const std::filesystem::path& folder)> free_bytes;
};

/// fetch_dataset() into `folder`.
void fetch_files(const DatasetInfo& info, const std::filesystem::path& folder, const FetchOptions& options,
                 const FetchSettings& settings = {});

}  // namespace resonate
