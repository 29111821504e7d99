// tests/app/parameter_view_test.cpp: the view of frequencies and damping.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "complaint.h"
#include "exports/view_exporter.h"
#include "live_view_frames.h"
#include "painted_words.h"
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

    /// Neurons close to each other, with long numbers at the axis of damping.
    void wordsInASmallViewCoverEachOtherNowhere() {
        auto frame = spread_frame();
        for (size_t h = 0; h < 8; ++h) {
            frame->omega[h] = 4.6F + 0.1F * static_cast<float>(h);
            frame->b[h] = -0.15F - 0.0004F * static_cast<float>(h);
        }
        m_view->setFrame(frame);
        m_link->setSelection({0, 1, 2, 3, 4, 5});
        for (const QSize& size : {QSize(180, 160), QSize(260, 220), QSize(500, 400)}) {
            const QList<PaintedWord> words = painted_words(*m_view, size);
            const QStringList covered = covered_words(words);
            QVERIFY2(covered.isEmpty(), qPrintable(covered.join(QLatin1String("; "))));
            QVERIFY(says(words, QStringLiteral("p(ω)")));
            const auto ticks = std::count_if(words.begin(), words.end(), [&](const PaintedWord& word) {
                bool number = false;
                word.text.toDouble(&number);
                return number && word.area.top() > size.height() - 36;
            });
            QVERIFY2(ticks >= 2, qPrintable(QString::number(ticks)));
        }
        QVERIFY(says(painted_words(*m_view, QSize(500, 400)), QStringLiteral("grows above p(ω)")));
    }

    void axesHoldTheWholeTrail() {
        const auto frame = spread_frame();
        auto far = spread_frame();
        far->omega[7] = 20;
        m_view->setTrail({{0, frame->omega, frame->b}, {1, far->omega, far->b}});
        m_view->setFrame(frame);
        // From 3 to 10 is less than half of 3 to 20.
        const auto spread = [&] { return m_view->pointOf(7).x() - m_view->pointOf(0).x(); };
        QVERIFY(spread() < m_view->width() / 2.0);
        // Of many neurons only the selected ones draw all steps of their trails.
        const auto large = spread_frame(250);
        for (size_t h = 8; h < 250; ++h) large->omega[h] = 3;
        auto away = std::make_shared<ProbeFrame>(*large);
        away->omega[7] = 20;
        std::vector<ParameterTrail::Snapshot> past(20, {5, large->omega, large->b});
        past[1] = {1, away->omega, away->b};
        m_view->begin(ExperimentConfig());
        m_view->setTrail(past);
        m_view->setFrame(large);
        QVERIFY(spread() > m_view->width() / 2.0);
        QTest::mouseClick(m_view.get(), Qt::LeftButton, {}, m_view->pointOf(7).toPoint());
        QVERIFY(spread() < m_view->width() / 2.0);
    }

    void axesStayWhereTheyAreWithWhatTheyHold() {
        const auto frame = spread_frame();
        auto far = spread_frame();
        far->omega[7] = 20;
        far->b[7] = -9;
        m_view->setFrame(frame);
        const QPointF alone = m_view->pointOf(0);
        m_view->begin(ExperimentConfig());
        for (const auto& one : {frame, far}) m_view->hold(one->omega, one->b);
        m_view->setFrame(frame);
        const QPointF before = m_view->pointOf(0);
        QVERIFY(before != alone);
        m_view->setFrame(far);
        QCOMPARE(m_view->pointOf(0), before);
        m_view->begin(ExperimentConfig());
        m_view->setFrame(frame);
        QCOMPARE(m_view->pointOf(0), alone);
    }

    void tailsOfSpikesAreExplained() {
        auto frame = spread_frame();
        frame->threshold[50 * 8 + 4] = 1.5F;
        m_view->setFrame(frame);
        const QPointF beside(490, 60);
        VERIFY_SAYS(tip_at(m_view.get(), beside), "down to b − q");
        m_link->setCursor(50);
        VERIFY_SAYS(tip_at(m_view.get(), m_view->pointOf(4)), "raised q to 0.500, its damping is b − q = -1.800");
        QVERIFY(!tip_at(m_view.get(), m_view->pointOf(2)).contains(QLatin1String("b − q")));
        QToolTip::hideText();
    }

    void trailOfAForkSaysSo() {
        auto frame = spread_frame();
        frame->epoch = 3;
        m_view->setFork(3);
        m_view->setFrame(frame);
        VERIFY_SAYS(tip_at(m_view.get(), m_view->pointOf(4)), "Since the fork at epoch 3");
        QVERIFY(says(painted_words(*m_view, QSize(500, 400)), QStringLiteral("fork at epoch 3")));
        m_view->setFork(std::nullopt);
        VERIFY_SAYS(tip_at(m_view.get(), m_view->pointOf(4)), "Since epoch 3, the first seen");
        m_view->begin(ExperimentConfig());
        m_view->setFrame(spread_frame());
        VERIFY_SAYS(tip_at(m_view.get(), m_view->pointOf(4)), "Since the start");
        QToolTip::hideText();
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
