// engine/data/download/part_receiver.h: takes an answer of the web into a part file, if it is what was asked for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "data/download/http_get.h"
#include "data/download/part_file.h"
#include "data/download/progress_meter.h"
#include "resonate/datasets.h"

namespace resonate {

/// "12.3 MB"
std::string megabytes(std::uint64_t bytes);

/// Room on the disk of a data set's folder.
class FreeSpace {
 public:
    FreeSpace(std::filesystem::path folder, std::function<std::uint64_t(const std::filesystem::path&)> ask)
        : folder_(std::move(folder)), ask_(std::move(ask)) {}
    /// Throws DataError saying needed and free where `bytes` and a reserve do not fit.
    void require(std::uint64_t bytes, const std::string& what) const;

 private:
    std::filesystem::path folder_;
    std::function<std::uint64_t(const std::filesystem::path&)> ask_;
};

/// The part is longer than the file of this source: it is of another file.
struct PartDoesNotFit {};

/// One answer. The part is written in place and never cut before the file is complete, so that a page of a log-in or a
/// broken connection costs nothing that was received. Throws SourceProblem and PartDoesNotFit for what the source sent,
/// DataError for the disk.
class PartReceiver : public HttpReceiver {
 public:
    PartReceiver(PartFile& part, const DatasetFile& file, ProgressMeter& meter, const FreeSpace& space);

    void on_head(const HttpHead& head) override;
    void on_block(std::span<const std::uint8_t> block) override;
    void on_wait() override { meter_.tick(); }
    /// After the last block.
    void finish();

    /// Did the answer bring the file from its first byte on, whatever was asked for?
    bool began_at_zero() const { return began_ == 0; }
    /// "after 12.3 of 40.0 MB: ", or nothing where nothing came.
    std::string how_far() const;

 private:
    void write(std::span<const std::uint8_t> bytes);
    void release_beginning();

    PartFile& part_;
    const DatasetFile& file_;
    ProgressMeter& meter_;
    const FreeSpace& space_;
    std::int64_t asked_from_;
    std::int64_t began_ = 0;
    std::int64_t place_ = 0;
    std::int64_t total_ = -1;  ///< of the file at this source, -1 = not said
    std::int64_t most_ = 0;    ///< bytes the file can have at most
    std::int64_t space_checked_ = 0;
    bool complete_already_ = false;
    bool beginning_seen_ = false;
    std::string beginning_;  ///< held back until it is seen not to be a web page
};

}  // namespace resonate
