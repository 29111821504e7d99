// tests/engine/live_changes_test.cpp: fields change, and single batches run, while a training goes on.
#include <QTemporaryDir>
#include <QTest>
#include <thread>

#include "complaint.h"
#include "resonate/config_io.h"
#include "resonate/statistics.h"
#include "runs/run_changes.h"
#include "test_registry.h"
#include "training_fixture.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

class LiveChangesTest : public QObject {
    Q_OBJECT

 private:
    QTemporaryDir m_folder;
    TrainingControl* m_control = nullptr;

    RunOutcome run(const ExperimentConfig& config, Watcher& watcher, std::optional<fs::path> resume = std::nullopt) {
        RunOptions options = one_thread();
        options.runs_dir = m_folder.path().toStdString();
        options.resume = std::move(resume);
        TrainingControl control;
        m_control = &control;
        return run_training(config, options, watcher, control);
    }
    /// After that batch of the whole run, counted from 1.
    void change_after(Watcher& watcher, int batch, const char* path, const char* value) {
        watcher.on_each_batch = [=, this, &watcher](const BatchProgress&) {
            if (watcher.batches == batch) m_control->request_change({path, value});
        };
    }

 private Q_SLOTS:
    void theLearningRateChangesWithTheNextBatch() {
        Watcher plain;
        const RunOutcome whole = run(small_config(), plain);
        Watcher watcher;
        change_after(watcher, 4, "training.learning_rate", "0.02");  // the first batch of the second pass
        const RunOutcome outcome = run(small_config(), watcher);
        QCOMPARE(outcome.status, RunStatus::finished);
        QCOMPARE(watcher.changes.size(), size_t(1));
        QVERIFY((watcher.changes[0] == RunChange{1, 1, "training.learning_rate", "0.1", "0.02"}));
        QVERIFY(bytes_of(epoch_checkpoint(outcome.folder, 1)) == bytes_of(epoch_checkpoint(whole.folder, 1)));
        QVERIFY(bytes_of(epoch_checkpoint(outcome.folder, 2)) != bytes_of(epoch_checkpoint(whole.folder, 2)));
        QVERIFY(std::abs(watcher.rows[3].learning_rate - 0.02 / 3) < 1e-15);
        // It is in the run's record, and the run stands by itself.
        const StoredRun stored = open_run(outcome.folder);
        QCOMPARE(stored.changes, watcher.changes);
        QCOMPARE(stored.config.training.learning_rate, 0.02);
        QCOMPARE(load_experiment(outcome.folder / "experiment.yaml").training.learning_rate, 0.1);
        const std::vector<StoredRun> runs{open_run(whole.folder), stored};
        QCOMPARE(group_by_seed(runs).size(), size_t(2));
        QCOMPARE(alteration_of(stored), std::string("Learning rate 0.1 → 0.02 in epoch 2"));
    }

    void epochsChangeWithTheNextEpoch() {
        Watcher watcher;
        change_after(watcher, 5, "training.epochs", "5");
        const RunOutcome outcome = run(small_config(), watcher);
        QCOMPARE(outcome.status, RunStatus::finished);
        QCOMPARE(watcher.rows.size(), size_t(6));
        QVERIFY((watcher.changes.at(0) == RunChange{2, 0, "training.epochs", "3", "5"}));
        // The pass in which it was asked for kept its step size.
        QVERIFY(std::abs(watcher.rows[2].learning_rate - 0.1 * 2 / 3) < 1e-15);
        QVERIFY(std::abs(watcher.rows[3].learning_rate - 0.1 * 3 / 5) < 1e-15);
        QCOMPARE(open_run(outcome.folder).config.training.epochs, 5);
    }

    void fewerEpochsEndTheRunAfterThePass() {
        Watcher watcher;
        change_after(watcher, 4, "training.epochs", "2");
        QCOMPARE(run(small_config(), watcher).status, RunStatus::finished);
        QCOMPARE(watcher.rows.size(), size_t(3));
    }

    void whatIsNotPossibleIsRefused_data() {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("sentence");
        const auto row = [](const char* path, const char* value, const char* sentence) {
            QTest::addRow("%s=%s", path, value) << QByteArray(path) << QByteArray(value) << QByteArray(sentence);
        };
        row("training.batch_size", "4", "'Batch size' cannot change while a run goes on; start a new run");
        row("training.learning_rate", "fast", "expected a number, found 'fast'");
        row("training.learning_rate", "-1", "training.learning_rate: expected");
        row("training.epochs", "1", "expected at least the 2 that have begun, found 1");
        row("no.such", "1", "no.such: no such field");
        row("recording.probe_sample", "3", "expected less than the 3 test sequences");
    }
    void whatIsNotPossibleIsRefused() {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, sentence);
        Watcher watcher;
        change_after(watcher, 4, path.constData(), value.constData());
        const RunOutcome outcome = run(small_config(), watcher);
        QCOMPARE(outcome.status, RunStatus::finished);
        QVERIFY(watcher.changes.empty());
        QCOMPARE(watcher.refusals.size(), size_t(1));
        VERIFY_SAYS(QString::fromStdString(watcher.refusals[0]), sentence.constData());
        QCOMPARE(watcher.rows.size(), size_t(4));
        QVERIFY(!fs::exists(outcome.folder / "changes.csv"));
    }

    void aChangedRunGoesOnAsItWas() {
        Watcher undisturbed;
        change_after(undisturbed, 4, "training.energy_lambda", "0.001");
        const RunOutcome whole = run(small_config(), undisturbed);
        Watcher first;
        first.on_each_batch = [&](const BatchProgress&) {
            if (first.batches == 4) m_control->request_change({"training.energy_lambda", "0.001"});
            if (first.batches == 6) m_control->request_stop();
        };
        const RunOutcome stopped = run(small_config(), first);
        QCOMPARE(stopped.status, RunStatus::stopped);
        Watcher second;
        const RunOutcome resumed = run({}, second, stopped.folder);
        QCOMPARE(resumed.status, RunStatus::finished);
        QCOMPARE(second.started.changes, undisturbed.changes);
        QCOMPARE(second.started.config.training.energy_lambda, 0.001);
        QCOMPARE(results_of(resumed.folder), results_of(whole.folder));
        QVERIFY(bytes_of(resumed.folder / "last.pt") == bytes_of(whole.folder / "last.pt"));
    }

    void aDamagedRecordOfChangesIsNamed() {
        Watcher watcher;
        change_after(watcher, 4, "training.gradient_clip", "1");
        const RunOutcome outcome = run(small_config(), watcher);
        const fs::path file = outcome.folder / "changes.csv";
        const std::string whole = bytes_of(file);
        std::ofstream(file, std::ios::app) << "2,0,no.such.field,1,2\n";
        VERIFY_SAYS(complaint([&] { open_run(outcome.folder); }), "changes.csv:3: expected cells of epoch,batch");
        std::ofstream(file) << "epoch,batch,path,from,to\n1,1,training.gradient_clip,0,much\n";
        VERIFY_SAYS(complaint([&] { open_run(outcome.folder); }), "expected a number, found 'much'");
        std::ofstream(file) << whole;
        QCOMPARE(open_run(outcome.folder).changes.size(), size_t(1));
    }

    void theProbeSampleChangesAtOnce() {
        Watcher watcher;
        watcher.probes = true;
        change_after(watcher, 4, "recording.probe_sample", "2");
        run(small_config(), watcher);
        QCOMPARE(watcher.frames.front().sample, 0);
        QCOMPARE(watcher.frames.back().sample, 2);
        // What is recorded decides nothing: the run stays among those of its kind.
        QCOMPARE(watcher.changes.size(), size_t(1));
        StoredRun stored;
        stored.changes = watcher.changes;
        QVERIFY(alteration_of(stored).empty());
    }

    void theWorstSampleIsTheOneWithTheLargestLoss() {
        ExperimentConfig config = spiking_config();
        config.recording.follow_worst = true;
        Watcher watcher;
        watcher.probes = true;
        const RunOutcome outcome = run(config, watcher);
        const ProbeFrame shown = watcher.frames.back();
        // By the probabilities of every test sequence through the weights that were evaluated.
        double largest = 0;
        double smallest = 1e9;
        int worst = -1;
        for (int sample = 0; sample < 12; ++sample) {
            ExperimentConfig one = config;
            one.recording.follow_worst = false;
            one.recording.probe_sample = sample;
            Watcher again;
            again.probes = true;
            run(one, again);
            const ProbeFrame& frame = again.frames.back();
            double loss = 0;
            for (int t = 0; t < frame.steps; ++t)
                loss -= std::log(frame.probabilities[static_cast<size_t>(t * frame.classes + frame.labels[t])]);
            smallest = std::min(smallest, loss);
            if (loss > largest) {
                largest = loss;
                worst = sample;
            }
        }
        QVERIFY(smallest < largest - 1e-3);  // else any would do
        QCOMPARE(shown.sample, worst);
        QCOMPARE(read_frame(outcome.folder, 3).sample, worst);
    }

    void aPausedTrainingRunsSingleBatches() {
        Watcher watcher;
        RunOptions options = one_thread();
        options.runs_dir = m_folder.path().toStdString();
        TrainingControl control;
        std::atomic<int> pauses{0};
        watcher.on_pause = [&](bool paused) {
            if (!paused) return;
            ++pauses;
            if (pauses <= 5) {
                QCOMPARE(watcher.batches, pauses - 1);
                control.request_step();
            } else {
                control.request_resume();
            }
        };
        control.request_pause();
        const RunOutcome outcome = run_training(small_config(), options, watcher, control);
        QCOMPARE(outcome.status, RunStatus::finished);
        QCOMPARE(int(pauses), 6);
        QCOMPARE(watcher.batches, 9);
    }

    void aChangeReachesAPausedTraining() {
        Watcher watcher;
        RunOptions options = one_thread();
        options.runs_dir = m_folder.path().toStdString();
        TrainingControl control;
        std::thread user;
        watcher.on_pause = [&](bool paused) {
            if (paused && !user.joinable())
                user = std::thread([&] { control.request_change({"training.learning_rate", "0.05"}); });
        };
        watcher.on_change = [&] { control.request_resume(); };
        control.request_pause();
        const RunOutcome outcome = run_training(small_config(), options, watcher, control);
        user.join();
        QCOMPARE(outcome.status, RunStatus::finished);
        QVERIFY((watcher.changes.at(0) == RunChange{0, 0, "training.learning_rate", "0.1", "0.05"}));
    }
};

RESONATE_TEST(LiveChangesTest)
#include "live_changes_test.moc"
