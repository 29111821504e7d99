// tests/app/live_view_test.cpp: the views of input, output, phase plane, parameters and activity by themselves.
#include <QChart>
#include <QHelpEvent>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QValueAxis>
#include <QXmlStreamReader>
#include <cmath>
#include <limits>
#include <numbers>

#include "complaint.h"
#include "example_frame.h"
#include "exports/view_exporter.h"
#include "style/theme.h"
#include "test_registry.h"
#include "views/activity_view.h"
#include "views/curve_chart.h"
#include "views/curves_view.h"
#include "views/input_view.h"
#include "views/membrane_view.h"
#include "views/output_view.h"
#include "views/parameter_view.h"
#include "views/phase_view.h"
#include "views/rate_histogram.h"
#include "workspaces/live_views.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

namespace {

/// Neurons far from each other in the plane of ω and b: neuron h at (3 + h, −0.5 − 0.2 h).
std::shared_ptr<ProbeFrame> spread_frame(int neurons = 8) {
    auto frame = std::make_shared<ProbeFrame>(*example_frame(200, neurons));
    for (int h = 0; h < neurons; ++h) {
        frame->omega[static_cast<size_t>(h)] = static_cast<float>(3 + h);
        frame->b[static_cast<size_t>(h)] = static_cast<float>(-0.5 - 0.2 * h);
    }
    return frame;
}

std::shared_ptr<ProbeFrame> alif_frame() {
    auto frame = std::make_shared<ProbeFrame>(*example_frame());
    frame->neuron = NeuronType::alif;
    frame->v.clear();
    frame->omega.clear();
    frame->b.clear();
    return frame;
}

/// One label for the sequence; class `winner` wins at the last step, class 1 in the mean over all steps.
std::shared_ptr<ProbeFrame> sequence_frame(int classes, int label, int winner) {
    auto frame = std::make_shared<ProbeFrame>(*example_frame(100, 4));
    frame->classes = classes;
    frame->labels = {label};
    frame->probabilities.clear();
    for (int t = 0; t < frame->steps; ++t) {
        const int ahead = t < frame->steps - 1 ? 1 : winner;
        for (int c = 0; c < classes; ++c)
            frame->probabilities.push_back(c == ahead ? 0.6F : 0.4F / static_cast<float>(classes - 1));
    }
    return frame;
}

int count_colour(const QImage& image, const QColor& colour) {
    int found = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) found += image.pixelColor(x, y) == colour;
    return found;
}

void move_mouse(QWidget* widget, const QPointF& at) {
    QMouseEvent move(QEvent::MouseMove, at, widget->mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(widget, &move);
}

void turn_wheel(QWidget* widget, const QPointF& at, int angle) {
    QWheelEvent wheel(at, widget->mapToGlobal(at), {}, QPoint(0, angle), Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(widget, &wheel);
}

EpochMetrics row_of(int epoch, double sop) {
    EpochMetrics row;
    row.epoch = epoch;
    row.test = {1.0, 50, sop};
    row.train = SplitMetrics{1.0, 50, sop + 1};
    row.validation = SplitMetrics{1.0, 50, sop + 2};
    return row;
}

}  // namespace

class NeuronOrderTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void ordersGoFromTheBottomUp() {
        auto frame = spread_frame(3);
        frame->omega = {5, 3, 4};
        std::fill(frame->spikes.begin(), frame->spikes.end(), std::uint8_t{0});
        frame->spikes[3 * 10 + 2] = 1;  // neuron 2 at step 10
        frame->spikes[3 * 20 + 0] = 1;  // neuron 0 at 20 and 30; neuron 1 is silent
        frame->spikes[3 * 30 + 0] = 1;
        QCOMPARE(orderNeurons(*frame, NeuronOrder::Index).neuronAt, (std::vector<int>{0, 1, 2}));
        QCOMPARE(orderNeurons(*frame, NeuronOrder::Frequency).neuronAt, (std::vector<int>{1, 2, 0}));
        QCOMPARE(orderNeurons(*frame, NeuronOrder::Rate).neuronAt, (std::vector<int>{1, 2, 0}));
        QCOMPARE(orderNeurons(*frame, NeuronOrder::FirstSpike).neuronAt, (std::vector<int>{2, 0, 1}));
        QCOMPARE(orderNeurons(*frame, NeuronOrder::FirstSpike).rowOf, (std::vector<int>{1, 2, 0}));
    }

    void neuronsWithoutAFrequencyStandByIndex() {
        QCOMPARE(orderNeurons(*alif_frame(), NeuronOrder::Frequency).neuronAt,
                 orderNeurons(*alif_frame(), NeuronOrder::Index).neuronAt);
    }

    void clickOnAnOrderedRasterTakesTheNeuronOfThatRow() {
        ViewLink link;
        RasterView raster(&link);
        raster.resize(800, 400);
        auto frame = spread_frame();
        std::reverse(frame->omega.begin(), frame->omega.end());
        raster.setFrame(frame);
        const QPoint row = raster.centreOf(1);
        raster.setOrder(NeuronOrder::Frequency);
        QCOMPARE(raster.centreOf(6), row);
        raster.show();
        QTest::mouseClick(&raster, Qt::LeftButton, {}, row);
        QCOMPARE(link.selection(), QList<int>{6});
        QTest::keyClick(&raster, Qt::Key_Up);
        QCOMPARE(link.selection(), QList<int>{5});
    }
};

class InputViewTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        m_link = std::make_unique<ViewLink>();
        m_view = std::make_unique<InputView>(m_link.get());
        m_view->resize(700, 400);
        m_view->show();
    }
    void cleanup() { m_view.reset(); }

    void waitsForFrameAndDataSet() {
        m_view->setFrame(example_frame());
        QVERIFY(!m_view->hasContent());
        m_view->setDataset(dataset_info("synthetic_ecg"), {});
        QVERIFY(m_view->hasContent());
        m_view->setFrame(nullptr);
        QVERIFY(!m_view->hasContent());
    }

    /// A sequence of the new run must not stand under the name and the order of the run before.
    void dataSetOfTheRunBeforeIsForgotten() {
        LiveViews live(nullptr);
        live.begin(ExperimentConfig(), {}, {});
        live.setDataset(dataset_info("synthetic_ecg"));
        live.setFrame(example_frame());
        QVERIFY(live.input->hasContent());
        live.begin(ExperimentConfig(), {}, {});
        live.setDataset(std::nullopt);
        live.setFrame(example_frame());
        QVERIFY(!live.input->hasContent());
        live.setDataset(dataset_info("synthetic_digits"));
        QVERIFY(live.input->hasContent());
        QCOMPARE(live.input->sample()->info.name, std::string("synthetic_digits"));
        for (QWidget* view :
             std::initializer_list<QWidget*>{live.curves, live.activity, live.parameters, live.raster, live.input,
                                             live.output, live.membranes, live.phase, live.order})
            delete view;
    }

    void sameSequenceIsNotPreparedAgain() {
        m_view->setDataset(dataset_info("synthetic_ecg"), {});
        m_view->setFrame(example_frame());
        const SharedSample first = m_view->sample();
        m_view->setFrame(example_frame());
        QCOMPARE(m_view->sample(), first);
        auto other = std::make_shared<ProbeFrame>(*example_frame());
        other->input[7] = 1 - other->input[7];
        m_view->setFrame(other);
        QVERIFY(m_view->sample() != first);
    }

    /// The image is drawn as it was published; step 0 of this order shows its last pixel, at the lower right.
    void permutedDigitsMarkThePixelThatTheStepShows() {
        auto frame = std::make_shared<ProbeFrame>(*example_frame(784, 4));
        frame->labels = {3};
        std::vector<std::int64_t> order(784);
        for (size_t t = 0; t < order.size(); ++t) order[t] = static_cast<std::int64_t>(783 - t);
        m_view->setDataset(dataset_info("synthetic_digits_permuted"), order);
        m_view->setFrame(frame);
        const QImage without = m_view->grab().toImage();
        m_link->setCursor(0);
        const QImage with = m_view->grab().toImage();
        QRect changed;
        for (int y = 0; y < 250; ++y)
            for (int x = 0; x < with.width() / 2; ++x)
                if (with.pixelColor(x, y) == QColor(0xe69f00) && with.pixel(x, y) != without.pixel(x, y))
                    changed |= QRect(x, y, 1, 1);
        QVERIFY(!changed.isNull());
        m_view->setDataset(dataset_info("synthetic_digits"), {});
        const QImage plain = m_view->grab().toImage();
        QRect first;
        for (int y = 0; y < 250; ++y)
            for (int x = 0; x < plain.width(); ++x)
                if (plain.pixelColor(x, y) == QColor(0xe69f00)) first |= QRect(x, y, 1, 1);
        QVERIFY(!first.isNull());
        QVERIFY2(changed.top() > first.top() + 100, "the first pixel is at the top, the last at the bottom");
    }

    void tellsWhatItShows() {
        m_view->setDataset(dataset_info("synthetic_ecg"), {});
        m_view->setFrame(example_frame());
        QCOMPARE(m_view->exportTitle(), QStringLiteral("Synthetic ECG, test sequence 0"));
        VERIFY_SAYS(m_view->accessibleDescription(), "1 inputs over 200 time steps");
        QVERIFY(m_view->csv().startsWith(QStringLiteral("step,")));
    }

 private:
    std::unique_ptr<ViewLink> m_link;
    std::unique_ptr<InputView> m_view;
};

class OutputViewTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        applyTheme(*qApp, ThemeMode::Light);
        m_link = std::make_unique<ViewLink>();
        m_view = std::make_unique<OutputView>(m_link.get());
        m_view->resize(800, 320);
        m_view->show();
    }
    void cleanup() { m_view.reset(); }

    void decisionIsThatOfTheTraining() {
        TrainingConfig training;
        training.label_last = true;
        m_view->setTraining(training);
        m_view->setFrame(sequence_frame(4, 2, 2));
        VERIFY_SAYS(m_view->decisionText(), "last step, right: 2");
        training.label_last = false;
        m_view->setTraining(training);
        VERIFY_SAYS(m_view->decisionText(), "mean of all steps, wrong: says 1, is 2");
        training.sub_seq_length = 99;
        m_view->setTraining(training);
        VERIFY_SAYS(m_view->decisionText(), "from step 99 on, right: 2");
    }

    void classThatIsRuledOutAtOneStepMayStillWinTheMean() {
        auto frame = sequence_frame(3, 1, 1);
        frame->probabilities[0] = 0;
        frame->probabilities[1] = 0;
        frame->probabilities[2] = 1;
        m_view->setFrame(frame);
        VERIFY_SAYS(m_view->decisionText(), "right: 1");
    }

    void stepsAreCountedWhereEachHasALabel() {
        auto frame = std::make_shared<ProbeFrame>(*example_frame());
        m_view->setFrame(frame);
        VERIFY_SAYS(m_view->decisionText(), "100.0 % of the steps are right");
        for (size_t t = 0; t < 50; ++t) frame->labels[t] = 3;
        m_view->setFrame(std::make_shared<ProbeFrame>(*frame));
        VERIFY_SAYS(m_view->decisionText(), "75.0 %");
    }

    void bandsTakeAsMuchRoomAsTheirProbability() {
        m_view->setFrame(example_frame());
        const QImage image = m_view->grab().toImage();
        // In the first quarter class 0 has 0.7 and lies at the bottom, the others have 0.1.
        const int x = 58 + 60;
        int own = 0;
        int other = 0;
        for (int y = 0; y < 215; ++y) {
            own += image.pixelColor(x, y) == classColour(0);
            other += image.pixelColor(x, y) == classColour(3);
        }
        QVERIFY2(std::abs(own - 7 * other) <= 7, qPrintable(QStringLiteral("%1, %2").arg(own).arg(other)));
        QVERIFY(own > 70);
    }

    void manyClassesAreLinesOfWhichTrueAndChosenStandOut() {
        m_view->setFrame(sequence_frame(20, 5, 1));
        const QImage image = m_view->grab().toImage();
        QVERIFY(count_colour(image, trueClassColour(false)) > 100);  // true
        QVERIFY(count_colour(image, wrongClassColour(false)) > 50);  // chosen
        m_view->setFrame(sequence_frame(20, 1, 1));
        QCOMPARE(count_colour(m_view->grab().toImage(), wrongClassColour(false)), 0);
    }

    void namesOfClassesAreUsed() {
        m_view->setFrame(sequence_frame(4, 2, 2));
        m_view->setClassNames({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("d")});
        VERIFY_SAYS(m_view->decisionText(), "says b, is c");
        QVERIFY(m_view->csv().startsWith(QStringLiteral("step,true,network,\"p a\"")));
        m_view->grab();
        QCOMPARE(m_view->accessibleDescription(), m_view->decisionText());
    }

 private:
    std::unique_ptr<ViewLink> m_link;
    std::unique_ptr<OutputView> m_view;
};

class PhaseViewTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        applyTheme(*qApp, ThemeMode::Light);
        m_link = std::make_unique<ViewLink>();
        m_view = std::make_unique<PhaseView>(m_link.get());
        m_view->resize(500, 300);
        m_view->show();
    }
    void cleanup() { m_view.reset(); }

    void showsTheSelectedNeurons() {
        m_view->setFrame(example_frame());
        QVERIFY(!m_view->shownNeurons().isEmpty());
        m_link->setSelection({6, 4, 1, 0, 2, 3});
        QCOMPARE(m_view->shownNeurons(), (QList<int>{6, 4, 1, 0, 2, 3}));
    }

    void dotMovesWithTheCursor() {
        m_view->setFrame(example_frame());
        m_link->setSelection({1});
        QImage shots[2];
        for (int i = 0; i < 2; ++i) {
            m_link->setCursor(20 + 15 * i);
            shots[i] = m_view->grab().toImage();
            const QPoint dot = m_view->pointOf(1, 20 + 15 * i).toPoint();
            QCOMPARE(shots[i].pixelColor(dot), selectionColour(0, false));
        }
        QVERIFY(shots[0] != shots[1]);
    }

    /// A spiral: every point of it belongs to one step.
    void mouseNearTheOrbitMovesTheCursor() {
        auto frame = std::make_shared<ProbeFrame>(*example_frame(50, 1));
        for (size_t t = 0; t < 50; ++t) {
            const double turn = 2 * std::numbers::pi * static_cast<double>(t) / 50;
            frame->u[t] = static_cast<float>(std::cos(turn));
            frame->v[t] = static_cast<float>(std::sin(turn));
        }
        m_view->setFrame(frame);
        for (const int step : {13, 30}) {
            move_mouse(m_view.get(), m_view->pointOf(0, step) + QPointF(1, -1));
            QCOMPARE(m_link->cursor(), step);
        }
        QTest::keyClick(m_view.get(), Qt::Key_Right);
        QCOMPARE(m_link->cursor(), 31);
        move_mouse(m_view.get(), QPointF(2, 2));
        QCOMPARE(m_link->cursor(), -1);
    }

    void circlesLookLikeCircles() {
        m_view->setFrame(example_frame());
        m_link->setSelection({0});
        QPointF low(1e9, 1e9);
        QPointF high(-1e9, -1e9);
        for (int t = 0; t < 200; ++t) {
            const QPointF point = m_view->pointOf(0, t);
            low = {std::min(low.x(), point.x()), std::min(low.y(), point.y())};
            high = {std::max(high.x(), point.x()), std::max(high.y(), point.y())};
        }
        QVERIFY(std::abs((high.x() - low.x()) - (high.y() - low.y())) < 3);
    }

    void alifTurnsAgainstItsThreshold() {
        m_view->setFrame(alif_frame());
        QVERIFY(m_view->hasContent());
        m_link->setSelection({2});
        QVERIFY(m_view->csv().startsWith(QStringLiteral("step,u_2,threshold_2,spike_2\n0,0,1,1\n")));
    }

    void lifHasNoPlaneAndSaysSo() {
        auto frame = alif_frame();
        frame->neuron = NeuronType::lif;
        m_view->setFrame(frame);
        QVERIFY(!m_view->hasContent());
        m_view->grab();
        VERIFY_SAYS(m_view->accessibleDescription(), "LIF neuron has one variable");
        QVERIFY(m_view->shownNeurons().isEmpty());
    }

    void orbitThatIsNoNumberIsLeftOut() {
        auto frame = std::make_shared<ProbeFrame>(*example_frame());
        for (size_t i = frame->u.size() / 3; i < frame->u.size(); ++i)
            frame->u[i] = i % 2 ? std::numeric_limits<float>::quiet_NaN() : std::numeric_limits<float>::infinity();
        m_view->setFrame(frame);
        m_link->setCursor(150);
        QVERIFY(!m_view->grab().isNull());
    }

 private:
    std::unique_ptr<ViewLink> m_link;
    std::unique_ptr<PhaseView> m_view;
};

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
        QVERIFY(m_view->trailLength() > ParameterView::longestTrail / 2 - 2);
        QVERIFY(m_view->trailLength() <= ParameterView::longestTrail);
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

class ActivityViewTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        m_link = std::make_unique<ViewLink>();
        m_view = std::make_unique<ActivityView>(m_link.get());
        m_view->resize(800, 280);
    }
    void cleanup() { m_view.reset(); }

    void silentAndSaturatedNeuronsAreCounted() {
        auto frame = std::make_shared<ProbeFrame>(*example_frame(100, 5));
        std::fill(frame->spikes.begin(), frame->spikes.end(), std::uint8_t{0});
        for (size_t t = 0; t < 50; ++t) frame->spikes[t * 5 + 1] = 1;
        for (size_t t = 0; t < 49; ++t) frame->spikes[t * 5 + 2] = 1;
        frame->spikes[3] = 1;
        m_view->setFrame(frame);
        QCOMPARE(m_view->histogram()->silentCount(), 2);
        QCOMPARE(m_view->histogram()->saturatedCount(), 1);
        QCOMPARE(m_view->summary(), QStringLiteral("Of 5: 2 neurons are silent, 1 is saturated"));
    }

    void allSilentNetworkIsDrawn() {
        auto frame = std::make_shared<ProbeFrame>(*example_frame(100, 5));
        std::fill(frame->spikes.begin(), frame->spikes.end(), std::uint8_t{0});
        m_view->setFrame(frame);
        m_view->show();
        QVERIFY(!m_view->grab().isNull());
        QCOMPARE(m_view->summary(), QStringLiteral("Of 5: 5 neurons are silent, none is saturated"));
    }

    /// In the example neuron h spikes 200 / (10 + h) times: more for lower h.
    void clickOnABarSelectsItsNeurons() {
        m_view->setFrame(example_frame());
        m_view->show();
        RateHistogram* histogram = m_view->histogram();
        QTest::mouseClick(histogram, Qt::LeftButton, {}, histogram->barOf(0).toPoint());
        QVERIFY(m_link->selection().contains(0));
        QVERIFY(!m_link->selection().contains(7));
    }

    void spikesPerSampleAreDrawnForAllSplits() {
        m_view->begin(ExperimentConfig(), {row_of(0, 10), row_of(1, 20)});
        m_view->addEpoch(row_of(2, 30));
        QTest::qWait(200);
        QCOMPARE(m_view->redrawCount(), 0);  // hidden
        m_view->show();
        QTRY_VERIFY(m_view->redrawCount() > 0);
        QStringList names;
        for (const LegendEntry& entry : m_view->chart()->legend()) names << entry.text;
        QVERIFY(names.contains(QStringLiteral("test")) && names.contains(QStringLiteral("validation")) &&
                names.contains(QStringLiteral("training")));
        VERIFY_SAYS(m_view->summary(), "30.0 spikes per test sample");
        VERIFY_SAYS(m_view->csv(), "validation_sop,2,32");
    }

    /// Ticks of the axis are made for the range of before, too: a billion of them would take all memory.
    void firstSpikesOfASilentNetworkAreDrawn() {
        m_view->show();
        EpochMetrics silent;
        silent.test = {2.3, 10, 0};
        m_view->begin(ExperimentConfig(), {silent});
        QTRY_VERIFY(m_view->redrawCount() > 0);
        const auto* axis = qobject_cast<QValueAxis*>(m_view->chart()->chart()->axes(Qt::Vertical).constFirst());
        QVERIFY(axis->max() >= 1);
        const int redraws = m_view->redrawCount();
        m_view->addEpoch(row_of(1, 40000));
        QTRY_VERIFY(m_view->redrawCount() > redraws);
        QVERIFY(axis->max() >= 40000);
        QVERIFY((axis->max() - axis->min()) / axis->tickInterval() < 20);
    }

    void publishedSpikesAreNoPercentage() {
        ExperimentConfig config;
        config.reference = ReferenceResult{97, 0.2, 1234, "somewhere"};
        m_view->begin(config, {row_of(0, 10)});
        m_view->show();
        QTRY_VERIFY(m_view->redrawCount() > 0);
        VERIFY_SAYS(m_view->chart()->legend().constLast().text, "published 1");
        QVERIFY(!m_view->chart()->legend().constLast().text.contains(QLatin1Char('%')));
    }

 private:
    std::unique_ptr<ViewLink> m_link;
    std::unique_ptr<ActivityView> m_view;
};

/// What all views have in common.
class LiveViewsTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        applyTheme(*qApp, ThemeMode::Dark);
        m_link = std::make_unique<ViewLink>();
        auto* input = new InputView(m_link.get());
        auto* output = new OutputView(m_link.get());
        auto* phase = new PhaseView(m_link.get());
        auto* parameters = new ParameterView(m_link.get());
        auto* activity = new ActivityView(m_link.get());
        m_widgets = {input, output, phase, parameters, activity};
        m_views = {input, output, phase, parameters, activity};
        m_fill = [=] {
            input->setDataset(dataset_info("synthetic_ecg"), {});
            input->setFrame(spread_frame());
            output->setFrame(spread_frame());
            phase->setFrame(spread_frame());
            parameters->begin(ExperimentConfig());
            parameters->setFrame(spread_frame());
            activity->begin(ExperimentConfig(), {row_of(0, 10), row_of(1, 20)});
            activity->setFrame(spread_frame());
        };
        for (QWidget* widget : m_widgets) {
            widget->resize(640, 360);
            widget->show();
        }
    }
    void cleanup() {
        qDeleteAll(m_widgets);
        applyTheme(*qApp, ThemeMode::Light);
    }

    void emptyViewsSayWhatToDo() {
        for (QWidget* widget : m_widgets) {
            QVERIFY(!widget->accessibleName().isEmpty());
            QVERIFY(!widget->grab().isNull());
        }
        for (const size_t i : {0U, 1U, 2U, 3U}) VERIFY_SAYS(m_widgets[i]->accessibleDescription(), "Press Start");
        for (ExportableView* view : m_views)
            VERIFY_SAYS(complaint([&] { exportView(*view, QStringLiteral("/tmp/none.svg"), {}); }),
                        "start a training first");
    }

    void clicksAndKeysBeforeTheFirstFrameAreHarmless() {
        for (QWidget* widget : m_widgets) {
            QTest::mouseClick(widget, Qt::LeftButton, {}, widget->rect().center());
            QTest::mouseMove(widget, widget->rect().center());
            move_mouse(widget, widget->rect().center());
            turn_wheel(widget, widget->rect().center(), 120);
            for (const Qt::Key key : {Qt::Key_Left, Qt::Key_Up, Qt::Key_End}) QTest::keyClick(widget, key);
            QTest::mouseDClick(widget, Qt::LeftButton, {}, widget->rect().center());
        }
        QVERIFY(m_link->selection().isEmpty());
    }

    void everyViewFollowsTheCursorOfAnother() {
        m_fill();
        std::vector<QImage> before;
        for (QWidget* widget : m_widgets) before.push_back(widget->grab().toImage());
        move_mouse(m_widgets[1], QPointF(300, 100));
        QVERIFY(m_link->cursor() > 0);
        for (size_t i = 0; i < m_widgets.size(); ++i)
            QVERIFY2(m_widgets[i]->grab().toImage() != before[i], qPrintable(m_widgets[i]->accessibleName()));
    }

    void everyViewHasAScreenReadersSummaryAndIsLightOrDark() {
        m_fill();
        for (QWidget* widget : m_widgets) {
            QTRY_VERIFY(!widget->accessibleDescription().isEmpty());
            const QImage dark = widget->grab().toImage();
            applyTheme(*qApp, ThemeMode::Light);
            const QImage light = widget->grab().toImage();
            QVERIFY2(light.pixelColor(3, light.height() / 2).lightness() > 200, qPrintable(widget->accessibleName()));
            QVERIFY2(dark.pixelColor(3, dark.height() / 2).lightness() < 60, qPrintable(widget->accessibleName()));
            applyTheme(*qApp, ThemeMode::Dark);
        }
    }

    void everyViewIsExportedInShapesOnWhite() {
        m_fill();
        QTemporaryDir folder;
        const auto bytes = [&](ExportableView& view, const char* ending) {
            const QString name = folder.filePath(QStringLiteral("figure.") + QLatin1String(ending));
            exportView(view, name, {});
            QFile file(name);
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        for (ExportableView* view : m_views) {
            const QByteArray title = view->exportTitle().toUtf8();
            QXmlStreamReader xml(bytes(*view, "svg"));
            int shapes = 0;
            while (!xml.atEnd())
                if (xml.readNext() == QXmlStreamReader::StartElement) {
                    QVERIFY2(xml.name() != QLatin1String("image"), title);
                    shapes += QStringList{QStringLiteral("path"), QStringLiteral("polyline"), QStringLiteral("rect"),
                                          QStringLiteral("circle"), QStringLiteral("ellipse")}
                                  .contains(xml.name().toString());
                }
            QVERIFY2(!xml.hasError(), title);
            QVERIFY2(shapes > 20, title);
            const QByteArray pdf = bytes(*view, "pdf");
            QVERIFY2(pdf.startsWith("%PDF-") && pdf.trimmed().endsWith("%%EOF"), title);
            QVERIFY2(!pdf.contains("/Subtype /Image"), title);
            const QImage png = QImage::fromData(bytes(*view, "png"), "PNG");
            QCOMPARE(png.size(), QSize(2126, 1181));
            QCOMPARE(png.pixelColor(2, 2), QColor(Qt::white));
            const QList<QByteArray> lines = bytes(*view, "csv").trimmed().split('\n');
            QVERIFY2(lines.size() > 3, title);
            for (const QByteArray& line : lines) QCOMPARE(line.count(','), lines.first().count(','));
        }
    }

    void tipsNameSymbolAndUnit() {
        m_fill();
        const auto tip = [](QWidget* widget, const QPoint& at) {
            QHelpEvent help(QEvent::ToolTip, at, widget->mapToGlobal(at));
            QApplication::sendEvent(widget, &help);
            return QToolTip::text();
        };
        auto* parameters = static_cast<ParameterView*>(m_widgets[3]);
        VERIFY_SAYS(tip(parameters, parameters->pointOf(4).toPoint()), "ω = 7.000 rad per model time");
        auto* phase = static_cast<PhaseView*>(m_widgets[2]);
        VERIFY_SAYS(tip(phase, phase->pointOf(phase->shownNeurons()[0], 60).toPoint()), "u = ");
        VERIFY_SAYS(tip(m_widgets[1], QPoint(300, 100)), "between 0 and 1");
        QToolTip::hideText();
    }

 private:
    std::unique_ptr<ViewLink> m_link;
    std::vector<QWidget*> m_widgets;
    std::vector<ExportableView*> m_views;
    std::function<void()> m_fill;
};

RESONATE_TEST(NeuronOrderTest)
RESONATE_TEST(InputViewTest)
RESONATE_TEST(OutputViewTest)
RESONATE_TEST(PhaseViewTest)
RESONATE_TEST(ParameterViewTest)
RESONATE_TEST(ActivityViewTest)
RESONATE_TEST(LiveViewsTest)
#include "live_view_test.moc"
