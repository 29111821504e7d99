// tests/app/view_keys_test.cpp: what keys do in the live views: zoom, move, select neurons.
#include <QMenuBar>
#include <QTest>
#include <cmath>

#include "frame/shortcut_list.h"
#include "live_view_frames.h"
#include "style/theme.h"
#include "test_registry.h"
#include "views/input_view.h"
#include "views/membrane_view.h"
#include "views/output_view.h"
#include "views/parameter_view.h"
#include "views/phase_view.h"
#include "views/raster_view.h"
#include "views/rate_histogram.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

class ViewKeysTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        applyTheme(*qApp, ThemeMode::Light);
        m_link = std::make_unique<ViewLink>();
        m_raster = std::make_unique<RasterView>(m_link.get());
        m_membranes = std::make_unique<MembraneView>(m_link.get());
        m_input = std::make_unique<InputView>(m_link.get());
        m_output = std::make_unique<OutputView>(m_link.get());
        m_phase = std::make_unique<PhaseView>(m_link.get());
        m_rates = std::make_unique<RateHistogram>(m_link.get());
        m_parameters = std::make_unique<ParameterView>(m_link.get());
        for (QWidget* view : views()) {
            view->resize(500, 400);
            view->show();
        }
    }
    void cleanup() {
        m_parameters.reset();
        m_rates.reset();
        m_phase.reset();
        m_output.reset();
        m_input.reset();
        m_membranes.reset();
        m_raster.reset();
    }

    void plusAndMinusZoomTimeAroundTheCursor() {
        fill(spread_frame());
        m_link->setCursor(150);
        const auto place = [](const TimePlot* plot) {
            return (150.5 - plot->firstStep()) / (plot->lastStep() - plot->firstStep());
        };
        const auto holds = [&](const TimePlot* plot, double steps) {
            return std::abs(plot->lastStep() - plot->firstStep() - steps) < 1e-6 &&
                   std::abs(place(plot) - 150.5 / 200) < 1e-6;
        };
        for (TimePlot* plot : plots()) {
            const QByteArray name = plot->accessibleName().toUtf8();
            QTest::keyClick(plot, Qt::Key_Plus);
            QVERIFY2(holds(plot, 140), name);
            QTest::keyClick(plot, Qt::Key_Equal);
            QVERIFY2(holds(plot, 98), name);
            QTest::keyClick(plot, Qt::Key_Minus, Qt::KeypadModifier);
            QVERIFY2(holds(plot, 140), name);
            QTest::keyClick(plot, Qt::Key_0);
            QVERIFY2(holds(plot, 200), name);
            QCOMPARE(m_link->cursor(), 150);
        }
    }

    void timeIsZoomedAtTheMiddleWhereNoCursorShows() {
        fill(spread_frame());
        for (TimePlot* plot : plots()) {
            QTest::keyClick(plot, Qt::Key_Plus);
            QCOMPARE(plot->firstStep(), 30.0);
            QCOMPARE(plot->lastStep(), 170.0);
        }
        m_link->setCursor(190);
        QTest::keyClick(m_raster.get(), Qt::Key_Minus);
        QVERIFY(std::abs(m_raster->firstStep()) < 1e-6);
        QVERIFY(std::abs(m_raster->lastStep() - 200) < 1e-6);
    }

    void closestZoomStaysWhereItIs() {
        fill(spread_frame());
        m_link->setCursor(150);
        for (int i = 0; i < 12; ++i) QTest::keyClick(m_raster.get(), Qt::Key_Plus);
        QVERIFY(std::abs(m_raster->lastStep() - m_raster->firstStep() - 10) < 1e-6);
        const double first = m_raster->firstStep();
        for (int i = 0; i < 12; ++i) QTest::keyClick(m_raster.get(), Qt::Key_Plus);
        turn_wheel(m_raster.get(), QPointF(400, 100), 1200);
        QVERIFY(std::abs(m_raster->firstStep() - first) < 1e-6);
    }

    void controlAndArrowsMoveTheZoomedPart() {
        fill(spread_frame());
        for (TimePlot* plot : plots()) {
            m_link->setCursor(-1);
            QTest::keyClick(plot, Qt::Key_Plus);
            QTest::keyClick(plot, Qt::Key_Right, Qt::ControlModifier);
            QVERIFY(plot->firstStep() > 30);
            QVERIFY(std::abs(plot->lastStep() - plot->firstStep() - 140) < 1e-6);
            for (int i = 0; i < 8; ++i) QTest::keyClick(plot, Qt::Key_Right, Qt::ControlModifier);
            QVERIFY(std::abs(plot->firstStep() - 60) < 1e-6);
            QTest::keyClick(plot, Qt::Key_Left, Qt::ControlModifier);
            QVERIFY(plot->firstStep() < 60);
            for (int i = 0; i < 8; ++i) QTest::keyClick(plot, Qt::Key_Left, Qt::ControlModifier);
            QCOMPARE(plot->firstStep(), 0.0);
            // The arrows alone still move the cursor.
            QCOMPARE(m_link->cursor(), -1);
            QTest::keyClick(plot, Qt::Key_Right);
            QCOMPARE(m_link->cursor(), 1);
        }
    }

    void zoomedPlotsFollowTheCursor() {
        fill(spread_frame());
        m_raster->setVisibleSteps(50, 100);
        m_link->setCursor(99);
        QTest::keyClick(m_raster.get(), Qt::Key_Right);
        QCOMPARE(m_raster->lastStep(), 101.0);
        QTest::keyClick(m_raster.get(), Qt::Key_Home);
        QCOMPARE(m_raster->firstStep(), 0.0);
        QCOMPARE(m_raster->lastStep(), 50.0);
    }

    void parametersAreZoomedAtTheNeuronSelected() {
        fill(spread_frame());
        m_link->setSelection({2, 5});
        const QPointF five = m_parameters->pointOf(5);
        const double apart = m_parameters->pointOf(6).x() - five.x();
        const auto shift = [&] { return (m_parameters->pointOf(5) - five).manhattanLength(); };
        const auto grown = [&] { return (m_parameters->pointOf(6).x() - m_parameters->pointOf(5).x()) / apart; };
        QTest::keyClick(m_parameters.get(), Qt::Key_Plus);
        QVERIFY(grown() > 1.3);
        QVERIFY(shift() < 1);
        QTest::keyClick(m_parameters.get(), Qt::Key_Equal);
        QVERIFY(grown() > 1.9);
        QTest::keyClick(m_parameters.get(), Qt::Key_0);
        QVERIFY(std::abs(grown() - 1) < 1e-6);
        QTest::keyClick(m_parameters.get(), Qt::Key_Minus);
        QVERIFY(grown() < 0.8);
        QVERIFY(shift() < 1);
    }

    void parametersAreZoomedAtTheMiddleWhereNoneIsSelected() {
        fill(spread_frame());
        const double left = m_parameters->pointOf(0).x();
        const double right = m_parameters->pointOf(7).x();
        QTest::keyClick(m_parameters.get(), Qt::Key_Plus);
        QVERIFY(m_parameters->pointOf(0).x() < left - 10);
        QVERIFY(m_parameters->pointOf(7).x() > right + 10);
    }

    void shiftAndArrowsAddTheNextRowOfTheRaster() {
        fill(spread_frame(20));
        press(m_raster.get(), Qt::Key_Up, 3);
        QCOMPARE(m_link->selection(), QList<int>{2});
        press(m_raster.get(), Qt::Key_Up, 2, Qt::ShiftModifier);
        QCOMPARE(m_link->selection(), (QList<int>{2, 3, 4}));
        QCOMPARE(m_membranes->shownNeurons(), (QList<int>{2, 3, 4}));
        // Those selected already are passed; at the end there is nothing to add.
        press(m_raster.get(), Qt::Key_Down, 3, Qt::ShiftModifier);
        QCOMPARE(m_link->selection(), (QList<int>{2, 3, 4, 1, 0}));
        press(m_raster.get(), Qt::Key_Up, 9, Qt::ShiftModifier);
        QCOMPARE(m_link->selection(), (QList<int>{2, 3, 4, 1, 0, 5, 6, 7}));
        press(m_raster.get(), Qt::Key_Down, 1);
        QCOMPARE(m_link->selection(), QList<int>{6});
    }

    void shiftAndArrowsAddTheNextFrequencyInParameters() {
        auto frame = spread_frame(3);
        frame->omega = {5, 3, 4};
        fill(frame);
        press(m_parameters.get(), Qt::Key_Up, 1, Qt::ShiftModifier);
        QCOMPARE(m_link->selection(), QList<int>{1});
        press(m_parameters.get(), Qt::Key_Up, 1, Qt::ShiftModifier);
        QCOMPARE(m_link->selection(), (QList<int>{1, 2}));
        press(m_parameters.get(), Qt::Key_Up, 3, Qt::ShiftModifier);
        QCOMPARE(m_link->selection(), (QList<int>{1, 2, 0}));
        press(m_parameters.get(), Qt::Key_Down, 1);
        QCOMPARE(m_link->selection(), QList<int>{2});
    }

    void backspaceBringsTheDefaultNeuronsBack() {
        fill(spread_frame());
        const QList<int> usual = m_membranes->shownNeurons();
        QCOMPARE(usual.size(), 4);
        for (QWidget* view : views())
            for (const Qt::Key key : {Qt::Key_Backspace, Qt::Key_Delete}) {
                m_link->setSelection({6});
                QCOMPARE(m_membranes->shownNeurons(), QList<int>{6});
                QTest::keyClick(view, key);
                QVERIFY2(m_link->selection().isEmpty(), qPrintable(view->accessibleName()));
                QCOMPARE(m_membranes->shownNeurons(), usual);
            }
    }

    void keysBeforeTheFirstFrameAreHarmless() {
        for (QWidget* view : views()) {
            for (const Qt::Key key : {Qt::Key_Plus, Qt::Key_Minus, Qt::Key_0, Qt::Key_Backspace})
                QTest::keyClick(view, key);
            QTest::keyClick(view, Qt::Key_Up, Qt::ShiftModifier);
            QTest::keyClick(view, Qt::Key_Left, Qt::ControlModifier);
        }
        QVERIFY(m_link->selection().isEmpty());
        QCOMPARE(m_link->cursor(), -1);
        QCOMPARE(m_raster->lastStep(), 0.0);
    }

    void keysAreListedBesideTheMouse() {
        const QMenuBar none;
        QStringList listed;
        for (const ShortcutGroup& group : shortcutsOf(&none))
            for (const ShortcutRow& row : group.rows) listed += row.keys.split(QStringLiteral(", "));
        for (const QKeySequence& key : std::initializer_list<QKeySequence>{
                 Qt::Key_Plus, Qt::Key_Minus, Qt::Key_0, Qt::Key_Backspace, Qt::SHIFT | Qt::Key_Up,
                 Qt::SHIFT | Qt::Key_Down, Qt::CTRL | Qt::Key_Left, Qt::CTRL | Qt::Key_Right})
            QVERIFY2(listed.contains(key.toString(QKeySequence::NativeText)), qPrintable(key.toString()));
    }

 private:
    QList<TimePlot*> plots() const { return {m_raster.get(), m_membranes.get(), m_input.get(), m_output.get()}; }
    QList<QWidget*> views() const {
        return {m_raster.get(), m_membranes.get(), m_input.get(),     m_output.get(),
                m_phase.get(),  m_rates.get(),     m_parameters.get()};
    }
    static void press(QWidget* view, Qt::Key key, int times, Qt::KeyboardModifiers modifiers = {}) {
        for (int i = 0; i < times; ++i) QTest::keyClick(view, key, modifiers);
    }
    void fill(const SharedFrame& frame) {
        m_raster->setFrame(frame);
        m_membranes->setFrame(frame);
        m_input->setDataset(dataset_info("synthetic_ecg"), {});
        m_input->setFrame(frame);
        m_output->setFrame(frame);
        m_phase->setFrame(frame);
        m_rates->setFrame(frame);
        m_parameters->begin(ExperimentConfig());
        m_parameters->setFrame(frame);
    }

    std::unique_ptr<ViewLink> m_link;
    std::unique_ptr<RasterView> m_raster;
    std::unique_ptr<MembraneView> m_membranes;
    std::unique_ptr<InputView> m_input;
    std::unique_ptr<OutputView> m_output;
    std::unique_ptr<PhaseView> m_phase;
    std::unique_ptr<RateHistogram> m_rates;
    std::unique_ptr<ParameterView> m_parameters;
};

RESONATE_TEST(ViewKeysTest)
#include "view_keys_test.moc"
