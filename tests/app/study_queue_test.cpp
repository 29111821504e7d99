// tests/app/study_queue_test.cpp: studies in the window: run, paused, cancelled, killed and gone on with.
#include <signal.h>

#include <QMessageBox>
#include <QProcess>
#include <QProgressBar>

#include "complaint.h"
#include "models/study_member_model.h"
#include "resonate/config_io.h"
#include "study_desk.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

/// Long enough to be met while it runs.
constexpr int manyEpochs = 120;

bool hasEpoch(const StudyQueue& queue) {
    for (const MemberState& member : queue.members())
        if (member.status == MemberStatus::running && member.epochs_done > 0) return true;
    return false;
}

}  // namespace

class StudyQueueTest : public QObject {
    Q_OBJECT

 private:
    std::unique_ptr<StudyDesk> m_desk;

    void startStudy(const StudyConfig& study) {
        m_desk->showStudy(study);
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->panel->startButton()->isEnabled(), study_patience);
        m_desk->click(m_desk->panel->startButton());
        QVERIFY(m_desk->queue->isBusy());
    }
    QProcess* commandLine(const StudyConfig& study, const fs::path& runs, const QStringList& more = {}) {
        const QString file = m_desk->folder.filePath("cli.yaml");
        write_file_atomically(file.toStdString(), study_yaml(study));
        auto* process = new QProcess(this);
        process->start(QString::fromStdString(cli_program.string()),
                       QStringList{"study", file, "--runs-dir", QString::fromStdString(runs.string()), "--data-dir",
                                   m_desk->folder.filePath("data")} +
                           more);
        return process;
    }

 private Q_SLOTS:
    void init() { m_desk = std::make_unique<StudyDesk>(); }
    void cleanup() { m_desk.reset(); }

    void theWindowAndTheCommandLineMakeTheSameRuns() {
        StudyConfig study = small_study(2, {twoSeeds, {"neuron.type", {"brf", "alif"}}});
        study.jobs = 2;
        study.threads = 1;
        startStudy(study);
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->queue->isBusy(), study_patience);
        QCOMPARE(m_desk->errors, QStringList());
        VERIFY_SAYS(m_desk->list->text(), "Small: 4 of 4 finished");
        QCOMPARE(m_desk->list->table()->model()->rowCount(), 4);
        QCOMPARE(m_desk->list->table()->model()->index(0, StudyMemberModel::Epoch).data().toString(), QString("2 / 2"));
        QVERIFY(m_desk->list->continueButton()->isHidden());
        const fs::path other = m_desk->folder.filePath("cli-runs").toStdString();
        QProcess* process = commandLine(study, other);
        QVERIFY(process->waitForFinished(study_patience));
        QCOMPARE(process->exitCode(), 0);
        const auto runs = runsIn(m_desk->runs());
        QCOMPARE(runs.size(), size_t(4));
        QCOMPARE(runs, runsIn(other));
        // All is done: the button says why it cannot begin again.
        QTRY_VERIFY_WITH_TIMEOUT(m_desk->isKnown() && m_desk->panel->check().facts().begun, study_patience);
        QVERIFY(!m_desk->panel->startButton()->isEnabled());
        VERIFY_SAYS(m_desk->panel->startButton()->toolTip(), "All its runs are done");
    }

    void killedOnTheCommandLineItGoesOnInTheWindow() {
        StudyConfig study = small_study(manyEpochs, {twoSeeds});
        study.threads = 1;
        const fs::path whole = m_desk->folder.filePath("whole").toStdString();
        QProcess* first = commandLine(study, whole);
        QVERIFY(first->waitForFinished(study_patience));
        QProcess* process = commandLine(study, m_desk->runs());
        const auto epochs = [&] {
            size_t rows = 0;
            for (const auto& entry : fs::directory_iterator(m_desk->runs()))
                if (fs::exists(entry.path() / "metrics.csv")) {
                    const std::string text = bytes_of(entry.path() / "metrics.csv");
                    rows += static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
                }
            return rows;
        };
        QTRY_VERIFY_WITH_TIMEOUT(fs::exists(m_desk->runs()) && epochs() > 3, study_patience);
        ::kill(static_cast<pid_t>(process->processId()), SIGKILL);
        QVERIFY(process->waitForFinished(study_patience));
        // Its runs save and stop by themselves; a new window finds the study and offers to go on.
        QTRY_VERIFY_WITH_TIMEOUT(!stored_studies(m_desk->runs()).empty() && !stored_studies(m_desk->runs())[0].active,
                                 study_patience);
        StudyQueue queue;
        StudyQueuePanel panel(m_desk->context.get(), &queue);
        panel.show();
        VERIFY_SAYS(panel.text(), "Small: 0 of 2 finished");
        VERIFY_SAYS(panel.text(), "Continue goes on with it");
        m_desk->click(panel.continueButton());
        QTRY_VERIFY_WITH_TIMEOUT(!queue.isBusy(), study_patience);
        QCOMPARE(queue.progress().finished, 2);
        QCOMPARE(runsIn(m_desk->runs()), runsIn(whole));
        QVERIFY(!fs::exists(m_desk->runs() / ".trash"));
    }

    void pausingAndGoingOnChangesNoNumber() {
        StudyConfig study = small_study(manyEpochs, {twoSeeds});
        study.threads = 1;
        startStudy(study);
        QTRY_VERIFY_WITH_TIMEOUT(hasEpoch(*m_desk->queue), study_patience);
        m_desk->click(m_desk->list->pauseButton());
        QCOMPARE(m_desk->queue->state(), StudyQueue::State::Paused);
        QTRY_COMPARE_WITH_TIMEOUT(m_desk->queue->progress().running, 0, study_patience);
        VERIFY_SAYS(m_desk->list->text(), "paused");
        QCOMPARE(m_desk->list->pauseButton()->text(), QString("&Resume"));
        m_desk->click(m_desk->list->pauseButton());
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->queue->isBusy(), study_patience);
        QCOMPARE(m_desk->queue->progress().finished, 2);
        const fs::path whole = m_desk->folder.filePath("whole").toStdString();
        QVERIFY(commandLine(study, whole)->waitForFinished(study_patience));
        QCOMPARE(runsIn(m_desk->runs()), runsIn(whole));
    }

    void aCancelledStudyIsSavedAndGoesOn() {
        startStudy(small_study(manyEpochs, {twoSeeds}));
        QTRY_VERIFY_WITH_TIMEOUT(hasEpoch(*m_desk->queue), study_patience);
        m_desk->click(m_desk->list->cancelButton());
        QCOMPARE(m_desk->queue->state(), StudyQueue::State::Stopping);
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->queue->isBusy(), study_patience);
        QCOMPARE(m_desk->queue->members()[0].status, MemberStatus::interrupted);
        QCOMPARE(m_desk->queue->members()[1].status, MemberStatus::waiting);
        QVERIFY(m_desk->list->continueButton()->isVisible());
        m_desk->click(m_desk->list->continueButton());
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->queue->isBusy(), study_patience);
        QCOMPARE(m_desk->queue->progress().finished, 2);
        QCOMPARE(runsIn(m_desk->runs()).size(), size_t(2));
    }

    void aDivergingRunIsMarkedAndStopsNoOther() {
        startStudy(small_study(9, {{"training.learning_rate", {"5", "0.0001"}}},
                               {{"neuron.omega.min", "90"}, {"neuron.omega.max", "99.9"}}));
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->queue->isBusy(), study_patience);
        const QAbstractItemModel* table = m_desk->list->table()->model();
        VERIFY_SAYS(table->index(0, StudyMemberModel::State).data().toString(), "diverged");
        VERIFY_SAYS(table->index(0, StudyMemberModel::Message).data().toString(), "The training diverged in epoch");
        VERIFY_SAYS(table->index(1, StudyMemberModel::State).data().toString(), "finished");
        VERIFY_SAYS(m_desk->list->text(), "1 diverged");
    }

    void runsLeftOutAreNoProgress() {
        StoredStudy study;
        study.config = small_study(10, {twoSeeds});
        study.folder = m_desk->runs() / ".studies" / "small";
        const auto member = [](const char* key, MemberStatus status, int done) {
            MemberState state;
            state.key = key;
            state.status = status;
            state.epochs = 10;
            state.epochs_done = done;
            return state;
        };
        study.members = {member("a", MemberStatus::finished, 10), member("b", MemberStatus::waiting, 0),
                         member("c", MemberStatus::skipped, 0), member("d", MemberStatus::skipped, 0)};
        m_desk->list->showStored(study);
        VERIFY_SAYS(m_desk->list->text(), "Small: 1 of 2 finished");
        VERIFY_SAYS(m_desk->list->text(), "2 left out");
        QCOMPARE(m_desk->list->bar()->value(), m_desk->list->bar()->maximum() / 2);
    }

    void closingAsksAndEndsWhatRuns() {
        startStudy(small_study(manyEpochs, {twoSeeds}));
        QTRY_VERIFY_WITH_TIMEOUT(hasEpoch(*m_desk->queue), study_patience);
        bool ready = false;
        connect(m_desk->list.get(), &StudyQueuePanel::closeReady, this, [&] { ready = true; });
        const auto answer = [](const QString& text) {
            auto* timer = new QTimer;
            connect(timer, &QTimer::timeout, timer, [timer, text] {
                auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
                if (!box) return;
                timer->stop();
                timer->deleteLater();
                for (QAbstractButton* button : box->buttons())
                    if (button->text().remove(QLatin1Char('&')) == text) return button->click();
                qFatal("no such button");
            });
            timer->start(20);
        };
        answer("Keep running");
        QVERIFY(!m_desk->list->askToClose());
        QVERIFY(m_desk->queue->state() == StudyQueue::State::Running);
        answer("Save and close");
        QVERIFY(!m_desk->list->askToClose());
        QTRY_VERIFY_WITH_TIMEOUT(ready, study_patience);
        QVERIFY(m_desk->list->askToClose());
    }
};

RESONATE_TEST(StudyQueueTest)
#include "study_queue_test.moc"
