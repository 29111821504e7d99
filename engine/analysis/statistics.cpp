// engine/analysis/statistics.cpp: runs of one experiment taken together.
#include "resonate/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>
#include <utility>

#include "resonate/config_io.h"
#include "resonate/experiment_identity.h"

namespace resonate {
namespace {

/// What decides which of several runs of one seed counts; the largest does.
std::tuple<bool, int, std::string> standing(const StoredRun& run) {
    return {run.status == RunStatus::finished, run.metrics.empty() ? -1 : run.metrics.back().epoch, run.id};
}

/// The loss by which a row is chosen; infinite where it has none.
double choosing_loss(const EpochMetrics& row, bool validated) {
    const std::optional<SplitMetrics>& split = validated ? row.validation : row.train;
    return split && std::isfinite(split->loss) ? split->loss : std::numeric_limits<double>::infinity();
}

std::string plural(int count, const std::string& noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string length_note(const std::vector<const StoredRun*>& runs, const std::vector<CurvePoint>& points) {
    if (points.empty()) return runs.empty() ? "" : "No run has this number yet.";
    const int most = points.front().value.count;
    const auto fewer =
        std::find_if(points.begin(), points.end(), [&](const CurvePoint& point) { return point.value.count != most; });
    if (fewer == points.end()) return {};
    std::string text = "Runs are of unequal length: from epoch " + std::to_string(fewer->epoch) +
                       " on the mean is over " + std::to_string(fewer->value.count) + " instead of " +
                       plural(most, "run");
    if (points.back().value.count != fewer->value.count)
        text += ", at the end over " + std::to_string(points.back().value.count);
    return text + ".";
}

}  // namespace

std::string to_string(Metric metric) {
    switch (metric) {
        case Metric::test_accuracy: return "test_accuracy";
        case Metric::test_loss: return "test_loss";
        case Metric::test_sop: return "test_sop";
        case Metric::validation_accuracy: return "validation_accuracy";
        case Metric::validation_loss: return "validation_loss";
        case Metric::validation_sop: return "validation_sop";
        case Metric::train_accuracy: return "train_accuracy";
        case Metric::train_loss: return "train_loss";
        case Metric::train_sop: return "train_sop";
    }
    return {};
}

std::optional<double> metric_value(const EpochMetrics& row, Metric metric) {
    std::optional<double> value;
    switch (metric) {
        case Metric::test_accuracy: value = row.test.accuracy; break;
        case Metric::test_loss: value = row.test.loss; break;
        case Metric::test_sop: value = row.test.sop; break;
        case Metric::validation_accuracy:
            if (row.validation) value = row.validation->accuracy;
            break;
        case Metric::validation_loss:
            if (row.validation) value = row.validation->loss;
            break;
        case Metric::validation_sop:
            if (row.validation) value = row.validation->sop;
            break;
        case Metric::train_accuracy:
            if (row.train) value = row.train->accuracy;
            break;
        case Metric::train_loss:
            if (row.train) value = row.train->loss;
            break;
        case Metric::train_sop:
            if (row.train) value = row.train->sop;
            break;
    }
    if (value && !std::isfinite(*value)) return std::nullopt;
    return value;
}

Spread spread_of(std::span<const double> values) {
    Spread spread;
    spread.count = static_cast<int>(values.size());
    if (values.empty()) return spread;
    for (const double value : values) spread.mean += value / spread.count;
    double squares = 0;
    for (const double value : values) squares += (value - spread.mean) * (value - spread.mean);
    if (spread.count > 1) spread.deviation = std::sqrt(squares / (spread.count - 1));
    return spread;
}

RunResult result_of(std::span<const EpochMetrics> rows) {
    RunResult result;
    const bool validated =
        std::any_of(rows.begin(), rows.end(), [](const EpochMetrics& row) { return row.validation.has_value(); });
    double lowest = std::numeric_limits<double>::infinity();
    for (const EpochMetrics& row : rows) {
        result.seconds += row.seconds;
        if (const double loss = choosing_loss(row, validated); !result.selected || loss <= lowest) {
            lowest = loss;
            result.selected = row;
        }
        const auto accuracy = metric_value(row, Metric::test_accuracy);
        if (accuracy && (!result.best_test || *accuracy > result.best_test->test.accuracy)) result.best_test = row;
        result.last = row;
    }
    return result;
}

std::string describe(SelectionRule rule) {
    return rule == SelectionRule::last_epoch ? "last epoch"
                                             : "checkpoint with the lowest validation loss, ties the later";
}

std::string alteration_of(const StoredRun& run) {
    std::string text;
    if (!run.forked_from.empty())
        text = "forked from " + run.forked_from + " at epoch " + std::to_string(run.forked_epoch);
    for (const RunChange& change : run.changes) {
        if (change.path.starts_with("recording.")) continue;
        const Field* field = find_field(change.path);
        text += (text.empty() ? "" : ", ") + (field ? field->label : change.path) + " " + change.from + " → " +
                change.to + " in epoch " + std::to_string(change.epoch + 1);
    }
    return text;
}

std::vector<SeedGroup> group_by_seed(std::span<const StoredRun> runs) {
    std::vector<SeedGroup> groups;
    // Settings and seeds of imported runs are assumed: they are never taken for runs of this program.
    std::map<std::tuple<bool, std::string, std::string>, std::size_t> known;
    std::vector<std::map<std::int64_t, std::size_t>> seeds;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto [place, added] = known.try_emplace(
            {runs[i].imported, alteration_of(runs[i]), identity_without_seed(runs[i].config)}, groups.size());
        if (added) {
            groups.emplace_back();
            seeds.emplace_back();
        }
        SeedGroup& group = groups[place->second];
        const auto [first, alone] = seeds[place->second].try_emplace(runs[i].config.training.seed, i);
        if (alone) continue;
        group.repeats.push_back(i);
        if (standing(runs[first->second]) < standing(runs[i])) std::swap(first->second, group.repeats.back());
    }
    for (std::size_t g = 0; g < groups.size(); ++g)
        for (const auto& [seed, index] : seeds[g]) groups[g].members.push_back(index);
    return groups;
}

MeanCurve mean_curve(std::span<const StoredRun> runs, const SeedGroup& group, Metric metric) {
    struct Values {
        std::vector<double> values, seconds;
    };
    std::map<int, Values> epochs;
    std::vector<const StoredRun*> members;
    for (const std::size_t index : group.members) {
        const StoredRun& run = runs[index];
        members.push_back(&run);
        double seconds = 0;
        for (const EpochMetrics& row : run.metrics) {
            seconds += row.seconds;
            if (const auto value = metric_value(row, metric)) {
                epochs[row.epoch].values.push_back(*value);
                epochs[row.epoch].seconds.push_back(seconds);
            }
        }
    }
    MeanCurve curve;
    for (const auto& [epoch, at] : epochs)
        curve.points.push_back({epoch, spread_of(at.seconds).mean, spread_of(at.values)});
    curve.note = length_note(members, curve.points);
    return curve;
}

std::optional<int> epoch_reaching(const MeanCurve& curve, double share) {
    if (curve.points.empty()) return std::nullopt;
    const double wanted = share * curve.points.back().value.mean;
    for (const CurvePoint& point : curve.points)
        if (point.value.mean >= wanted) return point.epoch;
    return std::nullopt;
}

}  // namespace resonate
