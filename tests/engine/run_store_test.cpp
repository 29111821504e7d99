// tests/engine/run_store_test.cpp: metrics, run folders as read, files written whole.
#include <sys/resource.h>

#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <fstream>
#include <iterator>

#include "complaint.h"
#include "resonate/config_io.h"
#include "resonate/run_store.h"
#include "runs/run_lock.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

std::vector<EpochMetrics> some_rows() {
    EpochMetrics first;
    first.learning_rate = 0.1;
    first.test = {1.7917594692280550, 23.55, 0};
    EpochMetrics second = first;
    second.epoch = 1;
    second.train = {0.1 + 0.2, 50, 12.5};
    second.validation = {1.0 / 3.0, 61.25, 13};
    second.best = true;
    return {first, second};
}

std::string text_of(const fs::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

class RunStoreTest : public QObject {
    Q_OBJECT

 private:
    QTemporaryDir m_folder;
    fs::path path(const char* name) const { return fs::path(m_folder.path().toStdString()) / name; }

 private Q_SLOTS:
    void metricsReadBackToTheLastBit() {
        write_file_atomically(path("metrics.csv"), metrics_csv(some_rows()));
        const std::vector<EpochMetrics> rows = read_metrics(path("metrics.csv"));
        QCOMPARE(rows.size(), size_t(2));
        QVERIFY(!rows[0].train && !rows[0].validation && !rows[0].best);
        QCOMPARE(rows[1].validation->loss, 1.0 / 3.0);
        QCOMPARE(rows[1].train->loss, 0.1 + 0.2);
        QVERIFY(rows[1].best);
        QCOMPARE(metrics_csv(rows), metrics_csv(some_rows()));
    }

    void damagedMetricsAreNamedWithTheirLine() {
        std::string csv = metrics_csv(some_rows());
        csv.replace(csv.rfind("61.25"), 5, "sixty");
        write_file_atomically(path("bad.csv"), csv);
        VERIFY_SAYS(
            complaint([&] { read_metrics(path("bad.csv")); }),
            "bad.csv:3: validation_accuracy: expected a number, found 'sixty'; correct it there, or leave it empty");
        write_file_atomically(path("short.csv"), metrics_csv(some_rows()) + "2,0.1\n");
        VERIFY_SAYS(complaint([&] { read_metrics(path("short.csv")); }), "short.csv:4: expected 14 cells, found 2");
        VERIFY_SAYS(complaint([&] { read_metrics(path("none.csv")); }), "none.csv: cannot be opened");
        // What a terminal would take for a command is not repeated, nor a page of it.
        write_file_atomically(path("raw.csv"), metrics_csv(some_rows()) + "2,\x1b[2J" + std::string(12, ',') + "\n");
        VERIFY_SAYS(complaint([&] { read_metrics(path("raw.csv")); }),
                    "raw.csv: is not text; it is damaged, or no metrics.csv; copy it again, or move it away");
        write_file_atomically(path("page.csv"),
                              metrics_csv(some_rows()) + "2," + std::string(5000, 'x') + std::string(12, ',') + "\n");
        const QString said = complaint([&] { read_metrics(path("page.csv")); });
        VERIFY_SAYS(said, "page.csv:4: learning_rate: expected a number, found 'xxx");
        QVERIFY(said.size() < 300);
    }

    void aFullDiskLeavesTheOldFile() {
        write_file_atomically(path("kept.txt"), "old");
        // A limit on file size makes write() fail as a full disk does.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        getrlimit(RLIMIT_FSIZE, &before);
        const rlimit small{16, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        const QString said = complaint([&] { write_file_atomically(path("kept.txt"), std::string(1000, 'x')); });
        setrlimit(RLIMIT_FSIZE, &before);
        VERIFY_SAYS(said, "kept.txt: cannot be written: File too large; free some space");
        QCOMPARE(text_of(path("kept.txt")), std::string("old"));
        int leftovers = 0;
        for (const auto& entry : fs::directory_iterator(m_folder.path().toStdString()))
            leftovers += entry.path().string().find(".part") != std::string::npos;
        QCOMPARE(leftovers, 0);
    }

    void aLockedRunIsRunningAndAKilledOneIsNot() {
        fs::create_directories(path("run"));
        save_experiment(ExperimentConfig(), path("run") / "experiment.yaml");
        write_file_atomically(path("run") / "summary.json", "{\"status\": \"running\"}");
        {
            const RunLock lock(path("run"));
            QCOMPARE(open_run(path("run")).status, RunStatus::running);
            VERIFY_SAYS(complaint([&] { RunLock second(path("run")); }), "another program is writing this run");
        }
        QCOMPARE(open_run(path("run")).status, RunStatus::stopped);
        write_file_atomically(path("run") / "summary.json", "{\"status\": \"finished\"}");
        QCOMPARE(open_run(path("run")).status, RunStatus::finished);
    }

    void aFolderThatIsNoRunIsNamed() {
        fs::create_directories(path("other"));
        VERIFY_SAYS(complaint([&] { open_run(path("other")); }),
                    "is not a run folder: experiment.yaml is missing; choose the folder of a run");
        VERIFY_SAYS(complaint([&] { open_run(path("absent")); }), "absent: expected a run folder");
    }

    void exportedArchiveIsAZipOfArrays() {
        fs::create_directories(path("npz"));
        write_file_atomically(path("npz") / "metrics.csv", metrics_csv(some_rows()));
        export_metrics(path("npz"), "npz", path("out.npz"));
        const std::string bytes = text_of(path("out.npz"));
        QVERIFY(bytes.starts_with("PK"));
        QVERIFY(bytes.find("\x93NUMPY") != std::string::npos);
        QVERIFY(bytes.find("test_accuracy.npy") != std::string::npos);
        export_metrics(path("npz"), "csv", path("out.csv"));
        QCOMPARE(text_of(path("out.csv")), metrics_csv(some_rows()));
        VERIFY_SAYS(complaint([&] { export_metrics(path("npz"), "xls", path("out.xls")); }), "expected csv or npz");
    }
};

RESONATE_TEST(RunStoreTest)
#include "run_store_test.moc"
