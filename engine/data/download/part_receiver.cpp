// engine/data/download/part_receiver.cpp: see part_receiver.h.
#include "data/download/part_receiver.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <limits>
#include <string_view>

#include "resonate/error.h"

namespace resonate {
namespace {

namespace fs = std::filesystem;

constexpr size_t enough_to_tell = 64;
constexpr std::int64_t between_space_checks = std::int64_t{64} << 20;

/// Left free, for everything else that writes to the disk.
std::uint64_t reserve_beside(std::uint64_t bytes) { return (std::uint64_t{1} << 20) + bytes / 50; }

std::string refusal(const HttpHead& head) {
    const auto with_number = [&](const char* words) {
        return std::string(words) + " (" + std::to_string(head.status) + ")";
    };
    switch (head.status) {
        case 202: return with_number("accepted the request but sent no file");
        case 204: return with_number("sent no content");
        case 401: return with_number("asks for a password");
        case 403: return with_number("refuses access");
        case 404: return with_number("has no such file");
        case 407: return with_number("the proxy asks for a password");
        case 410: return with_number("has this file no longer");
        case 416: return with_number("does not send the rest of the file");
        case 429: return with_number("has had too many requests, try again later");
        default: break;
    }
    if (head.status >= 500) return with_number("has a fault of its own");
    if (head.status >= 300 && head.status < 400) return with_number("redirects without saying where to");
    return "answered " + std::to_string(head.status);
}

bool looks_like_web_page(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
    std::string begin(text.substr(0, 16));
    std::transform(begin.begin(), begin.end(), begin.begin(), [](unsigned char c) { return std::tolower(c); });
    static constexpr std::array<std::string_view, 5> beginnings = {"<!doctype", "<html", "<head", "<body", "<script"};
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view known) { return begin.starts_with(known); });
}

constexpr const char* web_page = "sent a web page instead of the file (is this a network with a log-in page?)";

/// A file can be packed badly, but not longer than its content and what gzip adds to it.
std::int64_t most_bytes(const DatasetFile& file) {
    if (file.bytes == 0) return std::numeric_limits<std::int64_t>::max();
    if (file.packing == Packing::none) return file.bytes;
    return std::max(file.packed_bytes, file.bytes + file.bytes / 1000 + (std::int64_t{64} << 10));
}

}  // namespace

std::string megabytes(std::uint64_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f MB", static_cast<double>(bytes) / 1e6);
    return text;
}

void FreeSpace::require(std::uint64_t bytes, const std::string& what) const {
    std::uint64_t free = 0;
    // The folder may not be there yet.
    fs::path place = fs::absolute(folder_);
    std::error_code failure;
    while (!fs::exists(place, failure) && place.has_relative_path()) place = place.parent_path();
    if (ask_) {
        free = ask_(place);
    } else {
        const fs::space_info space = fs::space(place, failure);
        if (failure) return;
        free = space.available;
    }
    const std::uint64_t needed = bytes + reserve_beside(bytes);
    if (free >= needed) return;
    throw DataError(folder_.string() + ": " + what + " needs " + megabytes(needed) + " of disk space, and " +
                    megabytes(free) + " are free; make room, or choose another data folder");
}

PartReceiver::PartReceiver(PartFile& part, const DatasetFile& file, ProgressMeter& meter, const FreeSpace& space)
    : part_(part), file_(file), meter_(meter), space_(space), asked_from_(part.size()), most_(most_bytes(file)) {}

void PartReceiver::on_head(const HttpHead& head) {
    if (head.status == 416 && asked_from_ > 0) {
        complete_already_ = head.total == asked_from_;
        if (!complete_already_) throw PartDoesNotFit();
        return;
    }
    if (head.status != 200 && head.status != 206)
        throw SourceProblem(refusal(head) + (head.proxy.empty() ? "" : ", through " + head.proxy));
    if (head.type == "text/html" || head.type == "application/xhtml+xml") throw SourceProblem(web_page);
    if (head.status == 206 && head.from != asked_from_)
        throw SourceProblem("sent another part of the file than was asked for");
    total_ = head.total;
    if (file_.packing == Packing::none && file_.bytes > 0 && total_ >= 0 && total_ != file_.bytes) {
        if (total_ == 0) throw SourceProblem("sent an empty file");
        throw SourceProblem("has a file of " + std::to_string(total_) + " bytes, expected " +
                            std::to_string(file_.bytes));
    }
    if (total_ > most_)
        throw SourceProblem("has a file of " + std::to_string(total_) + " bytes, expected at most " +
                            std::to_string(most_));
    began_ = place_ = head.status == 206 ? head.from : 0;
    if (total_ > part_.size()) space_.require(static_cast<std::uint64_t>(total_ - part_.size()), file_.name);
    if (total_ > 0) meter_.set_total(total_);
    meter_.set_bytes(place_);
}

void PartReceiver::on_block(std::span<const std::uint8_t> block) {
    if (complete_already_) return;
    if (beginning_seen_ || began_ > 0) return write(block);
    beginning_.append(block.begin(), block.end());
    if (beginning_.size() >= enough_to_tell) release_beginning();
}

void PartReceiver::release_beginning() {
    if (looks_like_web_page(beginning_)) throw SourceProblem(web_page);
    beginning_seen_ = true;
    write({reinterpret_cast<const std::uint8_t*>(beginning_.data()), beginning_.size()});
    beginning_.clear();
}

void PartReceiver::write(std::span<const std::uint8_t> bytes) {
    const auto count = static_cast<std::int64_t>(bytes.size());
    if (place_ + count > most_)
        throw SourceProblem("sends more than the " + std::to_string(most_) + " bytes the file can have");
    if (place_ - space_checked_ >= between_space_checks) {
        space_.require(total_ > place_ ? static_cast<std::uint64_t>(total_ - std::max(place_, part_.size())) : 0,
                       file_.name);
        space_checked_ = place_;
    }
    part_.write(place_, bytes);
    place_ += count;
    meter_.set_bytes(place_);
}

void PartReceiver::finish() {
    if (complete_already_) return;
    if (!beginning_.empty()) release_beginning();
    if (place_ == 0) throw SourceProblem("sent an empty file");
    const std::int64_t expected = file_.packing == Packing::none && file_.bytes > 0 ? file_.bytes : total_;
    if (place_ < expected) throw SourceProblem("the connection ended", SourceProblem::Kind::broke_off);
    part_.cut(place_);
}

std::string PartReceiver::how_far() const {
    if (place_ == 0) return {};
    const std::string of = total_ > 0 ? " of " + megabytes(static_cast<std::uint64_t>(total_)) : "";
    return "after " + megabytes(static_cast<std::uint64_t>(place_)) + of + ": ";
}

}  // namespace resonate
