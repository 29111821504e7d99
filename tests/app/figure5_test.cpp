// tests/app/figure5_test.cpp: Figure 5 of runs whose numbers are known.
#include <QComboBox>
#include <QTableWidget>

#include "complaint.h"
#include "engine/made_up_runs.h"
#include "exports/view_exporter.h"
#include "panels/figure5_panel.h"
#include "resonate/config_io.h"
#include "session/run_library.h"
#include "study_desk.h"
#include "test_registry.h"
#include "views/figure5_view.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

class Figure5Test : public QObject {
    Q_OBJECT

 private:
    /// Runs with a preset's settings whose test accuracies are given.
    static void add(std::vector<StoredRun>& runs, const char* preset, const std::vector<std::vector<double>>& seeds) {
        for (size_t i = 0; i < seeds.size(); ++i) {
            StoredRun run = made_up_run(static_cast<std::int64_t>(i + 1), seeds[i]);
            const std::int64_t seed = run.config.training.seed;
            run.config = load_preset(preset);
            run.config.training.seed = seed;
            run.id = std::string(preset) + std::to_string(i);
            runs.push_back(run);
        }
    }
    static std::vector<StoredRun> example() {
        std::vector<StoredRun> runs;
        add(runs, "synthetic_ecg_brf", {{10, 50, 60}});
        add(runs, "ecg_alif", {{10, 30, 60}, {10, 40, 70}});
        add(runs, "ecg_brf", {{20, 80, 86}, {20, 84, 87}, {20, 82, 88}});
        add(runs, "smnist_brf", {{10, 90, 98}, {12, 94, 99}});
        return runs;
    }

 private Q_SLOTS:
    void thePanelsAreThoseWhoseRunsAreThereInThePapersOrder() {
        const Figure5 figure = figure5Of(example(), SelectionRule::lowest_validation_loss);
        QCOMPARE(figure.panels.size(), 3);
        QCOMPARE(figure.panels[0].dataset, std::string("smnist"));
        QCOMPARE(figure.panels[1].dataset, std::string("ecg"));
        QCOMPARE(figure.panels[2].dataset, std::string("synthetic_ecg"));
        QCOMPARE(figure.panels[1].curves.size(), 2);
        QCOMPARE(figure.panels[1].seedsText(), QString("n = 3, 2"));
        QCOMPARE(figure.panels[0].seedsText(), QString("n = 2"));
    }

    void meanDeviationAndDotAreThoseOfTheSeeds() {
        const Figure5 figure = figure5Of(example(), SelectionRule::lowest_validation_loss);
        const Figure5Curve& brf = figure.panels[1].curves[0];
        QCOMPARE(brf.neuron, NeuronType::brf);
        QCOMPARE(brf.mean.points.size(), size_t(3));
        QCOMPARE(brf.mean.points[1].value.mean, 82.0);
        QVERIFY(std::abs(brf.mean.points[1].value.deviation - 2.0) < 1e-12);  // sample: n − 1
        QCOMPARE(brf.mean.points[2].value.mean, 87.0);
        // 0.95 · 87 = 82.65 > 82
        QCOMPARE(brf.epoch95, std::optional<int>(2));
        QVERIFY(brf.sameSettings && !brf.growing);
        QCOMPARE(brf.published->mean, 85.13);
        QCOMPARE(brf.published->deviation, 0.63);
        QVERIFY(!figure.panels[2].curves[0].published);
    }

    void runsOfOtherSettingsGiveWayToThePublishedOnes() {
        std::vector<StoredRun> runs;
        add(runs, "ecg_brf", {{1, 2}, {1, 2}, {1, 2}, {1, 2}});
        for (StoredRun& run : runs) run.config.training.epochs = 60;
        add(runs, "ecg_brf", {{1, 80}});
        const Figure5 figure = figure5Of(runs, SelectionRule::last_epoch);
        QCOMPARE(figure.panels[0].curves.size(), 1);
        QCOMPARE(figure.panels[0].curves[0].mean.points.back().value.mean, 80.0);
        // Imported curves are of others.
        for (StoredRun& run : runs) run.imported = true;
        QVERIFY(figure5Of(runs, SelectionRule::last_epoch).panels.isEmpty());
    }

    void ofSeveralGroupsThePresetsOwnIsDrawnAndTheOthersAreCounted() {
        std::vector<StoredRun> runs;
        add(runs, "synthetic_ecg_brf", {{10, 50, 92}});
        // More seeds of fewer epochs, and more still that broke down: neither stands for the preset.
        const auto others = [&](int epochs, double rate, RunStatus status, int seeds) {
            const size_t first = runs.size();
            add(runs, "synthetic_ecg_brf", std::vector<std::vector<double>>(static_cast<size_t>(seeds), {{10, 28}}));
            for (size_t i = first; i < runs.size(); ++i) {
                runs[i].config.training.epochs = epochs;
                runs[i].config.training.learning_rate = rate;
                runs[i].status = status;
            }
        };
        others(3, 0.1, RunStatus::finished, 2);
        others(400, 10, RunStatus::diverged, 3);
        Figure5Curve curve = figure5Of(runs, SelectionRule::last_epoch).panels[0].curves[0];
        QCOMPARE(curve.mean.points.back().value.mean, 92.0);
        QVERIFY(curve.sameSettings);
        QCOMPARE(curve.leftOut, 2);
        // Without the preset's own: what did not break down, and it is said that the settings are others.
        runs.erase(runs.begin());
        curve = figure5Of(runs, SelectionRule::last_epoch).panels[0].curves[0];
        QCOMPARE(curve.seeds, 2);
        QVERIFY(!curve.sameSettings);
        QCOMPARE(curve.leftOut, 1);
    }

    void theNumbersAndTheFigureAreExported() {
        Figure5View view;
        view.resize(760, 420);
        QTemporaryDir folder;
        VERIFY_SAYS(complaint([&] { exportView(view, folder.filePath("a.pdf"), {}); }), "run a study first");
        view.setFigure(figure5Of(example(), SelectionRule::lowest_validation_loss));
        const QStringList lines = view.csv().split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 1 + 4 * 3);
        QVERIFY2(lines.contains("ecg,brf,2,3,87,1,1,85.129999999999995,0.63"), qPrintable(view.csv()));
        QVERIFY(lines.contains("synthetic_ecg,brf,0,1,10,,0,,"));
        for (const char* ending : {"svg", "pdf", "png", "csv"}) {
            const QString file = folder.filePath(QString("figure5.%1").arg(ending));
            exportView(view, file, {});
            QVERIFY(QFileInfo(file).size() > 300);
        }
        // What it shows, in the order of the panels, whatever is ticked in the table.
        QCOMPARE(view.exportOrigin(), QStringLiteral("runs smnist_brf0, smnist_brf1, ecg_brf0, ecg_brf1, ecg_brf2, "
                                                     "ecg_alif0, ecg_alif1, synthetic_ecg_brf0"));
        // Text stays text: names can be found in the drawing.
        const std::string svg = bytes_of(folder.filePath("figure5.svg").toStdString());
        for (const char* text : {"Epoch", "Test accuracy (%)", "n = 3, 2", "BRF", "ALIF", "(a)", "85.1"})
            QVERIFY2(svg.find(text) != std::string::npos, text);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QTRY_VERIFY(view.accessibleDescription().contains("test accuracy 87.0 % in epoch 2"));
    }

    void runsOfTheFolderBecomeTheFigureAndTheTable() {
        StudyDesk desk;
        StudyConfig study = small_study(2, {twoSeeds});
        desk.queue->start(study, [&] {
            StudyOptions options;
            options.runs_dir = desk.runs();
            options.data_dir = desk.folder.filePath("data").toStdString();
            return options;
        }());
        QTRY_VERIFY_WITH_TIMEOUT(!desk.queue->isBusy(), study_patience);
        Figure5Panel panel(desk.context.get(), &desk.context->runs());
        panel.resize(900, 700);
        panel.show();
        QTRY_COMPARE_WITH_TIMEOUT(panel.view()->figure().panels.size(), 1, study_patience);
        QTRY_COMPARE_WITH_TIMEOUT(panel.view()->figure().panels[0].seedsText(), QString("n = 2"), study_patience);
        const double expected = (*desk.queue->members()[0].accuracy + *desk.queue->members()[1].accuracy) / 2;
        QVERIFY(std::abs(panel.view()->figure().panels[0].curves[0].mean.points.back().value.mean - expected) < 1e-9);
        QCOMPARE(panel.source()->count(), 2);
        panel.source()->setCurrentIndex(1);
        Q_EMIT panel.source()->activated(1);
        QTest::qWait(0);
        QTRY_COMPARE_WITH_TIMEOUT(panel.view()->figure().panels.size(), 1, study_patience);
        QCOMPARE(panel.table()->rowCount(), 16);
        QCOMPARE(panel.table()->item(0, 0)->text(), QString("S-MNIST"));
        for (const auto& [ending, text] :
             {std::pair("csv", "preset,dataset,neuron"), std::pair("md", "| Preset |"), std::pair("tex", "tabular")}) {
            const QString file = desk.folder.filePath(QString("table.%1").arg(ending));
            panel.exportTable(file);
            QVERIFY(bytes_of(file.toStdString()).find(text) != std::string::npos);
        }
        VERIFY_SAYS(complaint([&] { panel.exportTable("table.doc"); }), "expected a name ending in .csv, .md or .tex");
    }
};

RESONATE_TEST(Figure5Test)
#include "figure5_test.moc"
