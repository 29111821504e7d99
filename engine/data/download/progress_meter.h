// engine/data/download/progress_meter.h: rate and time left of a download, told some 10 times a second.
#pragma once

#include <chrono>
#include <deque>

#include "resonate/download.h"

namespace resonate {

class ProgressMeter {
 public:
    explicit ProgressMeter(const FetchOptions& options, int file_count) : options_(options) {
        progress_.file_count = file_count;
    }

    /// Each of these tells at once.
    void file(const std::string& name, int index);
    void source(const std::string& host, std::int64_t bytes, std::int64_t total);
    void checking(std::int64_t bytes);

    void set_total(std::int64_t total) { progress_.bytes_total = total; }
    void set_bytes(std::int64_t bytes) { progress_.bytes = bytes; }
    /// Tells what changed if it is time to. Throws DownloadCancelled.
    void tick();

 private:
    using Clock = std::chrono::steady_clock;
    struct Sample {
        Clock::time_point time;
        std::int64_t bytes;
    };

    void tell(Clock::time_point now);
    void measure(Clock::time_point now);

    const FetchOptions& options_;
    DownloadProgress progress_;
    std::deque<Sample> samples_;  ///< of the last seconds
    Clock::time_point told_{};
};

}  // namespace resonate
