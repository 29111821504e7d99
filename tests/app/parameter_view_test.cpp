// tests/app/parameter_view_test.cpp: the view of frequencies and damping.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "complaint.h"
#include "exports/view_exporter.h"
#include "live_view_frames.h"
#include "style/theme.h"
#include "test_registry.h"
#include "views/membrane_view.h"
#include "views/parameter_view.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

class ParameterViewTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        applyTheme(*qApp, ThemeMode::Light);
        m_link = std::make_unique<ViewLink>();
        m_view = std::make_unique<ParameterView>(m_link.get());
        m_view->resize(500, 400);
        m_view->show();
        m_view->begin(ExperimentConfig());
    }
    void cleanup() { m_view.reset(); }

    void clickSelectsAndTheMembraneShows() {
        MembraneView membranes(m_link.get());
        membranes.setFrame(spread_frame());
        m_view->setFrame(spread_frame());
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, m_view->pointOf(5).toPoint());
        QCOMPARE(membranes.shownNeurons(), QList<int>{5});
        QTest::mouseClick(m_view.get(), Qt::LeftButton, Qt::ShiftModifier, m_view->pointOf(2).toPoint());
        QCOMPARE(membranes.shownNeurons(), (QList<int>{5, 2}));
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, QPoint(490, 60));
        QCOMPARE(m_link->selection(), (QList<int>{5, 2}));
    }

    void arrowsWalkByFrequency() {
        auto frame = spread_frame(3);
        frame->omega = {5, 3, 4};
        m_view->setFrame(frame);
        m_link->setSelection({1});
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QCOMPARE(m_link->selection(), QList<int>{2});
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QTest::keyClick(m_view.get(), Qt::Key_Up);
        QCOMPARE(m_link->selection(), QList<int>{0});
    }

    /// p(ω) = (−1 + √(1 − (δω)²)) / δ of the paper; for δ = 0.01 and ω = 60: (−1 + 0.8) / 0.01.
    void boundaryIsThatOfTheNeuron() {
        m_view->setFrame(spread_frame());
        QCOMPARE(m_view->boundary(0), 0.0);
        QVERIFY(std::abs(m_view->boundary(60) + 20) < 1e-9);
        QVERIFY(std::isnan(m_view->boundary(101)));
        auto hrf = spread_frame();
        hrf->neuron = NeuronType::hrf;
        m_view->setFrame(hrf);
        QCOMPARE(m_view->boundary(60), 0.0);
        ExperimentConfig linear;
        linear.network.decay = Decay::linear;
        m_view->begin(linear);
        m_view->setFrame(spread_frame());
        QVERIFY(std::isnan(m_view->boundary(5)));
    }

    void neuronsBeyondTheBoundaryAreCounted() {
        auto frame = spread_frame();
        QCOMPARE(m_view->divergingCount(), 0);
        frame->b[3] = 0.2F;
        frame->b[4] = 0;  // p(7) is below 0
        m_view->setFrame(frame);
        QCOMPARE(m_view->divergingCount(), 2);
        m_view->grab();
        VERIFY_SAYS(m_view->accessibleDescription(), "8 neurons, ω from 3.00 to 10.00; 2 beyond");
    }

    void startStaysWhereItWasAndTrailsAreBounded() {
        m_view->setFrame(spread_frame());
        for (int i = 1; i <= 1000; ++i) {
            auto frame = spread_frame();
            for (float& omega : frame->omega) omega += 0.002F * static_cast<float>(i);
            frame->epoch = 1;
            frame->batch = i;
            m_view->setFrame(frame);
        }
        QVERIFY(m_view->trailLength() > ParameterTrail::longest / 2 - 2);
        QVERIFY(m_view->trailLength() <= ParameterTrail::longest);
        QCOMPARE(m_view->csv().split(QLatin1Char('\n'))[1].left(15), QStringLiteral("0,3,-0.5,5,-0.5"));
        m_view->begin(ExperimentConfig());
        QCOMPARE(m_view->trailLength(), 0U);
        QVERIFY(!m_view->hasContent());
    }

    void wheelZoomsAndDoubleClickShowsAll() {
        m_view->setFrame(spread_frame());
        const QPointF before = m_view->pointOf(0);
        turn_wheel(m_view.get(), m_view->pointOf(4), 240);
        QVERIFY(QLineF(before, m_view->pointOf(0)).length() > 20);
        QTest::mouseDClick(m_view.get(), Qt::LeftButton, {}, QPoint(490, 60));
        QVERIFY(QLineF(before, m_view->pointOf(0)).length() < 1);
    }

    /// At step 0 all neurons of the example spike, at step 1 none.
    void spikesFlashAtTheCursor() {
        m_view->setFrame(spread_frame());
        m_link->setCursor(1);
        const QImage calm = m_view->grab().toImage();
        m_link->setCursor(0);
        const QImage loud = m_view->grab().toImage();
        const QPoint beside = m_view->pointOf(3).toPoint() + QPoint(6, 0);
        QVERIFY(calm.pixelColor(beside) != loud.pixelColor(beside));
    }

    void neuronsThatDoNotResonateSaySo() {
        m_view->setFrame(alif_frame());
        QVERIFY(!m_view->hasContent());
        m_view->grab();
        VERIFY_SAYS(m_view->accessibleDescription(), "ALIF neurons do not resonate");
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, QPoint(200, 200));
        QVERIFY(m_link->selection().isEmpty());
        QTemporaryDir folder;
        VERIFY_SAYS(complaint([&] { exportView(*m_view, folder.filePath(QStringLiteral("p.svg")), {}); }),
                    "train a resonator");
    }

 private:
    std::unique_ptr<ViewLink> m_link;
    std::unique_ptr<ParameterView> m_view;
};

RESONATE_TEST(ParameterViewTest)
#include "parameter_view_test.moc"
