// tests/engine/estimate_test.cpp: what a run takes: measured, learned from earlier runs, stopped, refused.
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <thread>

#include "complaint.h"
#include "resonate/config_io.h"
#include "resonate/error.h"
#include "resonate/estimate.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

ExperimentConfig small_experiment() {
    ExperimentConfig config = load_preset("synthetic_ecg_brf");
    config.dataset.synthetic_train = 20;
    config.dataset.synthetic_test = 6;
    config.network.hidden_size = 8;
    config.training.batch_size = 5;
    config.training.epochs = 10;
    return config;
}

}  // namespace

class EstimateTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_options.data_dir = folder("data");
        m_options.runs_dir = folder("runs");
        m_options.threads = 1;
    }

    void aFewBatchesTellTimeAndMemory() {
        TrainingControl control;
        const auto estimate = estimate_run(small_experiment(), m_options, control);
        QVERIFY(estimate.has_value());
        QCOMPARE(estimate->source, std::string("measured"));
        QVERIFY(estimate->seconds_per_epoch > 0);
        QCOMPARE(estimate->seconds, 10 * estimate->seconds_per_epoch);
        QVERIFY2(estimate->memory_bytes > 20'000'000, qPrintable(QString::number(estimate->memory_bytes)));
        QVERIFY(estimate->memory_bytes < 4'000'000'000);
        QVERIFY(estimate->memory_free > 0);
        QVERIFY(estimate->disk_free > 0);
        // Nothing was left in the folder for runs.
        QVERIFY(!std::filesystem::exists(m_options.runs_dir));
    }

    void keptEpochsCountUpToTheirRoom() {
        RunEstimator estimator;
        TrainingControl control;
        ExperimentConfig config = small_experiment();
        config.recording.epoch_interval = 0;
        const auto none = estimator.estimate(config, m_options, control);
        config.recording.epoch_interval = 1;
        const auto all = estimator.estimate(config, m_options, control);
        config.recording.epoch_interval = 5;
        const auto some = estimator.estimate(config, m_options, control);
        config.training.epochs = 100000;
        config.recording.epoch_interval = 1;
        config.recording.epoch_megabytes = 7;
        const auto bounded = estimator.estimate(config, m_options, control);
        config.recording.epoch_interval = 0;
        const auto unkept = estimator.estimate(config, m_options, control);
        // u, v and threshold of eight neurons over 1301 steps, at the least, for each of eleven epochs.
        QVERIFY(all->disk_bytes - none->disk_bytes >= std::uint64_t{11} * 1301 * 8 * 12);
        QVERIFY(some->disk_bytes > none->disk_bytes && some->disk_bytes < all->disk_bytes);
        const std::uint64_t room = bounded->disk_bytes - unkept->disk_bytes;
        QVERIFY2(room >= 7'000'000 && room < 8'000'000, qPrintable(QString::number(room)));
    }

    void whatWasMeasuredIsNotMeasuredAgain() {
        RunEstimator estimator;
        TrainingControl control;
        ExperimentConfig config = small_experiment();
        const auto first = estimator.estimate(config, m_options, control);
        config.training.epochs = 20;
        config.training.seed = 5;
        config.training.learning_rate = 0.01;
        config.title = "Another";
        // Measuring would end with nothing.
        control.request_stop();
        const auto second = estimator.estimate(config, m_options, control);
        QVERIFY(second.has_value());
        QCOMPARE(second->seconds_per_epoch, first->seconds_per_epoch);
        QCOMPARE(second->seconds, 2 * first->seconds);
        QCOMPARE(second->memory_bytes, first->memory_bytes);
        config.network.hidden_size = 9;
        QVERIFY(!estimator.estimate(config, m_options, control));
    }

    void earlierRunsOfTheSameExperimentTellTheTime() {
        ExperimentConfig config = small_experiment();
        config.training.epochs = 3;
        TrainingObserver silent;
        TrainingControl control;
        QCOMPARE(run_training(config, m_options, silent, control).status, RunStatus::finished);
        config.training.epochs = 6;
        config.training.seed = 9;
        const auto estimate = estimate_run(config, m_options, control);
        QCOMPARE(estimate->source, std::string("earlier runs"));
        QVERIFY(estimate->seconds_per_epoch > 0 && estimate->memory_bytes > 0);
        config.network.hidden_size = 9;
        QCOMPARE(estimate_run(config, m_options, control)->source, std::string("measured"));
    }

    void aStopEndsItWithinASecond() {
        ExperimentConfig config = load_preset("synthetic_digits_brf");
        config.training.precision = Precision::float64;  // a batch takes many seconds
        config.dataset.synthetic_train = 2000;
        config.network.hidden_size = 256;
        config.training.batch_size = 256;
        TrainingControl control;
        std::optional<RunEstimate> estimate;
        std::atomic<bool> ended = false;
        std::thread worker([&] {
            estimate = estimate_run(config, m_options, control);
            ended = true;
        });
        QTest::qWait(700);
        QVERIFY(!ended);
        QElapsedTimer clock;
        clock.start();
        control.request_stop();
        worker.join();
        QVERIFY(!estimate);
        QVERIFY2(clock.elapsed() < 1000, qPrintable(QString::number(clock.elapsed())));
    }

    void missingDataAndBadFieldsAreSaid() {
        TrainingControl control;
        VERIFY_SAYS(complaint([&] { (void)estimate_run(load_preset("ecg_brf"), m_options, control); }), "QTDB");
        ExperimentConfig config = small_experiment();
        config.training.batch_size = 0;
        VERIFY_SAYS(complaint([&] { (void)estimate_run(config, m_options, control); }), "training.batch_size");
    }

 private:
    std::filesystem::path folder(const char* name) const {
        return m_folder->filePath(QLatin1String(name)).toStdString();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    RunOptions m_options;
};

RESONATE_TEST(EstimateTest)
#include "estimate_test.moc"
