// engine/runs/event_writer.cpp: see event_writer.h.
#include "runs/event_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>

#include "resonate/error.h"
#include "runs/event_file.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

constexpr const char* beginning = "events.out.tfevents.";

double now() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

std::string host() {
    char name[256] = "";
    if (::gethostname(name, sizeof name - 1) != 0 || name[0] == '\0' || std::strchr(name, '/') != nullptr)
        return "localhost";
    return name;
}

void add(std::vector<std::pair<std::string, double>>& scalars, const char* split, const SplitMetrics& metrics) {
    scalars.emplace_back(std::string("Loss/") + split, metrics.loss);
    scalars.emplace_back(std::string("accuracy/") + split, metrics.accuracy);
    scalars.emplace_back(std::string("SOP/") + split, metrics.sop);
}

}  // namespace

std::vector<std::pair<std::string, double>> tagged(const EpochMetrics& row) {
    std::vector<std::pair<std::string, double>> scalars;
    if (row.train) add(scalars, "train", *row.train);
    if (row.validation) add(scalars, "val", *row.validation);
    add(scalars, "test", row.test);
    scalars.emplace_back("learning_rate", row.learning_rate);
    return scalars;
}

EventWriter::~EventWriter() {
    if (handle_ >= 0) ::close(handle_);
}

void EventWriter::begin(const std::vector<EpochMetrics>& history) {
    std::vector<fs::path> earlier;
    std::error_code failure;
    for (fs::directory_iterator entry(folder_, failure), end; !failure && entry != end; entry.increment(failure))
        if (entry->path().filename().string().starts_with(beginning)) earlier.push_back(entry->path());
    const double start = now();
    file_ = folder_ / (beginning + std::to_string(static_cast<std::int64_t>(start)) + "." + host() + "." +
                       std::to_string(::getpid()) + "." + std::to_string(earlier.size()));
    handle_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
    if (handle_ < 0)
        throw RunError(file_.string() + ": cannot be written: " + std::strerror(errno) +
                       "; free some space, or check the permissions of its folder");
    // Rows of before lie back in time by what they took.
    wall_time_ = start;
    for (const EpochMetrics& row : history) wall_time_ -= row.seconds;
    append(event_file_start(start) + event_session_start(start));
    for (const fs::path& file : earlier)
        if (file != file_) fs::remove(file, failure);
}

void EventWriter::append(const std::string& bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t written = ::write(handle_, bytes.data() + done, bytes.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0)
            throw RunError(file_.string() + ": cannot be written: " + std::strerror(errno) +
                           "; free some space, or check the permissions of its folder");
        done += static_cast<std::size_t>(written);
    }
}

void EventWriter::record(const std::vector<EpochMetrics>& history) {
    if (handle_ < 0) begin(history);
    std::string records;
    for (; rows_ < history.size(); ++rows_) {
        wall_time_ += history[rows_].seconds;
        records += event_record(history[rows_].epoch, wall_time_, tagged(history[rows_]));
    }
    append(records);
}

void EventWriter::flush() {
    if (handle_ >= 0) ::fsync(handle_);
}

}  // namespace resonate
