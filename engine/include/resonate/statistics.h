// resonate/statistics.h: what several runs of one experiment say together, and how that compares with what was
// published. Deviations are over seeds, and over nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "resonate/run_store.h"

namespace resonate {

/// A number that every epoch of a run has.
enum class Metric {
    test_accuracy,  ///< %
    test_loss,
    test_sop,  ///< hidden spikes per sample
    validation_accuracy,
    validation_loss,
    validation_sop,
    train_accuracy,
    train_loss,
    train_sop
};
/// "test_accuracy": its column in metrics.csv.
std::string to_string(Metric metric);
/// Nothing where the row has no such split, or the number is not finite.
std::optional<double> metric_value(const EpochMetrics& row, Metric metric);

/// Mean and sample standard deviation (divisor n − 1).
struct Spread {
    int count = 0;
    double mean = 0;
    double deviation = 0;  ///< 0 where count < 2: not known, see has_deviation()
    bool has_deviation() const { return count > 1; }
};
Spread spread_of(std::span<const double> values);

/// The rows of a run that results are quoted from.
struct RunResult {
    std::optional<EpochMetrics> last;
    /// Lowest validation loss, ties the later; where nothing validates, lowest training loss.
    std::optional<EpochMetrics> selected;
    std::optional<EpochMetrics> best_test;  ///< highest test accuracy, ties the earlier: an upper bound, no result
    double seconds = 0;                     ///< all epochs together
};
RunResult result_of(std::span<const EpochMetrics> rows);

/// Which row stands for a run.
enum class SelectionRule { lowest_validation_loss, last_epoch };
/// "checkpoint with the lowest validation loss", for captions.
std::string describe(SelectionRule rule);

/// How a run came about otherwise than by its settings alone: "forked from RUN at epoch 3", "Learning rate 0.1 → 0.05
/// in epoch 5"; empty where it did not. What was recorded decides nothing and is no change.
std::string alteration_of(const StoredRun& run);

/// Runs that differ only in their seed; imported, forked and changed runs are groups of their own. Indices are of the
/// list that was grouped.
struct SeedGroup {
    std::vector<std::size_t> members;  ///< one run per seed, ascending by seed
    std::vector<std::size_t> repeats;  ///< further runs of a seed: shown, not counted, since they tell nothing new
};
/// Groups in the order of their first run. Of several runs of one seed the finished one counts, then the longest, then
/// the one with the latest id.
std::vector<SeedGroup> group_by_seed(std::span<const StoredRun> runs);

struct CurvePoint {
    int epoch = 0;
    double seconds = 0;  ///< from the start to this epoch, mean over the runs that have it: the axis of wall time
    Spread value;        ///< over the seeds that have this epoch
};
/// One metric of a group over its epochs.
struct MeanCurve {
    std::vector<CurvePoint> points;  ///< by epoch; those that no run has are absent
    std::string note;                ///< a sentence where runs are of unequal length or none counts; else empty
};
MeanCurve mean_curve(std::span<const StoredRun> runs, const SeedGroup& group, Metric metric);
/// The first epoch in which a rising mean reaches `share` of its last value: the dot of Figure 5 and "ep95". Nothing
/// where the curve is empty.
std::optional<int> epoch_reaching(const MeanCurve& curve, double share = 0.95);

/// What a group of runs came to. Finished, imported and diverged runs count: leaving the diverged out would flatter.
struct GroupResult {
    std::string label;  ///< title, and the settings that tell it from other groups of that title
    ExperimentConfig config;
    bool imported = false;        ///< numbers of another program, settings and seeds assumed; the label says so too
    std::string altered = {};     ///< as alteration_of(); the label says so too
    std::int64_t parameters = 0;  ///< 0 = not known
    int counted = 0;              ///< n
    int diverged = 0;             ///< of those counted
    int unfinished = 0;           ///< running, stopped, failed: not counted
    int repeats = 0;              ///< further runs of a seed: not counted
    std::string note = {};        ///< of the mean test accuracy over those counted, as MeanCurve::note
    Spread accuracy;  ///< test, %, by the selection rule; so are loss and SOP; over runs that have the number
    Spread loss;
    Spread sop;
    Spread last_accuracy;       ///< of the last epoch
    Spread selected_accuracy;   ///< of the lowest validation loss
    Spread best_test_accuracy;  ///< upper bound
    Spread seconds;             ///< training and evaluation of one run
    std::optional<int> epoch95;
};
std::vector<GroupResult> group_results(std::span<const StoredRun> runs, std::span<const SeedGroup> groups,
                                       SelectionRule rule);
/// What must be said beside a group's numbers, a sentence each: further runs of a seed, runs of unequal length.
std::vector<std::string> notes_of(const GroupResult& result);

/// One row of the published results. The numbers of a preset's `reference` are not repeated: they are read from it.
struct PublishedResult {
    std::string preset;   ///< "ecg_brf": the preset with these settings
    std::string dataset;  ///< "ecg"
    NeuronType neuron = NeuronType::brf;
    std::int64_t parameters = 0;  ///< of the network the paper reports
    double accuracy = 0;          ///< the paper's test accuracy, %
    double accuracy_std = 0;      ///< 0 = not given
    double sop = 0;               ///< the paper's; 0 = not given
    std::optional<int> epoch95;
    bool other_network = false;            ///< the paper's network is not that of the preset
    std::optional<Spread> authors_last;    ///< five curves of the authors with the preset's network: last epoch
    std::optional<Spread> authors_chosen;  ///< the same at the lowest validation loss
    std::string source;
};
/// The table of results to reproduce, in its order.
const std::vector<PublishedResult>& published_results();

/// Ours beside what was published.
struct Comparison {
    PublishedResult published;
    std::optional<GroupResult> ours;
    bool same_settings = false;        ///< our runs have the settings of the preset, seed apart
    std::optional<Spread> against;     ///< the published accuracy that is comparable: same network and selection rule
    std::optional<double> difference;  ///< ours − published, in points
    std::optional<double> deviations;  ///< difference in published standard deviations; in ours where none is published
    bool in_our_deviations = false;    ///< the latter
};
/// One per published result. Of several groups for one data set and neuron, that with the preset's settings is taken,
/// else the one with most runs; imported groups are not ours.
std::vector<Comparison> compare_with_published(std::span<const GroupResult> results, SelectionRule rule);

/// The results as a table for people that ends with the selection rule, or as CSV for programs: numbers in full, a
/// column for the rule, empty where a number is not there.
enum class TableFormat { csv, markdown, latex };
std::string results_table(std::span<const GroupResult> results, SelectionRule rule, TableFormat format);
std::string comparison_table(std::span<const Comparison> comparisons, SelectionRule rule, TableFormat format);

}  // namespace resonate
