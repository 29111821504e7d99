// engine/cli/fetch_progress.cpp: see fetch_progress.h.
#include "cli/fetch_progress.h"

#include <unistd.h>

#include <cstdio>

#include "cli/commands.h"

namespace resonate::cli {
namespace {

std::string megabytes(std::int64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", static_cast<double>(bytes) / 1e6);
    return text;
}

/// "QTDB_test.mat (2 of 2) from raw.githubusercontent.com"
std::string subject_of(const DownloadProgress& progress) {
    const std::string file = progress.file + " (" + std::to_string(progress.file_index + 1) + " of " +
                             std::to_string(progress.file_count) + ")";
    return progress.checking ? "checking " + file : file + " from " + progress.host;
}

/// "0.3 of 0.5 MB, 2.1 MB/s, 3 s left"
std::string amount_of(const DownloadProgress& progress) {
    std::string text = megabytes(progress.bytes);
    if (progress.bytes_total > 0) text += " of " + megabytes(progress.bytes_total);
    text += " MB";
    if (progress.bytes_per_second > 0)
        text += ", " + megabytes(static_cast<std::int64_t>(progress.bytes_per_second)) + " MB/s";
    if (progress.seconds_left) text += ", " + duration_text(*progress.seconds_left) + " left";
    return text;
}

}  // namespace

FetchProgress::FetchProgress() : terminal_(isatty(STDERR_FILENO) == 1) {}

FetchProgress::~FetchProgress() {
    if (terminal_) std::fprintf(stderr, "\r\033[K");
}

void FetchProgress::operator()(const DownloadProgress& progress) {
    const std::string subject = subject_of(progress);
    const auto now = std::chrono::steady_clock::now();
    if (terminal_) {
        std::fprintf(stderr, "\r\033[K%s: %s", subject.c_str(), amount_of(progress).c_str());
        std::fflush(stderr);
        return;
    }
    const int quarters =
        progress.bytes_total > 0 ? static_cast<int>(4 * progress.bytes / progress.bytes_total) : quarters_;
    const bool is_new = subject != subject_;
    if (!is_new && quarters == quarters_ && now - printed_ < std::chrono::seconds(30)) return;
    subject_ = subject;
    quarters_ = quarters;
    printed_ = now;
    std::fprintf(stderr, "%s: %s\n", subject.c_str(), amount_of(progress).c_str());
}

}  // namespace resonate::cli
