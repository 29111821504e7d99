// engine/runs/run_summary.cpp: see run_summary.h.
#include "runs/run_summary.h"

#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

#include "resonate/error.h"

namespace resonate {
namespace {

constexpr std::uintmax_t largest_summary = std::uintmax_t{1} << 20;

/// What to do where the file is of no use.
constexpr const char* set_aside = "; move the file away, and the run counts as interrupted";

using Json = nlohmann::json;

/// JSON has no NaN: such numbers are written as null.
double number(const Json& json, const char* key) {
    const auto found = json.find(key);
    if (found == json.end() || found->is_null()) return std::numeric_limits<double>::quiet_NaN();
    return found->get<double>();
}

SplitMetrics split(const Json& json) { return {number(json, "loss"), number(json, "accuracy"), number(json, "sop")}; }

std::optional<EpochMetrics> row(const Json& summary, const char* key) {
    const auto found = summary.find(key);
    if (found == summary.end() || !found->is_object() || !found->contains("test")) return std::nullopt;
    EpochMetrics metrics;
    metrics.epoch = found->value("epoch", 0);
    metrics.test = split(found->at("test"));
    if (found->contains("train")) metrics.train = split(found->at("train"));
    if (found->contains("validation")) metrics.validation = split(found->at("validation"));
    return metrics;
}

RunSummary from_json(const Json& json) {
    RunSummary summary;
    const std::string status = json.at("status");
    // What a newer program may call an end is, to this one, a run that is not going on.
    for (const RunStatus known : {RunStatus::running, RunStatus::finished, RunStatus::diverged, RunStatus::failed})
        if (to_string(known) == status) summary.status = known;
    summary.imported = status == "imported";
    if (summary.imported) summary.status = RunStatus::finished;
    summary.message = json.value("message", "");
    summary.epochs = json.value("epochs", 0);
    summary.epochs_done = json.value("epochs_done", 0);
    summary.parameters = json.value("parameters", std::int64_t{0});
    summary.threads = json.value("threads", 0);
    summary.train_samples = json.value("train_samples", 0);
    summary.validation_samples = json.value("validation_samples", 0);
    summary.test_samples = json.value("test_samples", 0);
    summary.forked_from = json.value("forked_from", "");
    summary.forked_epoch = json.value("forked_epoch", 0);
    summary.seconds = json.value("seconds", 0.0);
    summary.written = json.value("written", "");
    summary.last = row(json, "last");
    summary.selected = row(json, "best");
    summary.best_test = row(json, "best_test");
    return summary;
}

}  // namespace

std::optional<RunSummary> read_summary(const std::filesystem::path& folder) {
    const std::filesystem::path file = folder / "summary.json";
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(file, failure);
    if (failure == std::errc::no_such_file_or_directory) return std::nullopt;
    std::ifstream stream(file);
    if (failure || !stream) throw RunError(file.string() + ": cannot be read; check its permissions");
    if (size > largest_summary)
        throw RunError(file.string() + ": expected at most 1 MiB, found " + std::to_string(size) + " bytes" +
                       set_aside);
    const Json json = Json::parse(stream, nullptr, /*allow_exceptions=*/false);
    if (!json.is_object() || !json.contains("status") || !json["status"].is_string())
        throw RunError(file.string() + ": expected a JSON object with 'status', found something else" + set_aside);
    try {
        return from_json(json);
    } catch (const Json::exception&) {
        throw RunError(file.string() + ": an entry is not of the type this program writes" + set_aside);
    }
}

}  // namespace resonate
