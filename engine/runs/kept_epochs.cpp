// engine/runs/kept_epochs.cpp: see kept_epochs.h.
#include "runs/kept_epochs.h"

#include <algorithm>
#include <fstream>

#include "resonate/error.h"
#include "resonate/run_store.h"
#include "runs/recorded_frames.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot_write(const fs::path& file, const std::string& why) {
    throw RunError(file.string() + ": cannot be written: " + why +
                   "; free some space or keep fewer epochs (recording.epoch_interval)");
}

void write_whole(const fs::path& file, const std::string& content) {
    fs::path part = file;
    part += ".part";
    std::ofstream stream(part, std::ios::binary | std::ios::trunc);
    stream.write(content.data(), static_cast<std::streamsize>(content.size()));
    stream.close();
    std::error_code failure;
    if (stream) {
        fs::rename(part, file, failure);
        if (!failure) return;
    }
    std::error_code ignored;
    fs::remove(part, ignored);
    cannot_write(file, failure ? failure.message() : "is the disk full?");
}

/// A second name for the same file where the file system knows that, else a copy.
void link_or_copy(const fs::path& from, const fs::path& to) {
    std::error_code failure;
    fs::remove(to, failure);
    fs::create_hard_link(from, to, failure);
    if (failure) fs::copy_file(from, to, fs::copy_options::overwrite_existing, failure);
    if (failure) cannot_write(to, failure.message());
}

}  // namespace

KeptEpochs::KeptEpochs(fs::path run_folder)
    : run_folder_(std::move(run_folder)), epochs_(recorded_epochs(run_folder_)) {
    for (const int epoch : epochs_) bytes_ += bytes_of(epoch);
}

std::uint64_t KeptEpochs::bytes_of(int epoch) const {
    std::uint64_t sum = 0;
    for (const fs::path& file : {frame_file(run_folder_, epoch), epoch_checkpoint(run_folder_, epoch)}) {
        std::error_code failure;
        if (const std::uintmax_t size = fs::file_size(file, failure); !failure) sum += size;
    }
    return sum;
}

void KeptEpochs::remove(int epoch) {
    bytes_ -= std::min(bytes_, bytes_of(epoch));
    std::error_code ignored;
    fs::remove(frame_file(run_folder_, epoch), ignored);
    fs::remove(epoch_checkpoint(run_folder_, epoch), ignored);
    std::erase(epochs_, epoch);
}

void KeptEpochs::keep(const ProbeFrame& frame, const fs::path& checkpoint, int best, std::uint64_t most_bytes) {
    const int epoch = frame.epoch;
    if (std::find(epochs_.begin(), epochs_.end(), epoch) != epochs_.end()) remove(epoch);
    std::error_code failure;
    fs::create_directories(epochs_folder(run_folder_), failure);
    if (failure) cannot_write(epochs_folder(run_folder_), failure.message());
    // The frame last: an epoch is kept when its frame is there.
    link_or_copy(checkpoint, epoch_checkpoint(run_folder_, epoch));
    write_whole(frame_file(run_folder_, epoch), frame_bytes(frame));
    epochs_.insert(std::upper_bound(epochs_.begin(), epochs_.end(), epoch), epoch);
    bytes_ += bytes_of(epoch);
    while (bytes_ > most_bytes) {
        std::vector<int> leaving;
        const size_t older = (epochs_.size() + 1) / 2;
        for (size_t i = 1; i < older; i += 2)
            if (epochs_[i] != best && epochs_[i] != epoch) leaving.push_back(epochs_[i]);
        if (leaving.empty()) return;
        for (const int left : leaving) remove(left);
    }
}

void KeptEpochs::drop_after(int epoch) {
    const std::vector<int> all = epochs_;
    for (const int kept : all)
        if (kept > epoch) remove(kept);
}

}  // namespace resonate
