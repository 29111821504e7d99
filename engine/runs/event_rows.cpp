// engine/runs/event_rows.cpp: see event_rows.h.
#include "runs/event_rows.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "resonate/error.h"
#include "resonate/statistics.h"

namespace resonate {
namespace {

constexpr std::int64_t most_epochs = 1'000'000;
constexpr double absent = std::numeric_limits<double>::quiet_NaN();

enum Part { train, validation, test, parts };
enum Kind { loss, accuracy, sop, kinds };

struct Series {
    std::map<std::int64_t, double> values;  ///< by step
    std::map<std::int64_t, double> times;
};
using AllSeries = std::array<std::array<Series, kinds>, parts>;

std::string lower(const std::string& text) {
    std::string result;
    for (const char letter : text) result += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    return result;
}

template <std::size_t N>
std::optional<int> find(const std::array<std::pair<const char*, int>, N>& names, const std::string& text) {
    for (const auto& [name, meaning] : names)
        if (text == name) return meaning;
    return std::nullopt;
}

/// The series of a tag such as "accuracy/test", or nullptr.
Series* series_of(const std::string& tag, AllSeries& all) {
    const std::size_t slash = tag.find('/');
    if (slash == std::string::npos) return nullptr;
    static constexpr std::array<std::pair<const char*, int>, 5> kind_names{
        {{"loss", loss}, {"accuracy", accuracy}, {"acc", accuracy}, {"sop", sop}, {"spikes", sop}}};
    static constexpr std::array<std::pair<const char*, int>, 5> part_names{
        {{"train", train}, {"val", validation}, {"valid", validation}, {"validation", validation}, {"test", test}}};
    const auto kind = find(kind_names, lower(tag.substr(0, slash)));
    const auto part = find(part_names, lower(tag.substr(slash + 1)));
    if (!kind || !part) return nullptr;
    return &all[static_cast<std::size_t>(*part)][static_cast<std::size_t>(*kind)];
}

double at(const Series& series, std::int64_t step) {
    const auto found = series.values.find(step);
    return found == series.values.end() ? absent : found->second;
}

/// Numbers of batches as one number per epoch: as many batches belong to each.
Series mean_per_epoch(const Series& batches, std::int64_t epochs) {
    const auto count = static_cast<std::int64_t>(batches.values.rbegin()->first + 1);
    const std::int64_t per_epoch = std::max<std::int64_t>(1, (count + epochs - 1) / epochs);
    std::map<std::int64_t, std::pair<double, int>> sums;
    for (const auto& [step, value] : batches.values) {
        auto& [sum, number] = sums[step / per_epoch + 1];
        sum += value;
        ++number;
    }
    Series series;
    for (const auto& [epoch, sum] : sums) series.values[epoch] = sum.first / sum.second;
    return series;
}

std::optional<SplitMetrics> split_at(const std::array<Series, kinds>& series, std::int64_t epoch) {
    const SplitMetrics metrics{at(series[loss], epoch), at(series[accuracy], epoch), at(series[sop], epoch)};
    if (std::isnan(metrics.loss) && std::isnan(metrics.accuracy) && std::isnan(metrics.sop)) return std::nullopt;
    return metrics;
}

/// When the first number of that epoch was written; 0 where none says.
double time_of(const AllSeries& all, std::int64_t epoch) {
    for (const Part part : {test, validation})
        for (const Series& series : all[part])
            if (const auto found = series.times.find(epoch); found != series.times.end()) return found->second;
    return 0;
}

}  // namespace

std::vector<EpochMetrics> rows_of_events(const std::vector<ScalarEvent>& scalars, const std::string& name) {
    AllSeries all;
    std::set<std::string> tags;
    for (const ScalarEvent& scalar : scalars) {
        if (tags.size() < 20) tags.insert(scalar.tag);
        Series* series = series_of(scalar.tag, all);
        if (series == nullptr || scalar.step < 0 || scalar.step > most_epochs * 1000) continue;
        series->values[scalar.step] = scalar.value;
        series->times[scalar.step] = scalar.wall_time;
    }
    std::set<std::int64_t> epochs;
    for (const Part part : {test, validation})
        for (const Series& series : all[part])
            for (const auto& [step, value] : series.values)
                if (step <= most_epochs) epochs.insert(step);
    if (epochs.empty()) {
        std::string found;
        for (const std::string& tag : tags) found += (found.empty() ? "" : ", ") + tag;
        throw DataError(name + ": expected numbers such as 'accuracy/test' and 'Loss/val', found " +
                        (found.empty() ? "none" : found) + "; import a run that recorded such numbers");
    }
    const std::int64_t last = *epochs.rbegin();
    for (Series& series : all[train])
        if (!series.values.empty() && last > 0 && series.values.rbegin()->first > last)
            series = mean_per_epoch(series, last);
    std::vector<EpochMetrics> rows;
    double before = 0;
    for (const std::int64_t epoch : epochs) {
        EpochMetrics row;
        row.epoch = static_cast<int>(epoch);
        row.learning_rate = absent;
        row.train = split_at(all[train], epoch);
        row.validation = split_at(all[validation], epoch);
        row.test = split_at(all[test], epoch).value_or(SplitMetrics{absent, absent, absent});
        const double time = time_of(all, epoch);
        if (!rows.empty() && time > before) row.seconds = time - before;
        before = time;
        rows.push_back(row);
    }
    if (const RunResult result = result_of(rows); result.selected)
        for (EpochMetrics& row : rows) row.best = row.epoch == result.selected->epoch;
    return rows;
}

}  // namespace resonate
