// tests/engine/study_command_test.cpp: resonate-cli study as scripts and batch queues use it: SIGKILL, Ctrl-C, JSON,
// codes.
#include <signal.h>

#include <QProcess>
#include <QRegularExpression>
#include <QTest>

#include "complaint.h"
#include "study_fixture.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

/// So long that a signal finds each run busy.
constexpr int many_epochs = 120;

struct Finished {
    int code = -1;
    QString out, err;
    QJsonObject json() const { return QJsonDocument::fromJson(out.toUtf8()).object(); }
};

}  // namespace

class StudyCommandTest : public QObject {
    Q_OBJECT

 private:
    std::unique_ptr<StudyBench> m_bench;

    QString file(const StudyConfig& study) const {
        const QString name = m_bench->folder.filePath("study.yaml");
        write_file_atomically(name.toStdString(), study_yaml(study));
        return name;
    }
    QStringList arguments(const QStringList& more) const {
        return QStringList{"study"} + more + QStringList{"--runs-dir", QString::fromStdString(m_bench->runs().string()),
                                                         "--threads",  "1",
                                                         "--data-dir", m_bench->folder.filePath("data")};
    }
    Finished run(const QStringList& more) const {
        QProcess process;
        process.start(QString::fromStdString(cli_program.string()), arguments(more));
        if (!process.waitForFinished(300000)) return {};
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }
    /// Until one run has finished and the next has done some epochs.
    void startUntilTheSecondRun(QProcess& process, const QString& study) {
        process.start(QString::fromStdString(cli_program.string()), arguments({study}));
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(isInTheSecondRun(), 120000);
    }
    bool isInTheSecondRun() const {
        const auto members = m_bench->state();
        int finished = 0, busy = 0;
        for (const auto& [label, member] : members) {
            if (member["status"] == "finished") ++finished;
            const fs::path rows = m_bench->runs() / member["run"].toString().toStdString() / "metrics.csv";
            const std::string csv =
                member["status"] == "running" && !member["run"].toString().isEmpty() ? bytes_of(rows) : "";
            if (std::count(csv.begin(), csv.end(), '\n') > 5) ++busy;
        }
        return finished == 1 && busy == 1;
    }

 private Q_SLOTS:
    void init() { m_bench = std::make_unique<StudyBench>(); }

    void killedInTheMiddleItGoesOnAndRepeatsNoRun_data() {
        QTest::addColumn<int>("signal");
        QTest::newRow("SIGKILL") << SIGKILL;
        QTest::newRow("Ctrl-C") << SIGINT;
    }
    void killedInTheMiddleItGoesOnAndRepeatsNoRun() {
        QFETCH(int, signal);
        const StudyConfig study = small_study(many_epochs, {{"training.seed", {"1", "2", "3", "4"}}});
        StudyBench whole;
        QCOMPARE(whole.run(study).progress.finished, 4);

        QProcess process;
        startUntilTheSecondRun(process, file(study));
        ::kill(static_cast<pid_t>(process.processId()), signal);
        QVERIFY(process.waitForFinished(60000));
        if (signal == SIGINT) QCOMPARE(process.exitCode(), 5);
        std::map<std::string, std::string> before;
        for (const fs::path& folder : m_bench->run_folders())
            if (open_run(folder).status == RunStatus::finished)
                before[folder.filename().string()] =
                    bytes_of(folder / "summary.json") + bytes_of(folder / "metrics.csv");
        QVERIFY(!before.empty() && before.size() < 4);
        QCOMPARE(run({file(study)}).code, 1);

        const Finished resumed = run({file(study), "--resume", "--json"});
        QCOMPARE(resumed.code, 0);
        QCOMPARE(resumed.json()["finished"].toInt(), 4);
        QCOMPARE(resumed.json()["total"].toInt(), 4);
        QCOMPARE(m_bench->run_folders().size(), size_t(4));
        QVERIFY(!fs::exists(m_bench->runs() / ".trash"));
        // What was finished was not touched again …
        for (const auto& [name, content] : before) {
            const fs::path folder = m_bench->runs() / name;
            QCOMPARE(bytes_of(folder / "summary.json") + bytes_of(folder / "metrics.csv"), content);
        }
        // … and what was cut off ended as if it had not been.
        for (size_t i = 0; i < 4; ++i) {
            QCOMPARE(m_bench->run_folders()[i].filename(), whole.run_folders()[i].filename());
            QCOMPARE(results_in(m_bench->run_folders()[i]), results_in(whole.run_folders()[i]));
        }
        const Finished again = run({file(study), "--resume", "--json"});
        QCOMPARE(again.code, 0);
        VERIFY_SAYS(again.err, "4 runs, 4 done before");
    }

    void theReportIsOneJsonObjectAndTheRestSuitsALog() {
        const Finished finished = run({file(small_study(1, {{"training.seed", {"1", "2"}}})), "--json", "--jobs", "2"});
        QCOMPARE(finished.code, 0);
        QCOMPARE(finished.json().keys(), (QStringList{"diverged", "failed", "finished", "folder", "members", "message",
                                                      "skipped", "status", "study", "total"}));
        const QJsonObject member = finished.json()["members"].toArray()[0].toObject();
        QCOMPARE(member["status"].toString(), QString("finished"));
        QVERIFY(member["test_accuracy"].isDouble());
        VERIFY_SAYS(finished.err, "Small: 2 runs, 0 done before");
        VERIFY_SAYS(finished.err, "[2/2] finished  synthetic_ecg_brf, Seed");
        QVERIFY(!finished.err.contains('\r') && !finished.err.contains('\033'));

        QProcess results;
        const QString table = m_bench->folder.filePath("table.csv");
        results.start(QString::fromStdString(cli_program.string()),
                      {"results", "--runs-dir", QString::fromStdString(m_bench->runs().string()), "--format", "csv",
                       "--out", table});
        QVERIFY(results.waitForFinished(60000) && results.exitCode() == 0);
        VERIFY_SAYS(QString::fromStdString(bytes_of(table.toStdString())), "synthetic_ecg,brf,2,0,0,");
    }

    void whatIsWrongHasItsCodeAndSentence() {
        Finished finished = run({"figure5", "--json"});
        QCOMPARE(finished.code, 3);
        VERIFY_SAYS(finished.json()["error"].toString(), "QTDB_train.mat is missing");
        VERIFY_SAYS(finished.err, "--skip-missing");
        finished = run({"figure_5"});
        QCOMPARE(finished.code, 2);
        VERIFY_SAYS(finished.err, "did you mean 'figure5'?");
        finished = run({});
        QCOMPARE(finished.code, 2);
        const QString broken = m_bench->folder.filePath("broken.yaml");
        write_file_atomically(broken.toStdString(),
                              "schema: 1\nname: x\npresets: [ecg_brf]\naxes: {training.sed: [1]}\n");
        finished = run({broken});
        QCOMPARE(finished.code, 2);
        VERIFY_SAYS(finished.err, "broken.yaml:4: axes.training.sed: there is no field");
        QVERIFY(m_bench->run_folders().empty());
    }

    void whatIsLeftOutIsNoPartOfTheWork() {
        const Finished finished =
            run({file(small_study(1, {{"dataset.name", {"synthetic_ecg", "ecg", "shd"}}})), "--skip-missing"});
        QCOMPARE(finished.code, 0);
        VERIFY_SAYS(finished.err, "Small: 3 runs, 0 done before, 2 left out");
        VERIFY_SAYS(finished.err, "[0/1] started");
        VERIFY_SAYS(finished.err, "[1/1] finished");
    }

    void studiesAreListedAndEstimated() {
        const Finished list = run({"--list"});
        QCOMPARE(list.code, 0);
        VERIFY_SAYS(list.out, "figure5_quick      18 runs");
        const QJsonArray studies = run({"--list", "--json"}).json()["studies"].toArray();
        QCOMPARE(studies.size(), qsizetype(5));
        for (const QJsonValue& study : studies)
            if (study["name"] == "figure5_quick") QCOMPARE(study["runs"].toInt(), 18);
        const Finished estimate = run({file(small_study(3, {{"training.seed", {"1", "2"}}})), "--estimate", "--json"});
        QCOMPARE(estimate.code, 0);
        QCOMPARE(estimate.json()["runs"].toInt(), 2);
        QVERIFY(estimate.json()["seconds"].toDouble() > 0);
        QVERIFY(estimate.json()["bytes"].toDouble() > 0);
        QVERIFY(m_bench->run_folders().empty());
        const Finished told = run({file(small_study(3, {{"training.seed", {"1"}}})), "--estimate"});
        QCOMPARE(told.code, 0);
        VERIFY_SAYS(told.out, "\n1 run, 0 done; time: ");
        // Gigabytes are not told in thousands of megabytes.
        QVERIFY2(!told.out.contains(QRegularExpression("\\d{4}\\.\\d [MG]B")), qPrintable(told.out));
    }
};

RESONATE_TEST(StudyCommandTest)
#include "study_command_test.moc"
