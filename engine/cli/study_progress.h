// engine/cli/study_progress.h: a study's progress as lines for a terminal or a log.
#pragma once

#include <chrono>
#include <map>
#include <string>

#include "resonate/study.h"

namespace resonate::cli {

/// A line on standard error when a run starts or ends, and at most every half minute one on how far each is.
class StudyPrinter : public StudyObserver {
 public:
    explicit StudyPrinter(std::string title) : title_(std::move(title)) {}

    void on_started(const std::vector<MemberState>& members, int done) override;
    void on_problem(const std::string& sentence) override;
    void on_member(const MemberState& member, const StudyProgress& progress) override;

 private:
    struct Seen {
        MemberStatus status = MemberStatus::waiting;
        std::chrono::steady_clock::time_point told;
    };
    std::string title_;
    std::map<std::string, Seen> seen_;  ///< by key
};

/// "1 run", "18 runs"
std::string runs_text(std::size_t count);
/// "1 h 20 min", or "time not known yet".
std::string time_left_text(const std::optional<double>& seconds);

}  // namespace resonate::cli
