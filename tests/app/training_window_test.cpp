// tests/app/training_window_test.cpp: training in the window: what moves, what the buttons do, how long the window
// stalls.
#include <QElapsedTimer>
#include <QProgressBar>
#include <QScrollArea>
#include <QSignalSpy>
#include <QToolButton>
#include <QTreeWidget>
#include <atomic>
#include <chrono>
#include <thread>

#include "complaint.h"
#include "made_run.h"
#include "panels/epoch_bar.h"
#include "panels/resume_dialog.h"
#include "resonate/engine_loading.h"
#include "resonate/experiment.h"
#include "session/error_details.h"
#include "test_registry.h"
#include "window_fixture.h"
#include "workspaces/run_replay.h"

using namespace resonate;
using namespace resonate::tests;
using State = TrainingPresenter::State;

namespace {

#ifdef RESONATE_SANITIZED
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
constexpr int patience = sanitized ? long_wait : 1000;  // ms

/// Runs a true event loop until it holds; false where it does not within `long_wait`.
bool run_until(const std::function<bool()>& condition) {
    QEventLoop loop;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, &loop, [&] {
        if (condition()) loop.exit(1);
    });
    poll.start(10);
    QTimer::singleShot(long_wait, &loop, [&] { loop.exit(0); });
    return loop.exec() == 1;
}

/// Longest time by which a thread that does nothing but sleep wakes too late, in ms: what other programs take from all
/// threads of this machine.
class IdleWatch {
 public:
    double longest() const { return m_longest; }

 private:
    std::atomic<double> m_longest = 0;
    std::jthread m_thread{[this](const std::stop_token& stop) {
        constexpr std::chrono::milliseconds nap(2);
        while (!stop.stop_requested()) {
            const auto begin = std::chrono::steady_clock::now();
            std::this_thread::sleep_for(nap);
            const std::chrono::duration<double, std::milli> late = std::chrono::steady_clock::now() - begin - nap;
            m_longest = std::max(m_longest.load(), late.count());
        }
    }};
};

/// Longest time between two turns of the event loop while it lives, in ms.
class StallWatch : public QObject {
 public:
    StallWatch() {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, [this] {
            const double gap = static_cast<double>(m_clock.nsecsElapsed()) / 1e6 - interval;
            m_clock.restart();
            if (gap > 16) ++m_long;
            ++m_turns;
            m_longest = std::max(m_longest, gap);
        });
        m_clock.start();
        m_timer.start(interval);
    }
    double longest() const { return m_longest; }
    int turns() const { return m_turns; }
    int longTurns() const { return m_long; }

 private:
    static constexpr int interval = 2;
    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_longest = 0;
    int m_turns = 0;
    int m_long = 0;
};

}  // namespace

class TrainingWindowTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// As the program does when its window stands.
    void initTestCase() { load_engine(); }
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    /// The default preset as it is; the stall is the time in which a user's click would have had to wait.
    void defaultPresetTrainsWhileEveryViewMovesAndTheWindowStaysAlive() {
        MainWindow& window = m_fixture->open();
        const QImage emptyRaster = window.train()->raster()->grab().toImage();
        const QImage emptyMembranes = window.train()->membranes()->grab().toImage();
        StallWatch watch;
        const IdleWatch idle;
        m_fixture->clickStart();
        QVERIFY(run_until([&] { return m_fixture->state() == State::Running; }));
        QVERIFY(run_until([&] { return window.train()->curves()->epochCount() >= 1; }));
        QVERIFY(run_until([&] { return window.train()->raster()->hasContent(); }));
        const QImage raster = window.train()->raster()->grab().toImage();
        const QImage membranes = window.train()->membranes()->grab().toImage();
        QVERIFY(raster != emptyRaster);
        QVERIFY(membranes != emptyMembranes);
        const int redraws = window.train()->curves()->redrawCount();
        // A user moves the mouse over the raster and chooses neurons meanwhile.
        int moved = 0;
        QTimer mouse;
        QObject::connect(&mouse, &QTimer::timeout, &mouse, [&] {
            const QPointF at(100 + 7 * moved % 400, 60);
            QMouseEvent move(QEvent::MouseMove, at, window.train()->raster()->mapToGlobal(at), Qt::NoButton,
                             Qt::NoButton, Qt::NoModifier);
            QApplication::sendEvent(window.train()->raster(), &move);
            if (++moved % 40 == 0)
                QTest::mouseClick(window.train()->raster(), Qt::LeftButton, Qt::ShiftModifier,
                                  window.train()->raster()->centreOf(moved / 40 % 30));
        });
        mouse.start(25);
        QVERIFY(run_until([&] { return window.train()->curves()->epochCount() >= 3 && moved > 40; }));
        mouse.stop();
        window.train()->link()->setSelection({});
        QVERIFY2(m_fixture->state() == State::Running, "the training ended before the mouse had moved enough");
        QVERIFY(run_until([&] { return window.train()->curves()->redrawCount() > redraws; }));
        QVERIFY(run_until([&] { return window.train()->raster()->grab().toImage() != raster; }));
        QVERIFY(run_until([&] { return window.train()->membranes()->grab().toImage() != membranes; }));
        qInfo(
            "longest stall of the event loop %.1f ms, of a thread that sleeps %.1f ms; %.2f %% of %d turns above 16 ms",
            watch.longest(), idle.longest(), 100.0 * watch.longTurns() / std::max(1, watch.turns()), watch.turns());
        // How much that is on a quiet machine is measured by bench_ui. Waiting for the training would take seconds.
        if (!sanitized)
            QVERIFY2(watch.longest() < 100 + 10 * idle.longest(), qPrintable(QString::number(watch.longest())));
        m_fixture->click(window.train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
    }

    void pauseAndStopActWithinASecond() {
        MainWindow& window = m_fixture->open();
        const QPoint form = window.train()->experiment()->findChild<QScrollArea*>()->pos();
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->curves()->batchCount() >= 1, long_wait);
        // Nothing jumps when a training starts, nor when Pause becomes Resume.
        QCOMPARE(window.train()->experiment()->findChild<QScrollArea*>()->pos(), form);
        const QRect stop = m_fixture->button(window.train()->runBar()->stopAction())->geometry();
        QElapsedTimer clock;
        clock.start();
        m_fixture->click(window.train()->runBar()->pauseAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Paused, patience);
        QCOMPARE(m_fixture->button(window.train()->runBar()->stopAction())->geometry(), stop);
        qInfo("paused after %lld ms", clock.elapsed());
        const qsizetype batches = window.train()->curves()->batchCount();
        QTest::qWait(700);
        QCOMPARE(window.train()->curves()->batchCount(), batches);
        QCOMPARE(window.train()->runBar()->pauseAction()->text(), QStringLiteral("Resume"));
        m_fixture->click(window.train()->runBar()->pauseAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Running, patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->curves()->batchCount() > batches, long_wait);
        clock.restart();
        m_fixture->click(window.train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, patience);
        qInfo("stopped after %lld ms", clock.elapsed());
        QVERIFY(window.banner()->isVisible());
        VERIFY_SAYS(window.banner()->text(), window.train()->runFolder().toUtf8().constData());
    }

    void stoppedWhileEvaluatingIsAlsoFast() {
        MainWindow& window = m_fixture->open();
        ExperimentConfig config = window.train()->experiment()->config();
        config.dataset.synthetic_test = 2000;
        config.network.hidden_size = 1024;
        window.train()->experiment()->setPreset(QString(), config);
        QSignalSpy started(window.train()->presenter(), &TrainingPresenter::started);
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, long_wait);
        QTest::qWait(300);
        QCOMPARE(window.train()->curves()->epochCount(), 0);
        m_fixture->click(window.train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, patience);
    }

    void finishedRunIsSavedAndCanBeOpenedAgain() {
        MainWindow& window = m_fixture->open();
        m_fixture->shrink(2);
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(window.train()->curves()->epochCount(), 3, long_wait);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        QCOMPARE(window.banner()->kind(), MessageBanner::Kind::Notice);
        const QString folder = window.train()->runFolder();
        const StoredRun run = open_run(folder.toStdString());
        QCOMPARE(run.metrics.size(), 3);
        QCOMPARE(run.status, RunStatus::finished);
        QCOMPARE(run.config, window.train()->experiment()->config());
        m_fixture->window.reset();
        MainWindow& again = m_fixture->open();
        again.train()->open(folder);
        QCOMPARE(again.train()->curves()->epochCount(), 3);
        QCOMPARE(again.train()->experiment()->config(), run.config);
    }

    void stoppedRunIsResumedFromItsFolder() {
        stopSoon(80);
        MainWindow& window = *m_fixture->window;
        QCOMPARE(open_run(window.train()->runFolder().toStdString()).status, RunStatus::stopped);
        answer_question(QStringLiteral("Resume"));
        window.train()->open(window.train()->runFolder());
        QTRY_COMPARE_WITH_TIMEOUT(window.train()->curves()->epochCount(), 81, long_wait);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        QCOMPARE(open_run(window.train()->runFolder().toStdString()).status, RunStatus::finished);
    }

    void interruptedRunsAreListedToGoOnWith() {
        stopSoon(80);
        MainWindow& window = *m_fixture->window;
        const QString stopped = window.train()->runFolder();
        // How far it was stands in the bar also after other edits, and as its tooltip.
        const QString result = window.train()->runBar()->progressText();
        VERIFY_SAYS(result, "best epoch");
        m_fixture->type(QStringLiteral("training.learning_rate"), QStringLiteral("-1"));
        VERIFY_SAYS(window.train()->runBar()->progressText(), "Learning rate");
        m_fixture->type(QStringLiteral("training.learning_rate"), QStringLiteral("0.1"));
        QCOMPARE(window.train()->runBar()->progressText(), result);
        const auto* progress = window.train()->runBar()->findChild<QProgressBar*>();
        QVERIFY(progress->value() > 0 && progress->value() < progress->maximum());
        QVERIFY(!window.train()->replay()->bar()->liveButton()->text().contains(QStringLiteral("Live")));
        // A finished run is not among them.
        make_run(m_fixture->runsDir(), 4);
        when_dialog_opens<ResumeDialog>([stopped](ResumeDialog* dialog) {
            QTRY_COMPARE_WITH_TIMEOUT(dialog->list()->topLevelItemCount(), 1, long_wait);
            QCOMPARE(dialog->list()->topLevelItem(0)->text(0), QFileInfo(stopped).fileName());
            QTest::mouseClick(dialog->resumeButton(), Qt::LeftButton);
        });
        QAction* resume = nullptr;
        for (QAction* action : window.findChildren<QAction*>())
            if (action->text().contains(QStringLiteral("interrupted run"))) resume = action;
        QVERIFY(resume);
        resume->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.train()->curves()->epochCount(), 81, long_wait);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        QCOMPARE(window.train()->runFolder(), stopped);
        QCOMPARE(progress->value(), progress->maximum());
        when_dialog_opens<ResumeDialog>([](ResumeDialog* dialog) {
            QTRY_COMPARE_WITH_TIMEOUT(dialog->list()->topLevelItemCount(), 0, long_wait);
            QVERIFY(!dialog->resumeButton()->isEnabled());
            dialog->reject();
        });
        resume->trigger();
    }

    void fileThatWasCutOffIsToldWhenItsRunOpens() {
        const QString run = make_run(m_fixture->runsDir(), 4);
        for (const QString& name : {QStringLiteral("/best.pt"), QStringLiteral("/epochs/epoch_4.npz")}) {
            QFile file(run + name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("PK");
        }
        MainWindow& window = m_fixture->open();
        window.train()->open(run);
        QVERIFY(window.banner()->isVisible());
        QCOMPARE(window.banner()->kind(), MessageBanner::Kind::Error);
        VERIFY_SAYS(window.banner()->text(), "best.pt: is cut off or no checkpoint: the best network cannot be tested");
        VERIFY_SAYS(window.banner()->text(), "curves and recorded epochs are not affected");
        VERIFY_SAYS(window.banner()->text(), "(and 1 more file)\n");
        QToolButton* details = nullptr;
        for (QToolButton* button : window.banner()->findChildren<QToolButton*>())
            if (button->text() == QStringLiteral("Details")) details = button;
        QVERIFY(details && details->isVisible());
        // The rest can be looked at.
        QCOMPARE(window.train()->curves()->epochCount(), 5);
        QCOMPARE(window.train()->replay()->epoch(), 3);
        QTRY_VERIFY(window.train()->raster()->hasContent());
        QCOMPARE(window.banner()->count(), 1);
    }

    void detailsOfAnErrorAreItsFileAndTheVersions() {
        const QString sentence = QStringLiteral("/some/run/metrics.csv:5: expected 14 cells, found 3");
        const QString all = withDetails(sentence);
        VERIFY_SAYS(all, "found 3\nFile: /some/run/metrics.csv\nResonate ");
        QCOMPARE(withDetails(all), all);
        const QString named = QStringLiteral("A training is running: stop it before opening a/run.");
        QCOMPARE(withDetails(named), named);
    }

    void editsWhileTrainingDoNotReachTheRun() {
        MainWindow& window = m_fixture->open();
        m_fixture->shrink(60);
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Running, long_wait);
        m_fixture->type(QStringLiteral("training.epochs"), QStringLiteral("50"));
        QCOMPARE(m_fixture->state(), State::Running);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        QCOMPARE(window.train()->curves()->epochCount(), 61);
        QCOMPARE(open_run(window.train()->runFolder().toStdString()).config.training.epochs, 60);
        QCOMPARE(window.train()->experiment()->config().training.epochs, 50);
    }

    void divergedRunSaysSoInTheBanner() {
        MainWindow& window = m_fixture->open();
        m_fixture->shrink(4);
        ExperimentConfig config = window.train()->experiment()->config();
        config.neuron.omega = {97, 99.5};
        config.training.learning_rate = 5;
        window.train()->experiment()->setPreset(QString(), config);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(window.banner()->isVisible(), long_wait);
        QTRY_COMPARE(m_fixture->state(), State::Idle);
        QCOMPARE(window.banner()->kind(), MessageBanner::Kind::Error);
        VERIFY_SAYS(window.banner()->text(), "diverged");
        VERIFY_SAYS(window.banner()->text(), "neuron");
    }

    void closingWhileTrainingAsksAndSaves() {
        MainWindow& window = m_fixture->open();
        m_fixture->shrink(500);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->curves()->batchCount() >= 1, long_wait);
        answer_question(QStringLiteral("Keep training"));
        QVERIFY(!window.close());
        QVERIFY(window.isVisible());
        QVERIFY(window.train()->presenter()->isActive());
        answer_question(QStringLiteral("Stop and close"));
        window.close();
        QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), long_wait);
        const StoredRun run = open_run(window.train()->runFolder().toStdString());
        QCOMPARE(run.status, RunStatus::stopped);
        RunOptions options;
        options.threads = 1;
        const EvaluationResult result = evaluate_checkpoint(run.folder / "last.pt", run.config, Split::test, options);
        QCOMPARE(result.samples, 4);
    }

    void windowDestroyedWhileTrainingLeavesALoadableRun() {
        MainWindow& window = m_fixture->open();
        m_fixture->shrink(500);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->curves()->batchCount() >= 1, long_wait);
        const std::filesystem::path folder = window.train()->runFolder().toStdString();
        m_fixture->window.reset();
        QCOMPARE(open_run(folder).status, RunStatus::stopped);
        QVERIFY(std::filesystem::exists(folder / "last.pt"));
    }

    void hiddenViewsAskForNoFrames() {
        MainWindow& window = m_fixture->open();
        for (const char* view : {"activity", "parameters", "raster", "input", "output", "membranes", "phase"})
            window.train()->dockOf(QLatin1String(view))->close();
        m_fixture->shrink(2);
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(window.train()->curves()->epochCount(), 3, long_wait);
        QVERIFY(!window.train()->raster()->hasContent());
    }

    void everyViewIsExportedFromTheRunningWindow() {
        MainWindow& window = m_fixture->open();
        m_fixture->shrink(500);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->raster()->hasContent() && window.train()->curves()->epochCount() >= 2,
                                 long_wait);
        for (const char* view : {"curves", "raster", "membranes"})
            for (const char* ending : {"svg", "pdf", "png", "csv"}) {
                const QString file =
                    m_fixture->path(QStringLiteral("%1.%2").arg(QLatin1String(view), QLatin1String(ending)));
                window.train()->exportTo(window.train()->dockOf(QLatin1String(view)), file);
                QVERIFY2(QFileInfo(file).size() >= 12, qPrintable(file));
            }
        QVERIFY(!window.banner()->isVisible());
        window.train()->exportTo(window.train()->dockOf(QStringLiteral("raster")),
                                 QStringLiteral("/nowhere/at/all/raster.svg"));
        VERIFY_SAYS(window.banner()->text(), "/nowhere/at/all/raster.svg");
        QVERIFY(window.train()->presenter()->isActive());
    }

 private:
    /// Trains in a new window, and stops after some of that many epochs.
    void stopSoon(int epochs) {
        MainWindow& window = m_fixture->open();
        m_fixture->shrink(epochs);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->curves()->epochCount() >= 2, long_wait);
        m_fixture->click(window.train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(TrainingWindowTest)
#include "training_window_test.moc"
