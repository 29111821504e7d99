// tests/app/live_window_test.cpp: the live views in the window: docks and tabs, one cursor, layouts of before.
#include <QMainWindow>
#include <QMenu>

#include "complaint.h"
#include "opened_run.h"
#include "panels/probe_picker.h"
#include "resonate/run_store.h"
#include "session/experiment_for.h"
#include "test_registry.h"
#include "views/activity_view.h"
#include "views/input_view.h"
#include "views/output_view.h"
#include "views/parameter_view.h"
#include "views/phase_view.h"
#include "workspaces/probe_choice.h"
#include "workspaces/run_replay.h"

using namespace resonate;
using namespace resonate::tests;
using State = TrainingPresenter::State;

namespace {

constexpr const char* probe_views[] = {"activity", "parameters", "raster", "input", "output", "membranes", "phase"};

}  // namespace

class LiveWindowTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void firstLayoutShowsSixViewsAndTabsForTheRest() {
        m_fixture->open();
        expectFirstLayout();
    }

    void resetLayoutBringsAllBack() {
        MainWindow& window = m_fixture->open();
        dock("output")->raise();
        dock("phase")->close();
        dock("raster")->close();
        dock("parameters")->setFloating(true);
        QTest::qWait(50);
        window.resetLayout();
        QTRY_VERIFY(dock("raster")->isInSight());
        expectFirstLayout();
    }

    void menuBringsAViewOutFromBehindItsTab() {
        m_fixture->open();
        QVERIFY(!dock("output")->isInSight());
        dock("output")->toggleViewAction()->trigger();
        QTRY_VERIFY(dock("output")->isInSight());
        QVERIFY(!dock("raster")->isInSight());
        dock("output")->toggleViewAction()->trigger();
        QTRY_VERIFY(dock("output")->isHidden());
        dock("output")->toggleViewAction()->trigger();
        QTRY_VERIFY(dock("output")->isInSight());
    }

    /// As the program stored them when it had four views in a column.
    void layoutOfBeforeIsKeptAndTheNewViewsJoinIt() {
        QByteArray layout;
        {
            QMainWindow before;
            before.setDockNestingEnabled(true);
            auto* centre = new QWidget;
            centre->setFixedHeight(0);
            before.setCentralWidget(centre);
            auto* bar = before.addToolBar(QStringLiteral("Run"));
            bar->setObjectName(QStringLiteral("runBar"));
            QDockWidget* docks[4];
            const char* names[] = {"experiment", "curves", "raster", "membranes"};
            for (int i = 0; i < 4; ++i) {
                docks[i] = new QDockWidget(QLatin1String(names[i]), &before);
                docks[i]->setObjectName(QLatin1String(names[i]));
                docks[i]->setWidget(new QWidget);
            }
            before.addDockWidget(Qt::LeftDockWidgetArea, docks[0]);
            before.addDockWidget(Qt::BottomDockWidgetArea, docks[2]);
            before.splitDockWidget(docks[2], docks[3], Qt::Horizontal);  // the user put them side by side
            before.splitDockWidget(docks[2], docks[1], Qt::Vertical);
            before.resize(1100, 700);
            before.show();
            QVERIFY(QTest::qWaitForWindowExposed(&before));
            docks[1]->close();
            layout = before.saveState();
        }
        {
            WindowSettings settings;
            settings.storeFrame({}, QStringLiteral("train"), {{QStringLiteral("train"), layout}});
        }
        m_fixture->open();
        QTRY_VERIFY(dock("raster")->isInSight());
        QVERIFY(dock("membranes")->isInSight());
        QVERIFY(dock("membranes")->x() > dock("raster")->x() + 100);
        QVERIFY(!dock("curves")->isInSight());
        for (const char* name : {"input", "output"}) {
            QVERIFY2(!dock(name)->isInSight() && !dock(name)->isHidden(), name);
            QVERIFY(train()->tabifiedDockWidgets(dock("raster")).contains(dock(name)));
        }
        QVERIFY(train()->tabifiedDockWidgets(dock("membranes")).contains(dock("phase")));
        for (const char* name : all_views) {
            if (dock(name)->isInSight()) continue;
            dock(name)->toggleViewAction()->trigger();
            QTRY_VERIFY2(dock(name)->isInSight(), name);
        }
        m_fixture->window->resetLayout();
        QTRY_VERIFY(dock("raster")->isInSight());
        expectFirstLayout();
    }

    void tabsAndOrderSurviveARestart() {
        MainWindow& first = m_fixture->open();
        dock("output")->raise();
        dock("phase")->close();
        QTRY_VERIFY(dock("output")->isInSight());
        QVERIFY(first.close());
        m_fixture->open();
        QTRY_VERIFY(dock("output")->isInSight());
        QVERIFY(!dock("raster")->isInSight());
        QVERIFY(dock("phase")->isHidden());
    }

    void oneProbeFrameAndOneCursorForAllViews() {
        m_fixture->open();
        m_fixture->shrink(500);
        m_fixture->clickStart();
        LiveViews* live = train()->live();
        QTRY_VERIFY_WITH_TIMEOUT(live->raster->hasContent() && live->curves->epochCount() >= 2, long_wait);
        QVERIFY(live->input->hasContent() && live->output->hasContent() && live->membranes->hasContent());
        QVERIFY(live->phase->hasContent() && live->parameters->hasContent() && live->activity->hasContent());
        QVERIFY(live->output->exportTitle() != live->input->exportTitle());
        VERIFY_SAYS(live->output->decisionText(), "of the steps are right");

        const QPointF at(live->raster->width() / 2.0, 60);
        QMouseEvent move(QEvent::MouseMove, at, live->raster->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                         Qt::NoModifier);
        QApplication::sendEvent(live->raster, &move);
        const int step = live->link->cursor();
        QVERIFY(step > 0);
        // Zooming one plot over time zooms the others.
        live->raster->setVisibleSteps(100, 400);
        for (const TimePlot* plot : std::initializer_list<TimePlot*>{live->input, live->output, live->membranes}) {
            QCOMPARE(plot->firstStep(), 100.0);
            QCOMPARE(plot->lastStep(), 400.0);
        }
        QTest::mouseClick(live->parameters, Qt::LeftButton, {}, live->parameters->pointOf(3).toPoint());
        QCOMPARE(live->link->selection().size(), 1);
        QCOMPARE(live->membranes->shownNeurons(), live->link->selection());
        QCOMPARE(live->phase->shownNeurons(), live->link->selection());

        for (const char* view : all_views)
            for (const char* ending : {"svg", "pdf", "png", "csv"}) {
                const QString file =
                    m_fixture->path(QStringLiteral("%1.%2").arg(QLatin1String(view), QLatin1String(ending)));
                train()->exportTo(dock(view), file);
                QVERIFY2(QFileInfo(file).size() >= 12, qPrintable(file));
            }
        QVERIFY(!m_fixture->window->banner()->isVisible());
        m_fixture->click(train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
    }

    void lookingAtAnotherSequenceWhileItTrainsIsNoEdit() {
        m_fixture->open();
        m_fixture->shrink(100000);
        const ExperimentConfig before = train()->experiment()->config();
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(train()->replay()->frame() != nullptr, long_wait);
        QTest::mouseClick(picker()->nextButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(train()->replay()->frame()->sample, 1, long_wait);
        QTest::mouseClick(picker()->worstButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(train()->replay()->config().recording.follow_worst, long_wait);
        QCOMPARE(train()->experiment()->config(), before);
        QVERIFY(!train()->experiment()->isModified());
        QVERIFY(!m_fixture->window->windowTitle().contains(QLatin1Char('*')));
        m_fixture->click(train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        // Nor is it one when the run is opened again.
        const StoredRun run = open_run(train()->runFolder().toStdString());
        QVERIFY(run.config.recording.follow_worst);
        QCOMPARE(experimentOf(run), before);
    }

    void theWorstThatIsFollowedHasOneNumber() {
        m_fixture->open();
        m_fixture->shrink(100000);
        ExperimentConfig config = train()->experiment()->config();
        config.recording.follow_worst = true;
        train()->experiment()->setPreset(QString(), config);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(train()->replay()->frame() != nullptr, long_wait);
        QCOMPARE(picker()->sample(), train()->replay()->frame()->sample);
        // Whichever is the worst here: this one is another than that of the experiment, which is 0.
        train()->probe()->describe(std::make_shared<ProbeFrame>(made_frame(1, 60, 8)), config.training);
        QCOMPARE(picker()->sample(), 2);
        VERIFY_SAYS(picker()->facts(), "of its steps right");
        QVERIFY(!picker()->facts().contains(QStringLiteral("sample")));
        m_fixture->click(train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
    }

    void theClassChosenIsThatOfTheSequenceThatShows() {
        m_fixture->open();
        ExperimentConfig digits = load_preset("synthetic_digits_brf");
        digits.dataset.synthetic_train = 12;
        digits.dataset.synthetic_test = 40;
        digits.network.hidden_size = 4;
        digits.training.batch_size = 12;
        digits.training.epochs = 1;
        train()->experiment()->setPreset(QString(), digits);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->state() == State::Idle && train()->replay()->epoch() == 1, long_wait);
        QTRY_VERIFY_WITH_TIMEOUT(train()->replay()->frame() != nullptr, long_wait);
        const auto classOf = [this] { return trueClass(*train()->replay()->frame(), 0); };
        picker()->classBox()->setCurrentIndex(1 + 7);
        QTRY_VERIFY_WITH_TIMEOUT(classOf() == 7 && train()->replay()->frame()->sample == picker()->sample(), long_wait);
        QCOMPARE(picker()->chosenClass(), 7);
        QTest::mouseClick(picker()->worstButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!picker()->worstButton()->isChecked(), long_wait);
        QTRY_COMPARE_WITH_TIMEOUT(picker()->sample(), train()->replay()->frame()->sample, long_wait);
        QTRY_VERIFY_WITH_TIMEOUT(picker()->chosenClass() == -1 || picker()->chosenClass() == classOf(), long_wait);
        // And without luck: one of another class by its number.
        picker()->classBox()->setCurrentIndex(1 + 7);
        QTRY_VERIFY_WITH_TIMEOUT(classOf() == 7 && train()->replay()->frame()->sample == picker()->sample(), long_wait);
        const SampleBrowser browser(digits.dataset, {});
        const std::int64_t three = browser.of_class(Split::test, 3).at(0);
        picker()->spin()->selectAll();
        QTest::keyClicks(picker()->spin(), QString::number(three));
        QTest::keyClick(picker()->spin(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(classOf(), 3, long_wait);
        QTRY_COMPARE(picker()->chosenClass(), -1);
    }

    void newRunForgetsWhatTheLastOneShowed() {
        m_fixture->open();
        // Long enough that more than one frame is seen however slow the machine: who polls sees the newest only.
        m_fixture->shrink(100000);
        m_fixture->clickStart();
        LiveViews* live = train()->live();
        QTRY_VERIFY_WITH_TIMEOUT(live->parameters->trailLength() > 1, long_wait);
        m_fixture->click(train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        live->begin(train()->experiment()->config(), {}, {});
        QVERIFY(!live->raster->hasContent() && !live->phase->hasContent() && !live->input->hasContent());
        QCOMPARE(live->parameters->trailLength(), 0U);
    }

    void framesAreMadeWhileAnyViewThatDrawsThemIsInSight() {
        m_fixture->open();
        for (const char* name : probe_views) dock(name)->close();
        m_fixture->shrink(2);
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(train()->curves()->epochCount(), 3, long_wait);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        QVERIFY(!train()->raster()->hasContent());
        dock("phase")->show();
        QTRY_VERIFY(dock("phase")->isInSight());
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(train()->curves()->epochCount(), 3, long_wait);
        QTRY_VERIFY(train()->live()->phase->hasContent());
    }

    void curvesBehindATabAreDrawnWhenTheyComeForward() {
        m_fixture->open();
        dock("activity")->raise();
        QTRY_VERIFY(!dock("curves")->isInSight());
        QTest::qWait(150);
        const int redraws = train()->curves()->redrawCount();
        m_fixture->shrink(2);
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(train()->curves()->epochCount(), 3, long_wait);
        QTRY_VERIFY(train()->live()->activity->redrawCount() > 0);
        QCOMPARE(train()->curves()->redrawCount(), redraws);
        dock("curves")->raise();
        QTRY_VERIFY(train()->curves()->redrawCount() > redraws);
    }

    void everythingFitsASmallScreen() {
        MainWindow& window = m_fixture->open();
        window.resize(1024, 700);
        QTest::qWait(50);
        QCOMPARE(window.size(), QSize(1024, 700));
    }

 private:
    TrainWorkspace* train() const { return m_fixture->window->train(); }
    ProbePicker* picker() const { return train()->probe()->picker(); }
    ViewDock* dock(const char* name) const { return train()->dockOf(QLatin1String(name)); }
    void expectFirstLayout() const {
        for (const char* name : {"experiment", "curves", "raster", "membranes", "parameters", "phase"})
            QVERIFY2(dock(name)->isInSight() && !dock(name)->isFloating(), name);
        for (const char* name : {"activity", "input", "output"})
            QVERIFY2(!dock(name)->isInSight() && !dock(name)->isHidden(), name);
        // Above each other over time; the planes beside them.
        QCOMPARE(dock("raster")->x(), dock("membranes")->x());
        QCOMPARE(dock("raster")->width(), dock("membranes")->width());
        QVERIFY(dock("membranes")->y() > dock("raster")->y());
        QVERIFY(dock("parameters")->x() > dock("raster")->geometry().right());
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(LiveWindowTest)
#include "live_window_test.moc"
