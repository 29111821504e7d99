// resonate/download.h: gets the files of a data set from where they are published.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "resonate/error.h"

namespace resonate {

struct DownloadProgress {
    std::string file;                    ///< "train-images-idx3-ubyte.gz"
    std::string host;                    ///< "ossci-datasets.s3.amazonaws.com"
    int file_index = 0;                  ///< 0, 1, … of file_count
    int file_count = 0;
    bool checking = false;               ///< received; size and hash are being compared
    std::int64_t bytes = 0;              ///< of this file, with those of an earlier attempt
    std::int64_t bytes_total = 0;        ///< 0 = not known
    double bytes_per_second = 0;         ///< over the last seconds
    std::optional<double> seconds_left;  ///< of this file
};

/// The user asked to stop. What was received stays, and the next fetch goes on from there.
class DownloadCancelled : public Error {
 public:
    using Error::Error;
};

struct FetchOptions {
    std::function<void(const DownloadProgress&)> on_progress;  ///< on the calling thread, at most some 10 times a second
    std::stop_token cancel;                                    ///< looked at several times a second
    /// Folders on the web, tried in order, instead of those of the catalogue. Each ends with '/'.
    std::vector<std::string> sources;
};

/// Downloads what is missing or damaged of a set into `data_dir`; blocks. Each file is received under a temporary name,
/// resumed where a part is there, checked by size and hash of its packed and unpacked content, and only then renamed, so
/// that an earlier good copy stays usable. Proxies as in the environment (https_proxy, no_proxy). Throws DataError in
/// one sentence that names the file, every source tried with what it answered, and what to do; DownloadCancelled.
void fetch_dataset(const std::string& name, const std::filesystem::path& data_dir, const FetchOptions& options = {});

}  // namespace resonate
