// tests/engine/cli_test.cpp: resonate-cli as scripts use it: exit codes, JSON, sentences, Ctrl-C, SIGKILL.
#include <signal.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "complaint.h"
#include "npy_bytes.h"
#include "shared_data.h"
#include "test_registry.h"

using namespace resonate::tests;

namespace {

struct Finished {
    int code = -1;
    QString out, err;
    QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
};

const QStringList smallRun = {"--set",     "dataset.synthetic_train=10",
                              "--set",     "dataset.synthetic_test=3",
                              "--set",     "network.hidden_size=6",
                              "--set",     "training.batch_size=3",
                              "--threads", "1"};

}  // namespace

class CliTest : public QObject {
    Q_OBJECT

 private:
    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    static QString program() { return QStringLiteral(RESONATE_BIN_DIR "/resonate-cli"); }

    Finished run(const QStringList& arguments) const {
        QProcess process;
        process.start(program(), arguments);
        if (!process.waitForFinished(300000)) return {};
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

    /// Starts a training and waits until the run folder has what is wanted.
    void startUntil(QProcess& process, const QString& runs, int epochs, const QString& file, int lines) {
        process.start(program(), QStringList{"train", "synthetic_ecg_brf", "--runs-dir", runs, "--epochs",
                                             QString::number(epochs)} +
                                     smallRun);
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(linesOf(runs, file) >= lines, 120000);
    }

    static QString folderIn(const QString& runs) {
        const QStringList folders = QDir(runs).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        return folders.isEmpty() ? QString() : runs + '/' + folders[0];
    }
    static int linesOf(const QString& runs, const QString& name) {
        QFile file(folderIn(runs) + '/' + name);
        return file.open(QIODevice::ReadOnly) ? static_cast<int>(file.readAll().count('\n')) : 0;
    }
    static QByteArray bytes(const QString& name) {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    double lossOf(const QString& checkpoint) const {
        return run({"eval", checkpoint, "--json", "--threads", "1"}).json()["loss"].toDouble();
    }

 private Q_SLOTS:
    void badUsageExitsWithTwoAndSaysWhy_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char* name, const QStringList& arguments, const char* sentence) {
            QTest::newRow(name) << arguments << QString::fromUtf8(sentence);
        };
        row("nothing", {}, "A subcommand is required");
        row("unknown option", {"train", "ecg_brf", "--frobnicate"}, "--frobnicate");
        row("no preset", {"train"}, "expected a preset");
        row("misspelt preset", {"train", "ecg_bfr"}, "did you mean 'ecg_brf'?");
        row("bad field", {"train", "synthetic_ecg_brf", "--set", "training.epoch=3"},
            "did you mean 'training.epochs'?");
        row("bad value", {"train", "synthetic_ecg_brf", "--set", "training.batch_size=0"}, "expected at least 1");
        row("no equals", {"train", "synthetic_ecg_brf", "--set", "training.batch_size"}, "expected path=value");
        row("preset and resume", {"train", "ecg_brf", "--resume", "x"}, "leave out the preset");
        row("fused", {"bench", "synthetic_ecg_brf", "--set", "neuron.type=izhikevich", "--path", "fused"},
            "this network needs the loop");
        row("unknown set", {"datasets", "verify", "egc"}, "there is no data set 'egc'");
    }
    void badUsageExitsWithTwoAndSaysWhy() {
        QFETCH(QStringList, arguments);
        QFETCH(QString, sentence);
        const Finished finished = run(arguments);
        QCOMPARE(finished.code, 2);
        QVERIFY2(finished.err.contains(sentence), qPrintable(finished.err));
    }

    void aFailureIsOneJsonObjectTooWhenJsonIsAsked_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("usage") << QStringList{"train", "ecg_brf", "--json", "--frobnicate"} << 2 << "--frobnicate";
        QTest::newRow("config") << QStringList{"bench", "synthetic_ecg_brf", "--json", "--set", "training.epoch=3"} << 2
                                << "training.epoch";
        QTest::newRow("data") << QStringList{"train", "ecg_brf", "--json", "--data-dir", path("empty")} << 3
                              << "QTDB_train.mat is missing";
        QTest::newRow("no file") << QStringList{"eval", path("no.pt"), "--json"} << 1 << "no.pt: there is no such file";
        QTest::newRow("folder") << QStringList{"eval", m_folder.path(), "--json"} << 1 << "found a folder";
    }
    void aFailureIsOneJsonObjectTooWhenJsonIsAsked() {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, sentence);
        const Finished finished = run(arguments);
        QCOMPARE(finished.code, code);
        QCOMPARE(finished.json().keys(), (QStringList{"error", "exit_code"}));
        QCOMPARE(finished.json()["exit_code"].toInt(), code);
        QVERIFY2(finished.json()["error"].toString().contains(sentence), qPrintable(finished.out));
        QVERIFY2(finished.err.contains(sentence), qPrintable(finished.err));
    }

    void missingDataExitsWithThree() {
        const Finished finished = run({"train", "ecg_brf", "--data-dir", path("empty"), "--runs-dir", path("runs0")});
        QCOMPARE(finished.code, 3);
        QVERIFY2(finished.err.contains("QTDB_train.mat is missing"), qPrintable(finished.err));
        QCOMPARE(run({"datasets", "verify", "ecg", "--data-dir", path("empty")}).code, 3);
    }

    void anUnwritableRunsFolderExitsWithOne() {
        const Finished finished = run(QStringList{"train", "synthetic_ecg_brf", "--runs-dir", "/proc/runs"} + smallRun);
        QCOMPARE(finished.code, 1);
        QVERIFY2(finished.err.contains("/proc/runs: the folder for runs cannot be made"), qPrintable(finished.err));
    }

    void datasetsAreImportedAndVerified() {
        REQUIRE_SHARED(shared_dir() / "data" / "ecg");
        const QString from = QString::fromStdString((shared_dir() / "data" / "ecg").string());
        QCOMPARE(run({"datasets", "import", "ecg", from, "--data-dir", path("data")}).code, 0);
        QCOMPARE(run({"datasets", "verify", "ecg", "--data-dir", path("data")}).code, 0);
        QVERIFY(run({"datasets", "list", "--data-dir", path("data")}).out.contains("ready"));
    }

    void ownDataAreDescribedDefinedAndTrained() {
        QFile file(path("mine.csv"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int n = -1; n < 24; ++n) {
            QByteArray row = n < 0 ? "label" : n % 2 ? "up" : "down";
            for (int t = 0; t < 12; ++t) row += "," + QByteArray::number(n < 0 ? t : n % 2 ? t : 12 - t);
            file.write(row + "\n");
        }
        file.close();
        const Finished seen = run({"datasets", "describe", path("mine.csv")});
        QVERIFY2(seen.out.contains("input [24, 12] float32"), qPrintable(seen.out));
        QVERIFY2(seen.out.contains("1 inputs, 12 steps, 2 classes, a label per sequence"), qPrintable(seen.out));
        QCOMPARE(run({"datasets", "describe", path("mine.csv"), "--write", path("mine.yaml")}).code, 0);
        const Finished whole = run({"datasets", "describe", path("mine.yaml")});
        QVERIFY2(whole.out.contains("train: 20 sequences; sequences of each class: down 10, up 10"),
                 qPrintable(whole.out + whole.err));
        const QStringList use = {"--set", "dataset.name=own_arrays", "--set", "dataset.path=" + path("mine.yaml")};
        const Finished trained = run(QStringList{"train", "synthetic_ecg_brf", "--epochs", "1", "--json", "--runs-dir",
                                                 path("own"), "--threads", "1"} +
                                     use);
        QVERIFY2(trained.code == 0, qPrintable(trained.err));
        QCOMPARE(run(QStringList{"bench", "synthetic_ecg_brf", "--batches", "1"} + use).code, 0);
        // What is proposed is tried: half a class is no label.
        const auto write = [&](const char* name, const std::string& bytes) {
            QFile array(path(name));
            return array.open(QIODevice::WriteOnly) && array.write(bytes.data(), std::ssize(bytes)) > 0;
        };
        QVERIFY(write("x.npy", npy<float>("<f4", "(3, 2, 1)", {1, 2, 3, 4, 5, 6})));
        QVERIFY(write("y.npy", npy<float>("<f4", "(3,)", {0, 0.5F, 1})));
        const Finished wrong = run({"datasets", "describe", path("x.npy"), path("y.npy")});
        QCOMPARE(wrong.code, 3);
        VERIFY_SAYS(wrong.err, "the label of sequence 1 is 0.5");
        file.remove();
        const Finished gone = run(QStringList{"train", "synthetic_ecg_brf", "--runs-dir", path("own")} + use);
        QCOMPARE(gone.code, 2);
        VERIFY_SAYS(gone.err, "dataset.path: ");
        VERIFY_SAYS(gone.err, "mine.csv: cannot be opened");
        QCOMPARE(run({"datasets", "describe", path("mine.yaml")}).code, 3);
    }

    void presetsAreListedShownAndValidated() {
        QVERIFY(run({"presets", "list"}).out.contains("synthetic_ecg_brf"));
        const Finished shown = run({"presets", "show", "ecg_alif"});
        QFile file(path("shown.yaml"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(shown.out.toUtf8()) > 0);
        file.close();
        QCOMPARE(run({"presets", "validate", file.fileName()}).code, 0);
        QCOMPARE(run({"presets", "validate", "/etc/hostname"}).code, 2);
    }

    void aTrainingIsReportedAsOneJsonObjectAndEvaluatedAgain() {
        const Finished trained =
            run(QStringList{"train", "synthetic_ecg_brf", "--epochs", "1", "--json", "--runs-dir", path("runs1")} +
                smallRun);
        QCOMPARE(trained.code, 0);
        const QJsonObject json = trained.json();
        QCOMPARE(json["status"].toString(), QString("finished"));
        QCOMPARE(json["last"].toObject()["epoch"].toInt(), 1);
        QVERIFY(trained.err.contains("epoch"));
        const QString folder = json["folder"].toString();
        const Finished evaluated =
            run({"eval", folder + "/last.pt", "--preset", folder + "/experiment.yaml", "--json", "--threads", "1"});
        QCOMPARE(evaluated.code, 0);
        QStringList keys = evaluated.json().keys();
        QCOMPARE(keys, (QStringList{"accuracy", "loss", "samples", "seconds", "sop"}));
        QCOMPARE(evaluated.json()["loss"], json["last"].toObject()["test_loss"]);
        QCOMPARE(QJsonValue(lossOf(folder + "/last.pt")), evaluated.json()["loss"]);
        QVERIFY(QFile::copy(folder + "/last.pt", path("alone.pt")));
        const Finished alone = run({"eval", path("alone.pt")});
        QCOMPARE(alone.code, 2);
        VERIFY_SAYS(alone.err, "no experiment.yaml lies beside");
        QCOMPARE(run({"export", folder, "--what", "metrics", "--format", "csv", "--out", path("m.csv")}).code, 0);
        QCOMPARE(bytes(path("m.csv")), bytes(folder + "/metrics.csv"));
    }

    void benchHasTheContractsKeys() {
        const Finished finished = run({"bench", "synthetic_ecg_brf", "--batches", "1", "--json", "--set",
                                       "dataset.synthetic_train=4", "--set", "training.batch_size=2"});
        QCOMPARE(finished.code, 0);
        QCOMPARE(finished.json().keys(),
                 (QStringList{"backward_ms_median", "data", "forward_ms_median", "max_gradient_error", "path",
                              "peak_rss_mb", "samples_per_s", "step_ms_median", "threads"}));
    }

    void divergenceExitsWithFour() {
        const Finished finished = run(QStringList{"train", "synthetic_ecg_brf", "--epochs", "9", "--runs-dir",
                                                  path("runs2"), "--set", "neuron.omega.max=99.9", "--set",
                                                  "neuron.omega.min=90", "--set", "training.learning_rate=5"} +
                                      smallRun);
        QCOMPARE(finished.code, 4);
        QVERIFY2(finished.err.contains("The training diverged in epoch"), qPrintable(finished.err));
    }

    void interruptedAndKilledRunsEndAsTheUninterruptedOne() {
        // So many that the signal finds the run busy, however quick an epoch is.
        constexpr int epochs = 80;
        const QString wholeRuns = path("whole");
        QCOMPARE(run(QStringList{"train", "synthetic_ecg_brf", "--runs-dir", wholeRuns, "--epochs",
                                 QString::number(epochs)} +
                     smallRun)
                     .code,
                 0);
        const double expected = lossOf(folderIn(wholeRuns) + "/last.pt");

        QProcess interrupted;
        startUntil(interrupted, path("int"), epochs, "metrics.csv", 3);
        ::kill(static_cast<pid_t>(interrupted.processId()), SIGINT);
        QVERIFY(interrupted.waitForFinished(60000));
        QCOMPARE(interrupted.exitCode(), 5);
        QCOMPARE(run({"train", "--resume", folderIn(path("int")), "--threads", "1"}).code, 0);
        QCOMPARE(lossOf(folderIn(path("int")) + "/last.pt"), expected);

        QProcess killed;
        startUntil(killed, path("kill"), epochs, "metrics.csv", 4);
        killed.kill();
        QVERIFY(killed.waitForFinished(60000));
        QCOMPARE(killed.exitStatus(), QProcess::CrashExit);
        QCOMPARE(run({"train", "--resume", folderIn(path("kill")), "--threads", "1"}).code, 0);
        QCOMPARE(lossOf(folderIn(path("kill")) + "/last.pt"), expected);
    }

    void twoProgramsDoNotWriteOneRun() {
        QProcess first;
        startUntil(first, path("two"), 100000, "metrics.csv", 2);
        const Finished second = run({"train", "--resume", folderIn(path("two"))});
        QCOMPARE(second.code, 1);
        QVERIFY2(second.err.contains("another program is writing this run"), qPrintable(second.err));
        ::kill(static_cast<pid_t>(first.processId()), SIGTERM);
        QVERIFY(first.waitForFinished(60000));
        QCOMPARE(first.exitCode(), 5);
    }
};

RESONATE_TEST(CliTest)
#include "cli_test.moc"
