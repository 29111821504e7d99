// tests/engine/study_pace_test.cpp: the time of a study as earlier runs tell it, also those with other threads.
#include "studies/study_pace.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <memory>

#include "made_up_folders.h"
#include "resonate/study.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

/// Two seeds of BRF and of ALIF, 400 epochs each.
StudyConfig four_runs() {
    StudyConfig study;
    study.name = "four";
    study.presets = {"synthetic_ecg_brf", "synthetic_ecg_alif"};
    study.settings = {{"training.epochs", "400"}};
    study.axes = {{"training.seed", {"1", "2"}}};
    return study;
}

}  // namespace

class StudyPaceTest : public QObject {
    Q_OBJECT

 private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path runs() const { return m_folder->path().toStdString(); }

    /// A run of the experiment with three rows of two seconds each, the last of epoch 2: three seconds per epoch.
    void put(const char* id, const ExperimentConfig& config, int threads) const {
        StoredRun run = made_up_run(1, {10, 20, 30});
        run.config = config;
        const fs::path folder = write_run(runs(), id, run);
        nlohmann::json summary = nlohmann::json::parse(summary_of(run, "finished"));
        summary["threads"] = threads;
        overwrite(folder / "summary.json", summary.dump());
    }
    StudyEstimate estimate(int threads) const {
        StudyOptions options;
        options.data_dir = runs() / "data";
        options.runs_dir = runs();
        options.threads = threads;
        TrainingControl control;
        return estimate_study(four_runs(), options, false, control);
    }

 private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void runsWithAsManyThreadsTellThePaceAndOthersARoughOne() {
        const ExperimentConfig brf = expand_study(four_runs())[0].config;
        const ExperimentConfig alif = expand_study(four_runs())[1].config;
        put("two-threads", brf, 2);
        put("one-thread", brf, 1);
        put("unknown", alif, 0);
        RunCatalogue catalogue(runs());
        catalogue.refresh();
        StudyPace pace;
        pace.learn(catalogue, 2);
        QCOMPARE(pace.seconds_per_epoch(brf), std::optional<double>(3));
        QVERIFY(std::abs(*pace.rough_seconds_per_epoch(brf) - 3 / std::sqrt(2.0)) < 1e-9);
        QVERIFY(!pace.seconds_per_epoch(alif) && !pace.rough_seconds_per_epoch(alif));
        StudyPace crowded;
        crowded.learn(catalogue, 8);
        QVERIFY(!crowded.seconds_per_epoch(brf));
        // Of six seconds with two threads and six with one, over four epochs.
        QVERIFY(std::abs(*crowded.rough_seconds_per_epoch(brf) - (6 / std::sqrt(4.0) + 6 / std::sqrt(8.0)) / 4) < 1e-9);
    }

    void aStudyIsEstimatedFromRunsWithAnotherNumberOfThreads() {
        const std::vector<StudyMember> members = expand_study(four_runs());
        put("brf", members[0].config, 1);
        StudyEstimate found = estimate(2);
        QCOMPARE(found.runs, 4);
        QCOMPARE(found.rough, 2);
        QCOMPARE(found.untimed, 2);
        QVERIFY(found.seconds && *found.seconds > 400);
        QCOMPARE(found.parts[0].source, std::string("earlier runs with another number of threads"));
        QCOMPARE(found.parts[1].source, std::string("not timed"));
        put("alif", members[1].config, 2);
        found = estimate(2);
        QCOMPARE(found.rough, 2);
        QCOMPARE(found.untimed, 0);
        QCOMPARE(found.parts[1].source, std::string("earlier runs"));
        QCOMPARE(*found.parts[1].seconds_per_run, 1200.0);
        // What was timed with as many threads is not rough.
        put("brf-too", members[0].config, 2);
        QCOMPARE(estimate(2).rough, 0);
        QCOMPARE(estimate(2).parts[0].source, std::string("earlier runs"));
    }
};

RESONATE_TEST(StudyPaceTest)
#include "study_pace_test.moc"
