// tests/app/neuron_order_test.cpp: neurons above each other in the orders of the raster.
#include <QTest>

#include "live_view_frames.h"
#include "test_registry.h"
#include "views/raster_view.h"

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
