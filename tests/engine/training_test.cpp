// tests/engine/training_test.cpp: whole runs on a small generated set: saving, resuming, diverging, probing.
#include <sys/resource.h>

#include <QTemporaryDir>
#include <QTest>
#include <atomic>
#include <csignal>
#include <fstream>
#include <functional>
#include <iterator>

#include "complaint.h"
#include "resonate/config_io.h"
#include "resonate/experiment.h"
#include "resonate/run_store.h"
#include "runs/run_lock.h"
#include "test_registry.h"
#include "training_fixture.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

class TrainingTest : public QObject {
    Q_OBJECT

 private:
    QTemporaryDir m_folder;
    RunOutcome m_whole;  ///< a run nothing disturbed
    fs::path runs() const { return m_folder.path().toStdString(); }

    RunOutcome run(const ExperimentConfig& config, Watcher& watcher, TrainingControl& control,
                   std::optional<fs::path> resume = std::nullopt) {
        RunOptions options;
        options.runs_dir = runs();
        options.threads = 1;
        options.resume = std::move(resume);
        return run_training(config, options, watcher, control);
    }
    RunOutcome run(const ExperimentConfig& config) {
        Watcher watcher;
        TrainingControl control;
        return run(config, watcher, control);
    }

 private Q_SLOTS:
    void initTestCase() {
        m_whole = run(small_config());
        QCOMPARE(m_whole.status, RunStatus::finished);
    }

    void aRunFolderHoldsWhatItShould() {
        Watcher watcher;
        TrainingControl control;
        const RunOutcome outcome = run(small_config(), watcher, control);
        QCOMPARE(outcome.status, RunStatus::finished);
        QCOMPARE(watcher.ends, 1);
        QCOMPARE(watcher.rows.size(), size_t(4));  // untrained, then after each epoch
        QVERIFY(!watcher.rows[0].train);
        QVERIFY(watcher.rows[1].train && watcher.rows[1].validation);
        for (const char* name : {"experiment.yaml", "metrics.csv", "summary.json", "best.pt", "last.pt"})
            QVERIFY2(fs::exists(outcome.folder / name), name);
        QVERIFY(load_experiment(outcome.folder / "experiment.yaml") == small_config());
        const StoredRun stored = open_run(outcome.folder);
        QCOMPARE(stored.status, RunStatus::finished);
        QCOMPARE(stored.metrics.size(), size_t(4));
    }

    void theLearningRateFallsLinearly() {
        Watcher watcher;
        TrainingControl control;
        run(small_config(), watcher, control);
        QVERIFY(std::abs(watcher.rows[1].learning_rate - 0.1) < 1e-15);
        QVERIFY(std::abs(watcher.rows[2].learning_rate - 0.1 * 2 / 3) < 1e-15);
        QVERIFY(std::abs(watcher.rows[3].learning_rate - 0.1 / 3) < 1e-15);
    }

    void theSameSeedGivesTheSameBitsAndAnotherDoesNot() {
        const RunOutcome& first = m_whole;
        const RunOutcome second = run(small_config());
        QVERIFY(bytes_of(first.folder / "best.pt") == bytes_of(second.folder / "best.pt"));
        QCOMPARE(results_of(first.folder), results_of(second.folder));
        ExperimentConfig other = small_config();
        other.training.seed = 2;
        QVERIFY(results_of(run(other).folder) != results_of(first.folder));
    }

    void aRunResumedFromAnyBatchEndsWithTheSameWeights_data() {
        QTest::addColumn<int>("stop_after");
        for (const int batches : {1, 2, 3, 4, 7}) QTest::addRow("stopped after batch %d", batches) << batches;
    }
    void aRunResumedFromAnyBatchEndsWithTheSameWeights() {
        QFETCH(int, stop_after);
        const RunOutcome& whole = m_whole;
        Watcher watcher;
        TrainingControl control;
        watcher.on_each_batch = [&](const BatchProgress&) {
            if (watcher.batches == stop_after) control.request_stop();
        };
        const RunOutcome stopped = run(small_config(), watcher, control);
        QCOMPARE(stopped.status, RunStatus::stopped);
        QVERIFY(watcher.batches <= stop_after);
        QCOMPARE(open_run(stopped.folder).status, RunStatus::stopped);

        Watcher again;
        TrainingControl free;
        const RunOutcome resumed = run({}, again, free, stopped.folder);
        QCOMPARE(resumed.status, RunStatus::finished);
        QCOMPARE(results_of(resumed.folder), results_of(whole.folder));
        QVERIFY(weightsAreEqual(whole.folder / "last.pt", resumed.folder / "last.pt"));
        QVERIFY(weightsAreEqual(whole.folder / "best.pt", resumed.folder / "best.pt"));
    }

    void rowsNewerThanTheCheckpointAreMadeAgain() {
        Watcher watcher;
        TrainingControl control;
        watcher.on_each_batch = [&](const BatchProgress&) {
            if (watcher.batches == 4) control.request_stop();
        };
        const RunOutcome stopped = run(small_config(), watcher, control);
        // As if the program had been killed between metrics.csv and last.pt of a later epoch.
        std::vector<EpochMetrics> rows = read_metrics(stopped.folder / "metrics.csv");
        EpochMetrics ghost = rows.back();
        ghost.epoch += 1;
        rows.push_back(ghost);
        write_file_atomically(stopped.folder / "metrics.csv", metrics_csv(rows));
        Watcher again;
        TrainingControl free;
        run({}, again, free, stopped.folder);
        QCOMPARE(results_of(stopped.folder), results_of(m_whole.folder));
    }

    void aFinishedRunIsNotResumed() {
        const RunOutcome& done = m_whole;
        Watcher watcher;
        TrainingControl control;
        VERIFY_SAYS(complaint([&] { run({}, watcher, control, done.folder); }), "already finished its 3 epochs");
    }

    void aRunAnotherProgramWritesIsNotTouched() {
        const RunOutcome& done = m_whole;
        const RunLock lock(done.folder);
        Watcher watcher;
        TrainingControl control;
        VERIFY_SAYS(complaint([&] { run({}, watcher, control, done.folder); }), "another program is writing this run");
    }

    void aDivergingRunSaysWhichNeuronAndKeepsWhatItHad() {
        ExperimentConfig config = small_config();
        config.neuron.omega = {90, 99.9};
        config.training.learning_rate = 5;
        config.training.schedule = LearningRateSchedule::constant;
        const RunOutcome outcome = run(config);
        QCOMPARE(outcome.status, RunStatus::diverged);
        const QString said = QString::fromStdString(outcome.message);
        VERIFY_SAYS(said, "epoch");
        VERIFY_SAYS(said, "neuron");
        VERIFY_SAYS(said, "ω = ");
        VERIFY_SAYS(said, "from δω = 1 on the divergence boundary is not real");
        QCOMPARE(open_run(outcome.folder).status, RunStatus::diverged);
        // What is saved is whole: it can be evaluated.
        const EvaluationResult result =
            evaluate_checkpoint(outcome.folder / "last.pt", config, Split::test, one_thread());
        QVERIFY(std::isfinite(result.metrics.loss));
    }

    void evaluatingACheckpointGivesTheRowOfItsEpoch() {
        Watcher watcher;
        TrainingControl control;
        const RunOutcome outcome = run(small_config(), watcher, control);
        const EvaluationResult test =
            evaluate_checkpoint(outcome.folder / "last.pt", small_config(), Split::test, one_thread());
        QCOMPARE(test.metrics.loss, outcome.last->test.loss);
        QCOMPARE(test.metrics.accuracy, outcome.last->test.accuracy);
        QCOMPARE(test.metrics.sop, outcome.last->test.sop);
        const EvaluationResult validation =
            evaluate_checkpoint(outcome.folder / "best.pt", small_config(), Split::validation, one_thread());
        QCOMPARE(validation.metrics.loss, outcome.best->validation->loss);
        for (const EpochMetrics& row : watcher.rows) QVERIFY(row.validation->loss >= outcome.best->validation->loss);
    }

    void damagedCheckpointsGiveASentence() {
        const RunOutcome& outcome = m_whole;
        const std::string whole = bytes_of(outcome.folder / "last.pt");
        const auto evaluate = [&](const std::string& bytes) {
            write_file_atomically(outcome.folder / "broken.pt", bytes);
            return complaint(
                [&] { evaluate_checkpoint(outcome.folder / "broken.pt", small_config(), Split::test, one_thread()); });
        };
        VERIFY_SAYS(evaluate(""), "broken.pt: expected a checkpoint (zip archive), found an empty file");
        VERIFY_SAYS(evaluate("hello world"), "broken.pt: expected a checkpoint");
        VERIFY_SAYS(evaluate(whole.substr(0, whole.size() / 2)), "broken.pt: the archive is damaged");
        ExperimentConfig larger = small_config();
        larger.network.hidden_size = 7;
        VERIFY_SAYS(
            complaint([&] { evaluate_checkpoint(outcome.folder / "last.pt", larger, Split::test, one_thread()); }),
            "'hidden.omega' has shape [6], this network needs [7]");
        ExperimentConfig alif = small_config();
        alif.neuron.type = NeuronType::alif;
        VERIFY_SAYS(
            complaint([&] { evaluate_checkpoint(outcome.folder / "last.pt", alif, Split::test, one_thread()); }),
            "the file holds a BRF, RF or HRF network (hidden.omega, hidden.b_offset), the preset says ALIF");
    }

    void aFolderThatCannotBeWrittenIsKnownBeforeTrainingStarts() {
        Watcher watcher;
        TrainingControl control;
        RunOptions options;
        options.runs_dir = "/proc/resonate-runs";
        VERIFY_SAYS(complaint([&] { run_training(small_config(), options, watcher, control); }), "/proc/resonate-runs");
        QCOMPARE(watcher.batches, 0);
    }

    void aRunThatCannotBeSavedLeavesNoFolderBehind() {
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        // Enough for experiment.yaml, too little for a checkpoint.
        const rlimit small{2000, before.rlim_max};
        Watcher watcher;
        TrainingControl control;
        RunOptions options = one_thread();
        QTemporaryDir runs;
        options.runs_dir = runs.path().toStdString();
        setrlimit(RLIMIT_FSIZE, &small);
        const QString said = complaint([&] { run_training(small_config(), options, watcher, control); });
        setrlimit(RLIMIT_FSIZE, &before);
        VERIFY_SAYS(said, "last.pt: cannot be written");
        QCOMPARE(watcher.batches, 0);
        QVERIFY(fs::is_empty(options.runs_dir));
    }

    void aDiskThatFillsUpMidwayEndsTheRunAndKeepsWhatWasSaved() {
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        Watcher watcher;
        TrainingControl control;
        // From the fourth batch on no file can grow beyond 100 bytes, as on a full disk.
        watcher.on_each_batch = [&](const BatchProgress&) {
            const rlimit small{100, before.rlim_max};
            if (watcher.batches == 4) setrlimit(RLIMIT_FSIZE, &small);
        };
        const RunOutcome outcome = run(small_config(), watcher, control);
        setrlimit(RLIMIT_FSIZE, &before);
        QCOMPARE(outcome.status, RunStatus::failed);
        VERIFY_SAYS(QString::fromStdString(outcome.message), "metrics.csv: cannot be written: File too large");
        VERIFY_SAYS(QString::fromStdString(outcome.message), "Saved up to epoch 1");
        Watcher again;
        TrainingControl free;
        QCOMPARE(run({}, again, free, outcome.folder).status, RunStatus::finished);
        QCOMPARE(results_of(outcome.folder), results_of(m_whole.folder));
    }

    void watchingTheProbeChangesNoNumber() {
        Watcher watcher;
        watcher.probes = true;
        TrainingControl control;
        ExperimentConfig config = small_config();
        config.recording.probe_share = 1;
        const RunOutcome watched = run(config, watcher, control);
        QVERIFY(watcher.frames.size() >= 3);
        QCOMPARE(results_of(watched.folder), results_of(m_whole.folder));
    }

    void aProbeFrameHoldsTheMembraneAndItsSpikes() {
        Watcher watcher;
        watcher.probes = true;
        TrainingControl control;
        run(small_config(), watcher, control);
        const ProbeFrame& frame = watcher.frames.back();
        QCOMPARE(frame.steps, 1300);
        QCOMPARE(frame.neurons, 6);
        QCOMPARE(frame.u.size(), size_t(1300 * 6));
        QCOMPARE(frame.labels.size(), size_t(1300));
        QCOMPARE(frame.omega.size(), size_t(6));
        for (size_t i = 0; i < frame.u.size(); ++i) QCOMPARE(frame.spikes[i] != 0, frame.u[i] > frame.threshold[i]);
        for (int t = 0; t < frame.steps; ++t) {
            float sum = 0;
            for (int c = 0; c < frame.classes; ++c) sum += frame.probabilities[t * frame.classes + c];
            QVERIFY(std::abs(sum - 1) < 1e-5F);
        }
    }

    void benchUsesRandomInputWhereTheFilesAreAbsent() {
        ExperimentConfig config = small_config();
        QCOMPARE(run_bench(config, one_thread(), 1).data, std::string("dataset"));
        config.dataset.name = "ecg";
        RunOptions options;
        options.data_dir = runs() / "nowhere";
        options.threads = 1;
        const BenchResult result = run_bench(config, options, 1);
        QCOMPARE(result.data, std::string("random"));
        QCOMPARE(result.path, std::string("fused"));
        QVERIFY(result.step_ms_median >= result.forward_ms_median + result.backward_ms_median);
    }

 private:
    /// Both evaluate to the same bits on every split, which no two different networks do.
    bool weightsAreEqual(const fs::path& a, const fs::path& b) const {
        for (const Split split : {Split::train, Split::validation, Split::test}) {
            const EvaluationResult first = evaluate_checkpoint(a, small_config(), split, one_thread());
            const EvaluationResult second = evaluate_checkpoint(b, small_config(), split, one_thread());
            if (first.metrics.loss != second.metrics.loss || first.metrics.sop != second.metrics.sop) return false;
        }
        return true;
    }
};

RESONATE_TEST(TrainingTest)
#include "training_test.moc"
