// tests/engine/results_table_test.cpp: tables of results, alone and beside the published ones.
#include <QStringList>
#include <QTest>
#include <cmath>
#include <limits>

#include "complaint.h"
#include "made_up_runs.h"
#include "resonate/config_io.h"
#include "resonate/statistics.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

/// Two seeds of the published ECG settings; the selected accuracies are 86 and 87.
std::vector<StoredRun> published_settings() {
    std::vector<StoredRun> runs{made_up_run(1, {10, 84, 86}), made_up_run(2, {10, 84, 87})};
    for (StoredRun& run : runs) {
        const std::int64_t seed = run.config.training.seed;
        run.config = load_preset("ecg_brf");
        run.config.training.seed = seed;
    }
    return runs;
}

std::vector<GroupResult> results_of(const std::vector<StoredRun>& runs,
                                    SelectionRule rule = SelectionRule::lowest_validation_loss) {
    return group_results(runs, group_by_seed(runs), rule);
}

const Comparison& row(const std::vector<Comparison>& rows, const std::string& preset) {
    for (const Comparison& comparison : rows)
        if (comparison.published.preset == preset) return comparison;
    qFatal("no such row");
}

QString table(const std::vector<StoredRun>& runs, TableFormat format) {
    return QString::fromStdString(results_table(results_of(runs), SelectionRule::lowest_validation_loss, format));
}

}  // namespace

class ResultsTableTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyFormatHasMeanDeviationCountAndRule() {
        const std::vector<StoredRun> runs = published_settings();
        VERIFY_SAYS(table(runs, TableFormat::markdown),
                    "| ECG, BRF | 2 | 1734 | 86.50 ± 0.71 | 0.1350 ± 0.0071 | 150 ± 71 | 1 |");
        VERIFY_SAYS(table(runs, TableFormat::markdown), "Selection rule: checkpoint with the lowest validation loss");
        VERIFY_SAYS(table(runs, TableFormat::latex), "ECG, BRF & 2 & 1734 & 86.50 $\\pm$ 0.71 &");
        VERIFY_SAYS(table(runs, TableFormat::latex), "Test accuracy [\\%]");
        VERIFY_SAYS(table(runs, TableFormat::latex), "\\noindent Test set. Selection rule:");
        const QStringList csv = table(runs, TableFormat::csv).split('\n');
        QVERIFY(csv[0].startsWith("experiment,dataset,neuron,n,diverged,unfinished,parameters,test_accuracy_mean,"));
        QVERIFY2(csv[1].startsWith("\"ECG, BRF\",ecg,brf,2,0,0,1734,86.5,0.70710678118654"), qPrintable(csv[1]));
        QVERIFY(csv[0].endsWith(",selection_rule"));
        QVERIFY(csv[1].endsWith(",lowest_validation_loss"));
        QCOMPARE(csv.size(), 3);
    }

    void oneSeedHasNoDeviation() {
        const std::vector<StoredRun> runs{made_up_run(1, {10, 80})};
        VERIFY_SAYS(table(runs, TableFormat::markdown), "| 1 | 1734 | 80.00 | 0.2000 | 100 | 1 |");
        QVERIFY(table(runs, TableFormat::csv).contains(",80,,"));
    }

    void lettersWithAMeaningAreEscaped() {
        std::vector<StoredRun> runs{made_up_run(1, {10, 80})};
        runs[0].config.title = "50 % & a_b | \"x\"";
        VERIFY_SAYS(table(runs, TableFormat::latex), "50 \\% \\& a\\_b | \"x\" &");
        VERIFY_SAYS(table(runs, TableFormat::markdown), "| 50 % & a_b \\| \"x\" |");
        runs[0].config.title = "Balanced RF <b> *new* _old_ `c` [a](b) \\";
        VERIFY_SAYS(table(runs, TableFormat::markdown),
                    "| Balanced RF \\<b> \\*new\\* \\_old\\_ \\`c\\` [a]\\(b) \\\\ |");
        VERIFY_SAYS(table(runs, TableFormat::latex), "RF \\textless{}b\\textgreater{} *new* \\_old\\_");
        runs[0].config.title = "50 % & a_b | \"x\"";
        VERIFY_SAYS(table(runs, TableFormat::csv), "\n\"50 % & a_b | \"\"x\"\"\",synthetic_ecg,brf");
    }

    void whatIsNotCountedIsSaidInEveryFormat() {
        std::vector<StoredRun> runs = published_settings();
        runs.push_back(runs[0]);
        runs[1].metrics.resize(2);
        const char* const repeats = "ECG, BRF: 1 further run of a seed is not counted.";
        const char* const lengths =
            "ECG, BRF: Runs are of unequal length: from epoch 2 on the mean is over 1 instead of 2 runs.";
        for (const TableFormat format : {TableFormat::markdown, TableFormat::latex}) {
            VERIFY_SAYS(table(runs, format), repeats);
            VERIFY_SAYS(table(runs, format), lengths);
            const QString beside = QString::fromStdString(
                comparison_table(compare_with_published(results_of(runs), SelectionRule::lowest_validation_loss),
                                 SelectionRule::lowest_validation_loss, format));
            VERIFY_SAYS(beside, repeats);
            VERIFY_SAYS(beside, lengths);
        }
        const QStringList csv = table(runs, TableFormat::csv).split('\n');
        QVERIFY2(csv[0].endsWith(",epochs_to_95_percent,repeats,note,selection_rule"), qPrintable(csv[0]));
        QVERIFY2(
            csv[1].contains(",1,Runs are of unequal length: from epoch 2 on the mean is over 1 instead of 2 runs.,"),
            qPrintable(csv[1]));
    }

    void groupsOfOneTitleAreToldApartByTheirSettings() {
        std::vector<StoredRun> runs = published_settings();
        runs[1].config.training.energy_lambda = 1e-6;
        const std::vector<GroupResult> results = results_of(runs);
        QCOMPARE(results.size(), size_t(2));
        QVERIFY(results[1].label.starts_with("ECG, BRF, "));
        QVERIFY2(results[1].label.ends_with(" 1e-06"), results[1].label.c_str());
        QVERIFY(results[0].label.ends_with(" 0"));
    }

    void thePublishedTableIsThatOfTheSpecification() {
        const std::vector<PublishedResult>& results = published_results();
        QCOMPARE(results.size(), size_t(16));
        const auto find = [&](const std::string& preset) {
            for (const PublishedResult& result : results)
                if (result.preset == preset) return result;
            return PublishedResult{};
        };
        const PublishedResult brf = find("ecg_brf");
        QCOMPARE(brf.accuracy, 85.8);
        QCOMPARE(brf.accuracy_std, 0.7);
        QCOMPARE(brf.sop, 6308.0);
        QCOMPARE(brf.epoch95, std::optional<int>(6));
        QCOMPARE(brf.parameters, std::int64_t(1734));
        QCOMPARE(brf.authors_last->mean, 85.13);
        QCOMPARE(brf.authors_chosen->deviation, 0.73);
        QVERIFY(!brf.other_network);
        const PublishedResult alif = find("ecg_alif");
        QVERIFY(alif.other_network);
        QCOMPARE(alif.accuracy, 85.9);
        QCOMPARE(alif.sop, 35011.0);
        QCOMPARE(alif.authors_last->mean, 65.80);
        QCOMPARE(alif.authors_chosen->mean, 67.83);
        QCOMPARE(find("smnist_alif").authors_last->mean, 92.44);
        QVERIFY(!find("smnist_alif").authors_chosen);
        QVERIFY(!find("psmnist_rf").epoch95);
        QCOMPARE(find("smnist_hrf").sop, 21566.0);
    }

    void oursStandsBesideThePublishedWithTheDifferenceInDeviations() {
        const auto rows =
            compare_with_published(results_of(published_settings()), SelectionRule::lowest_validation_loss);
        const Comparison& ecg = row(rows, "ecg_brf");
        QVERIFY(ecg.same_settings);
        QVERIFY(std::abs(*ecg.difference - 0.7) < 1e-9);
        QVERIFY(std::abs(*ecg.deviations - 1.0) < 1e-9);
        QVERIFY(!row(rows, "shd_brf").ours);
        // By the last epoch the authors' own curves are comparable, the paper's figure is not.
        const auto last = compare_with_published(results_of(published_settings(), SelectionRule::last_epoch),
                                                 SelectionRule::last_epoch);
        QVERIFY(std::abs(*row(last, "ecg_brf").deviations - (86.5 - 85.13) / 0.63) < 1e-9);
        QVERIFY(!row(last, "smnist_brf").against);
        const QString text = QString::fromStdString(
            comparison_table(rows, SelectionRule::lowest_validation_loss, TableFormat::markdown));
        VERIFY_SAYS(
            text,
            "| ecg_brf | 86.50 ± 0.71 | 2 | 85.80 ± 0.70 | +0.70 | +1.0 | 150 ± 71 | 6308 | 1 | 6 | 85.8 ± 0.7 |");
        // A sign, since it may be the only one.
        VERIFY_SAYS(text, "98.7 †");
        VERIFY_SAYS(text, "† The paper's network is another one");
        QVERIFY(!text.contains(QString::fromUtf8("³")));
    }

    void theComparisonAsCsvHasTheSameNumberOfCellsInEveryRowAndPlainNumbers() {
        const auto rows =
            compare_with_published(results_of(published_settings()), SelectionRule::lowest_validation_loss);
        const QStringList lines =
            QString::fromStdString(comparison_table(rows, SelectionRule::lowest_validation_loss, TableFormat::csv))
                .split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 17);
        const qsizetype columns = lines[0].count(',');
        for (const QString& line : lines) QCOMPARE(line.count(','), columns);
        const QStringList header = lines[0].split(',');
        QStringList ecg;
        for (const QString& line : lines)
            if (line.startsWith("ecg_brf,")) ecg = line.split(',');
        const auto cell = [&](const char* name) { return ecg[header.indexOf(QLatin1String(name))]; };
        QCOMPARE(cell("test_accuracy_mean"), QString("86.5"));
        QCOMPARE(cell("n"), QString("2"));
        QVERIFY(std::abs(cell("difference").toDouble() - 0.7) < 1e-9);
        QVERIFY(std::abs(cell("deviations").toDouble() - 1) < 1e-9);
        QCOMPARE(cell("deviations_of"), QString("published"));
        QCOMPARE(cell("selection_rule"), QString("lowest_validation_loss"));
    }

    void importedRunsAreNotOurs() {
        std::vector<StoredRun> runs = published_settings();
        for (StoredRun& run : runs) run.imported = true;
        const auto compare = [&] {
            return row(compare_with_published(results_of(runs), SelectionRule::lowest_validation_loss), "ecg_brf");
        };
        QVERIFY(!compare().ours && !compare().difference);
        VERIFY_SAYS(table(runs, TableFormat::markdown), "| ECG, BRF, imported | 2 |");
        runs.push_back(published_settings()[1]);
        QCOMPARE(compare().ours->counted, 1);
        QCOMPARE(compare().ours->accuracy.mean, 87.0);
    }

    void runsWithoutTheNumberAreNotCompared() {
        std::vector<StoredRun> runs = published_settings();
        for (StoredRun& run : runs)
            for (EpochMetrics& row : run.metrics) row.test.accuracy = std::numeric_limits<double>::quiet_NaN();
        const auto rows = compare_with_published(results_of(runs), SelectionRule::lowest_validation_loss);
        QVERIFY(!row(rows, "ecg_brf").ours && !row(rows, "ecg_brf").difference && !row(rows, "ecg_brf").deviations);
        VERIFY_SAYS(table(runs, TableFormat::markdown), "| ECG, BRF | 2 | 1734 | – | 0.1350 ± 0.0071 |");
    }

    void otherSettingsAreSaid() {
        std::vector<StoredRun> runs = published_settings();
        for (StoredRun& run : runs) run.config.training.epochs = 2;
        const auto rows = compare_with_published(results_of(runs), SelectionRule::lowest_validation_loss);
        QVERIFY(row(rows, "ecg_brf").ours && !row(rows, "ecg_brf").same_settings);
        VERIFY_SAYS(QString::fromStdString(
                        comparison_table(rows, SelectionRule::lowest_validation_loss, TableFormat::markdown)),
                    "| ecg_brf § |");
        // Where runs with the published settings are there too, they are taken.
        const std::vector<StoredRun> published = published_settings();
        runs.push_back(published[0]);
        const auto both = compare_with_published(results_of(runs), SelectionRule::lowest_validation_loss);
        QVERIFY(row(both, "ecg_brf").same_settings);
        QCOMPARE(row(both, "ecg_brf").ours->counted, 1);
    }
};

RESONATE_TEST(ResultsTableTest)
#include "results_table_test.moc"
