// tests/app/view_test.cpp: the views by themselves, without an engine.
#include <QSignalSpy>
#include <QTest>
#include <limits>

#include "example_frame.h"
#include "models/view_link.h"
#include "style/theme.h"
#include "test_registry.h"
#include "views/curves_view.h"
#include "views/decimate.h"
#include "views/membrane_view.h"
#include "views/raster_view.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

namespace {

EpochMetrics row_of(int epoch, double accuracy) {
    EpochMetrics row;
    row.epoch = epoch;
    row.test = {1.0, accuracy, 100};
    row.best = true;
    return row;
}

/// Pixels of that colour, nearly.
int count_colour(const QImage& image, const QColor& colour) {
    int found = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            const QColor pixel = image.pixelColor(x, y);
            if (std::abs(pixel.red() - colour.red()) < 4 && std::abs(pixel.green() - colour.green()) < 4 &&
                std::abs(pixel.blue() - colour.blue()) < 4)
                ++found;
        }
    return found;
}

}  // namespace

class DecimateTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void shortSeriesStaysAsItIs() {
        const QList<QPointF> points = decimate(0, 30, 10, [](int i) { return i * i; });
        QCOMPARE(points.size(), 30);
        QCOMPARE(points[7], QPointF(7, 49));
    }

    void longSeriesKeepsItsEndsAndExtremes() {
        const auto value = [](int i) { return i == 5003 ? 9.0 : i == 7777 ? -9.0 : std::sin(i * 0.01); };
        const QList<QPointF> points = decimate(0, 10000, 100, value);
        QVERIFY(points.size() <= 400);
        QCOMPARE(points.first(), QPointF(0, value(0)));
        QCOMPARE(points.last(), QPointF(9999, value(9999)));
        QVERIFY(points.contains(QPointF(5003, 9)));
        QVERIFY(points.contains(QPointF(7777, -9)));
        for (qsizetype i = 1; i < points.size(); ++i) QVERIFY(points[i].x() > points[i - 1].x());
    }

    void emptyStretchHasNoPoints() {
        QVERIFY(decimate(5, 5, 10, [](int) { return 1.0; }).isEmpty());
    }
};

class ThemeTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void cleanup() { applyTheme(*qApp, ThemeMode::Light); }

    void textStandsOutInLightAndDark() {
        for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
            applyTheme(*qApp, mode);
            const QPalette palette = QApplication::palette();
            const std::pair<QPalette::ColorRole, QPalette::ColorRole> pairs[] = {
                {QPalette::WindowText, QPalette::Window},       {QPalette::Text, QPalette::Base},
                {QPalette::Text, QPalette::AlternateBase},      {QPalette::ButtonText, QPalette::Button},
                {QPalette::PlaceholderText, QPalette::Base},    {QPalette::HighlightedText, QPalette::Highlight},
                {QPalette::ToolTipText, QPalette::ToolTipBase}, {QPalette::Link, QPalette::Window}};
            for (const auto& [ink, paper] : pairs) {
                const double ratio = contrastRatio(palette.color(ink), palette.color(paper));
                QVERIFY2(ratio >= 4.5, qPrintable(QStringLiteral("%1: role %2 on %3 has %4:1")
                                                      .arg(themeName(mode))
                                                      .arg(ink)
                                                      .arg(paper)
                                                      .arg(ratio)));
            }
        }
    }

    void linesStandOutInLightAndDark() {
        for (const bool dark : {false, true}) {
            applyTheme(*qApp, dark ? ThemeMode::Dark : ThemeMode::Light);
            const QColor paper = QApplication::palette().color(QPalette::Base);
            for (const NeuronType type : {NeuronType::brf, NeuronType::rf, NeuronType::alif, NeuronType::lif})
                QVERIFY(contrastRatio(neuronColour(type, dark), paper) >= 3);
            for (int i = 0; i < ViewLink::maxSelected; ++i)
                QVERIFY2(contrastRatio(selectionColour(i, dark), paper) >= 3, qPrintable(QString::number(i)));
            for (const NeuronType type : {NeuronType::brf, NeuronType::rf, NeuronType::alif, NeuronType::lif})
                QVERIFY(contrastRatio(validationColour(neuronColour(type, dark), dark), paper) >= 3);
        }
    }

    void contrastOfBlackOnWhiteIs21() {
        QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
        QCOMPARE(contrastRatio(Qt::red, Qt::red), 1.0);
    }

    void everyNeuronHasAColourOfItsOwn() {
        QSet<QRgb> seen;
        for (const NeuronType type : {NeuronType::brf, NeuronType::rf, NeuronType::alif, NeuronType::lif})
            seen.insert(neuronColour(type, false).rgb());
        QCOMPARE(seen.size(), 4);
    }
};

class RasterTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        applyTheme(*qApp, ThemeMode::Light);
        m_link = std::make_unique<ViewLink>();
        m_raster = std::make_unique<RasterView>(m_link.get());
        m_raster->resize(800, 400);
        m_raster->show();
    }
    void cleanup() { m_raster.reset(); }

    void clickSelectsItsNeuron() {
        m_raster->setFrame(example_frame());
        QTest::mouseClick(m_raster.get(), Qt::LeftButton, {}, m_raster->centreOf(5));
        QCOMPARE(m_link->selection(), QList<int>{5});
        QTest::mouseClick(m_raster.get(), Qt::LeftButton, {}, m_raster->centreOf(2));
        QCOMPARE(m_link->selection(), QList<int>{2});
    }

    void shiftClickAddsAndTakesAway() {
        m_raster->setFrame(example_frame());
        QTest::mouseClick(m_raster.get(), Qt::LeftButton, {}, m_raster->centreOf(1));
        QTest::mouseClick(m_raster.get(), Qt::LeftButton, Qt::ShiftModifier, m_raster->centreOf(7));
        QCOMPARE(m_link->selection(), (QList<int>{1, 7}));
        QTest::mouseClick(m_raster.get(), Qt::LeftButton, Qt::ShiftModifier, m_raster->centreOf(1));
        QCOMPARE(m_link->selection(), QList<int>{7});
    }

    void selectionIsBounded() {
        m_raster->setFrame(example_frame(100, 20));
        for (int h = 0; h < 20; ++h)
            QTest::mouseClick(m_raster.get(), Qt::LeftButton, Qt::ShiftModifier, m_raster->centreOf(h));
        QCOMPARE(m_link->selection().size(), ViewLink::maxSelected);
    }

    void clickBesideTheRowsSelectsNothing() {
        m_raster->setFrame(example_frame());
        QTest::mouseClick(m_raster.get(), Qt::LeftButton, {}, QPoint(400, 395));
        QVERIFY(m_link->selection().isEmpty());
    }

    void clickBeforeTheFirstFrameIsHarmless() {
        QTest::mouseClick(m_raster.get(), Qt::LeftButton, {}, QPoint(400, 100));
        QVERIFY(m_link->selection().isEmpty());
        QVERIFY(!m_raster->hasContent());
    }

    void arrowsWalkThroughTheNeurons() {
        m_raster->setFrame(example_frame());
        QTest::keyClick(m_raster.get(), Qt::Key_Up);
        QTest::keyClick(m_raster.get(), Qt::Key_Up);
        QCOMPARE(m_link->selection(), QList<int>{1});
        for (int i = 0; i < 20; ++i) QTest::keyClick(m_raster.get(), Qt::Key_Down);
        QCOMPARE(m_link->selection(), QList<int>{0});
    }

    void oneSpikeIsOneMark() {
        const auto frame = std::make_shared<ProbeFrame>(*example_frame());
        std::fill(frame->spikes.begin(), frame->spikes.end(), std::uint8_t{0});
        m_raster->setFrame(frame);
        const QColor ink = neuronColour(NeuronType::brf, false);
        const int silent = count_colour(m_raster->grab().toImage(), ink);
        const auto spiking = std::make_shared<ProbeFrame>(*frame);
        spiking->spikes[100 * 8 + 3] = 1;
        m_raster->setFrame(spiking);
        const QImage image = m_raster->grab().toImage();
        QVERIFY(count_colour(image, ink) > silent);
        // Where it stands: the row of neuron 3, half way along the time axis.
        const QPoint row = m_raster->centreOf(3);
        bool found = false;
        for (int x = row.x() - 4; x <= row.x() + 6; ++x) found = found || image.pixelColor(x, row.y()) == ink;
        QVERIFY(found);
    }

    void spikesCloserThanAPixelStillShow() {
        const auto frame = std::make_shared<ProbeFrame>(*example_frame(20000, 4));
        std::fill(frame->spikes.begin(), frame->spikes.end(), std::uint8_t{0});
        frame->spikes[10001 * 4 + 1] = 1;
        m_raster->setFrame(frame);
        QVERIFY(count_colour(m_raster->grab().toImage(), neuronColour(NeuronType::brf, false)) > 0);
    }

    void wheelZoomsAndDoubleClickShowsAll() {
        m_raster->setFrame(example_frame());
        const QPointF at(400, 100);
        QWheelEvent wheel(at, m_raster->mapToGlobal(at), {}, QPoint(0, 240), Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_raster.get(), &wheel);
        QVERIFY(m_raster->lastStep() - m_raster->firstStep() < 200);
        QTest::mouseDClick(m_raster.get(), Qt::LeftButton, {}, QPoint(400, 100));
        QCOMPARE(m_raster->firstStep(), 0.0);
        QCOMPARE(m_raster->lastStep(), 200.0);
    }

    void csvListsEverySpikeOnce() {
        const SharedFrame frame = example_frame();
        m_raster->setFrame(frame);
        const QStringList lines = m_raster->csv().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.first(), QStringLiteral("step,neuron"));
        QCOMPARE(lines.size() - 1, std::count(frame->spikes.begin(), frame->spikes.end(), 1));
        QCOMPARE(lines[1], QStringLiteral("0,0"));
    }

    void oneLabelForTheWholeSampleIsDrawn() {
        const auto frame = std::make_shared<ProbeFrame>(*example_frame());
        frame->labels = {2};
        m_raster->setFrame(frame);
        QVERIFY(count_colour(m_raster->grab().toImage(), classColour(2)) > 500);
    }

 private:
    std::unique_ptr<ViewLink> m_link;
    std::unique_ptr<RasterView> m_raster;
};

class MembraneTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        applyTheme(*qApp, ThemeMode::Light);
        m_link = std::make_unique<ViewLink>();
        m_view = std::make_unique<MembraneView>(m_link.get());
        m_view->resize(800, 400);
        m_view->show();
    }
    void cleanup() { m_view.reset(); }

    void showsTheMostActiveNeuronsUntilSomeAreChosen() {
        m_view->setFrame(example_frame());
        QCOMPARE(m_view->shownNeurons(), (QList<int>{0, 1, 2, 3}));
        m_link->setSelection({6, 4});
        QCOMPARE(m_view->shownNeurons(), (QList<int>{6, 4}));
    }

    void neuronsShownStayWhereSomeFallSilent() {
        m_view->setFrame(example_frame());
        const auto later = std::make_shared<ProbeFrame>(*example_frame());
        for (size_t t = 0; t < static_cast<size_t>(later->steps); ++t) later->spikes[t * 8] = 0;
        m_view->setFrame(later);
        QCOMPARE(m_view->shownNeurons(), (QList<int>{0, 1, 2, 3}));
    }

    void selectionOfALargerNetworkIsDropped() {
        m_link->setSelection({200});
        m_view->setFrame(example_frame());
        QCOMPARE(m_view->shownNeurons(), (QList<int>{0, 1, 2, 3}));
    }

    void cursorIsSharedWithTheRaster() {
        RasterView raster(m_link.get());
        raster.resize(800, 400);
        raster.setFrame(example_frame());
        m_view->setFrame(example_frame());
        const QImage before = m_view->grab().toImage();
        QTest::mouseMove(&raster, QPoint(400, 100));
        QMouseEvent move(QEvent::MouseMove, QPointF(400, 100), raster.mapToGlobal(QPointF(400, 100)), Qt::NoButton,
                         Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(&raster, &move);
        QCOMPARE(m_link->cursor(), 100);
        const QImage after = m_view->grab().toImage();
        // The line stands at the same place in both.
        QVERIFY(before.copy(396, 0, 10, 400) != after.copy(396, 0, 10, 400));
        QTest::keyClick(m_view.get(), Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(m_link->cursor(), 110);
    }

    void membraneThatIsNoNumberIsLeftOut() {
        const auto frame = std::make_shared<ProbeFrame>(*example_frame());
        for (size_t i = frame->u.size() / 2; i < frame->u.size(); ++i)
            frame->u[i] = i % 2 ? std::numeric_limits<float>::quiet_NaN() : std::numeric_limits<float>::infinity();
        m_view->setFrame(frame);
        QVERIFY(!m_view->grab().isNull());
    }

    void imaginaryPartIsDrawnOnDemand() {
        m_view->setFrame(example_frame());
        const QImage without = m_view->grab().toImage();
        m_view->setImaginaryShown(true);
        QVERIFY(without != m_view->grab().toImage());
    }

    void csvHoldsMembraneThresholdAndSpikesOfTheShown() {
        m_view->setFrame(example_frame());
        m_link->setSelection({2});
        const QStringList lines = m_view->csv().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 201);
        QCOMPARE(lines[0], QStringLiteral("step,u_2,threshold_2,spike_2"));
        QCOMPARE(lines[1], QStringLiteral("0,0,1,1"));
        m_view->setImaginaryShown(true);
        QVERIFY(m_view->csv().startsWith(QStringLiteral("step,u_2,v_2,threshold_2,spike_2\n0,0,1,1,1\n")));
    }

 private:
    std::unique_ptr<ViewLink> m_link;
    std::unique_ptr<MembraneView> m_view;
};

class CurvesTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void hiddenCurvesAreNotRedrawn() {
        CurvesView curves;
        curves.begin(ExperimentConfig(), {});
        curves.addEpoch(row_of(0, 10));
        QTest::qWait(300);
        QCOMPARE(curves.redrawCount(), 0);
        curves.show();
        QTRY_VERIFY(curves.redrawCount() > 0);
    }

    void aThousandBatchesCostFewRedraws() {
        CurvesView curves;
        curves.resize(700, 250);
        curves.show();
        curves.begin(ExperimentConfig(), {});
        QElapsedTimer clock;
        clock.start();
        for (int i = 1; i <= 1000; ++i) {
            BatchProgress progress;
            progress.epoch = 1;
            progress.epochs = 10;
            progress.batch = i;
            progress.batches = 1000;
            curves.addBatch(progress);
            if (i % 100 == 0) QCoreApplication::processEvents();
        }
        QTRY_VERIFY(curves.redrawCount() > 0);
        QCOMPARE(curves.batchCount(), 1000);
        QVERIFY(curves.redrawCount() <= clock.elapsed() / 100 + 1);
    }

    void newRunEmptiesTheCurves() {
        CurvesView curves;
        curves.begin(ExperimentConfig(), {row_of(0, 10), row_of(1, 20)});
        QCOMPARE(curves.epochCount(), 2);
        curves.begin(ExperimentConfig(), {});
        QCOMPARE(curves.epochCount(), 0);
        QVERIFY(!curves.hasContent());
    }

    void batchesAreBounded() {
        CurvesView curves;
        curves.begin(ExperimentConfig(), {});
        for (int i = 0; i < 100000; ++i) {
            BatchProgress progress;
            progress.epoch = 1 + i / 1000;
            progress.batch = i % 1000;
            progress.batches = 1000;
            curves.addBatch(progress);
        }
        QVERIFY(curves.batchCount() < 30000);
        QVERIFY(curves.batchCount() > 1000);
    }

    void csvIsTheTableOfMetrics() {
        CurvesView curves;
        curves.begin(ExperimentConfig(), {row_of(0, 12.5)});
        const QStringList lines = curves.csv().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QVERIFY(lines[0].startsWith(QStringLiteral("epoch,")));
        QVERIFY(lines[1].contains(QStringLiteral("12.5")));
    }
};

RESONATE_TEST(DecimateTest)
RESONATE_TEST(ThemeTest)
RESONATE_TEST(RasterTest)
RESONATE_TEST(MembraneTest)
RESONATE_TEST(CurvesTest)
#include "view_test.moc"
