// tests/engine/fetch_command_test.cpp: resonate-cli datasets fetch and remove; what removing leaves.
#include <signal.h>

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <future>

#include "complaint.h"
#include "data/dataset_store.h"
#include "set_contents.h"
#include "shared_data.h"
#include "test_registry.h"
#include "web_server.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

class RemoveDatasetTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void filesOfTheSetGoAndOthersStay() {
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        const fs::path ecg = data / "ecg";
        for (const char* name : {"QTDB_train.mat", "QTDB_test.mat.part", "cache/deep/features.bin", "notes.txt"})
            write(ecg / name, "x");
        remove_dataset("ecg", data);
        QCOMPARE(bytes_of(ecg / "notes.txt"), "x");
        QCOMPARE(std::distance(fs::directory_iterator(ecg), fs::directory_iterator()), 1);
        QCOMPARE(dataset_status("ecg", data).status, DatasetStatus::missing);
    }

    void anEmptyFolderGoesToo() {
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        for (const char* name :
             {"train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte.gz.part"})
            write(data / "mnist" / name, "x");
        write(data / "ecg" / "QTDB_train.mat", "x");
        remove_dataset("psmnist", data);
        QVERIFY(!fs::exists(data / "mnist"));
        QVERIFY(fs::exists(data / "ecg" / "QTDB_train.mat"));
        // Nothing there: nothing to do, nothing made.
        remove_dataset("psmnist", data);
        QVERIFY(!fs::exists(data / "mnist"));
    }

    void generatedSetsHaveNothingToRemove() {
        VERIFY_SAYS(complaint([] { remove_dataset("synthetic_ecg", "/nowhere"); }), "there are no files to remove");
        VERIFY_SAYS(complaint([] { remove_dataset("egc", "/nowhere"); }), "there is no data set 'egc'");
    }

    void filesInUseStay() {
        QTemporaryDir folder;
        const fs::path data = folder.path().toStdString();
        write(data / "ecg" / "QTDB_train.mat", "x");
        const DatasetFolderLock lock(data / "ecg");
        VERIFY_SAYS(complaint([&] { remove_dataset("ecg", data); }), "another program");
        QVERIFY(fs::exists(data / "ecg" / "QTDB_train.mat"));
    }
};

class FetchCommandTest : public QObject {
    Q_OBJECT

 private:
    static QString program() { return QStringLiteral(RESONATE_BIN_DIR "/resonate-cli"); }
    static void without_proxy(QProcess& process) {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"})
            environment.remove(name);
        process.setProcessEnvironment(environment);
    }
    static int run(const QStringList& arguments, QString& said) {
        QProcess process;
        without_proxy(process);
        process.start(program(), arguments);
        if (!process.waitForFinished(120000)) return -1;
        said = QString::fromUtf8(process.readAllStandardError()) + QString::fromUtf8(process.readAllStandardOutput());
        return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    }

 private Q_SLOTS:
    void aFetchedSetIsReadyAndCanBeRemoved() {
        const fs::path real = shared_dir() / "data" / "ecg";
        REQUIRE_SHARED(real);
        const WebServer server([&](const WebRequest& request) {
            return whole_or_rest(request, bytes_of(real / request.target.substr(1)));
        });
        const WebServer missing([](const WebRequest&) { return WebReply{.status = 404}; });
        QTemporaryDir data;
        QString said;
        const QStringList fetch{"datasets",
                                "fetch",
                                "ecg",
                                "--data-dir",
                                data.path(),
                                "--from",
                                QString::fromStdString(missing.url()),
                                "--from",
                                QString::fromStdString(server.url())};
        QCOMPARE(run(fetch, said), 0);
        VERIFY_SAYS(said, "QTDB_test.mat (2 of 2) from 127.0.0.1");
        VERIFY_SAYS(said, "ECG-QTDB is ready in");
        QVERIFY(!said.contains('\r'));
        QCOMPARE(run({"datasets", "verify", "ecg", "--data-dir", data.path()}, said), 0);
        QCOMPARE(run({"datasets", "remove", "ecg", "--data-dir", data.path()}, said), 0);
        VERIFY_SAYS(said, "ECG-QTDB is removed");
        QVERIFY(!fs::exists(fs::path(data.path().toStdString()) / "ecg"));
    }

    void aFailedFetchExitsWithThreeAndNamesTheWayOut() {
        const ClosedPort closed;
        QTemporaryDir data;
        QString said;
        QCOMPARE(
            run({"datasets", "fetch", "ecg", "--data-dir", data.path(), "--from", QString::fromStdString(closed.url())},
                said),
            3);
        VERIFY_SAYS(said, "QTDB_train.mat: connection refused");
        VERIFY_SAYS(said, "datasets import ecg");
        QCOMPARE(run({"datasets", "fetch", "ecg", "--data-dir", data.path(), "--from", "ftp://127.0.0.1/"}, said), 2);
        QCOMPARE(run({"datasets", "fetch", "egc", "--data-dir", data.path()}, said), 2);
    }

    void ctrlCStopsWithFiveAndKeepsThePart() {
        std::promise<void> asked;
        const WebServer server([&](const WebRequest&) {
            asked.set_value();
            return WebReply{.body = std::string(537262, 'x'), .sent = 100'000, .silent = true};
        });
        QTemporaryDir data;
        QProcess process;
        without_proxy(process);
        process.start(program(), {"datasets", "fetch", "ecg", "--data-dir", data.path(), "--from",
                                  QString::fromStdString(server.url())});
        QVERIFY(process.waitForStarted());
        asked.get_future().wait();
        const fs::path part = fs::path(data.path().toStdString()) / "ecg" / "QTDB_train.mat.part";
        std::error_code failure;
        QTRY_VERIFY_WITH_TIMEOUT(fs::file_size(part, failure) == 100'000, 60000);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(25000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 5);
        VERIFY_SAYS(QString::fromUtf8(process.readAllStandardError()), "QTDB_train.mat (0.1 MB) is kept");
        QCOMPARE(fs::file_size(part), 100'000U);
    }
};

RESONATE_TEST(RemoveDatasetTest)
RESONATE_TEST(FetchCommandTest)
#include "fetch_command_test.moc"
