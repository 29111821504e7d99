// tests/app/large_text_test.cpp: the window with letters of 14 pt: nothing grows beyond it, nothing lies upon another.
#include <QLabel>
#include <QMenuBar>
#include <QScrollArea>

#include "complaint.h"
#include "example_scene.h"
#include "live_view_frames.h"
#include "painted_words.h"
#include "test_registry.h"
#include "views/curve_chart.h"
#include "views/input_view.h"
#include "views/parameter_view.h"
#include "views/phase_view.h"
#include "window_fixture.h"

using namespace resonate;
using namespace resonate::tests;

class LargeTextTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void aWindowOf1200KeepsItsSizeThroughARun() {
        MainWindow& window = openLarger();
        QTRY_COMPARE(window.size(), QSize(1200, 800));
        m_fixture->shrink(1);
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), TrainingPresenter::State::Idle, long_wait);
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->raster()->hasContent(), long_wait);
        QCOMPARE(window.size(), QSize(1200, 800));
        QVERIFY(window.minimumSizeHint().width() <= 1200);
    }

    void theFormIsAsWideAtEveryStart() {
        int width = 0;
        for (int start = 0; start < 3; ++start) {
            MainWindow& window = m_fixture->open();
            const QWidget* form = window.train()->dockOf(QStringLiteral("experiment"));
            const auto* fields = window.train()->experiment()->findChild<QScrollArea*>();
            QTRY_VERIFY(fields->widget()->minimumSizeHint().width() <= fields->viewport()->width());
            QTRY_COMPARE(form->width(), form->minimumWidth());
            if (start > 0) QCOMPARE(form->width(), width);
            width = form->width();
            QVERIFY(window.close());
        }
    }

    void smallerLettersGiveTheRoomBack() {
        MainWindow& window = m_fixture->open();
        const QWidget* form = window.train()->dockOf(QStringLiteral("experiment"));
        const auto* fields = window.train()->experiment()->findChild<QScrollArea*>();
        QTRY_VERIFY(fields->widget()->minimumSizeHint().width() <= fields->viewport()->width());
        const int before = form->width();
        window.setTextSize(TextSize::Larger);
        QTRY_VERIFY(form->width() > before + 50);
        const int large = form->width();
        window.setTextSize(TextSize::Normal);
        QTRY_VERIFY(form->minimumWidth() < large - 50);
        QTRY_COMPARE(form->width(), form->minimumWidth());
    }

    void aLowChartSaysWhatItsAxesShow() {
        CurveChart chart(QStringLiteral("accuracy"), true);
        chart.applyStyle(PlotStyle::print(), Qt::blue);
        chart.resize(400, 300);
        chart.show();
        QVERIFY(chart.caption().isEmpty());
        QFont large = chart.font();
        large.setPointSizeF(14);
        chart.setFont(large);
        chart.resize(290, 150);
        QCOMPARE(chart.caption(), QStringLiteral("accuracy over epochs"));
        chart.resize(290, 170);
        QCOMPARE(chart.caption(), QStringLiteral("over epochs"));
        WordPaper paper(QSize(400, 150));
        {
            QPainter painter(&paper);
            painter.setFont(large);
            chart.drawInto(painter, QRectF(0, 0, 400, 150));
        }
        QVERIFY(says(paper.words(), QStringLiteral("accuracy over epochs")));
    }

    /// As small as the views of a window of 1200 × 800 are.
    void nothingInALowViewLiesUponAnother() {
        applyTextSize(TextSize::Larger);
        ViewLink link;
        auto frame = std::make_shared<ProbeFrame>(*spread_frame(32));
        for (float& v : frame->v) v = 10.5F * v - 12;
        RasterView raster(&link);
        raster.setClassNames({QStringLiteral("P"), QStringLiteral("PQ"), QStringLiteral("QR"), QStringLiteral("RS")});
        raster.setFrame(frame);
        checkWords(raster, {376, 225}, {QStringLiteral("time step"), QStringLiteral("neuron"), QStringLiteral("true")});
        checkWords(raster, {376, 190}, {QStringLiteral("time step"), QStringLiteral("true")});
        MembraneView membranes(&link);
        membranes.setFrame(frame);
        checkWords(membranes, {376, 215}, {QStringLiteral("time step"), QStringLiteral("threshold")});
        PhaseView phase(&link);
        phase.setFrame(frame);
        checkWords(phase, {212, 220}, {QStringLiteral("№ ")});
        checkWords(phase, {300, 300}, {QStringLiteral("v")});
        const SharedSample ecg = generated_sample("synthetic_ecg");
        InputView input(&link);
        input.setDataset(ecg->info, ecg->stepOrder);
        input.setFrame(resonating_frame(*ecg, 2));
        for (const int height : {190, 240, 300, 420, 640})
            checkWords(input, {420, height},
                       {QStringLiteral("lead 1"), QStringLiteral("lead 2"), QStringLiteral("class")});
    }

    void sentenceOfAnEmptyViewIsNotCut() {
        MainWindow& window = openLarger();
        for (const char* name : {"parameters", "phase", "membranes", "raster"}) {
            QWidget* view = window.train()->dockOf(QLatin1String(name))->widget();
            const QImage seen = view->grab().toImage();
            const QRgb paper = seen.pixel(0, 0);
            // Where words are cut, ink stands at the edge.
            for (int x = 0; x < seen.width(); ++x)
                for (const int y : {0, seen.height() - 1}) QCOMPARE(seen.pixel(x, y), paper);
            int inked = 0;
            for (int x = 0; x < seen.width(); ++x)
                for (int y = 0; y < seen.height(); ++y) inked += seen.pixel(x, y) != paper;
            QVERIFY(inked > 500);
        }
    }

 private:
    MainWindow& openLarger() {
        MainWindow& window = m_fixture->open();
        const QWidget* form = window.train()->experiment();
        const int before = form->minimumWidth();
        window.setTextSize(TextSize::Larger);
        // The form fits itself by events.
        if (!QTest::qWaitFor([&] { return form->minimumWidth() > before; })) qFatal("the form did not grow");
        window.resize(1200, 800);
        return window;
    }
    void checkWords(ExportableView& view, const QSize& size, const QStringList& wanted) {
        const QList<PaintedWord> words = painted_words(view, size);
        for (const QString& word : wanted) QVERIFY2(says(words, word), qPrintable(word));
        QVERIFY2(covered_words(words).isEmpty(), qPrintable(covered_words(words).join(QStringLiteral("; "))));
        for (const PaintedWord& word : words)
            QVERIFY2(QRectF(-2, -2, size.width() + 4, size.height() + 4).contains(word.area), qPrintable(word.text));
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(LargeTextTest)
#include "large_text_test.moc"
