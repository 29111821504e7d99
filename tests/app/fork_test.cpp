// tests/app/fork_test.cpp: what the user does with a run beside looking: single batches, forks, another test sequence.
#include <QHeaderView>
#include <QLabel>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTreeWidget>

#include "complaint.h"
#include "live_view_frames.h"
#include "made_run.h"
#include "panels/epoch_bar.h"
#include "panels/epoch_slider.h"
#include "panels/fork_dialog.h"
#include "panels/probe_picker.h"
#include "panels/resume_dialog.h"
#include "resonate/run_probe.h"
#include "test_registry.h"
#include "views/parameter_view.h"
#include "window_fixture.h"
#include "workspaces/live_views.h"
#include "workspaces/probe_choice.h"
#include "workspaces/run_replay.h"

using namespace resonate;
using namespace resonate::tests;
using State = TrainingPresenter::State;

class ForkTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void stepTrainsOneBatchAndPauses() {
        m_fixture->open();
        QAction* step = train()->runBar()->stepAction();
        QVERIFY(!step->isEnabled());
        m_fixture->shrink(100000);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(train()->curves()->batchCount() >= 1, long_wait);
        m_fixture->click(step);  // of a training that runs
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Paused, long_wait);
        qsizetype batches = -1;
        QTRY_VERIFY_WITH_TIMEOUT(
            std::exchange(batches, train()->curves()->batchCount()) == train()->curves()->batchCount(), long_wait);
        QTest::qWait(150);
        batches = train()->curves()->batchCount();
        for (int i = 1; i <= 3; ++i) {
            if (i == 3)
                QTest::keyClick(m_fixture->window.get(), Qt::Key_F10);
            else
                m_fixture->click(step);
            QTRY_COMPARE_WITH_TIMEOUT(train()->curves()->batchCount(), batches + i, long_wait);
            QTest::qWait(100);
            QCOMPARE(train()->curves()->batchCount(), batches + i);
            QCOMPARE(m_fixture->state(), State::Paused);
        }
        VERIFY_SAYS(train()->runBar()->progressText(), "thread");
        VERIFY_SAYS(train()->runBar()->progressText(), "samples/s");
        QVERIFY(!fork()->isEnabled());
        QVERIFY2(fork()->toolTip().contains(QStringLiteral("stop"), Qt::CaseInsensitive),
                 qPrintable(fork()->toolTip()));
        stop();
        const MessageBanner* banner = m_fixture->window->banner();
        QTRY_VERIFY(banner->isVisible() && banner->text().contains(QStringLiteral("Run → Resume an interrupted run")));
        QVERIFY(!step->isEnabled());
    }

    void whenAnInterruptedRunWasWrittenIsInSight() {
        const QString made = make_run(m_fixture->runsDir(), 4);
        const QString folder =
            m_fixture->runsDir() + QStringLiteral("/2026-01-31-a_name_as_long_as_they_come-brf-bbc7b1");
        QVERIFY(QDir().rename(made, folder));
        const auto write = [&](const char* name, const std::string& text) {
            write_file_atomically(std::filesystem::path(folder.toStdString()) / name, text);
        };
        std::string empty_archive = "PK\x05\x06";
        empty_archive.resize(22, '\0');
        write("last.pt", empty_archive);
        write("summary.json",
              R"({"status": "stopped", "message": "", "epochs_done": 2, "written": "2026-01-31T17:05:09+0100",)"
              R"( "last": {"epoch": 2, "test": {"loss": 1, "accuracy": 50, "sop": 1}}})");
        MainWindow& window = m_fixture->open();
        for (const TextSize size : {TextSize::Normal, TextSize::Larger}) {
            window.setTextSize(size);
            bool seen = false;
            when_dialog_opens<ResumeDialog>([&](ResumeDialog* dialog) {
                QTRY_COMPARE_WITH_TIMEOUT(dialog->list()->topLevelItemCount(), 1, long_wait);
                const QHeaderView* header = dialog->list()->header();
                const int written = header->count() - 1;
                const QString text = dialog->list()->topLevelItem(0)->text(written);
                QCOMPARE(text, QStringLiteral("2026-01-31 17:05"));
                QTRY_VERIFY(header->sectionViewportPosition(written) + header->sectionSize(written) <=
                            dialog->list()->viewport()->width());
                QVERIFY(header->sectionSize(written) > dialog->list()->fontMetrics().horizontalAdvance(text));
                seen = true;
                dialog->reject();
            });
            for (QAction* action : window.findChildren<QAction*>())
                if (action->text().contains(QStringLiteral("interrupted run"))) action->trigger();
            QVERIFY(seen);
        }
    }

    void forkGoesOnFromAnEpochWithOtherSettings() {
        trainToTheEnd(4);
        const QString parent = train()->runFolder();
        train()->replay()->show(2);
        m_fixture->type(QStringLiteral("training.learning_rate"), QStringLiteral("0.02"));
        m_fixture->type(QStringLiteral("training.epochs"), QStringLiteral("5"));
        when_dialog_opens<ForkDialog>([](ForkDialog* dialog) {
            QCOMPARE(dialog->differences()->rowCount(), 2);
            QCOMPARE(dialog->differences()->item(0, 1)->text(), QStringLiteral("4"));
            QCOMPARE(dialog->differences()->item(0, 2)->text(), QStringLiteral("5"));
            QCOMPARE(dialog->differences()->item(1, 2)->text(), QStringLiteral("0.02"));
            QTest::mouseClick(dialog->startButton(), Qt::LeftButton);
        });
        fork()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(train()->runFolder() != parent, long_wait);
        // The rows before the fork are the new run's as well.
        QVERIFY(train()->curves()->epochCount() >= 3);
        QLabel* name = nullptr;
        for (QLabel* label : m_fixture->window->findChildren<QLabel*>())
            if (label->text() == QFileInfo(train()->runFolder()).fileName()) name = label;
        QVERIFY(name);
        VERIFY_SAYS(name->toolTip(),
                    qPrintable(QStringLiteral("forked from %1 at epoch 2").arg(QFileInfo(parent).fileName())));
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        QCOMPARE(train()->curves()->epochCount(), 6);
        const StoredRun child = open_run(train()->runFolder().toStdString());
        QCOMPARE(child.forked_epoch, 2);
        QCOMPARE(QString::fromStdString(child.forked_from), QFileInfo(parent).fileName());
        QCOMPARE(child.metrics[1].test.loss, open_run(parent.toStdString()).metrics[1].test.loss);
        QCOMPARE(train()->replay()->bar()->epochs(), QList<int>({2, 3, 4, 5}));
        QVERIFY(!child.config.title.empty());
        const ParameterView* parameters = train()->live()->parameters;
        QTRY_COMPARE_WITH_TIMEOUT(parameters->trailLength(), 4U, long_wait);
        VERIFY_SAYS(tip_at(train()->live()->parameters, parameters->pointOf(0)), "fork at epoch 2");
    }

    void forkWithTheSameSettingsSaysThatItRepeats() {
        trainToTheEnd(2);
        const QString parent = train()->runFolder();
        train()->replay()->show(1);
        when_dialog_opens<ForkDialog>([](ForkDialog* dialog) {
            QCOMPARE(dialog->differences()->rowCount(), 0);
            VERIFY_SAYS(dialog->words()->text(), "repeats what it did next");
            dialog->reject();
        });
        fork()->trigger();
        QCOMPARE(m_fixture->state(), State::Idle);
        QCOMPARE(train()->runFolder(), parent);
        // An epoch that is typed and not sent yet counts as well.
        train()->replay()->bar()->spin()->selectAll();
        QTest::keyClicks(train()->replay()->bar()->spin(), QStringLiteral("0"));
        when_dialog_opens<ForkDialog>([](ForkDialog* dialog) {
            QCOMPARE(dialog->windowTitle(), QStringLiteral("Fork from epoch 0"));
            dialog->reject();
        });
        fork()->trigger();
    }

    void impossibleForkSaysWhyAndLeavesTheRunShown() {
        trainToTheEnd(2);
        const QString parent = train()->runFolder();
        train()->replay()->show(1);
        m_fixture->type(QStringLiteral("network.hidden_size"), QStringLiteral("9"));
        when_dialog_opens<ForkDialog>(
            [](ForkDialog* dialog) { QTest::mouseClick(dialog->startButton(), Qt::LeftButton); });
        fork()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->state() == State::Idle && m_fixture->window->banner()->isVisible(),
                                 long_wait);
        QCOMPARE(m_fixture->window->banner()->kind(), MessageBanner::Kind::Error);
        VERIFY_SAYS(m_fixture->window->banner()->text(), "epoch_1.pt");
        QCOMPARE(train()->runFolder(), parent);
        QCOMPARE(train()->replay()->epoch(), 1);
        QCOMPARE(QDir(m_fixture->runsDir()).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
    }

    void forkAtTheLastEpochSaysWhatToRaise() {
        trainToTheEnd(2);
        when_dialog_opens<ForkDialog>([](ForkDialog* dialog) {
            QVERIFY(!dialog->startButton()->isEnabled());
            QStringList said;
            for (const QLabel* label : dialog->findChildren<QLabel*>())
                if (label->isVisible()) said << label->text();
            VERIFY_SAYS(said.join(QLatin1Char('\n')), "raise Epochs in the form");
            QVERIFY(!said.join(QLatin1Char('\n')).contains(QStringLiteral("repeats what it did next")));
            dialog->reject();
        });
        fork()->trigger();
        VERIFY_SAYS(train()->runBar()->progressText(), "best epoch");
    }

    void pickerLooksAtOtherSequencesOfAFinishedRun() {
        trainToTheEnd(3);
        const RunReplay* replay = train()->replay();
        QTRY_COMPARE(replay->epoch(), 3);
        QCOMPARE(picker()->sample(), 0);
        const ExperimentConfig form = train()->experiment()->config();
        RunOptions options;
        options.threads = 1;
        const std::unique_ptr<RunProbe> probe = open_run_probe(replay->folder(), options);
        picker()->spin()->selectAll();
        QTest::keyClicks(picker()->spin(), QStringLiteral("2"));
        QTest::keyClick(picker()->spin(), Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(replay->frame()->sample, 2, long_wait);
        QCOMPARE(replay->frame()->u, probe->frame(3, 2).u);
        VERIFY_SAYS(picker()->facts(), "of its steps right");
        // Other epochs show that sequence as well.
        QTest::keyClick(replay->bar()->slider(), Qt::Key_Home);
        QTRY_COMPARE_WITH_TIMEOUT(replay->frame()->epoch, 0, long_wait);
        QCOMPARE(replay->frame()->sample, 2);
        QCOMPARE(replay->frame()->spikes, probe->frame(0, 2).spikes);
        // And the worst is looked for at the epoch that shows.
        TrainingControl control;
        const int worst = static_cast<int>(*probe->worst(0, control));
        QTest::mouseClick(picker()->worstButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(!picker()->worstButton()->isChecked(), long_wait);
        QTRY_COMPARE_WITH_TIMEOUT(replay->frame()->sample, worst, long_wait);
        QCOMPARE(picker()->sample(), worst);
        // Looking changed nothing.
        QCOMPARE(train()->experiment()->config(), form);
        QCOMPARE(read_frame(replay->folder(), 3).sample, 0);
        // The sequence that was recorded comes back by its number.
        picker()->spin()->setValue(0);
        QTRY_COMPARE_WITH_TIMEOUT(replay->frame()->sample, 0, long_wait);
        QCOMPARE(replay->frame()->u, read_frame(replay->folder(), 0).u);
    }

    void sequenceThatCannotBeComputedLeavesTheRecordedOne() {
        trainToTheEnd(2);
        const RunReplay* replay = train()->replay();
        std::filesystem::remove(epoch_checkpoint(replay->folder(), 2));
        QTest::mouseClick(picker()->nextButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->banner()->text().contains(QStringLiteral("epoch_2.pt")), long_wait);
        QTRY_COMPARE(picker()->sample(), 0);
        QCOMPARE(replay->frame()->sample, 0);
        QCOMPARE(replay->epoch(), 2);
    }

    void pickerEditsTheFormWhileNothingRuns() {
        m_fixture->open();
        m_fixture->shrink(2);
        QCOMPARE(picker()->spin()->maximum(), 3);
        QVERIFY(!picker()->previousButton()->isEnabled());
        QTest::mouseClick(picker()->nextButton(), Qt::LeftButton);
        QCOMPARE(recording().probe_sample, 1);
        QTest::mouseClick(picker()->worstButton(), Qt::LeftButton);
        QVERIFY(recording().follow_worst);
        QTest::mouseClick(picker()->nextButton(), Qt::LeftButton);
        QCOMPARE(recording().probe_sample, 2);
        QVERIFY(!recording().follow_worst && !picker()->worstButton()->isChecked());
        m_fixture->type(QStringLiteral("recording.probe_sample"), QStringLiteral("3"));
        QCOMPARE(picker()->sample(), 3);
        QVERIFY(!picker()->nextButton()->isEnabled());
    }

    void pickerChangesWhatARunningTrainingShows() {
        m_fixture->open();
        m_fixture->shrink(100000);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(train()->replay()->frame() != nullptr, long_wait);
        QCOMPARE(train()->replay()->frame()->sample, 0);
        QSignalSpy changes(train()->presenter(), &TrainingPresenter::changed);
        for (int i = 0; i < 3; ++i) QTest::mouseClick(picker()->nextButton(), Qt::LeftButton);
        QCOMPARE(picker()->sample(), 3);
        QTRY_COMPARE_WITH_TIMEOUT(train()->replay()->frame()->sample, 3, long_wait);
        QCOMPARE(picker()->sample(), 3);
        VERIFY_SAYS(picker()->facts(), "of its steps right");
        QTest::mouseClick(picker()->worstButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(changes.size(), 4, long_wait);
        QVERIFY(picker()->worstButton()->isChecked());
        // Each change has its mark under the epochs, and says what it was.
        const EpochSlider* slider = train()->replay()->bar()->slider();
        const int when = changes.at(0).at(0).value<RunChange>().epoch;
        QTRY_VERIFY_WITH_TIMEOUT(slider->epochs().contains(when), long_wait);
        VERIFY_SAYS(slider->tipAt(slider->xOf(when)), "from 0 to 1 after epoch");
        stop();
        const StoredRun run = open_run(train()->runFolder().toStdString());
        QVERIFY(run.config.recording.follow_worst);
        QCOMPARE(run.config.recording.probe_sample, 3);
    }

    void classIsChosenAmongTheSequencesOfASet() {
        m_fixture->open();
        ExperimentConfig digits = load_preset("synthetic_digits_brf");
        digits.dataset.synthetic_test = 40;
        train()->experiment()->setPreset(QString(), digits);
        QVERIFY(picker()->classBox()->isVisible());
        QCOMPARE(picker()->classBox()->count(), 11);
        picker()->classBox()->setCurrentIndex(1 + 7);
        const SampleBrowser browser(digits.dataset, {});
        const std::vector<std::int64_t>& sevens = browser.of_class(Split::test, 7);
        QVERIFY(sevens.size() > 1);
        QTRY_COMPARE_WITH_TIMEOUT(picker()->sample(), static_cast<int>(sevens[0]), long_wait);
        QTest::mouseClick(picker()->nextButton(), Qt::LeftButton);
        QCOMPARE(picker()->sample(), static_cast<int>(sevens[1]));
        QCOMPARE(recording().probe_sample, static_cast<int>(sevens[1]));
        picker()->classBox()->setCurrentIndex(0);
        QTest::mouseClick(picker()->nextButton(), Qt::LeftButton);
        QCOMPARE(picker()->sample(), static_cast<int>(sevens[1]) + 1);
    }

 private:
    TrainWorkspace* train() const { return m_fixture->window->train(); }
    QAction* fork() const { return train()->replay()->bar()->forkAction(); }
    ProbePicker* picker() const { return train()->probe()->picker(); }
    const RecordingConfig& recording() const { return train()->experiment()->config().recording; }
    void trainToTheEnd(int epochs) {
        m_fixture->open();
        m_fixture->shrink(epochs);
        // A training this short may be over before anybody looks whether it runs.
        QSignalSpy ended(train()->presenter(), &TrainingPresenter::ended);
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, long_wait);
    }
    void stop() {
        m_fixture->click(train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(ForkTest)
#include "fork_test.moc"
