// tests/engine/kept_epochs_test.cpp: epochs of a run are kept, thinned, read again, and begun from.
#include <QTemporaryDir>
#include <QTest>

#include "complaint.h"
#include "data/npy_file.h"
#include "resonate/config_io.h"
#include "resonate/run_export.h"
#include "resonate/statistics.h"
#include "runs/kept_epochs.h"
#include "runs/recorded_frames.h"
#include "test_registry.h"
#include "training_fixture.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

using Epochs = std::vector<int>;

ProbeFrame small_frame(int epoch) {
    ProbeFrame frame;
    frame.epoch = epoch;
    frame.steps = 2;
    frame.inputs = 1;
    frame.neurons = 3;
    frame.classes = 2;
    frame.sample = 7;
    frame.neuron = NeuronType::alif;
    frame.input = {0.5F, -1};
    frame.labels = {1};
    frame.u = {1, 2, 3, 4, 5, 6};
    frame.threshold = {1, 1, 1, 2, 2, 2};
    frame.spikes = {0, 1, 1, 0, 0, 1};
    frame.probabilities = {0.25F, 0.75F, 0.5F, 0.5F};
    return frame;
}

bool same(const ProbeFrame& a, const ProbeFrame& b) {
    return a.epoch == b.epoch && a.batch == b.batch && a.steps == b.steps && a.inputs == b.inputs &&
           a.neurons == b.neurons && a.classes == b.classes && a.sample == b.sample && a.neuron == b.neuron &&
           a.input == b.input && a.labels == b.labels && a.u == b.u && a.v == b.v && a.threshold == b.threshold &&
           a.spikes == b.spikes && a.probabilities == b.probabilities && a.omega == b.omega && a.b == b.b;
}

}  // namespace

class KeptEpochsTest : public QObject {
    Q_OBJECT

 private:
    QTemporaryDir m_folder;
    fs::path path(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

    /// A folder for a run with a checkpoint of 1000 bytes.
    fs::path made_up(const char* name) const {
        fs::create_directories(path(name));
        std::ofstream(path(name) / "last.pt") << std::string(1000, 'x');
        return path(name);
    }

    RunOutcome run(const ExperimentConfig& config, Watcher& watcher, std::optional<Fork> fork = std::nullopt,
                   std::optional<fs::path> resume = std::nullopt) {
        RunOptions options = one_thread();
        options.runs_dir = path("runs");
        options.fork = std::move(fork);
        options.resume = std::move(resume);
        TrainingControl control;
        watcher.on_each_batch = [&](const BatchProgress& progress) {
            if (watcher.batches == watcher.stop_after) control.request_stop();
            Q_UNUSED(progress);
        };
        return run_training(config, options, watcher, control);
    }
    RunOutcome run(const ExperimentConfig& config) {
        Watcher watcher;
        return run(config, watcher);
    }

 private Q_SLOTS:
    void aFrameIsReadAsItWasWritten() {
        const fs::path folder = made_up("frame");
        KeptEpochs kept(folder);
        ProbeFrame frame = small_frame(12);
        kept.keep(frame, folder / "last.pt", -1, 1'000'000);
        QVERIFY(same(read_frame(folder, 12), frame));
        // Every member, with input that fits into bytes.
        frame.neuron = NeuronType::brf;
        frame.input = {0, 255};
        frame.labels = {1, 0};
        frame.v = {6, 5, 4, 3, 2, 1};
        frame.omega = {3, 4, 5};
        frame.b = {-1, -2, -3};
        kept.keep(frame, folder / "last.pt", -1, 1'000'000);
        QVERIFY(same(read_frame(folder, 12), frame));
        const ResonatorPlaces places = read_resonators(folder, 12);
        QCOMPARE(places.epoch, 12);
        QCOMPARE(places.omega, frame.omega);
        QCOMPARE(places.b, frame.b);
        VERIFY_SAYS(complaint([&] { read_resonators(folder, 13); }), "epoch_13.npz");
        QCOMPARE(kept.epochs(), Epochs{12});
        QCOMPARE(fs::file_size(epoch_checkpoint(folder, 12)), std::uintmax_t(1000));
    }

    void aDamagedFrameIsNamed() {
        const fs::path folder = made_up("damaged");
        KeptEpochs kept(folder);
        kept.keep(small_frame(1), folder / "last.pt", -1, 1'000'000);
        VERIFY_SAYS(complaint([&] { read_frame(folder, 2); }), "epoch_2.npz");
        const std::string whole = bytes_of(frame_file(folder, 1));
        int refused = 0;
        for (size_t length = 0; length < whole.size(); length += 7) {
            std::ofstream(frame_file(folder, 1), std::ios::binary) << whole.substr(0, length);
            const QString said = complaint([&] { read_frame(folder, 1); });
            // What is cut off behind the last array is not missed.
            if (said.isEmpty()) continue;
            VERIFY_SAYS(said, "epoch_1.npz");
            VERIFY_SAYS(said, "; copy the file again, or delete it, and the run is shown without this epoch");
            ++refused;
        }
        QVERIFY(refused > 100);
        // Another letter in any place: read, or refused with the file's name; never anything else.
        for (size_t at = 0; at < whole.size(); at += 3) {
            std::string other = whole;
            other[at] = static_cast<char>(other[at] ^ 0x15);
            std::ofstream(frame_file(folder, 1), std::ios::binary) << other;
            const QString said = complaint([&] { read_frame(folder, 1); });
            QVERIFY2(said.isEmpty() || said.contains(QStringLiteral("epoch_1.npz")), qPrintable(said));
        }
    }

    void olderEpochsMakeRoom() {
        const fs::path folder = made_up("thinned");
        KeptEpochs kept(folder);
        kept.keep(small_frame(0), folder / "last.pt", -1, 1'000'000);
        const std::uint64_t one = 1000 + frame_bytes(small_frame(0)).size();
        const std::uint64_t room = 10 * one;
        for (int epoch = 1; epoch <= 100; ++epoch) {
            kept.keep(small_frame(epoch), folder / "last.pt", 13, room);
            QVERIFY(std::ssize(kept.epochs()) <= 10);
            QCOMPARE(kept.epochs(), recorded_epochs(folder));
            QCOMPARE(kept.epochs().front(), 0);
            QCOMPARE(kept.epochs().back(), epoch);
            if (epoch >= 13) QVERIFY(std::count(kept.epochs().begin(), kept.epochs().end(), 13) == 1);
        }
        QVERIFY(std::ssize(kept.epochs()) > 5);
        // Nothing else is left in the folder, and who opens it again counts the same.
        const auto files = std::distance(fs::directory_iterator(epochs_folder(folder)), fs::directory_iterator());
        QCOMPARE(files, 2 * std::ssize(kept.epochs()));
        KeptEpochs again(folder);
        again.keep(small_frame(101), folder / "last.pt", 13, room);
        QVERIFY(std::ssize(again.epochs()) <= 10);
        again.drop_after(50);
        QVERIFY(again.epochs().back() <= 50);
        QCOMPARE(again.epochs(), recorded_epochs(folder));
    }

    void aRunKeepsItsEpochs() {
        ExperimentConfig config = small_config();
        Watcher watcher;
        const RunOutcome whole = run(config, watcher);
        QCOMPARE(whole.status, RunStatus::finished);
        QCOMPARE(recorded_epochs(whole.folder), (Epochs{0, 1, 2, 3}));
        QCOMPARE(watcher.recorded, (Epochs{0, 1, 2, 3}));
        QCOMPARE(open_run(whole.folder).recorded, (Epochs{0, 1, 2, 3}));
        // Each with the weights of its epoch.
        const EvaluationResult second =
            evaluate_checkpoint(epoch_checkpoint(whole.folder, 2), config, Split::test, one_thread());
        QCOMPARE(second.metrics.loss, watcher.rows[2].test.loss);
        const ProbeFrame frame = read_frame(whole.folder, 3);
        QCOMPARE(frame.epoch, 3);
        QCOMPARE(frame.neurons, 6);
        QVERIFY(frame.u != read_frame(whole.folder, 2).u);

        config.recording.epoch_interval = 2;
        QCOMPARE(recorded_epochs(run(config).folder), (Epochs{0, 2, 3}));
        config.recording.epoch_interval = 0;
        const RunOutcome none = run(config);
        QVERIFY(recorded_epochs(none.folder).empty());
        QVERIFY(!fs::exists(epochs_folder(none.folder)));
        // Keeping changes nothing of what is computed.
        QCOMPARE(results_of(none.folder), results_of(whole.folder));
        QVERIFY(bytes_of(none.folder / "last.pt") == bytes_of(whole.folder / "last.pt"));
    }

    void whatWasRecordedIsExported() {
        const RunOutcome whole = run(small_config());
        const auto written = [&](RecordedKind what, const char* format, std::optional<int> epoch) {
            export_run(whole.folder, what, format, epoch, path("out"));
            return bytes_of(path("out"));
        };
        const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
        const ProbeFrame frame = read_frame(whole.folder, 2);
        const std::string traces = written(RecordedKind::traces, "csv", 2);
        QCOMPARE(lines(traces), 1 + frame.steps * frame.neurons);
        QVERIFY(traces.starts_with("step,neuron,u,v,threshold,spike\n0,0,"));
        const std::string last = traces.substr(traces.rfind('\n', traces.size() - 2) + 1);
        QCOMPARE(std::stof(last.substr(last.find(",5,") + 3)), frame.u.back());
        const auto spikes = std::count(frame.spikes.begin(), frame.spikes.end(), 1);
        QCOMPARE(lines(written(RecordedKind::raster, "csv", 2)), 1 + spikes);
        QCOMPARE(lines(written(RecordedKind::parameters, "csv", {})), 1 + 4 * frame.neurons);
        QCOMPARE(lines(written(RecordedKind::metrics, "csv", {})), 1 + 4);
        written(RecordedKind::parameters, "npz", {});
        const auto archive = open_npz(path("out"));
        QCOMPARE(archive->find("omega")->shape, (std::vector<std::int64_t>{4, 6}));
        written(RecordedKind::traces, "npz", {});
        QCOMPARE(open_npz(path("out"))->find("u")->shape, (std::vector<std::int64_t>{frame.steps, 6}));
        VERIFY_SAYS(complaint([&] { written(RecordedKind::traces, "csv", 7); }), "expected an epoch that is kept in");
        VERIFY_SAYS(complaint([&] { written(RecordedKind::raster, "xls", 2); }), "expected csv or npz, found 'xls'");
        ExperimentConfig config = small_config();
        config.neuron.type = NeuronType::alif;
        const RunOutcome alif = run(config);
        VERIFY_SAYS(complaint([&] { export_run(alif.folder, RecordedKind::parameters, "csv", {}, path("out")); }),
                    "ALIF neurons have no frequency and damping");
        config.recording.epoch_interval = 0;
        const RunOutcome none = run(config);
        VERIFY_SAYS(complaint([&] { export_run(none.folder, RecordedKind::raster, "csv", {}, path("out")); }),
                    "keeps no epochs");
    }

    void aForkWithoutChangesRepeatsTheRun() {
        const RunOutcome whole = run(small_config());
        Watcher watcher;
        const RunOutcome forked = run(small_config(), watcher, Fork{whole.folder, 1});
        QCOMPARE(forked.status, RunStatus::finished);
        QVERIFY(forked.folder != whole.folder);
        QCOMPARE(results_of(forked.folder), results_of(whole.folder));
        QVERIFY(bytes_of(forked.folder / "last.pt") == bytes_of(whole.folder / "last.pt"));
        QVERIFY(bytes_of(forked.folder / "best.pt") == bytes_of(whole.folder / "best.pt"));
        QCOMPARE(watcher.started.history.size(), size_t(2));
        QCOMPARE(watcher.started.forked_from, whole.folder.filename().string());
        QCOMPARE(watcher.started.forked_epoch, 1);
        QCOMPARE(recorded_epochs(forked.folder), (Epochs{1, 2, 3}));
        // It says where it came from, and is counted among no other runs.
        const std::vector<StoredRun> runs{open_run(whole.folder), open_run(forked.folder)};
        QCOMPARE(runs[1].forked_from, watcher.started.forked_from);
        QCOMPARE(runs[1].forked_epoch, 1);
        const std::vector<SeedGroup> groups = group_by_seed(runs);
        QCOMPARE(groups.size(), size_t(2));
        const std::vector<GroupResult> results = group_results(runs, groups, SelectionRule::last_epoch);
        QVERIFY(results[0].altered.empty());
        QVERIFY(results[1].label.find("forked from " + runs[0].id + " at epoch 1") != std::string::npos);
    }

    void aForkThatIsStoppedGoesOn() {
        const RunOutcome whole = run(small_config());
        Watcher watcher;
        watcher.stop_after = 2;
        const RunOutcome stopped = run(small_config(), watcher, Fork{whole.folder, 1});
        QCOMPARE(stopped.status, RunStatus::stopped);
        Watcher second;
        const RunOutcome resumed = run({}, second, std::nullopt, stopped.folder);
        QCOMPARE(resumed.status, RunStatus::finished);
        QCOMPARE(results_of(resumed.folder), results_of(whole.folder));
        QCOMPARE(second.started.forked_epoch, 1);
        QCOMPARE(open_run(resumed.folder).forked_from, whole.folder.filename().string());
    }

    void aForkWithChangesGoesAnotherWay() {
        const RunOutcome whole = run(small_config());
        ExperimentConfig config = small_config();
        config.training.learning_rate = 0.01;
        config.training.epochs = 5;
        Watcher watcher;
        const RunOutcome forked = run(config, watcher, Fork{whole.folder, 2});
        QCOMPARE(forked.status, RunStatus::finished);
        const std::vector<EpochMetrics> rows = read_metrics(forked.folder / "metrics.csv");
        QCOMPARE(rows.size(), size_t(6));
        const std::vector<EpochMetrics> before = read_metrics(whole.folder / "metrics.csv");
        QCOMPARE(rows[2].test.loss, before[2].test.loss);
        QVERIFY(bytes_of(epoch_checkpoint(forked.folder, 2)) == bytes_of(epoch_checkpoint(whole.folder, 2)));
        QVERIFY(bytes_of(epoch_checkpoint(forked.folder, 3)) != bytes_of(epoch_checkpoint(whole.folder, 3)));
        QVERIFY(std::abs(rows[3].learning_rate - 0.01 * (1 - 2.0 / 5)) < 1e-12);
    }

    void aForkThatCannotBeSaysWhy() {
        const RunOutcome whole = run(small_config());
        const auto runs = [&] { return std::distance(fs::directory_iterator(path("runs")), fs::directory_iterator()); };
        const auto before = runs();
        Watcher watcher;
        VERIFY_SAYS(complaint([&] { run(small_config(), watcher, Fork{whole.folder, 9}); }), "epoch 9 is not kept");
        ExperimentConfig config = small_config();
        config.training.epochs = 2;
        VERIFY_SAYS(complaint([&] {
                        run(config, watcher, Fork{whole.folder, 2});
                    }),
                    "training.epochs: expected more than the 2 epochs that are done at the fork");
        config = small_config();
        config.network.hidden_size = 7;
        VERIFY_SAYS(complaint([&] { run(config, watcher, Fork{whole.folder, 2}); }), "epoch_2.pt");
        config = small_config();
        config.neuron.type = NeuronType::alif;
        VERIFY_SAYS(complaint([&] { run(config, watcher, Fork{whole.folder, 2}); }), "epoch_2.pt");
        // No folder is left behind.
        QCOMPARE(runs(), before);
    }
};

RESONATE_TEST(KeptEpochsTest)
#include "kept_epochs_test.moc"
