// tests/engine/catalogue_test.cpp: the table of runs: quick, live, and never stopped by one broken folder.
#include <unistd.h>

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>

#include "complaint.h"
#include "made_up_folders.h"
#include "resonate/config_io.h"
#include "resonate/run_catalogue.h"
#include "resonate/run_damage.h"
#include "resonate/statistics.h"
#include "runs/recorded_frames.h"
#include "runs/run_lock.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

std::shared_ptr<const RunEntry> find(const RunCatalogue& catalogue, const std::string& id) {
    for (const auto& entry : catalogue.runs())
        if (entry->id == id) return entry;
    return nullptr;
}

}  // namespace

class CatalogueTest : public QObject {
    Q_OBJECT

 private:
    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path runs() const { return m_folder->path().toStdString(); }

 private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aRunIsListedWithItsResults() {
        write_run(runs(), "2026-01-01-a", made_up_run(3, {10, 90, 80}));
        RunCatalogue catalogue(runs());
        QVERIFY(catalogue.refresh());
        QCOMPARE(catalogue.runs().size(), size_t(1));
        const RunEntry& entry = *catalogue.runs()[0];
        QCOMPARE(entry.problem, std::string());
        QCOMPARE(entry.status, RunStatus::finished);
        QCOMPARE(entry.config.training.seed, std::int64_t(3));
        QCOMPARE(entry.last->test.accuracy, 80.0);
        QCOMPARE(entry.best_test->epoch, 1);
        QCOMPARE(entry.epochs_done, 2);
        QCOMPARE(entry.parameters, std::int64_t(1734));
        QCOMPARE(entry.seconds, 6.0);
        QCOMPARE(entry.display_name(), std::string("2026-01-01-a"));
        QVERIFY(!catalogue.refresh());
    }

    void aBrokenFolderIsListedWithItsProblemAndHidesNoOther_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("half written") << "experiment.yaml" << QByteArray() << "experiment.yaml: the file is empty";
        QTest::newRow("missing") << "-experiment.yaml" << QByteArray()
                                 << "experiment.yaml is missing; copy the run folder again or delete it";
        QTest::newRow("newer schema") << "experiment.yaml" << QByteArray("schema: 99\n")
                                      << "written by a newer Resonate";
        QTest::newRow("binary") << "experiment.yaml" << QByteArray("\0\1\2", 3)
                                << "found binary data; choose another file, or copy it again";
        QTest::newRow("summary") << "summary.json" << QByteArray("{\"status\": ")
                                 << "summary.json: expected a JSON object";
        QTest::newRow("summary types") << "summary.json"
                                       << QByteArray("{\"status\": \"finished\", \"epochs_done\": \"x\"}")
                                       << "not of the type this program writes; move the file away";
        QTest::newRow("cut line") << "+metrics.csv" << QByteArray("3,0.1,0")
                                  << "metrics.csv:5: expected 14 cells, found 3";
        QTest::newRow("bad number") << "+metrics.csv" << QByteArray("3,0.1,,,,x,,,,,,,,\n")
                                    << "metrics.csv:5: validation_loss: expected a number, found 'x'";
        QTest::newRow("checkpoint") << "last.pt" << QByteArray("PK\3\4 half")
                                    << "last.pt: is cut off or no checkpoint: the run cannot be resumed, curves and";
        QTest::newRow("change") << "changes.csv" << QByteArray("epoch,batch\n")
                                << "changes.csv:1: expected the line epoch,batch,path,from,to, found 'epoch,batch'; "
                                   "copy it again, or move it away";
        QTest::newRow("unknown field") << "+experiment.yaml" << QByteArray("elasticity: 3\n")
                                       << "update Resonate where a newer one wrote the file";
        QTest::newRow("notes") << "notes.json" << QByteArray("[1, 2]") << "notes.json: expected name, tags and notes";
    }
    void aBrokenFolderIsListedWithItsProblemAndHidesNoOther() {
        QFETCH(QString, file);
        QFETCH(QByteArray, content);
        QFETCH(QString, sentence);
        const fs::path broken = write_run(runs(), "broken", made_up_run(1, {10, 90, 80}));
        write_run(runs(), "whole", made_up_run(2, {10, 20, 30}));
        const std::string name = file.toStdString();
        if (name[0] == '-')
            fs::remove(broken / name.substr(1));
        else if (name[0] == '+')
            std::ofstream(broken / name.substr(1), std::ios::app) << content.toStdString();
        else
            overwrite(broken / name, content.toStdString());
        RunCatalogue catalogue(runs());
        catalogue.refresh();
        QCOMPARE(catalogue.runs().size(), size_t(2));
        VERIFY_SAYS(QString::fromStdString(find(catalogue, "broken")->problem), sentence.toUtf8().constData());
        QVERIFY(find(catalogue, "whole")->problem.empty());
    }

    void theTableAndWhatReadsARunAgreeOnWhatIsDamaged_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        const QByteArray csv = QByteArray::fromStdString(metrics_csv(made_up_run(1, {10, 90, 80}).metrics));
        QTest::newRow("no finite number") << QByteArray("metrics.csv") << csv + "nan,-1e999,,,,,,,,,,,,\n"
                                          << "metrics.csv:5: learning_rate: expected a number, found '-1e999'";
        QTest::newRow("no epoch") << QByteArray("metrics.csv") << csv + "nan,0.1,,,,,,,,,,,,\n"
                                  << "metrics.csv:5: epoch: expected an integer of at least 0, found 'nan'";
        QTest::newRow("two points") << QByteArray("metrics.csv") << csv + "3,0.1.1,,,,,,,,,,,,\n"
                                    << "metrics.csv:5: learning_rate: expected a number, found '0.1.1'";
        QTest::newRow("other columns") << QByteArray("metrics.csv") << "a" + csv
                                       << "metrics.csv:1: expected the columns 'epoch,";
        QTest::newRow("binary") << QByteArray("metrics.csv")
                                << QByteArray(
                                       "\x7f"
                                       "ELF\x02\x01\0\x1b[31m",
                                       12)
                                << "metrics.csv: is not text";
        QTest::newRow("empty line") << QByteArray("metrics.csv") << csv + "\n"
                                    << "metrics.csv:5: expected 14 cells, found 1";
        QTest::newRow("permutation") << QByteArray("permutation.pt") << QByteArray("no archive") << "permutation.pt";
        QTest::newRow("no experiment") << QByteArray("experiment.yaml") << QByteArray()
                                       << "is half written: experiment.yaml is missing";
    }
    void theTableAndWhatReadsARunAgreeOnWhatIsDamaged() {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, content);
        QFETCH(QString, sentence);
        const fs::path folder = write_run(runs(), "run", made_up_run(1, {10, 90, 80}));
        RunCatalogue catalogue(runs());
        catalogue.refresh();
        QCOMPARE(catalogue.runs()[0]->problem, std::string());
        fs::remove(folder / file.toStdString());
        if (!content.isEmpty()) overwrite(folder / file.toStdString(), content.toStdString());
        QVERIFY(catalogue.refresh());
        QCOMPARE(catalogue.runs().size(), size_t(1));
        const QString listed = QString::fromStdString(catalogue.runs()[0]->problem);
        VERIFY_SAYS(listed, sentence.toUtf8().constData());
        QCOMPARE(complaint([&] { open_run(folder); }), listed);
    }

    void filesThatWereCutOffAreNamedWithWhatTheyCost() {
        const fs::path folder = write_run(runs(), "run", made_up_run(1, {10, 90, 80}));
        fs::create_directories(folder / "epochs");
        for (const int epoch : {0, 1, 2}) {
            overwrite(frame_file(folder, epoch), "frame" + archive_end);
            overwrite(epoch_checkpoint(folder, epoch), "weights" + archive_end);
        }
        QCOMPARE(find_damage(open_run(folder)).sentence, std::string());
        overwrite(epoch_checkpoint(folder, 2), "weights");
        RunDamage damage = find_damage(open_run(folder));
        VERIFY_SAYS(QString::fromStdString(damage.sentence),
                    "epochs/epoch_2.pt: is cut off or no checkpoint: no run can be forked from epoch 2");
        QVERIFY(damage.lost_epochs.empty());
        overwrite(frame_file(folder, 1), "");
        damage = find_damage(open_run(folder));
        VERIFY_SAYS(QString::fromStdString(damage.sentence), "epoch_1.npz: is cut off or no NumPy archive: epoch 1");
        VERIFY_SAYS(QString::fromStdString(damage.sentence), "delete it, and the run is listed without it");
        VERIFY_SAYS(QString::fromStdString(damage.sentence), "(and 1 more file)");
        QCOMPARE(damage.lost_epochs, std::vector<int>{1});
        overwrite(folder / "best.pt", "weights");
        damage = find_damage(open_run(folder));
        VERIFY_SAYS(QString::fromStdString(damage.sentence), "best.pt: is cut off or no checkpoint: the best network");
        VERIFY_SAYS(QString::fromStdString(damage.sentence), "(and 2 more files)");
        // What is being written may be half there.
        const RunLock lock(folder);
        QVERIFY(find_damage(open_run(folder)).sentence.empty());
    }

    void aFolderWithoutPermissionIsListedWithItsProblem() {
        if (::geteuid() == 0) QSKIP("root may open every folder");
        const fs::path folder = write_run(runs(), "closed", made_up_run(1, {10, 20}));
        fs::permissions(folder, fs::perms::none);
        RunCatalogue catalogue(runs());
        catalogue.refresh();
        fs::permissions(folder, fs::perms::owner_all);
        VERIFY_SAYS(QString::fromStdString(catalogue.runs().at(0)->problem), "cannot be opened; check its permissions");
    }

    void otherFoldersAndFilesAreNoRuns() {
        fs::create_directories(runs() / "data" / "ecg");
        fs::create_directories(runs() / ".studies" / "x");
        overwrite(runs() / "notes.txt", "hello");
        RunCatalogue catalogue(runs());
        catalogue.refresh();
        QVERIFY(catalogue.runs().empty() && catalogue.problem().empty());
        RunCatalogue absent(runs() / "absent");
        QVERIFY(!absent.refresh());
        QVERIFY(absent.problem().empty());
        RunCatalogue file(runs() / "notes.txt");
        QVERIFY(file.refresh());
        VERIFY_SAYS(QString::fromStdString(file.problem()), "the folder for runs cannot be listed: Not a directory");
    }

    void whatOtherProgramsWriteIsPickedUp() {
        RunCatalogue catalogue(runs());
        QVERIFY(!catalogue.refresh());
        const fs::path first = write_run(runs(), "a", made_up_run(1, {10, 20}), "running");
        QVERIFY(catalogue.refresh());
        const auto kept = catalogue.runs()[0];
        QCOMPARE(kept->status, RunStatus::stopped);
        write_file_atomically(first / "summary.json", summary_of(made_up_run(1, {10, 20, 55}), "running"));
        QVERIFY(catalogue.refresh());
        QCOMPARE(catalogue.runs()[0]->last->test.accuracy, 55.0);
        QCOMPARE(kept->last->test.accuracy, 20.0);
        fs::remove_all(first);
        QVERIFY(catalogue.refresh());
        QVERIFY(catalogue.runs().empty());
    }

    void aRunIsRunningWhileItIsLockedAndNoLonger() {
        const fs::path folder = write_run(runs(), "a", made_up_run(1, {10, 20}), "running");
        RunCatalogue catalogue(runs());
        auto lock = std::make_optional<RunLock>(folder);
        catalogue.refresh();
        QCOMPARE(catalogue.runs()[0]->status, RunStatus::running);
        QVERIFY(!catalogue.refresh());
        lock.reset();
        QVERIFY(catalogue.refresh());
        QCOMPARE(catalogue.runs()[0]->status, RunStatus::stopped);
    }

    void resultsOfFoldersWithoutASummaryComeFromTheirRows() {
        const fs::path folder = write_run(runs(), "a", made_up_run(1, {10, 90, 80}));
        fs::remove(folder / "summary.json");
        RunCatalogue catalogue(runs());
        catalogue.refresh();
        QCOMPARE(catalogue.runs()[0]->last->test.accuracy, 80.0);
        QCOMPARE(catalogue.runs()[0]->best_test->test.accuracy, 90.0);
        QCOMPARE(catalogue.runs()[0]->epochs_done, 2);
    }

    void namesTagsAndNotesAreKept() {
        const fs::path folder = write_run(runs(), "a", made_up_run(1, {10, 20}));
        QCOMPARE(read_notes(folder), RunNotes());
        const RunNotes notes{"My best", {"talk", "größer"}, "Line 1\nline 2"};
        save_notes(folder, notes);
        QCOMPARE(read_notes(folder), notes);
        RunCatalogue catalogue(runs());
        catalogue.refresh();
        QCOMPARE(catalogue.runs()[0]->display_name(), std::string("My best"));
        overwrite(folder / "notes.json", "precious but damaged");
        save_notes(folder, notes);
        QCOMPARE(read_notes(folder), notes);
        QVERIFY(fs::exists(folder / "notes.json.damaged"));
    }

    void trashKeepsARunUntilItIsEmptied() {
        const fs::path folder = write_run(runs(), "a", made_up_run(1, {10, 20}));
        {
            const RunLock lock(folder);
            VERIFY_SAYS(complaint([&] { move_to_trash(folder); }), "is being trained; stop it first");
        }
        const fs::path trashed = move_to_trash(folder);
        RunCatalogue catalogue(runs());
        catalogue.refresh();
        QVERIFY(catalogue.runs().empty());
        QCOMPARE(list_trash(runs()).size(), size_t(1));
        write_run(runs(), "a", made_up_run(2, {10, 20}));
        VERIFY_SAYS(complaint([&] { restore_from_trash(trashed); }), "a run of that name is there already");
        move_to_trash(runs() / "a");
        QCOMPARE(list_trash(runs()).size(), size_t(2));
        QCOMPARE(restore_from_trash(trashed), folder);
        catalogue.refresh();
        QCOMPARE(catalogue.runs()[0]->config.training.seed, std::int64_t(1));
        empty_trash(runs());
        QVERIFY(list_trash(runs()).empty());
        VERIFY_SAYS(complaint([&] { move_to_trash(runs() / "gone"); }), "there is no such run any more");
    }

    void twoThousandRunsAreListed() {
        std::vector<double> accuracies;
        for (int epoch = 0; epoch <= 400; ++epoch) accuracies.push_back(20.0 + 60.0 * epoch / 400 + 1.0 / (epoch + 3));
        StoredRun run = made_up_run(1, accuracies, 0.3333333333333333);
        const fs::path first = write_run(runs(), "run-0", run);
        for (int i = 1; i < 2000; ++i) fs::copy(first, runs() / ("run-" + std::to_string(i)));
        RunCatalogue catalogue(runs());
        QElapsedTimer timer;
        timer.start();
        catalogue.refresh();
        const qint64 opened = timer.restart();
        QCOMPARE(catalogue.runs().size(), size_t(2000));
        QVERIFY(!catalogue.refresh());
        qInfo("2000 runs of 400 epochs: listed in %lld ms, refreshed in %lld ms", static_cast<long long>(opened),
              static_cast<long long>(timer.elapsed()));
        QVERIFY(catalogue.runs()[1999]->problem.empty());
    }
};

RESONATE_TEST(CatalogueTest)
#include "catalogue_test.moc"
