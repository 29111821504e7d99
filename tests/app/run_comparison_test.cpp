// tests/app/run_comparison_test.cpp: the filter of the table, and curves, bands, dots and differences against numbers
// found by hand.
#include <QPixmap>
#include <QTest>
#include <cmath>

#include "engine/made_up_runs.h"
#include "models/brief_names.h"
#include "models/curve_looks.h"
#include "models/run_facts.h"
#include "models/run_filter.h"
#include "style/theme.h"
#include "test_registry.h"
#include "views/comparison_curves.h"
#include "views/comparison_scatter.h"
#include "views/text_table_view.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

namespace {

std::shared_ptr<const StoredRun> shared(const StoredRun& run) { return std::make_shared<const StoredRun>(run); }

/// Two seeds of BRF, and one run with another step size.
SharedComparison twoGroups(bool collapse) {
    StoredRun other = made_up_run(1, {5, 40, 60});
    other.id = "other";
    other.config.training.learning_rate = 0.05;
    return compareRuns({shared(made_up_run(1, {10, 84, 90})), shared(made_up_run(2, {20, 80, 80})), shared(other)},
                       {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}, collapse);
}

using SharedRunList = std::vector<std::shared_ptr<const StoredRun>>;

/// Three runs of BRF that differ in their step size.
SharedRunList threeSteps() {
    SharedRunList runs;
    for (const int number : {1, 2, 3}) {
        StoredRun run = made_up_run(number, {10, 80});
        run.config.training.learning_rate = 0.01 * number;
        runs.push_back(shared(run));
    }
    return runs;
}

}  // namespace

class RunFilterTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void conditionsHoldOrNot_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<bool>("accepted");
        const auto row = [](const char* filter, bool accepted) { QTest::newRow(filter) << filter << accepted; };
        row("", true);
        row("synthetic", true);
        row("SYNTHETIC first", true);
        row("synthetic elsewhere", false);
        row("neuron:brf", true);
        row("neuron:rf", false);
        row("-neuron:rf", true);
        row("neuron!=brf", false);
        row("dataset:ecg", true);
        row("dataset=ecg", false);
        row("acc>80", true);
        row("acc>85.5", false);
        row("acc>=85.5", true);
        row("acc:85.5", true);
        row("best<85", false);
        row("tag:paper", true);
        row("tag:pap", false);
        row("tag:PAPER tag:first", true);
        row("-tag:draft", true);
        row("note:\"two words\"", true);
        row("\"two words\"", true);
        row("\"words two\"", false);
        row("status:finished", true);
        row("status:running", false);
        row("seed:7", true);
        row("training.learning_rate>0.05", true);
        row("training.learning_rate=0.1", true);
        row("neuron.type:brf", true);
        row("network.hidden_size<10", false);
        row("sop>1e9", false);
    }
    void conditionsHoldOrNot() {
        QFETCH(QString, filter);
        QFETCH(bool, accepted);
        RunEntry entry;
        entry.id = "2026-01-01-first";
        entry.readable = true;
        entry.status = RunStatus::finished;
        entry.config.training.seed = 7;
        entry.notes.tags = {"paper", "first"};
        entry.notes.text = "A note of two words.";
        EpochMetrics metrics;
        metrics.test = {0.4, 85.5, 5000};
        entry.selected = entry.best_test = metrics;
        const RunFilter asked(filter);
        QCOMPARE(asked.problem(), QString());
        QCOMPARE(asked.accepts(entry), accepted);
    }

    void whatCannotBeUnderstoodSaysWhy_data() {
        QTest::addColumn<QString>("filter");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("unknown field") << "colour:red"
                                       << "There is no field colour.";
        QTest::newRow("no value") << "acc>"
                                  << "type a value after it";
        QTest::newRow("no number") << "acc>high"
                                   << "expected a number";
        QTest::newRow("text ordered") << "status>3"
                                      << "status is a text";
    }
    void whatCannotBeUnderstoodSaysWhy() {
        QFETCH(QString, filter);
        QFETCH(QString, sentence);
        const RunFilter asked(filter + QStringLiteral(" word"));
        QVERIFY2(asked.problem().contains(sentence), qPrintable(asked.problem()));
        RunEntry entry;
        QVERIFY(!asked.accepts(entry));  // the word still has to be there
        entry.notes.text = "word";
        QVERIFY(asked.accepts(entry));
    }

    void tagsAreReadFromCommas() {
        const std::vector<std::string> expected{"paper", "first try"};
        QCOMPARE(tagsFrom(QStringLiteral(" paper,first  try,, paper ")), expected);
    }
};

class RunComparisonTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void seedsCollapseToMeanAndDeviation() {
        const SharedComparison comparison = twoGroups(true);
        QCOMPARE(comparison->groups.size(), size_t(2));
        const auto& points = comparison->groups[0].curves[size_t(Metric::test_accuracy)].points;
        QCOMPARE(points.size(), size_t(3));
        QCOMPARE(points[2].value.mean, 85.0);
        QCOMPARE(points[2].value.deviation, std::sqrt(50.0));
        QCOMPARE(points[2].value.count, 2);
        QCOMPARE(points[2].seconds, 6.0);
        QVERIFY(!comparison->groups[1].curves[0].points[2].value.has_deviation());
    }

    void theDotStandsAt95PercentOfTheFinalMean() {
        CurveLooks looks;
        ComparisonCurves view(&looks);
        view.setComparison(twoGroups(true));
        // 95 % of 85 is 80.75; the mean is 15, 82, 85.
        QCOMPARE(*view.dotOf(0), QPointF(1, 82));
        view.setAxis(ComparisonCurves::Axis::WallTime);
        QCOMPARE(*view.dotOf(0), QPointF(4, 82));
        view.setMetric(Metric::test_loss);
        QVERIFY(!view.dotOf(0));
    }

    void eachRunHasItsCurveWhereSeedsAreNotCollapsed() {
        const SharedComparison comparison = twoGroups(false);
        QCOMPARE(comparison->groups.size(), size_t(3));
        QCOMPARE(comparison->groups[1].label, QStringLiteral("b"));
        QCOMPARE(comparison->groups[1].curves[0].points[2].value.mean, 80.0);
    }

    void onlyWhatDiffersIsListed() {
        const SharedComparison comparison = twoGroups(true);
        QCOMPARE(comparison->columns.size(), 2);
        QCOMPARE(comparison->differences.size(), size_t(2));
        QCOMPARE(comparison->differences[0].path, std::string("training.learning_rate"));
        const std::vector<std::string> seeds{"1, 2", "1"};
        QCOMPARE(comparison->differences[1].values, seeds);
    }

    void publishedValuesAreThoseOfTheDataSetsShown() {
        StoredRun run = made_up_run(1, {10, 80});
        run.config.dataset.name = "ecg";
        const SharedComparison comparison = compareRuns({shared(run)}, {QStringLiteral("a")}, true);
        QCOMPARE(comparison->published.size(), size_t(1));
        QCOMPARE(comparison->published[0].label, QStringLiteral("published BRF"));
        QVERIFY(comparison->published[0].accuracy > 80);
        QVERIFY(twoGroups(true)->published.empty());  // nothing is published on generated data
    }

    void neuronsHaveTheirColoursAndGroupsOfOneNeuronTheirOwn() {
        StoredRun rf = made_up_run(1, {10, 80});
        rf.config.neuron.type = NeuronType::rf;
        const CurveLooks looks;
        const SharedComparison mixed =
            compareRuns({shared(made_up_run(1, {1, 2})), shared(rf)}, {QStringLiteral("a"), QStringLiteral("b")}, true);
        QCOMPARE(looks.lookOf(*mixed, 1, false).colour, neuronColour(NeuronType::rf, false));
        QVERIFY(looks.lookOf(*mixed, 0, false).line != looks.lookOf(*mixed, 1, false).line);
        const SharedComparison same = twoGroups(true);
        QVERIFY(looks.lookOf(*same, 0, false).colour != looks.lookOf(*same, 1, false).colour);
        QVERIFY(looks.lookOf(*same, 0, false).line != looks.lookOf(*same, 1, false).line);
    }

    void looksOfTheUserStayAndComeBack() {
        const SharedComparison comparison = twoGroups(true);
        const QString key = comparison->groups[1].key;
        CurveLooks looks;
        looks.setName(key, QStringLiteral("small steps"));
        looks.setColour(key, Qt::magenta);
        looks.setLine(key, Qt::DotLine);
        CurveLooks again;
        again.restore(looks.state());
        const CurveLook look = again.lookOf(*twoGroups(true), 1, true);
        QCOMPARE(look.name, QStringLiteral("small steps"));
        QCOMPARE(look.colour, QColor(Qt::magenta));
        QCOMPARE(look.line, Qt::DotLine);
        again.reset(key);
        QVERIFY(again.lookOf(*comparison, 1, true).name != QStringLiteral("small steps"));
    }

    void csvHoldsTheNumbersDrawn() {
        CurveLooks looks;
        ComparisonCurves view(&looks);
        view.setComparison(twoGroups(true));
        const QStringList lines = view.csv().split(QLatin1Char('\n'));
        QCOMPARE(lines[0], QStringLiteral("curve,epoch,seconds,test_accuracy_mean,test_accuracy_std,n"));
        QVERIFY2(lines[3].endsWith(QStringLiteral(",2,6,85,7.07106781187,2")), qPrintable(lines[3]));
        looks.setHidden(twoGroups(true)->groups[0].key, true);
        QVERIFY(!view.csv().contains(QStringLiteral(",85,")));
    }

    void theScatterHasMeanAndDeviationOfBothNumbers() {
        CurveLooks looks;
        ComparisonScatter view(&looks);
        view.setComparison(twoGroups(true));
        view.setRule(SelectionRule::last_epoch);
        // SOP 100 and 200, accuracy 90 and 80.
        QVERIFY2(view.csv().contains(QStringLiteral(",0,150,70.7106781187,85,7.07106781187,2")),
                 qPrintable(view.csv()));
        view.setRule(SelectionRule::lowest_validation_loss);
        // The second run is chosen at its later epoch: ties the later.
        QVERIFY2(view.csv().contains(QStringLiteral(",85,7.07106781187,2")), qPrintable(view.csv()));
    }

    void aSingleRunHasTheNameTheUserGaveIt() {
        const SharedRunList runs = threeSteps();
        const SharedComparison comparison =
            compareRuns(runs, {QStringLiteral("run-1"), QStringLiteral("small steps"), QStringLiteral("run-3")}, true);
        QCOMPARE(comparison->groups.size(), size_t(3));
        QCOMPARE(comparison->groups[1].label, QStringLiteral("small steps"));
        QVERIFY2(comparison->groups[0].label.contains(QStringLiteral(", Learning rate")),
                 qPrintable(comparison->groups[0].label));
        // A group of seeds is called after its settings.
        QVERIFY(twoGroups(true)->groups[0].label != QStringLiteral("a"));
    }

    void aRunKeepsItsColourWhileOthersGo() {
        const SharedRunList runs = threeSteps();
        const QStringList names{QStringLiteral("run-1"), QStringLiteral("run-2"), QStringLiteral("run-3")};
        CurveLooks looks;
        const SharedComparison all = compareRuns(runs, names, true);
        looks.take(*all);
        const CurveLook second = looks.lookOf(*all, 1, false), third = looks.lookOf(*all, 2, false);
        const SharedComparison two = compareRuns({runs[1], runs[2]}, names.mid(1), true);
        looks.take(*two);
        QCOMPARE(looks.lookOf(*two, 0, false).colour, second.colour);
        QCOMPARE(looks.lookOf(*two, 1, false).colour, third.colour);
        QCOMPARE(looks.lookOf(*two, 1, false).line, third.line);
        // Who comes takes a free colour, and those of the neurons stay where one neuron is left.
        looks.take(*all);
        QCOMPARE(looks.lookOf(*all, 1, false).colour, second.colour);
        QVERIFY(looks.lookOf(*all, 0, false).colour != second.colour);
        StoredRun rf = made_up_run(1, {10, 80});
        rf.config.neuron.type = NeuronType::rf;
        const SharedComparison mixed = compareRuns({runs[0], shared(rf)}, names.mid(0, 2), true);
        looks.take(*mixed);
        QCOMPARE(looks.lookOf(*mixed, 1, false).colour, neuronColour(NeuronType::rf, false));
        const SharedComparison left = compareRuns({shared(rf)}, names.mid(1, 1), true);
        looks.take(*left);
        QCOMPARE(looks.lookOf(*left, 0, false).colour, neuronColour(NeuronType::rf, false));
    }

    void theScatterSaysWhatItDoesNotDraw() {
        StoredRun stopped = made_up_run(1, {10, 80});
        stopped.status = RunStatus::stopped;
        stopped.config.training.learning_rate = 0.05;
        CurveLooks looks;
        ComparisonScatter view(&looks);
        view.resize(400, 300);
        view.setComparison(compareRuns({shared(made_up_run(1, {10, 80}))}, {QStringLiteral("run-1")}, true));
        QCOMPARE(view.footnote(), QString());
        const double bottom = view.plot().bottom();
        view.setComparison(compareRuns({shared(made_up_run(1, {10, 80})), shared(stopped)},
                                       {QStringLiteral("run-1"), QStringLiteral("run-1")}, true));
        QVERIFY2(view.footnote().contains(QStringLiteral("1 run is not drawn: it has not finished")),
                 qPrintable(view.footnote()));
        QVERIFY(view.plot().bottom() < bottom);
    }

    void namesThatBeginAlikeAreAbridged() {
        const auto brief = [](const char* names) { return briefNames(QString(names).split('|')).join('|'); };
        QCOMPARE(brief("2026-01-01-synthetic_ecg-brf-1|2026-01-01-synthetic_ecg-brf-12"), QString("…1|…12"));
        QCOMPARE(brief("Synthetic ECG with two leads, Epochs 10|Synthetic ECG with two leads, Epochs 24"),
                 QString("…Epochs 10|…Epochs 24"));
        // Short ones, those of which little is common, and those alone stay whole.
        for (const char* names :
             {"2026-01-01-ecg-brf-1|2026-01-01-ecg-brf-2", "Synthetic ECG, BRF|Synthetic ECG, RF",
              "Synthetic ECG, Learning rate 0.05|Synthetic ECG, Learning rate 0.01", "2026-01-01-synthetic_ecg-brf-1"})
            QCOMPARE(brief(names), QString(names));
    }

    void namesAreCutBetweenWordsAndInOnePlace() {
        const QFontMetricsF metrics{QFont()};
        const auto fitted = [&](const QStringList& names, const QString& asWideAs) {
            QStringList cut;
            const QList<qsizetype> telling = tellingLetters(names);
            for (qsizetype i = 0; i < names.size(); ++i)
                cut << fittedName(names[i], telling[i], metrics, metrics.horizontalAdvance(asWideAs) + 1);
            return cut;
        };
        QCOMPARE(fitted({"Synthetic ECG, BRF, Epochs 24", "Small steps"}, "Synthetic ECG, BRF, Ep"),
                 (QStringList{"Synthetic ECG, BRF…", "Small steps"}));
        // What tells them apart stays.
        QCOMPARE(fitted({"Synthetic ECG, BRF, Epochs 24", "Synthetic ECG, BRF, Epochs 10"}, "Synthetic… Epochs 24m"),
                 (QStringList{"Synthetic… Epochs 24", "Synthetic… Epochs 10"}));
        const QStringList begun =
            fitted({"…Learning rate 0.05, Epochs 24", "…Learning rate 0.01, Epochs 24"}, "Learning rate 0.05…");
        QCOMPARE(begun, (QStringList{"Learning rate 0.05…", "Learning rate 0.01…"}));
    }

    void labelsOfTheScatterStayInsideThePlotAndTellRunsApart() {
        std::vector<std::shared_ptr<const StoredRun>> runs;
        QStringList names;
        for (int i = 1; i <= 5; ++i) {
            StoredRun run = made_up_run(i, {10, 84, 100.0 - i});
            run.id = "run-" + std::to_string(i);
            runs.push_back(shared(run));
            names
                << QStringLiteral("%1 of 2026-01-01, a run with a name that is wider than the plot, number %1").arg(i);
        }
        CurveLooks looks;
        ComparisonScatter view(&looks);
        view.resize(320, 260);
        view.setComparison(compareRuns(runs, names, false));
        const QList<ComparisonScatter::Label> labels = view.labels();
        QCOMPARE(labels.size(), 5);
        QStringList texts;
        for (const ComparisonScatter::Label& label : labels) {
            QVERIFY2(view.plot().contains(label.box), qPrintable(label.text));
            QVERIFY(QFontMetricsF(view.font()).horizontalAdvance(label.text) <= label.box.width() + 0.5);
            QVERIFY2(label.text.contains(QStringLiteral("…")), qPrintable(label.text));
            texts << label.text;
        }
        QCOMPARE(texts.removeDuplicates(), 0);
    }

    void aZoomStaysWhileNumbersArrive() {
        CurveLooks looks;
        ComparisonCurves view(&looks);
        view.resize(600, 400);
        view.setComparison(twoGroups(true));
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QTest::mousePress(&view, Qt::LeftButton, {}, {200, 60});
        QTest::mouseMove(&view, {400, 200});
        QMouseEvent move(QEvent::MouseMove, QPointF(400, 200), view.mapToGlobal(QPointF(400, 200)), Qt::NoButton,
                         Qt::LeftButton, {});
        QCoreApplication::sendEvent(&view, &move);
        QTest::mouseRelease(&view, Qt::LeftButton, {}, {400, 200});
        QVERIFY(view.isZoomed());
        const QRectF zoom = view.shownRange();
        view.setComparison(twoGroups(true));
        QCOMPARE(view.shownRange(), zoom);
        QTest::mouseDClick(&view, Qt::LeftButton, {}, {300, 100});
        QVERIFY(!view.isZoomed());
        QCOMPARE(view.shownRange().right(), 2.0);
    }

    void tablesAreReadBackAsTheyWereWritten() {
        TextTableContent table;
        table.header = QStringList{QStringLiteral("a|b"), QStringLiteral("c")};
        table.rows = {{QStringLiteral("1, \"x\""), QStringLiteral("50 %_&")}};
        table.notes = QStringList{QStringLiteral("A note.")};
        const TextTableContent again = TextTableContent::fromMarkdown(table.markdown());
        QCOMPARE(again.header, table.header);
        QCOMPARE(again.rows, table.rows);
        QCOMPARE(again.notes, table.notes);
        QCOMPARE(table.csv(), QStringLiteral("a|b,c\n\"1, \"\"x\"\"\",50 %_&\n# A note.\n"));
        QVERIFY(table.latex().contains(QStringLiteral("50 \\%\\_\\&")));
    }
};

RESONATE_TEST(RunFilterTest)
RESONATE_TEST(RunComparisonTest)
#include "run_comparison_test.moc"
