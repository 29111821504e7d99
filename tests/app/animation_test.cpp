// tests/app/animation_test.cpp: recorded epochs of a run become animations, as a user makes them in the window.
#include <QDoubleSpinBox>
#include <QImageReader>
#include <QLabel>
#include <QPushButton>

#include "complaint.h"
#include "exports/figure_record.h"
#include "models/view_link.h"
#include "opened_run.h"
#include "panels/animation_dialog.h"
#include "panels/figure_form.h"
#include "panels/probe_picker.h"
#include "test_registry.h"
#include "views/parameter_view.h"
#include "workspaces/probe_choice.h"
#include "workspaces/run_replay.h"

using namespace resonate;
using namespace resonate::tests;

class AnimationTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<OpenedRun>();
        m_fixture->openMade();
    }
    void cleanup() { m_fixture.reset(); }

    void recordedEpochsBecomeAGif() {
        const SharedFrame shown = train()->live()->frame();
        animate(QStringLiteral("raster"), true);
        const QString file = m_fixture->path(QStringLiteral("made-run-raster.gif"));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), 60000);
        QImageReader gif(file);
        QCOMPARE(gif.format(), QByteArray("gif"));
        QCOMPARE(gif.imageCount(), 5);  // epochs 0 … 4
        const QImage first = gif.read();
        QCOMPARE(first.size(), QSize(236, 157));  // 100 mm at 60 dpi
        QCOMPARE(first.pixelColor(2, 2), QColor(Qt::white));
        int different = 0;
        for (QImage before = first, next = gif.read(); !next.isNull(); before = next, next = gif.read())
            different += next != before;
        QCOMPARE(different, 4);
        QCOMPARE(gif.loopCount(), -1);
        QTRY_VERIFY(m_fixture->window->banner()->isVisible());
        VERIFY_SAYS(m_fixture->window->banner()->text(), "animation of 5 epochs");
        QCOMPARE(train()->live()->frame(), shown);
        // It says which run made it, and opens it.
        QCOMPARE(readRecord(file).run, QStringLiteral("made-run"));
        QVERIFY(readRecord(file).epoch.isEmpty());
        m_fixture->window->banner()->dismissAll();
        m_fixture->window->open(file);
        QTRY_VERIFY(m_fixture->window->banner()->isVisible());
        VERIFY_SAYS(m_fixture->window->banner()->text(), "made-run-raster.gif was made by the run made-run");
        // A second one stands beside it.
        animate(QStringLiteral("raster"), true);
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_fixture->path(QStringLiteral("made-run-raster-2.gif"))), 60000);
    }

    void recordedEpochsBecomeNumberedPictures_data() {
        QTest::addColumn<QString>("view");
        QTest::newRow("all") << QString();
        for (const char* view : all_views) QTest::newRow(view) << QString::fromLatin1(view);
    }
    void recordedEpochsBecomeNumberedPictures() {
        QFETCH(QString, view);
        animate(view, false);
        const QDir folder(
            m_fixture->path(QStringLiteral("made-run-") + (view.isEmpty() ? QStringLiteral("epochs") : view)));
        QTRY_VERIFY_WITH_TIMEOUT(folder.exists(QStringLiteral("frame_0005.png")), 60000);
        QTRY_VERIFY(m_fixture->window->banner()->isVisible());
        QCOMPARE(folder.entryList(QDir::Files).size(), 5);
        const QImage first(folder.filePath(QStringLiteral("frame_0001.png")));
        const QImage last(folder.filePath(QStringLiteral("frame_0005.png")));
        QCOMPARE(first.size(), QSize(236, 157));
        QVERIFY(first != last);
    }

    /// The neurons leave at the end what the first epoch would fill.
    void parametersStandOnTheSameAxesInAllPictures() {
        ProbeFrame far = made_frame(4, 60, 8);
        for (float& omega : far.omega) omega += 20;
        for (float& b : far.b) b -= 5;
        std::ofstream(frame_file(m_fixture->run.toStdString(), 4), std::ios::binary) << frame_bytes(far);
        animate(QStringLiteral("parameters"), false);
        const QDir folder(m_fixture->path(QStringLiteral("made-run-parameters")));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->banner()->isVisible(), 60000);
        const QImage first(folder.filePath(QStringLiteral("frame_0001.png")));
        const QImage last(folder.filePath(QStringLiteral("frame_0005.png")));
        QCOMPARE(first.size(), QSize(236, 157));
        const QRect axis(0, 124, 236, 18);  // numbers and title of ω
        QCOMPARE(first.copy(axis), last.copy(axis));
        QVERIFY(first.copy(0, 30, 236, 90) != last.copy(0, 30, 236, 90));
        const QRect key(0, 15, 236, 11);  // "epoch 0", "epoch 4"
        QVERIFY(first.copy(key) != last.copy(key));
    }

    void theAnimationDialogSaysWhichEpochsItDrawsAndTheLastIsAmongThem() {
        AnimationDialog dialog({{QStringLiteral("Raster"), QStringLiteral("raster")}},
                               std::vector<int>{0, 1, 2, 4, 8, 9}, QStringLiteral("stem"),
                               m_fixture->window->context()->settings(), nullptr);
        dialog.show();
        const auto type = [](QSpinBox* spin, const char* number) {
            spin->selectAll();
            QTest::keyClicks(spin, QString::fromLatin1(number));
        };
        QCOMPARE(dialog.epochs(), (QList<int>{0, 1, 2, 4, 8, 9}));
        type(dialog.strideSpin(), "2");
        QCOMPARE(dialog.epochs(), (QList<int>{0, 2, 8, 9}));
        VERIFY_SAYS(dialog.words()->text(), "Draws 4 of 6 recorded epochs: 0, 2, 8, 9.");
        type(dialog.rateSpin(), "5");
        VERIFY_SAYS(dialog.words()->text(), "4 frames, which take 0.80 s");
        dialog.formatBox()->setCurrentIndex(1);
        VERIFY_SAYS(dialog.words()->text(), "4 frames.");
        type(dialog.strideSpin(), "6");
        QCOMPARE(dialog.epochs(), (QList<int>{0, 9}));
    }

    void theLastEpochIsDrawnWhateverIsLeftOut() {
        animate(QStringLiteral("phase"), false, 3);
        const QDir folder(m_fixture->path(QStringLiteral("made-run-phase")));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->banner()->isVisible(), 60000);
        QCOMPARE(folder.entryList(QDir::Files).size(), 3);  // epochs 0, 3, 4
    }

    void animationOfAnEpochThatIsGoneLeavesItOut() {
        QVERIFY(QFile::remove(m_fixture->run + QStringLiteral("/epochs/epoch_2.npz")));
        QFile damaged(m_fixture->run + QStringLiteral("/epochs/epoch_3.npz"));
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write("x");
        damaged.close();
        animate(QStringLiteral("phase"), true);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->banner()->isVisible(), 60000);
        VERIFY_SAYS(m_fixture->window->banner()->text(), "animation of 3 epochs");
    }

    /// Which would be panels of a centimetre at the size of a figure.
    void allViewsInOnePictureHaveAPageOfTheirOwnSize() {
        AnimationDialog dialog({{QStringLiteral("Raster"), QStringLiteral("raster")}}, std::vector<int>{0, 1},
                               QStringLiteral("stem"), m_fixture->window->context()->settings(), nullptr);
        dialog.show();
        const auto pixels = [&] { return figurePixels(dialog.options()); };
        const QSize one = pixels();
        dialog.viewBox()->setFocus();
        QTest::keyClick(dialog.viewBox(), Qt::Key_End);
        QCOMPARE(dialog.view(), QString());
        QCOMPARE(pixels(), QSize(1600, 1000));
        QTest::keyClick(dialog.viewBox(), Qt::Key_Home);
        QCOMPARE(pixels(), one);
        dialog.form()->widthSpin()->selectAll();
        QTest::keyClicks(dialog.form()->widthSpin(), QStringLiteral("127"));
        QTest::keyClick(dialog.viewBox(), Qt::Key_End);
        QCOMPARE(pixels(), QSize(600, one.height()));
    }

    void theViewWithTheFocusIsProposedElseAllOfThem() {
        const auto proposed = [this] {
            QString view = QStringLiteral("none");
            when_dialog_opens<AnimationDialog>([&](AnimationDialog* dialog) {
                view = dialog->view();
                dialog->reject();
            });
            m_fixture->window->findChild<QAction*>(QStringLiteral("exportAnimation"))->trigger();
            return view;
        };
        train()->dockOf(QStringLiteral("parameters"))->raise();
        train()->live()->parameters->setFocus();
        QTRY_VERIFY(train()->live()->parameters->hasFocus());
        QCOMPARE(proposed(), QStringLiteral("parameters"));
        train()->live()->parameters->clearFocus();
        QTRY_VERIFY(!train()->live()->parameters->hasFocus());
        QCOMPARE(proposed(), QString());
    }

    /// The same run by another name differs in the title alone.
    void aSingleViewSaysOfWhichRunItIs() {
        animate(QStringLiteral("parameters"), false);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->banner()->isVisible(), 60000);
        const QString other = m_fixture->runsDir() + QStringLiteral("/other-run");
        QVERIFY(QDir().rename(m_fixture->run, other));
        m_fixture->window->open(other);
        QTRY_COMPARE(train()->runFolder(), other);
        QTRY_VERIFY(train()->live()->raster->hasContent());
        animate(QStringLiteral("parameters"), false);
        const QString last = m_fixture->path(QStringLiteral("other-run-parameters/frame_0005.png"));
        QTRY_VERIFY_WITH_TIMEOUT(QImage(last).height() > 0, 60000);
        const QImage here(last);
        const QImage before(m_fixture->path(QStringLiteral("made-run-parameters/frame_0005.png")));
        const QRect title(0, 0, 236, 14);
        const QRect rest(0, 30, 236, 127);
        QVERIFY(here.copy(title) != before.copy(title));
        QCOMPARE(here.copy(rest), before.copy(rest));
    }

    void theSequenceThatShowsIsTheOneThatIsDrawn() {
        m_fixture->shrink(2);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(train()->replay()->isPast() && train()->replay()->epoch() == 2, long_wait);
        const QString stem = QFileInfo(train()->runFolder()).fileName();
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), TrainingPresenter::State::Idle, long_wait);
        m_fixture->window->open(QString(train()->runFolder()));
        QTRY_VERIFY_WITH_TIMEOUT(train()->replay()->frame() && train()->replay()->frame()->epoch == 2, long_wait);
        train()->link()->setSelection({0, 1});
        const auto drawn = [&](const QString& view, const QString& number) {
            animate(view, false);
            const QString file = m_fixture->path(QStringLiteral("%1-%2%3/frame_0003.png").arg(stem, view, number));
            [&] { QTRY_VERIFY_WITH_TIMEOUT(QImage(file).height() > 0, long_wait); }();
            return QImage(file).copy(0, 30, 236, 127);  // without the title
        };
        const int own = train()->replay()->frame()->sample;
        QVERIFY(own != 1);
        const QImage recorded = drawn(QStringLiteral("membranes"), QString());
        QSpinBox* spin = train()->probe()->picker()->spin();
        spin->selectAll();
        QTest::keyClicks(spin, QStringLiteral("1"));
        QTest::keyClick(spin, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(train()->replay()->frame()->sample, 1, long_wait);
        const QImage chosen = drawn(QStringLiteral("membranes"), QStringLiteral("-2"));
        QVERIFY(chosen != recorded);
        // What shows is untouched, and the recorded sequence can be drawn again.
        QCOMPARE(train()->replay()->frame()->sample, 1);
        spin->selectAll();
        QTest::keyClicks(spin, QString::number(own));
        QTest::keyClick(spin, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(train()->replay()->frame()->sample, own, long_wait);
        QCOMPARE(drawn(QStringLiteral("membranes"), QStringLiteral("-3")), recorded);
    }

 private:
    /// 100 mm at 60 dpi, through the menu.
    void animate(const QString& view, bool gif, int stride = 1) {
        when_dialog_opens<AnimationDialog>([&](AnimationDialog* dialog) {
            dialog->viewBox()->setCurrentIndex(dialog->viewBox()->findData(view));
            dialog->formatBox()->setCurrentIndex(gif ? 0 : 1);
            dialog->strideSpin()->setValue(stride);
            dialog->placeEdit()->setText(m_fixture->folder.path());
            dialog->form()->widthSpin()->setValue(100);
            dialog->form()->heightSpin()->setValue(66.5);
            dialog->form()->resolutionSpin()->setValue(60);
            QTest::mouseClick(dialog->exportButton(), Qt::LeftButton);
        });
        m_fixture->window->findChild<QAction*>(QStringLiteral("exportAnimation"))->trigger();
    }
    TrainWorkspace* train() const { return m_fixture->window->train(); }

    std::unique_ptr<OpenedRun> m_fixture;
};

RESONATE_TEST(AnimationTest)
#include "animation_test.moc"
