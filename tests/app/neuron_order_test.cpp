// tests/app/neuron_order_test.cpp: neurons above each other in the orders of the raster.
#include <QTest>

#include "complaint.h"
#include "live_view_frames.h"
#include "test_registry.h"
#include "views/activity_view.h"
#include "views/curves_view.h"
#include "views/input_view.h"
#include "views/membrane_view.h"
#include "views/output_view.h"
#include "views/parameter_view.h"
#include "views/phase_view.h"
#include "views/raster_view.h"
#include "workspaces/live_views.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

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

    void orderThatTheNeuronsHaveNotIsNotOffered() {
        LiveViews live(nullptr);
        QWidget home;
        for (QWidget* view :
             std::initializer_list<QWidget*>{live.curves, live.activity, live.parameters, live.raster, live.input,
                                             live.output, live.membranes, live.phase, live.order})
            view->setParent(&home);
        const int frequency = live.order->findData(static_cast<int>(NeuronOrder::Frequency));
        const auto offered = [&] {
            return live.order->model()->flags(live.order->model()->index(frequency, 0)).testFlag(Qt::ItemIsEnabled);
        };
        live.setFrame(spread_frame());
        live.order->setCurrentIndex(frequency);
        QCOMPARE(live.raster->order(), NeuronOrder::Frequency);
        live.setFrame(alif_frame());
        QVERIFY(!offered());
        VERIFY_SAYS(live.order->itemData(frequency, Qt::ToolTipRole).toString(), "ALIF neurons have no frequency ω");
        QCOMPARE(live.order->currentText(), QStringLiteral("by index"));
        QCOMPARE(live.raster->order(), NeuronOrder::Index);
        // The arrow keys pass it by.
        QTest::keyClick(live.order, Qt::Key_Down);
        QCOMPARE(live.order->currentText(), QStringLiteral("by rate"));
        live.setFrame(spread_frame());
        QVERIFY(offered());
        QVERIFY(live.order->itemData(frequency, Qt::ToolTipRole).toString().isEmpty());
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

RESONATE_TEST(NeuronOrderTest)
#include "neuron_order_test.moc"
