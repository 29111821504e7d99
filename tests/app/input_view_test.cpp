// tests/app/input_view_test.cpp: the view of the probe sample as the network sees it.
#include <QTest>

#include "complaint.h"
#include "live_view_frames.h"
#include "svg_texts.h"
#include "test_registry.h"
#include "views/activity_view.h"
#include "views/curve_chart.h"
#include "views/curves_view.h"
#include "views/input_view.h"
#include "views/membrane_view.h"
#include "views/output_view.h"
#include "views/parameter_view.h"
#include "views/phase_view.h"
#include "views/raster_view.h"
#include "views/rate_histogram.h"
#include "workspaces/live_views.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

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
        const QStringList rows = m_view->csv().split(QLatin1Char('\n'));
        QVERIFY(rows.first().startsWith(QStringLiteral("step,")));
        const QString name = QString::fromStdString(dataset_info("synthetic_ecg").class_names[0]);
        QVERIFY2(rows[1].endsWith(QStringLiteral(",\"%1\"").arg(name)), qPrintable(rows[1]));
    }

    void readingHidesNothingOfTheInput() {
        m_view->setDataset(dataset_info("synthetic_ecg"), {});
        m_view->setFrame(example_frame());
        const QImage without = m_view->grab().toImage();
        m_link->setCursor(100);
        const QImage with = m_view->grab().toImage();
        QRect above;
        QRect inPlot;
        for (int y = 0; y < with.height(); ++y)
            for (int x = 0; x < with.width(); ++x)
                if (with.pixel(x, y) != without.pixel(x, y)) (y < 28 ? above : inPlot) |= QRect(x, y, 1, 1);
        QVERIFY(above.width() > 40);
        QVERIFY2(inPlot.width() <= 4, "only the line of the cursor is in the plot");
    }

    /// Digits spoken in two languages are 20 classes.
    void lettersOfManyClassesStayAsLargeAsTheOthers() {
        DatasetInfo info = dataset_info("synthetic_ecg");
        info.classes = 20;
        info.class_names = dataset_info("shd").class_names;
        QCOMPARE(info.class_names.size(), size_t{20});
        const auto name = [&](size_t label) { return QString::fromStdString(info.class_names[label]); };
        m_view->setDataset(info, {});
        m_view->setFrame(example_frame());  // of four classes
        RasterView raster(m_link.get());
        QStringList names;
        for (size_t c = 0; c < 20; ++c) names << name(c);
        raster.setClassNames(names);
        raster.setFrame(sequence_frame(20, 5, 1));  // the network says 1
        for (ExportableView* view : std::initializer_list<ExportableView*>{m_view.get(), &raster}) {
            const QList<SvgText> texts = svg_texts(*view, {});
            for (const SvgText& one : texts) QCOMPARE(one.letters, texts.first().letters);
            QVERIFY(says(texts, name(1)));
            QVERIFY(says(texts, name(view == &raster ? 5 : 3)));
            QVERIFY(!says(texts, name(17)));
        }
    }

    void oneRowNamesAllClassesWhereTheyFit() {
        RasterView raster(m_link.get());
        raster.setFrame(sequence_frame(10, 5, 1));
        const QList<SvgText> texts = svg_texts(raster, {});
        for (int c = 0; c < 10; ++c) QVERIFY(says(texts, QString::number(c)));
    }

 private:
    std::unique_ptr<ViewLink> m_link;
    std::unique_ptr<InputView> m_view;
};

RESONATE_TEST(InputViewTest)
#include "input_view_test.moc"
