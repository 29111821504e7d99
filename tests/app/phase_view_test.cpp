// tests/app/phase_view_test.cpp: the view of orbits.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "complaint.h"
#include "live_view_frames.h"
#include "painted_words.h"
#include "style/theme.h"
#include "test_registry.h"
#include "views/membrane_view.h"
#include "views/phase_view.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

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

    /// In the size that the view has in a window of 1440 × 900.
    void smallPanelsShareTheNamesOfTheirAxes() {
        m_view->setFrame(example_frame());
        m_view->resize(340, 250);
        QCOMPARE(m_view->shownNeurons().size(), 4);
        const auto named = [&](const QSize& size) {
            const QList<PaintedWord> words = painted_words(*m_view, size);
            return std::count_if(words.begin(), words.end(),
                                 [](const PaintedWord& word) { return word.text == QLatin1String("membrane u"); });
        };
        QCOMPARE(named({340, 250}), 1);
        QCOMPARE(named({1000, 800}), 4);
    }

    /// Chosen once for all views, even where one sees other spikes first.
    void withoutASelectionItShowsWhatMembranesShow() {
        MembraneView membranes(m_link.get());
        membranes.setFrame(example_frame());
        const auto other = std::make_shared<ProbeFrame>(*example_frame());
        for (size_t t = 0; t < static_cast<size_t>(other->steps); ++t) other->spikes[t * 8] = 0;
        m_view->setFrame(other);
        QCOMPARE(m_view->shownNeurons(), membranes.shownNeurons().first(m_view->shownNeurons().size()));
        QCOMPARE(m_view->shownNeurons()[0], 0);
    }

    /// In an animation the frames change, the axes do not.
    void axesStayWhereTheyAreWithWhatTheyHold() {
        auto small = std::make_shared<ProbeFrame>(*example_frame());
        for (float& u : small->u) u *= 0.2F;
        const auto large = std::make_shared<ProbeFrame>(*example_frame());
        for (float& u : large->u) u *= 7;
        MembraneView membranes(m_link.get());
        const auto axes = [&](const SharedFrame& frame) {
            m_view->setFrame(frame);
            membranes.setFrame(frame);
            QString numbers;
            for (ExportableView* view :
                 {static_cast<ExportableView*>(m_view.get()), static_cast<ExportableView*>(&membranes)})
                for (const PaintedWord& word : painted_words(*view, {500, 400}))
                    numbers += word.text + QLatin1Char(' ');
            return numbers;
        };
        QVERIFY(axes(small) != axes(large));
        for (const SharedFrame& frame : {SharedFrame(small), SharedFrame(large)}) {
            m_view->hold(frame);
            membranes.hold(frame);
        }
        QCOMPARE(axes(small), axes(large));
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

RESONATE_TEST(PhaseViewTest)
#include "phase_view_test.moc"
