// engine/cli/fetch_progress.h: the progress of a download on standard error.
#pragma once

#include <chrono>
#include <string>

#include "resonate/download.h"

namespace resonate::cli {

/// One line that renews itself on a terminal; otherwise a line per file and one for each quarter of it or half minute.
class FetchProgress {
 public:
    FetchProgress();
    ~FetchProgress();
    FetchProgress(const FetchProgress&) = delete;
    FetchProgress& operator=(const FetchProgress&) = delete;
    void operator()(const DownloadProgress& progress);

 private:
    bool terminal_;
    std::string subject_;  ///< file, host and whether it is being checked, of the last line in a log
    int quarters_ = 0;
    std::chrono::steady_clock::time_point printed_;
};

}  // namespace resonate::cli
