// tests/engine/statistics_test.cpp: groups over seeds, means, deviations and the 95 % epoch, by numbers made by hand.
#include "resonate/statistics.h"

#include <QTest>
#include <cmath>
#include <limits>

#include "made_up_runs.h"
#include "resonate/config_io.h"
#include "resonate/experiment_identity.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

bool near(double a, double b) { return std::abs(a - b) < 1e-9; }

/// Means 20, 60, 84, 88.
std::vector<StoredRun> three_seeds() {
    return {made_up_run(2, {20, 60, 82, 86}, 3), made_up_run(1, {10, 50, 80, 86}, 1),
            made_up_run(3, {30, 70, 90, 92}, 2)};
}

}  // namespace

class StatisticsTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void deviationDividesByOneLessThanTheCount() {
        const std::vector<double> values{2, 4, 4, 4, 5, 5, 7, 9};
        const Spread spread = spread_of(values);
        QCOMPARE(spread.count, 8);
        QVERIFY(near(spread.mean, 5));
        QVERIFY(near(spread.deviation, std::sqrt(32.0 / 7.0)));
        const Spread alone = spread_of(std::vector<double>{3});
        QVERIFY(near(alone.mean, 3) && alone.deviation == 0 && !alone.has_deviation());
        QCOMPARE(spread_of({}).count, 0);
    }

    void runsThatDifferOnlyInTheirSeedAreOneGroup() {
        std::vector<StoredRun> runs = three_seeds();
        runs[1].config.title = "another title";
        runs[2].config.recording.probe_sample = 5;
        runs.push_back(made_up_run(4, {1}));
        runs.back().config.training.energy_lambda = 1e-6;
        const std::vector<SeedGroup> groups = group_by_seed(runs);
        QCOMPARE(groups.size(), size_t(2));
        QCOMPARE(groups[0].members, (std::vector<std::size_t>{1, 0, 2}));
        QCOMPARE(groups[1].members, (std::vector<std::size_t>{3}));
    }

    void importedRunsAreAGroupOfTheirOwn() {
        std::vector<StoredRun> runs = three_seeds();
        runs.push_back(made_up_run(1, {10, 20, 30, 40, 99}));
        runs.back().imported = true;
        const std::vector<SeedGroup> groups = group_by_seed(runs);
        QCOMPARE(groups.size(), size_t(2));
        QCOMPARE(groups[0].members, (std::vector<std::size_t>{1, 0, 2}));
        QCOMPARE(groups[1].members, (std::vector<std::size_t>{3}));
        QVERIFY(groups[0].repeats.empty() && groups[1].repeats.empty());
        const auto results = group_results(runs, groups, SelectionRule::last_epoch);
        QVERIFY(!results[0].imported && results[1].imported);
        QCOMPARE(results[1].label, results[0].label + ", imported");
        QVERIFY(near(results[0].accuracy.mean, 88) && near(results[1].accuracy.mean, 99));
    }

    void aFieldThatDoesNotMatterDoesNotTellExperimentsApart() {
        ExperimentConfig a = load_preset("ecg_alif");
        ExperimentConfig b = a;
        b.neuron.omega.max = 77;  // of resonators only
        QCOMPARE(experiment_identity(a), experiment_identity(b));
        b.neuron.tau_mem.mean = 21;
        QVERIFY(experiment_identity(a) != experiment_identity(b));
        a.training.seed = 7;
        b = a;
        b.training.seed = 8;
        QVERIFY(experiment_identity(a) != experiment_identity(b));
        QCOMPARE(identity_without_seed(a), identity_without_seed(b));
    }

    void ofRepetitionsOfOneSeedTheFinishedOneCounts() {
        std::vector<StoredRun> runs{made_up_run(1, {10, 20, 30}), made_up_run(1, {10, 20}), made_up_run(1, {10, 21})};
        runs[0].status = RunStatus::stopped;
        runs[1].id = "a";
        runs[2].id = "b";
        const std::vector<SeedGroup> groups = group_by_seed(runs);
        QCOMPARE(groups.size(), size_t(1));
        QCOMPARE(groups[0].members, (std::vector<std::size_t>{2}));
        QCOMPARE(groups[0].repeats.size(), size_t(2));
        QCOMPARE(mean_curve(runs, groups[0], Metric::test_accuracy).points.back().value.count, 1);
    }

    void bandsAreMeanAndSampleDeviationOverSeeds() {
        const std::vector<StoredRun> runs = three_seeds();
        const MeanCurve curve = mean_curve(runs, group_by_seed(runs)[0], Metric::test_accuracy);
        QCOMPARE(curve.points.size(), size_t(4));
        const double means[] = {20, 60, 84, 88};
        const double deviations[] = {10, 10, std::sqrt(28.0), std::sqrt(12.0)};
        for (size_t e = 0; e < 4; ++e) {
            QCOMPARE(curve.points[e].epoch, static_cast<int>(e));
            QCOMPARE(curve.points[e].value.count, 3);
            QVERIFY(near(curve.points[e].value.mean, means[e]));
            QVERIFY(near(curve.points[e].value.deviation, deviations[e]));
        }
        QVERIFY(curve.note.empty());
        // Wall time: 3, 1 and 2 seconds per epoch.
        QVERIFY(near(curve.points[0].seconds, 2));
        QVERIFY(near(curve.points[3].seconds, 8));
    }

    void theDotIsWhereTheMeanReaches95PercentOfItsLastValue() {
        const std::vector<StoredRun> runs = three_seeds();
        const MeanCurve curve = mean_curve(runs, group_by_seed(runs)[0], Metric::test_accuracy);
        // 0.95 · 88 = 83.6, reached by 84 in epoch 2.
        QCOMPARE(epoch_reaching(curve), std::optional<int>(2));
        QCOMPARE(epoch_reaching(curve, 0.5), std::optional<int>(1));
        QCOMPARE(epoch_reaching(curve, 1.0), std::optional<int>(3));
        QCOMPARE(epoch_reaching(MeanCurve()), std::optional<int>());
    }

    void runsOfUnequalLengthAreSaid() {
        std::vector<StoredRun> runs = three_seeds();
        runs[0].metrics.resize(2);
        const MeanCurve curve = mean_curve(runs, group_by_seed(runs)[0], Metric::test_accuracy);
        QCOMPARE(curve.points[1].value.count, 3);
        QCOMPARE(curve.points[2].value.count, 2);
        QVERIFY(near(curve.points[2].value.mean, 85));
        QCOMPARE(QString::fromStdString(curve.note),
                 QString("Runs are of unequal length: from epoch 2 on the mean is over 2 instead of 3 runs."));
        runs[1].metrics.resize(3);
        QCOMPARE(QString::fromStdString(mean_curve(runs, group_by_seed(runs)[0], Metric::test_accuracy).note),
                 QString("Runs are of unequal length: from epoch 2 on the mean is over 2 instead of 3 runs, at the end "
                         "over 1."));
        runs[0].metrics.clear();
        QCOMPARE(mean_curve(runs, group_by_seed(runs)[0], Metric::test_accuracy).points[0].value.count, 2);
    }

    void rowsWithoutTheNumberAreLeftOut() {
        std::vector<StoredRun> runs{made_up_run(1, {10, 20})};
        const MeanCurve curve = mean_curve(runs, group_by_seed(runs)[0], Metric::train_accuracy);
        QCOMPARE(curve.points.size(), size_t(1));
        QCOMPARE(curve.points[0].epoch, 1);
        runs[0].metrics[1].test.loss = std::numeric_limits<double>::quiet_NaN();
        QCOMPARE(mean_curve(runs, group_by_seed(runs)[0], Metric::test_loss).points.size(), size_t(1));
    }

    void theSelectedEpochHasTheLowestValidationLossTiesTheLater() {
        StoredRun run = made_up_run(1, {10, 90, 40, 50, 60});
        const double losses[] = {2, 1, 0.5, 0.5, 0.75};
        for (size_t i = 0; i < 5; ++i) run.metrics[i].validation->loss = losses[i];
        const RunResult result = result_of(run.metrics);
        QCOMPARE(result.selected->epoch, 3);
        QCOMPARE(result.last->epoch, 4);
        QCOMPARE(result.best_test->epoch, 1);
        QVERIFY(near(result.seconds, 10));
        // Nothing validates: the training loss chooses, and the untrained network, which has none, is not chosen.
        for (EpochMetrics& row : run.metrics) row.validation.reset();
        QCOMPARE(result_of(run.metrics).selected->epoch, 1);
        QVERIFY(!result_of({}).selected);
    }

    void resultsCountWhatHasEndedAndSayWhatHasNot() {
        std::vector<StoredRun> runs = three_seeds();
        runs.push_back(made_up_run(4, {10, 20}));
        runs.push_back(made_up_run(5, {10}));
        runs[3].status = RunStatus::running;
        runs[4].status = RunStatus::diverged;
        const auto groups = group_by_seed(runs);
        const GroupResult result = group_results(runs, groups, SelectionRule::lowest_validation_loss)[0];
        QCOMPARE(result.counted, 4);
        QCOMPARE(result.diverged, 1);
        QCOMPARE(result.unfinished, 1);
        QCOMPARE(result.parameters, std::int64_t(1734));
        // 86, 86, 92 and 10.
        QVERIFY(near(result.accuracy.mean, 68.5));
        QVERIFY(near(result.accuracy.deviation, std::sqrt((2 * 17.5 * 17.5 + 23.5 * 23.5 + 58.5 * 58.5) / 3)));
        QVERIFY(near(result.sop.mean, (100 + 200 + 300 + 500) / 4.0));
    }

    void whatIsNotCountedIsSaid() {
        std::vector<StoredRun> runs = three_seeds();
        const auto notes = [&] {
            return notes_of(group_results(runs, group_by_seed(runs), SelectionRule::last_epoch).at(0));
        };
        QVERIFY(notes().empty());
        runs.push_back(runs[0]);
        QCOMPARE(notes(), (std::vector<std::string>{"1 further run of a seed is not counted."}));
        runs.push_back(runs[1]);
        QCOMPARE(notes(), (std::vector<std::string>{"2 further runs of seeds are not counted."}));
        runs.resize(3);
        runs[2].metrics.resize(3);
        QCOMPARE(notes().size(), size_t(1));
        QVERIFY(notes()[0].starts_with("Runs are of unequal length: from epoch 3 on the mean is over 2"));
    }

    void namesTellNothingOfWhatWasRecorded() {
        std::vector<StoredRun> runs = three_seeds();
        runs[0].config.recording.epoch_interval = 0;
        runs[0].config.training.epochs = 3;
        const auto results = group_results(runs, group_by_seed(runs), SelectionRule::last_epoch);
        QCOMPARE(results.size(), size_t(2));
        QCOMPARE(QString::fromStdString(results[0].label), QString::fromStdString(runs[0].config.title + ", Epochs 3"));
    }

    void numbersThatRunsLackAreNotInTheMeans() {
        std::vector<StoredRun> runs = three_seeds();
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        for (EpochMetrics& row : runs[0].metrics) row.test.sop = row.test.loss = none;
        runs[1].metrics.back().test.accuracy = none;
        const GroupResult result = group_results(runs, group_by_seed(runs), SelectionRule::last_epoch)[0];
        QCOMPARE(result.counted, 3);
        QCOMPARE(result.sop.count, 2);
        QVERIFY(near(result.sop.mean, 200));
        QCOMPARE(result.loss.count, 2);
        QVERIFY(near(result.loss.mean, 0.11));  // of 0.14 and 0.08
        QCOMPARE(result.accuracy.count, 2);
        QVERIFY(near(result.accuracy.mean, 89));  // of 86 and 92
        QCOMPARE(result.last_accuracy.count, 2);
        QCOMPARE(result.best_test_accuracy.count, 3);
    }

    void differencesNameTheFieldAndBothValues() {
        const ExperimentConfig configs[] = {load_preset("ecg_brf"), load_preset("ecg_alif")};
        const std::vector<FieldDifference> differences = field_differences(configs);
        const auto find = [&](const std::string& path) {
            for (const FieldDifference& difference : differences)
                if (difference.path == path) return difference.values;
            return std::vector<std::string>{};
        };
        QCOMPARE(find("neuron.type"), (std::vector<std::string>{"brf", "alif"}));
        QCOMPARE(find("training.batch_size"), (std::vector<std::string>{"16", "64"}));
        QCOMPARE(find("neuron.gamma"), (std::vector<std::string>{"0.9", ""}));
        QVERIFY(find("training.epochs").empty() && find("title").empty());
        QVERIFY(field_differences(std::span(configs, 1)).empty());
    }
};

RESONATE_TEST(StatisticsTest)
#include "statistics_test.moc"
