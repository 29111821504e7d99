// tests/app/replay_test.cpp: recorded epochs in the window: the slider in every view, playing, live, damaged frames.
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QToolBar>

#include "complaint.h"
#include "made_run.h"
#include "panels/epoch_bar.h"
#include "panels/epoch_slider.h"
#include "test_registry.h"
#include "views/activity_view.h"
#include "views/input_view.h"
#include "views/output_view.h"
#include "views/parameter_view.h"
#include "views/phase_view.h"
#include "window_fixture.h"
#include "workspaces/live_views.h"
#include "workspaces/run_replay.h"

using namespace resonate;
using namespace resonate::tests;
using State = TrainingPresenter::State;

class ReplayTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void openedRunShowsItsLastEpochInEveryView() {
        openMade(12);
        QCOMPARE(replay()->epoch(), 12);
        QCOMPARE(bar()->epochs().size(), 13);
        QCOMPARE(bar()->spin()->text(), QStringLiteral("epoch 12 of 12"));
        QVERIFY(!bar()->liveButton()->isEnabled());
        const LiveViews* live = train()->live();
        QVERIFY(live->raster->hasContent() && live->input->hasContent() && live->output->hasContent());
        QVERIFY(live->membranes->hasContent() && live->phase->hasContent() && live->activity->hasContent());
        QVERIFY(live->parameters->hasContent());
        QCOMPARE(train()->curves()->epochCount(), 13);
        QCOMPARE(train()->experiment()->config().training.epochs, 12);
        QCOMPARE(train()->curves()->accuracyChart()->marker(), std::optional<int>(12));
        QVERIFY(!m_fixture->window->banner()->isVisible());
        QCOMPARE(bar()->slider()->tipAt(bar()->slider()->xOf(6)), QStringLiteral("epoch 6: test accuracy 45.0 %"));
        VERIFY_SAYS(train()->runBar()->progressText(), "best epoch 12");
    }

    void sliderShowsEachEpochInEveryView() {
        openMade(12);
        const QList<QImage> last = pictures();
        QTest::keyClick(bar()->slider(), Qt::Key_Home);
        QTRY_COMPARE(shown(), 0);
        const QList<QImage> first = pictures();
        for (int i = 0; i < first.size(); ++i) QVERIFY2(first[i] != last[i], qPrintable(QString::number(i)));
        QTest::keyClick(bar()->slider(), Qt::Key_Right);
        QTRY_COMPARE(shown(), 1);
        QTest::mouseClick(bar()->slider(), Qt::LeftButton, {},
                          QPoint(static_cast<int>(bar()->slider()->xOf(6)), bar()->slider()->height() / 2));
        QTRY_COMPARE(shown(), 6);
        QCOMPARE(bar()->spin()->value(), 6);
        QCOMPARE(train()->curves()->lossChart()->marker(), std::optional<int>(6));
        QCOMPARE(train()->live()->activity->chart()->marker(), std::optional<int>(6));
        QTest::mouseClick(bar()->stepButtons()[1], Qt::LeftButton);
        QTRY_COMPARE(shown(), 5);
        QTest::mouseClick(bar()->stepButtons()[3], Qt::LeftButton);
        QTRY_COMPARE(shown(), 12);
        QCOMPARE(pictures(), last);
        bar()->spin()->selectAll();
        QTest::keyClicks(bar()->spin(), QStringLiteral("9"));
        QTest::keyClick(bar()->spin(), Qt::Key_Return);
        QTRY_COMPARE(shown(), 9);
    }

    void sparseRecordsHaveTheirPlaceInTime() {
        openMade(10, 4);  // 0, 4, 8 and the last
        QCOMPARE(bar()->epochs(), QList<int>({0, 4, 8, 10}));
        const EpochSlider* slider = bar()->slider();
        QVERIFY(std::abs((slider->xOf(8) - slider->xOf(4)) - 2 * (slider->xOf(10) - slider->xOf(8))) < 0.01);
        bar()->spin()->setValue(5);
        QTRY_COMPARE(shown(), 4);
        QTest::keyClick(bar()->spin(), Qt::Key_Up);
        QTRY_COMPARE(shown(), 8);
    }

    void trailEndsAtTheEpochThatShows() {
        openMade(12);
        const ParameterView* parameters = train()->live()->parameters;
        QTRY_COMPARE(parameters->trailLength(), 13U);
        replay()->show(3);
        QTRY_COMPARE(shown(), 3);
        QTRY_COMPARE(parameters->trailLength(), 4U);
        const QStringList neuron = parameters->csv().split(QLatin1Char('\n')).at(1).split(QLatin1Char(','));
        QCOMPARE(neuron.at(1).toDouble(), 3.0);                    // ω at initialisation
        QVERIFY(std::abs(neuron.at(3).toDouble() - 3.03) < 1e-6);  // ω at epoch 3
        replay()->show(0);
        QTRY_COMPARE(parameters->trailLength(), 1U);
    }

    void trailOfALongRunIsThinnedButKeepsItsStart() {
        openMade(200);
        const ParameterView* parameters = train()->live()->parameters;
        QTRY_VERIFY(parameters->trailLength() > 20);
        QVERIFY(parameters->trailLength() <= ParameterTrail::longest);
        QTRY_VERIFY(parameters->csv().contains(QStringLiteral("\n0,3,")));
    }

    void playGoesToTheEndAndLoopsWhereWanted() {
        openMade(6);
        bar()->setSpeed(25);
        QSignalSpy frames(replay(), &RunReplay::frameShown);
        QTest::mouseClick(bar()->playButton(), Qt::LeftButton);  // at the end: from the start
        QVERIFY(bar()->isPlaying());
        QTRY_VERIFY(!bar()->isPlaying());
        QCOMPARE(shown(), 6);
        QCOMPARE(frames.size(), 7);
        bar()->setLoops(true);
        QTest::keyClick(bar()->slider(), Qt::Key_Space);
        QTRY_VERIFY(frames.size() > 16);
        QVERIFY(bar()->isPlaying());
        QTest::keyClick(bar()->slider(), Qt::Key_Home);  // a hand on the slider stops it
        QVERIFY(!bar()->isPlaying());
        QTRY_COMPARE(shown(), 0);
    }

    void clickInTheCurvesGoesThereAndADoubleClickDoesNot() {
        openMade(10);
        CurveChart* chart = train()->curves()->accuracyChart();
        QTRY_VERIFY(train()->curves()->redrawCount() > 0);
        const auto at = [chart](int epoch) {
            const QRectF plot = chart->chart()->plotArea();
            return chart->mapFromScene(
                chart->chart()->mapToScene(QPointF(plot.left() + plot.width() * epoch / 10, plot.center().y())));
        };
        QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, at(4));
        QTRY_COMPARE(shown(), 4);
        QVERIFY(!chart->isZoomed());
        QSignalSpy clicks(chart, &CurveChart::epochClicked);
        QTest::mouseClick(chart->viewport(), Qt::LeftButton, {}, at(8));
        QTest::mouseDClick(chart->viewport(), Qt::LeftButton, {}, at(8));
        QTest::qWait(QApplication::doubleClickInterval() + 100);
        QVERIFY(clicks.isEmpty());  // nor does the release after it
        QCOMPARE(shown(), 4);
    }

    void keysStepAndPlayAfterAClickInTheCurves() {
        openMade(10);
        CurveChart* chart = train()->curves()->accuracyChart();
        QTest::keyClick(chart, Qt::Key_Home);
        QTRY_COMPARE(shown(), 0);
        QTest::keyClick(chart, Qt::Key_Right);
        QTRY_COMPARE(shown(), 1);
        QTest::keyClick(chart, Qt::Key_Space);
        QVERIFY(bar()->isPlaying());
        QTest::keyClick(chart, Qt::Key_Space);
        QVERIFY(!bar()->isPlaying());
    }

    void damagedFrameIsNamedOnceAndSkipped() {
        const QString run = make_run(m_fixture->runsDir(), 8);
        QFile damaged(run + QStringLiteral("/epochs/epoch_5.npz"));
        QVERIFY(damaged.resize(200));
        QFile::remove(run + QStringLiteral("/epochs/epoch_3.npz"));
        openRun(run);
        VERIFY_SAYS(m_fixture->window->banner()->text(), "epoch_5.npz");
        QCOMPARE(m_fixture->window->banner()->count(), 1);
        QVERIFY(!bar()->epochs().contains(5) && !bar()->epochs().contains(3));
    }

    void lastEpochGoneShowsTheOneBefore() {
        const QString run = make_run(m_fixture->runsDir(), 4);
        openRun(run);
        replay()->show(0);
        QTRY_COMPARE(shown(), 0);
        QTRY_VERIFY(!replay()->store().isBusy());
        replay()->store().open(run.toStdString());  // forgets what it has read
        QFile::remove(run + QStringLiteral("/epochs/epoch_4.npz"));
        QTest::keyClick(bar()->slider(), Qt::Key_End);
        QTRY_COMPARE(shown(), 3);
        VERIFY_SAYS(m_fixture->window->banner()->text(), "epoch_4.npz");
    }

    void runWithoutRecordsOpensWithAnEmptyBar() {
        const QString run = make_run(m_fixture->runsDir(), 4);
        QDir(run + QStringLiteral("/epochs")).removeRecursively();
        m_fixture->open();
        train()->open(run);
        QCOMPARE(train()->curves()->epochCount(), 5);
        QCOMPARE(bar()->epoch(), -1);
        QVERIFY(!bar()->slider()->isEnabled() && !bar()->playButton()->isEnabled());
        QVERIFY(!bar()->forkAction()->isEnabled());
        QVERIFY(!train()->raster()->hasContent());
        QTest::keyClick(bar(), Qt::Key_Space);
        QTest::keyClick(bar(), Qt::Key_End);
        QVERIFY(!bar()->isPlaying());
    }

    void nothingIsReadWhileNoViewIsInSight() {
        const QString run = make_run(m_fixture->runsDir(), 4);
        m_fixture->open();
        for (const char* name : {"activity", "parameters", "raster", "input", "output", "membranes", "phase"})
            train()->dockOf(QLatin1String(name))->close();
        train()->open(run);
        QTest::qWait(100);
        QVERIFY(!train()->raster()->hasContent());
        QCOMPARE(replay()->store().bytesHeld(), 0);
        train()->dockOf(QStringLiteral("phase"))->show();
        QTRY_COMPARE(shown(), 4);
    }

    void trainingGoesOnUnseenUntilLiveIsPressed() {
        m_fixture->open();
        m_fixture->shrink(100000);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(bar()->epochs().size() >= 3, long_wait);
        QVERIFY(replay()->isLive() && bar()->liveButton()->isChecked());
        const SharedFrame present = replay()->frame();
        QTest::keyClick(bar()->slider(), Qt::Key_Home);
        QVERIFY(!replay()->isLive() && !bar()->liveButton()->isChecked());
        QTRY_VERIFY_WITH_TIMEOUT(replay()->frame() != present && shown() == 0, long_wait);
        const SharedFrame frame = replay()->frame();
        const QImage raster = train()->raster()->grab().toImage();
        const qsizetype epochs = train()->curves()->epochCount();
        QTRY_VERIFY_WITH_TIMEOUT(train()->curves()->epochCount() >= epochs + 2, long_wait);
        QCOMPARE(replay()->frame(), frame);
        QCOMPARE(train()->raster()->grab().toImage(), raster);
        QCOMPARE(bar()->epoch(), 0);
        QVERIFY(!bar()->forkAction()->isEnabled());
        QTest::mouseClick(bar()->liveButton(), Qt::LeftButton);
        QVERIFY(replay()->isLive());
        QTRY_VERIFY_WITH_TIMEOUT(replay()->frame()->epoch >= 2, long_wait);
        QVERIFY(!train()->curves()->accuracyChart()->marker());
        m_fixture->click(train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        QVERIFY(bar()->forkAction()->isEnabled());
    }

    void finishedTrainingIsLookedAtAgain() {
        m_fixture->open();
        m_fixture->shrink(3);
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(replay()->epoch(), 3, long_wait);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        QCOMPARE(bar()->epochs(), QList<int>({0, 1, 2, 3}));
        QTRY_COMPARE(shown(), 3);
        const QList<QImage> last = pictures();
        replay()->show(0);
        QTRY_COMPARE(shown(), 0);
        QVERIFY(pictures() != last);
        // A new run begins at its present.
        bool live = false;
        connect(train()->presenter(), &TrainingPresenter::started, this, [&] { live = replay()->isLive(); });
        QSignalSpy ended(train()->presenter(), &TrainingPresenter::ended);
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, long_wait);
        QVERIFY(live);
        disconnect(train()->presenter(), &TrainingPresenter::started, this, nullptr);
    }

    void epochThatIsThinnedAwayWhileItShowsGivesWayToItsNeighbour() {
        m_fixture->open();
        m_fixture->shrink(100000);
        ExperimentConfig config = train()->experiment()->config();
        config.recording.epoch_megabytes = 8;
        train()->experiment()->setPreset(QString(), config);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(bar()->epochs().size() >= 10, long_wait);
        // A new one stays for some time. The best is never thinned; what is not the best now never will be.
        const QList<int> kept = bar()->epochs();
        const std::vector<EpochMetrics> rows = open_run(train()->runFolder().toStdString()).metrics;
        const int newer = kept[kept.size() - 2];
        const int leaving = rows.at(static_cast<size_t>(newer)).best ? kept[kept.size() - 3] : newer;
        replay()->show(leaving);
        QVERIFY(!replay()->isLive());
        QTRY_VERIFY_WITH_TIMEOUT(!bar()->epochs().contains(leaving), long_wait);
        QVERIFY(!replay()->isLive());
        QVERIFY(bar()->epochs().contains(replay()->epoch()));
        QTRY_COMPARE_WITH_TIMEOUT(shown(), replay()->epoch(), long_wait);
        QVERIFY(!m_fixture->window->banner()->isVisible());
        m_fixture->click(train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
    }

    void resumedRunKnowsWhereItsNeuronsStarted() {
        m_fixture->open();
        m_fixture->shrink(100000);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(bar()->epochs().size() >= 3, long_wait);
        m_fixture->click(train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        const QString run = train()->runFolder();
        const double start = read_frame(run.toStdString(), 0).omega[0];
        answer_question(QStringLiteral("Resume"));
        train()->open(run);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->state() == State::Running && replay()->isLive(), long_wait);
        const auto omegaAtStart = [this] {
            const QStringList lines = train()->live()->parameters->csv().split(QLatin1Char('\n'));
            return lines.size() < 2 ? 0.0 : lines[1].split(QLatin1Char(',')).value(1).toDouble();
        };
        QTRY_VERIFY_WITH_TIMEOUT(std::abs(omegaAtStart() - start) < 1e-6, long_wait);
        QVERIFY(bar()->epochs().contains(0));
        m_fixture->click(train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
    }

    void stripIsThereAfterALayoutOfBefore() {
        QByteArray layout;
        {
            QMainWindow before;
            auto* centre = new QWidget;
            centre->setFixedHeight(0);
            before.setCentralWidget(centre);
            auto* runBar = before.addToolBar(QStringLiteral("Run"));
            runBar->setObjectName(QStringLiteral("runBar"));
            auto* dock = new QDockWidget(QStringLiteral("curves"), &before);
            dock->setObjectName(QStringLiteral("curves"));
            before.addDockWidget(Qt::BottomDockWidgetArea, dock);
            before.resize(1000, 700);
            before.show();
            QVERIFY(QTest::qWaitForWindowExposed(&before));
            layout = before.saveState(1);
        }
        {
            WindowSettings settings;
            settings.storeFrame({}, QStringLiteral("train"), {{QStringLiteral("train"), layout}});
        }
        m_fixture->open();
        auto* strip = train()->findChild<QToolBar*>(QStringLiteral("epochBar"));
        QTRY_VERIFY(strip->isVisible());
        QVERIFY(strip->y() > train()->height() / 2);
        m_fixture->window->resetLayout();
        QVERIFY(strip->isVisible());
    }

    void fourHundredEpochsOpenInASecond() {
        const QString run = make_run(m_fixture->runsDir(), 400, 784, 36);
        m_fixture->open();
        QElapsedTimer clock;
        clock.start();
        train()->open(run);
        const qint64 opened = clock.elapsed();
        QTRY_COMPARE_WITH_TIMEOUT(shown(), 400, long_wait);
        qInfo("a run of 400 epochs of [784, 36]: the window answers after %lld ms, its last epoch shows after %lld ms",
              opened, clock.elapsed());
        clock.restart();
        QTRY_VERIFY_WITH_TIMEOUT(train()->live()->parameters->trailLength() > 20, long_wait);
        qInfo("its trails after another %lld ms", clock.elapsed());
        clock.restart();
        for (int epoch = 399; epoch >= 380; --epoch) {
            replay()->show(epoch);
            QTRY_COMPARE(shown(), epoch);
        }
        qInfo("from one epoch to the next in %lld ms", clock.elapsed() / 20);
        QCOMPARE(train()->curves()->epochCount(), 401);
    }

 private:
    TrainWorkspace* train() const { return m_fixture->window->train(); }
    RunReplay* replay() const { return train()->replay(); }
    EpochBar* bar() const { return replay()->bar(); }
    int shown() const { return replay()->frame() ? replay()->frame()->epoch : -1; }
    void openRun(const QString& run) {
        m_fixture->open();
        train()->open(run);
        QTRY_COMPARE(shown(), bar()->epochs().constLast());
    }
    void openMade(int epochs, int interval = 1) { openRun(make_run(m_fixture->runsDir(), epochs, 60, 8, interval)); }
    /// Of all views that draw what the network does.
    QList<QImage> pictures() const {
        const LiveViews* live = train()->live();
        live->parameters->resize(400, 300);
        live->output->resize(600, 300);
        QList<QImage> images;
        for (QWidget* view :
             std::initializer_list<QWidget*>{live->raster, live->output, live->membranes, live->phase, live->activity})
            images.append(view->grab().toImage());
        return images;
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(ReplayTest)
#include "replay_test.moc"
