// tests/engine/recording_training_test.cpp: recordings through the engine, from folder to checkpoint.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "recording_samples.h"
#include "resonate/experiment.h"
#include "resonate/run_store.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

struct Quiet : TrainingObserver {
    RunStarted started;
    ProbeFrame probe;
    void on_started(const RunStarted& run) override { started = run; }
    bool wants_probe() const override { return true; }
    void on_probe(ProbeFrame&& frame) override { probe = std::move(frame); }
};

/// High and low tones at random times: to be told apart by coefficients, not by loudness.
std::string tone(double hertz, std::uint32_t seed) {
    const std::vector<std::int16_t> random = noise(16000, seed);
    std::vector<std::int16_t> samples;
    const int start = 2000 + random[0] % 1500;
    for (int i = 0; i < 16000; ++i) {
        const bool sounds = i > start && i < start + 8000;
        samples.push_back(static_cast<std::int16_t>((sounds ? 8000 * std::sin(hertz * i / 16000 * 6.2832) : 0) +
                                                    random[static_cast<size_t>(i)] / 64));
    }
    return wav(sound_of(samples));
}

}  // namespace

class RecordingTrainingTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void ownRecordingsAreLearnt() {
        QTemporaryDir temporary;
        const fs::path here = temporary.path().toStdString();
        for (std::uint32_t i = 0; i < 20; ++i) {
            write(here / "tones" / "low" / (std::to_string(i) + ".wav"), tone(300 + 5 * i, 2 * i + 1));
            write(here / "tones" / "high" / (std::to_string(i) + ".wav"), tone(2000 + 30 * i, 2 * i + 2));
        }
        std::string validation;
        for (const char* name : {"low/3.wav", "low/7.wav", "high/3.wav", "high/7.wav"})
            validation += std::string(name) + "\n";
        write(here / "tones" / "validation_list.txt", validation);

        ExperimentConfig config;
        config.dataset.name = "own_recordings";
        config.dataset.path = (here / "tones").string();
        config.dataset.standardise = true;
        config.network.hidden_size = 16;
        config.training.epochs = 8;
        config.training.batch_size = 4;
        config.training.learning_rate = 0.05;
        config.training.label_last = true;
        RunOptions options;
        options.data_dir = here / "data";
        options.runs_dir = here / "runs";
        options.threads = 1;
        Quiet observer;
        TrainingControl control;
        const RunOutcome outcome = run_training(config, options, observer, control);
        QCOMPARE(outcome.status, RunStatus::finished);
        QCOMPARE(observer.started.inputs, 13);
        QCOMPARE(observer.started.classes, 2);
        QCOMPARE(observer.started.steps, 100);
        QCOMPARE(observer.started.validation_samples, 4);
        QCOMPARE(observer.started.test_samples, 8);
        QCOMPARE(observer.started.train_samples, 28);
        QVERIFY(outcome.last && outcome.last->validation);
        QVERIFY2(outcome.last->test.accuracy > 80, qPrintable(QString::number(outcome.last->test.accuracy)));

        // The probe shows the sequence as the network sees it: each coefficient with mean 0.
        QCOMPARE(observer.probe.inputs, 13);
        for (int i = 0; i < 13; ++i) {
            double sum = 0;
            for (int t = 0; t < 100; ++t) sum += observer.probe.input[static_cast<size_t>(t * 13 + i)];
            QVERIFY(std::abs(sum / 100) < 1e-4);
        }

        // What was measured while training is measured again from the checkpoint, of each split.
        const fs::path last = outcome.folder / "last.pt";
        const EvaluationResult test = evaluate_checkpoint(last, config, Split::test, options);
        QCOMPARE(test.samples, 8);
        QCOMPARE(test.metrics.accuracy, outcome.last->test.accuracy);
        QVERIFY(std::abs(test.metrics.loss - outcome.last->test.loss) < 1e-6);
        const EvaluationResult validated = evaluate_checkpoint(last, config, Split::validation, options);
        QCOMPARE(validated.samples, 4);
        QVERIFY(std::abs(validated.metrics.loss - outcome.last->validation->loss) < 1e-6);
        QCOMPARE(evaluate_checkpoint(last, config, Split::train, options).samples, 28);
    }
};

RESONATE_TEST(RecordingTrainingTest)
#include "recording_training_test.moc"
