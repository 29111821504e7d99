// tests/engine/run_probe_test.cpp: other sequences through the networks that a run kept.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "complaint.h"
#include "resonate/run_probe.h"
#include "test_registry.h"
#include "training_fixture.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

/// Of the mean of the cross entropy over the steps that are used.
double loss_of(const ProbeFrame& frame) {
    double loss = 0;
    for (int t = small_config().training.sub_seq_length; t < frame.steps; ++t)
        loss -= std::log(frame.probabilities[static_cast<size_t>(t * frame.classes + frame.labels[t])]);
    return loss / frame.steps;
}

void compare(const ProbeFrame& found, const ProbeFrame& kept) {
    QCOMPARE(found.epoch, kept.epoch);
    QCOMPARE(found.sample, kept.sample);
    QCOMPARE(found.input, kept.input);
    QCOMPARE(found.labels, kept.labels);
    QCOMPARE(found.u, kept.u);
    QCOMPARE(found.v, kept.v);
    QCOMPARE(found.threshold, kept.threshold);
    QCOMPARE(found.spikes, kept.spikes);
    QCOMPARE(found.probabilities, kept.probabilities);
    QCOMPARE(found.omega, kept.omega);
    QCOMPARE(found.b, kept.b);
}

}  // namespace

class RunProbeTest : public QObject {
    Q_OBJECT

 private:
    QTemporaryDir m_folder;

    RunOptions options() const {
        RunOptions options = one_thread();
        options.runs_dir = m_folder.path().toStdString();
        return options;
    }
    RunOutcome run(const ExperimentConfig& config) {
        Watcher watcher;
        TrainingControl control;
        return run_training(config, options(), watcher, control);
    }

 private Q_SLOTS:
    void theRecordedSequenceGivesTheRecordedFrame() {
        ExperimentConfig config = spiking_config();
        config.recording.probe_sample = 1;
        const RunOutcome outcome = run(config);
        const std::unique_ptr<RunProbe> probe = open_run_probe(outcome.folder, options());
        for (const int epoch : {3, 0, 2}) compare(probe->frame(epoch, 1), read_frame(outcome.folder, epoch));
        QVERIFY(probe->frame(3, 0).input != probe->frame(3, 1).input);
        // Beyond the last is the last, as for a training.
        QCOMPARE(probe->frame(3, 99).sample, 11);
        const ProbeFrame frame = probe->frame(3, 1);
        QVERIFY(std::count(frame.spikes.begin(), frame.spikes.end(), 1) > 0);
    }

    void permutedStepsAreThoseOfTheRun() {
        ExperimentConfig config = small_config();
        config.dataset.name = "synthetic_digits_permuted";
        config.training.epochs = 1;
        const RunOutcome outcome = run(config);
        const std::unique_ptr<RunProbe> probe = open_run_probe(outcome.folder, options());
        compare(probe->frame(1, 0), read_frame(outcome.folder, 1));
    }

    void theWorstIsTheOneWithTheLargestLoss() {
        const RunOutcome outcome = run(spiking_config());
        const std::unique_ptr<RunProbe> probe = open_run_probe(outcome.folder, options());
        TrainingControl control;
        const std::optional<std::int64_t> worst = probe->worst(3, control);
        QVERIFY(worst);
        const double largest = loss_of(probe->frame(3, *worst));
        double smallest = largest;
        for (int sample = 0; sample < 12; ++sample) {
            const double loss = loss_of(probe->frame(3, sample));
            QVERIFY(loss <= largest);
            smallest = std::min(smallest, loss);
        }
        QVERIFY(smallest < largest - 1e-3);  // else any would do
        control.request_stop();
        QVERIFY(!probe->worst(3, control));
    }

    void whatIsMissingIsNamed() {
        const RunOutcome outcome = run(small_config());
        const std::unique_ptr<RunProbe> probe = open_run_probe(outcome.folder, options());
        VERIFY_SAYS(complaint([&] { probe->frame(7, 0); }), "epoch_7.pt");
        std::ofstream(epoch_checkpoint(outcome.folder, 2), std::ios::binary) << "damaged";
        VERIFY_SAYS(complaint([&] { probe->frame(2, 0); }), "epoch_2.pt");
        compare(probe->frame(3, 0), read_frame(outcome.folder, 3));
    }
};

RESONATE_TEST(RunProbeTest)
#include "run_probe_test.moc"
