// tests/app/watching_test.cpp: how often live views draw, membranes in one panel, curves moved by hand.
#include <QTest>
#include <QValueAxis>
#include <ctime>

#include "example_scene.h"
#include "models/refresh_pace.h"
#include "test_registry.h"
#include "views/curve_chart.h"
#include "views/membrane_view.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

class WatchingTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void idleThreadMayDrawAtOnce() {
        RefreshPace pace;
        QTest::qSleep(50);
        QVERIFY(pace.due());
    }

    void costlyDrawingWaits() {
        RefreshPace pace;
        spend(0.1);
        QVERIFY(!pace.due());
        QTRY_VERIFY(pace.due());
    }

    void beginningForgetsWhatWasSpent() {
        RefreshPace pace;
        spend(0.1);
        pace.begin();
        QTest::qSleep(50);
        QVERIFY(pace.due());
    }

    void izhikevichsMembraneIsTheOneThatSpikes() {
        ViewLink link;
        MembraneView view(&link);
        auto frame = std::make_shared<ProbeFrame>(*resonating_frame(*generated_sample("synthetic_ecg"), 4));
        view.setFrame(frame);
        QCOMPARE(view.membraneName(), QStringLiteral("u"));
        QCOMPARE(view.csv().section(QLatin1Char('\n'), 0, 0).count(QStringLiteral("v_")), 0);
        frame = std::make_shared<ProbeFrame>(*frame);
        frame->neuron = NeuronType::izhikevich;
        view.setFrame(frame);
        QCOMPARE(view.membraneName(), QStringLiteral("v"));
        QVERIFY(view.csv().section(QLatin1Char('\n'), 0, 0).contains(QStringLiteral("v_")));
        view.resize(500, 300);
        view.show();
        const QImage alone = view.grab().toImage();
        view.setImaginaryShown(true);
        QVERIFY(view.grab().toImage() != alone);
    }

    void overlaidMembranesShareOnePanel() {
        ViewLink link;
        MembraneView view(&link);
        view.setFrame(resonating_frame(*generated_sample("synthetic_ecg"), 8));
        link.setSelection({2, 5});
        view.resize(500, 300);
        view.show();
        const QImage stacked = view.grab().toImage();
        view.setOverlaid(true);
        QVERIFY(view.isOverlaid());
        const QImage overlaid = view.grab().toImage();
        // Between two panels there is a gap without a frame at the left; one panel has none.
        const auto framed = [](const QImage& image) {
            int rows = 0;
            for (int y = 12; y < 258; ++y) rows += image.pixelColor(58, y) != image.pixelColor(2, 2);
            return rows;
        };
        QVERIFY2(framed(overlaid) > framed(stacked), qPrintable(QStringLiteral("%1").arg(framed(overlaid))));
    }

    void middleButtonMovesTheCurvesAndADoubleClickShowsAll() {
        CurveChart chart(QStringLiteral("loss"), false);
        CurveData data;
        for (int epoch = 0; epoch <= 20; ++epoch) data.test.append({static_cast<double>(epoch), 2.0 - 0.05 * epoch});
        chart.resize(400, 250);
        chart.setData(data, 20);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart));
        const auto* axis = qobject_cast<QValueAxis*>(chart.chart()->axes(Qt::Horizontal).constFirst());
        QCOMPARE(axis->min(), 0.0);
        drag(chart, {250, 120}, {200, 120});
        QVERIFY(chart.isZoomed());
        QVERIFY2(axis->min() > 1, qPrintable(QString::number(axis->min())));
        QTest::mouseDClick(chart.viewport(), Qt::LeftButton, {}, QPoint(200, 120));
        QVERIFY(!chart.isZoomed());
        QCOMPARE(axis->min(), 0.0);
        QCOMPARE(axis->max(), 20.0);
    }

 private:
    /// Keeps this thread on its core for some seconds.
    static void spend(double seconds) {
        const std::clock_t start = std::clock();
        volatile double sum = 0;
        while (static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC < seconds) sum = sum + 1;
    }
    static void drag(CurveChart& chart, const QPointF& from, const QPointF& to) {
        for (const QPointF& at : {from, to}) {
            QMouseEvent move(QEvent::MouseMove, at, chart.viewport()->mapToGlobal(at), Qt::NoButton, Qt::MiddleButton,
                             Qt::NoModifier);
            QApplication::sendEvent(chart.viewport(), &move);
        }
    }
};

RESONATE_TEST(WatchingTest)
#include "watching_test.moc"
