// engine/data/download/progress_meter.cpp: see progress_meter.h.
#include "data/download/progress_meter.h"

namespace resonate {
namespace {

constexpr auto between = std::chrono::milliseconds(100);
constexpr auto remembered = std::chrono::seconds(5);
/// A rate over less time says more about buffers than about the line.
constexpr auto shortest = std::chrono::milliseconds(300);

}  // namespace

void ProgressMeter::file(const std::string& name, int index) {
    const int count = progress_.file_count;
    progress_ = {};
    progress_.file = name;
    progress_.file_index = index;
    progress_.file_count = count;
}

void ProgressMeter::source(const std::string& host, std::int64_t bytes, std::int64_t total) {
    progress_.host = host;
    progress_.checking = false;
    progress_.bytes = bytes;
    progress_.bytes_total = total;
    samples_.clear();
    tell(Clock::now());
}

void ProgressMeter::checking(std::int64_t bytes) {
    progress_.checking = true;
    progress_.bytes = bytes;
    progress_.bytes_total = bytes;
    progress_.bytes_per_second = 0;
    progress_.seconds_left.reset();
    tell(Clock::now());
}

void ProgressMeter::tick() {
    if (const auto now = Clock::now(); now - told_ >= between) tell(now);
    if (options_.cancel.stop_requested()) throw DownloadCancelled("the download was stopped");
}

void ProgressMeter::tell(Clock::time_point now) {
    told_ = now;
    if (!progress_.checking) measure(now);
    if (options_.on_progress) options_.on_progress(progress_);
}

void ProgressMeter::measure(Clock::time_point now) {
    samples_.push_back({now, progress_.bytes});
    while (now - samples_.front().time > remembered) samples_.pop_front();
    const Sample& first = samples_.front();
    progress_.bytes_per_second = 0;
    progress_.seconds_left.reset();
    if (now - first.time < shortest) return;
    const double moved = static_cast<double>(progress_.bytes - first.bytes);
    progress_.bytes_per_second = std::max(0.0, moved / std::chrono::duration<double>(now - first.time).count());
    if (progress_.bytes_total > 0 && progress_.bytes_per_second > 0)
        progress_.seconds_left =
            static_cast<double>(progress_.bytes_total - progress_.bytes) / progress_.bytes_per_second;
}

}  // namespace resonate
