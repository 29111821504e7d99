// engine/cli/study_progress.cpp: see study_progress.h.
#include "cli/study_progress.h"

#include <algorithm>
#include <cstdio>

#include "cli/commands.h"

namespace resonate::cli {
namespace {

constexpr std::chrono::seconds between_lines{30};

std::string result_text(const MemberState& member) {
    char text[160] = "";
    if (member.accuracy)
        std::snprintf(text, sizeof text, ": epoch %d of %d, test accuracy %.2f %%%s", member.epochs_done, member.epochs,
                      *member.accuracy, member.seconds > 0 ? (", " + duration_text(member.seconds)).c_str() : "");
    return text;
}

}  // namespace

std::string runs_text(std::size_t count) { return std::to_string(count) + (count == 1 ? " run" : " runs"); }

std::string time_left_text(const std::optional<double>& seconds) {
    return seconds ? duration_text(*seconds) : "time not known yet";
}

void StudyPrinter::on_started(const std::vector<MemberState>& members, int done) {
    const auto left_out = std::count_if(members.begin(), members.end(), [](const MemberState& member) {
        return member.status == MemberStatus::skipped;
    });
    std::string line = title_ + ": " + runs_text(members.size()) + ", " + std::to_string(done) + " done before";
    if (left_out > 0) line += ", " + std::to_string(left_out) + " left out";
    std::fprintf(stderr, "%s\n", line.c_str());
    for (const MemberState& member : members)
        if (member.status == MemberStatus::skipped)
            std::fprintf(stderr, "left out: %s: %s\n", member.label.c_str(), member.message.c_str());
}

void StudyPrinter::on_member(const MemberState& member, const StudyProgress& progress) {
    const auto now = std::chrono::steady_clock::now();
    Seen& seen = seen_[member.key];
    if (seen.status == member.status && now - seen.told < between_lines) return;
    const bool is_new = seen.status != member.status;
    seen = {member.status, now};
    // What was left out is no part of the work.
    std::string line = "[" + std::to_string(progress.ended() - progress.skipped) + "/" +
                       std::to_string(progress.total - progress.skipped) + "] ";
    line += member.status == MemberStatus::running && is_new && member.epochs_done == 0 ? "started"
                                                                                        : to_string(member.status);
    line += "  " + member.label + result_text(member);
    if (!member.message.empty() && member.status != MemberStatus::finished) line += ": " + member.message;
    if (member.status != MemberStatus::running || !is_new) line += "; left: " + time_left_text(progress.seconds_left);
    std::fprintf(stderr, "%s\n", line.c_str());
}

void StudyPrinter::on_problem(const std::string& sentence) {
    std::fprintf(stderr, "%s\n", sentence.empty() ? "The state of the study was written." : sentence.c_str());
}

}  // namespace resonate::cli
