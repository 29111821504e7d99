// tests/engine/import_tensorboard_test.cpp: event files of the published code and of this program as runs to compare
// with.
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include "complaint.h"
#include "resonate/config_io.h"
#include "resonate/run_catalogue.h"
#include "resonate/run_store.h"
#include "resonate/statistics.h"
#include "resonate/tensorboard.h"
#include "runs/event_file.h"
#include "runs/event_rows.h"
#include "runs/published_names.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

const std::string published_name =
    "May27_12-12-52_host_7460_Adam(0.1),script-bw,NLL,LinearLR,no_gc,4,36,6,bs=16,ep=2,BRF(omega3.0,5.0b0.1,1.0)LI(20."
    "0,1.0)";

/// As the published code writes: train per batch (three of them in each of two epochs), validation and test per epoch.
std::string published_events(double last_accuracy) {
    std::string bytes = event_file_start(100);
    double time = 100;
    for (int epoch = 0; epoch <= 2; ++epoch) {
        const double accuracy = epoch == 2 ? last_accuracy : 20 + 10 * epoch;
        bytes += event_record(epoch, time, {{"Loss/val", 2.0 - epoch}});
        bytes += event_record(epoch, time, {{"accuracy/val", accuracy - 1}});
        bytes += event_record(epoch, time, {{"Loss/test", 2.5 - epoch}});
        bytes += event_record(epoch, time + 1, {{"accuracy/test", accuracy}});
        for (int batch = 0; batch < 3 && epoch < 2; ++batch)
            bytes += event_record(3 * epoch + batch, time + 2, {{"Loss/train", 1.0 + epoch + batch}});
        time += 10;
    }
    return bytes;
}

void put(const fs::path& folder, const std::string& bytes) {
    fs::create_directories(folder);
    std::ofstream(folder / "events.out.tfevents.1748340772.host.1.0", std::ios::binary) << bytes;
}

}  // namespace

class ImportTensorboardTest : public QObject {
    Q_OBJECT

 private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path from() const { return fs::path(m_folder->path().toStdString()) / "from"; }
    fs::path runs() const { return fs::path(m_folder->path().toStdString()) / "runs"; }
    std::vector<ImportedRun> import(const std::string& preset = {}) const {
        return import_tensorboard(from(), {runs(), preset});
    }

 private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void publishedRunsBecomeOneGroupOfSeeds() {
        put(from() / (published_name + "a"), published_events(85));
        put(from() / (published_name + "b"), published_events(87));
        const std::vector<ImportedRun> imported = import();
        QCOMPARE(imported.size(), size_t(2));
        RunCatalogue catalogue(runs());
        catalogue.refresh();
        QCOMPARE(catalogue.runs().size(), size_t(2));
        std::vector<StoredRun> stored;
        for (const auto& entry : catalogue.runs()) {
            QCOMPARE(entry->problem, std::string());
            QVERIFY(entry->imported);
            QCOMPARE(entry->status, RunStatus::finished);
            QCOMPARE(entry->epochs_done, 2);
            stored.push_back(open_run(entry->folder));
        }
        const std::vector<SeedGroup> groups = group_by_seed(stored);
        QCOMPARE(groups.size(), size_t(1));
        const MeanCurve curve = mean_curve(stored, groups[0], Metric::test_accuracy);
        QCOMPARE(curve.points.back().value.mean, 86.0);
        QCOMPARE(curve.points.back().value.count, 2);
        QCOMPARE(stored[0].config.neuron.type, NeuronType::brf);
        QCOMPARE(stored[0].config.dataset.name, std::string("ecg"));
        QCOMPARE(group_results(stored, groups, SelectionRule::lowest_validation_loss)[0].counted, 2);
    }

    void trainingNumbersOfBatchesBecomeMeansOfEpochs() {
        const std::vector<EpochMetrics> rows = rows_of_events(parse_event_file(published_events(85), "x").scalars, "x");
        QCOMPARE(rows.size(), size_t(3));
        QVERIFY(!rows[0].train);
        QCOMPARE(rows[1].train->loss, 2.0);  // of 1, 2, 3
        QCOMPARE(rows[2].train->loss, 3.0);  // of 2, 3, 4
        QVERIFY(std::isnan(rows[1].train->accuracy));
        QCOMPARE(rows[1].validation->accuracy, 29.0);
        QCOMPARE(rows[1].test.loss, 1.5);
        QVERIFY(std::isnan(rows[1].test.sop));
        QCOMPARE(rows[1].seconds, 10.0);
        QVERIFY(rows[2].best && !rows[0].best);
    }

    void importingAgainWritesNothing() {
        put(from() / published_name, published_events(85));
        const std::vector<ImportedRun> first = import();
        QVERIFY(!first[0].known);
        // The row of the untrained network is no epoch.
        VERIFY_SAYS(QString::fromStdString(first[0].message), ", 2 epochs");
        const std::vector<ImportedRun> again = import();
        QVERIFY(again[0].known);
        VERIFY_SAYS(QString::fromStdString(again[0].message), "was imported before");
        RunCatalogue catalogue(runs());
        catalogue.refresh();
        QCOMPARE(catalogue.runs().size(), size_t(1));
    }

    void laterImportsGoOnWithTheSeeds() {
        put(from() / (published_name + "b"), published_events(87));
        import();
        put(from() / (published_name + "a"), published_events(85));
        // What is known takes no seed, wherever its name stands; one of another length is another experiment.
        put(from() / (published_name + "0"), published_events(83).substr(0, published_events(83).size() / 2));
        import();
        put(from() / (published_name + "c"), published_events(89));
        import();
        RunCatalogue catalogue(runs());
        catalogue.refresh();
        std::vector<StoredRun> stored;
        for (const auto& entry : catalogue.runs()) stored.push_back(open_run(entry->folder));
        QCOMPARE(stored.size(), size_t(4));
        std::vector<SeedGroup> groups = group_by_seed(stored);
        std::erase_if(
            groups, [&](const SeedGroup& group) { return stored[group.members.front()].config.training.epochs != 2; });
        QCOMPARE(groups.size(), size_t(1));
        QVERIFY(groups[0].repeats.empty());
        std::vector<double> accuracies;
        for (const std::size_t member : groups[0].members) {
            accuracies.push_back(stored[member].metrics.back().test.accuracy);
            QCOMPARE(stored[member].config.training.seed, static_cast<std::int64_t>(accuracies.size()));
        }
        QCOMPARE(accuracies, (std::vector<double>{87, 85, 89}));
        // A run of this program with the same settings and seed stands beside them, not in their place.
        StoredRun own = stored[groups[0].members[0]];
        own.imported = false;
        own.metrics.pop_back();
        stored.push_back(own);
        groups = group_by_seed(stored);
        std::size_t counted = 0;
        for (const SeedGroup& group : groups) counted += group.members.size();
        QCOMPARE(counted, size_t(5));
    }

    void oneBadFolderStopsNoOther() {
        put(from() / "a-damaged,4,36,6,BRF(", published_events(85).substr(0, 100) + std::string(200, 'x'));
        put(from() / "b-other-tags,4,36,6,BRF(", event_file_start(1) + event_record(0, 1, {{"reward", 1}}));
        put(from() / "c-nameless", published_events(85));
        put(from() / "d,4,36,6,ALIF(", published_events(86));
        const std::vector<ImportedRun> imported = import();
        QCOMPARE(imported.size(), size_t(4));
        VERIFY_SAYS(QString::fromStdString(imported[0].message), "checksum");
        VERIFY_SAYS(QString::fromStdString(imported[1].message),
                    "expected numbers such as 'accuracy/test' and 'Loss/val', found reward");
        VERIFY_SAYS(QString::fromStdString(imported[2].message), "say it with --preset");
        for (size_t i = 0; i < 3; ++i) QVERIFY(imported[i].folder.empty());
        QCOMPARE(open_run(imported[3].folder).config.neuron.type, NeuronType::alif);
        QCOMPARE(import("shd_rf").size(), size_t(4));
        QCOMPARE(open_run(import("shd_rf")[2].folder).config.dataset.name, std::string("shd"));
    }

    void whatCannotBeImportedIsSaid() {
        fs::create_directories(from());
        VERIFY_SAYS(complaint([&] { import(); }), "expected a folder with event files (*tfevents*), found none");
        put(from(), published_events(85));
        VERIFY_SAYS(complaint([&] { import("ecg_bfr"); }), "did you mean 'ecg_brf'?");
        VERIFY_SAYS(complaint([&] { import_tensorboard(from(), {"/proc/runs", "ecg_brf"}); }), "cannot be made");
        QCOMPARE(import_tensorboard(from() / "events.out.tfevents.1748340772.host.1.0", {runs(), "ecg_brf"}).size(),
                 size_t(1));
    }

    void namesOfThePublishedCodeTellTheExperiment_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("preset");
        const auto row = [](const char* name, const char* preset) { QTest::newRow(name) << name << preset; };
        row("2240_Adam(0.075),NLL,script-fgiDG,LinLR,LL(False,no_gc),700,128,20,bs_32,ep_20,RF(omega5.0,10.0b2.0,3.0)"
            "LI",
            "shd_rf");
        row("RSNN(700,128,20,sub_seq(10),bs_32,ep_20_bias),ALIF(tau_m(20.0,5.0)", "shd_alif");
        row("LL(False),PERMUTED(True),1,256,10,bs=256,ep=300,BRF_omega15.0_85.0b0.1_1.0", "psmnist_brf");
        row("PERMUTED(False),LinearLR,NLL,LL(True),RSNN(1,256,10,bs_256),ALIF(", "smnist_alif");
        row("217_Adam(0.1),NLL,LinearLR,no_gc,4,36,6,bs=16,ep=400,VRF(omega3.0,5.0", "ecg_rf");
        row("ecg/runs/BHRF(omega", "ecg_hrf");
        row("something else", "");
    }
    void namesOfThePublishedCodeTellTheExperiment() {
        QFETCH(QString, name);
        QFETCH(QString, preset);
        QCOMPARE(QString::fromStdString(preset_from_published_name(name.toStdString()).value_or("")), preset);
    }

    void theCommandLineNamesAPlaceOnce() {
        put(from() / "e1", published_events(85));
        QProcess process;
        process.start(QStringLiteral(RESONATE_BIN_DIR "/resonate-cli"),
                      {"import-tensorboard", QString::fromStdString(from().string()), "--runs-dir",
                       QString::fromStdString(runs().string())});
        QVERIFY(process.waitForFinished(120000));
        const QString said = QString::fromUtf8(process.readAllStandardError());
        VERIFY_SAYS(said, "e1: which experiment it is cannot be told from its name");
        QCOMPARE(said.count(QString::fromStdString((from() / "e1").string())), 1);
    }

    void aTrainedRunCanBeReadAndImportedByTheCommandLine() {
        const auto run = [](const QStringList& arguments) {
            QProcess process;
            process.start(QStringLiteral(RESONATE_BIN_DIR "/resonate-cli"), arguments);
            process.waitForFinished(120000);
            return process.exitCode();
        };
        QCOMPARE(run({"train", "synthetic_ecg_brf", "--epochs", "2", "--threads", "1", "--runs-dir",
                      QString::fromStdString(from().string()), "--set", "dataset.synthetic_train=10", "--set",
                      "dataset.synthetic_test=3", "--set", "network.hidden_size=6", "--set", "training.batch_size=3"}),
                 0);
        QCOMPARE(run({"import-tensorboard", QString::fromStdString(from().string()), "--runs-dir",
                      QString::fromStdString(runs().string())}),
                 0);
        RunCatalogue trained(from()), imported(runs());
        trained.refresh();
        imported.refresh();
        const StoredRun original = open_run(trained.runs().at(0)->folder);
        const StoredRun copy = open_run(imported.runs().at(0)->folder);
        QCOMPARE(copy.metrics.size(), size_t(3));
        for (size_t i = 0; i < 3; ++i) {
            QCOMPARE(static_cast<float>(copy.metrics[i].test.accuracy),
                     static_cast<float>(original.metrics[i].test.accuracy));
            QCOMPARE(static_cast<float>(copy.metrics[i].test.sop), static_cast<float>(original.metrics[i].test.sop));
            QCOMPARE(copy.metrics[i].best, original.metrics[i].best);
        }
        QCOMPARE(static_cast<float>(copy.metrics[2].train->loss), static_cast<float>(original.metrics[2].train->loss));
        QCOMPARE(run({"import-tensorboard", "/nowhere"}), 3);
    }
};

RESONATE_TEST(ImportTensorboardTest)
#include "import_tensorboard_test.moc"
