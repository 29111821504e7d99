// tests/app/activity_view_test.cpp: the view of what the network spends.
#include <QChart>
#include <QTest>
#include <QValueAxis>

#include "complaint.h"
#include "live_view_frames.h"
#include "style/theme.h"
#include "svg_texts.h"
#include "test_registry.h"
#include "views/activity_view.h"
#include "views/curve_chart.h"
#include "views/rate_histogram.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

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
        const QString published = m_view->chart()->legend().at(1).text;  // named before what there may be no room for
        VERIFY_SAYS(published, "published 1");
        QVERIFY(!published.contains(QLatin1Char('%')));
    }

    /// Half of the figure's width has no room for the key, and a chart would rather be 200 pixels high than smaller.
    void figureNamesAllCurvesAndAxesHoweverSmall() {
        EpochMetrics best = row_of(2, 30);
        best.best = true;
        m_view->begin(ExperimentConfig(), {row_of(0, 10), row_of(1, 20), best});
        m_view->setFrame(example_frame());
        for (const QSizeF& size : {QSizeF(180, 100), QSizeF(120, 60)}) {
            ExportOptions options;
            options.millimetres = size;
            const QList<SvgText> texts = svg_texts(*m_view, options);
            for (const char* name : {"Activity", "test", "validation", "training", "best epoch", "epoch", "neurons",
                                     "spikes in % of the steps"})
                QVERIFY2(says(texts, QLatin1String(name)), name);
            for (const SvgText& one : texts) QVERIFY2(one.bottom <= size.height() * 96 / 25.4, qPrintable(one.text));
        }
    }

    void readingCoversNoBar() {
        auto frame = std::make_shared<ProbeFrame>(*example_frame(100, 5));
        std::fill(frame->spikes.begin(), frame->spikes.end(), std::uint8_t{0});
        for (size_t t = 0; t < 40; ++t)
            for (size_t h = 1; h < 5; ++h) frame->spikes[t * 5 + h] = 1;  // a high bar at the right
        m_view->setFrame(frame);
        m_view->show();
        const QColor ink = neuronColour(NeuronType::brf, false);
        const QImage without = m_view->histogram()->grab().toImage();
        m_link->setCursor(10);
        const QImage with = m_view->histogram()->grab().toImage();
        QVERIFY(with != without);
        QVERIFY(count_colour(without, ink) > 100);
        QCOMPARE(count_colour(with, ink), count_colour(without, ink));
    }

 private:
    std::unique_ptr<ViewLink> m_link;
    std::unique_ptr<ActivityView> m_view;
};

RESONATE_TEST(ActivityViewTest)
#include "activity_view_test.moc"
