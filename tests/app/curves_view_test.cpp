// tests/app/curves_view_test.cpp: what is read off the learning curves, and how they are told apart.
#include <QChart>
#include <QTest>
#include <QToolButton>
#include <cmath>

#include "complaint.h"
#include "live_view_frames.h"
#include "painted_words.h"
#include "style/theme.h"
#include "svg_texts.h"
#include "test_registry.h"
#include "views/curves_view.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

class CurvesViewTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        applyTheme(*qApp, ThemeMode::Light);
        m_view = std::make_unique<CurvesView>();
        m_view->resize(760, 280);
        m_view->show();
        begin(NeuronType::brf);
    }
    void cleanup() {
        m_view.reset();
        applyTheme(*qApp, ThemeMode::Light);
    }

    void nearestEpochIsReadOffBothChartsUnderTheMouse() {
        const QImage before = accuracy()->grab().toImage();
        move_mouse(accuracy()->viewport(), placeOf(accuracy(), 2.3));
        QCOMPARE(accuracy()->reading(),
                 QStringLiteral("epoch 2, best\ntest 84.90 %\nvalidation 83.00 %\ntraining 86.00 %"));
        VERIFY_SAYS(loss()->reading(), "test 0.4500");
        QCOMPARE(accuracy()->accessibleDescription(), accuracy()->reading());
        QVERIFY(accuracy()->grab().toImage() != before);
        move_mouse(loss()->viewport(), placeOf(loss(), 0.8));
        VERIFY_SAYS(accuracy()->reading(), "epoch 1\n");
        leave(loss());
        QCOMPARE(accuracy()->reading(), QString());
        QCOMPARE(loss()->reading(), QString());
        QCOMPARE(accuracy()->grab().toImage(), before);
    }

    /// In an animation the curves grow, the axes do not.
    void axesStayWhereTheyAreWithWhatTheyHold() {
        std::vector<EpochMetrics> rows;
        for (int epoch = 0; epoch <= 100; ++epoch) {
            EpochMetrics row;
            row.epoch = epoch;
            row.test = {3 - 0.02 * epoch, 20 + 0.7 * epoch, 100};
            rows.push_back(row);
        }
        const std::vector<EpochMetrics> begin(rows.begin(), rows.begin() + 4);
        const auto axes = [&](const std::vector<EpochMetrics>& shown) {
            show(NeuronType::brf, 100, shown);
            QString numbers;
            for (const PaintedWord& word : painted_words(*m_view, {760, 280})) numbers += word.text + QLatin1Char(' ');
            return numbers;
        };
        QVERIFY(axes(begin) != axes(rows));
        m_view->hold(rows);
        QCOMPARE(axes(begin), axes(rows));
    }

    void axesFollowANumberOfEpochsThatWasChanged() {
        std::vector<EpochMetrics> rows(31);
        for (size_t i = 0; i < rows.size(); ++i) rows[i].epoch = static_cast<int>(i);
        show(NeuronType::brf, 20, rows);
        QVERIFY(!says(painted_words(*m_view, {760, 280}), QStringLiteral("30")));
        m_view->setEpochs(60);
        QVERIFY(says(painted_words(*m_view, {760, 280}), QStringLiteral("30")));
    }

    /// Batches come close to 100 % while the epochs are at 60 %.
    void bestBatchIsInTheChart() {
        std::vector<EpochMetrics> rows(2);
        rows[1].epoch = 1;
        for (EpochMetrics& row : rows) row.test = {1, 60, 100};
        show(NeuronType::brf, 4, rows);
        QVERIFY(!says(painted_words(*m_view, {760, 280}), QStringLiteral("100 %")));
        BatchProgress batch;
        batch.epoch = 2;
        batch.batch = 1;
        batch.batches = 4;
        batch.accuracy = 99;
        batch.loss = 0.4;
        m_view->addBatch(batch);
        QTRY_VERIFY(says(painted_words(*m_view, {760, 280}), QStringLiteral("100 %")));
    }

    /// The next chart would be filled with it.
    void aDrawnChartLeavesNoBrushBehind() {
        QImage figure(380, 280, QImage::Format_RGB32);
        QPainter painter(&figure);
        accuracy()->drawInto(painter, QRectF(0, 0, 380, 280));
        QVERIFY(count_colour(figure, neuronColour(NeuronType::brf, false)) > 60);
        QCOMPARE(painter.brush().style(), Qt::NoBrush);
    }

    void besideThePlotNothingIsReadOff() {
        move_mouse(accuracy()->viewport(), placeOf(accuracy(), 2));
        QVERIFY(!accuracy()->reading().isEmpty());
        move_mouse(accuracy()->viewport(), QPointF(2, 40));
        QVERIFY(accuracy()->reading().isEmpty());
    }

    void readingFollowsTheMarkerWhileKeysMoveIt() {
        m_view->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
        m_view->findChild<QToolButton*>()->setFocus();
        accuracy()->setMarker(1);
        QVERIFY(accuracy()->reading().isEmpty());
        accuracy()->setFocus();
        accuracy()->setMarker(2);
        VERIFY_SAYS(accuracy()->reading(), "epoch 2");
        VERIFY_SAYS(loss()->reading(), "epoch 2");
        accuracy()->setMarker(std::nullopt);
        QVERIFY(accuracy()->reading().isEmpty());
        accuracy()->setMarker(1);
        VERIFY_SAYS(loss()->reading(), "epoch 1");
        accuracy()->clearFocus();
        QVERIFY(loss()->reading().isEmpty());
    }

    /// The curve runs high at these epochs: at the top the reading would lie on it.
    void readingStandsWhereItCoversNoCurve() {
        std::vector<EpochMetrics> rows;
        for (int epoch = 0; epoch <= 20; ++epoch) {
            EpochMetrics row;
            row.epoch = epoch;
            row.test = {1, 90 - 70 * std::exp(-epoch / 3.0), 100};
            rows.push_back(row);
        }
        show(NeuronType::brf, 20, rows);
        const QColor ink = neuronColour(NeuronType::brf, false);
        const int curve = count_colour(accuracy()->grab().toImage(), ink);
        QVERIFY(curve > 100);
        for (const int epoch : {10, 20}) {
            accuracy()->setReading(epoch);
            // Its line is drawn over a few pixels of the curve.
            QVERIFY(count_colour(accuracy()->grab().toImage(), ink) >= curve - 12);
        }
    }

    void validationIsToldFromTestByColourAndLine() {
        for (const bool dark : {false, true}) {
            applyTheme(*qApp, dark ? ThemeMode::Dark : ThemeMode::Light);
            for (const NeuronType neuron : {NeuronType::brf, NeuronType::rf, NeuronType::hrf, NeuronType::alif,
                                            NeuronType::lif, NeuronType::izhikevich}) {
                begin(neuron);
                const QPen test = penOf(QStringLiteral("test"));
                const QPen validation = penOf(QStringLiteral("validation"));
                QVERIFY(test.style() != validation.style());
                const QColor a = test.color();
                const QColor b = validation.color();
                const int apart =
                    std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
                QVERIFY2(apart >= 90, qPrintable(a.name() + QLatin1Char(' ') + b.name()));
                const QColor paper = QApplication::palette().color(QPalette::Base);
                QVERIFY(contrastRatio(b, paper) >= 3);
            }
            begin(NeuronType::alif);
            QVERIFY(contrastRatio(penOf(QStringLiteral("test")).color(), penOf(QStringLiteral("validation")).color()) >=
                    2);
        }
    }

    void figureNamesAllCurvesHoweverNarrow() {
        BatchProgress progress;
        progress.epoch = 1;
        progress.batches = 10;
        m_view->addBatch(progress);
        ExportOptions options;
        options.millimetres = {85, 80};
        const QList<SvgText> texts = svg_texts(*m_view, options);
        for (const char* name : {"test", "validation", "training", "best epoch", "training batches"})
            QVERIFY2(says(texts, QLatin1String(name)), name);
    }

 private:
    void begin(NeuronType neuron) {
        std::vector<EpochMetrics> rows;
        for (int epoch = 0; epoch <= 3; ++epoch) {
            EpochMetrics row;
            row.epoch = epoch;
            row.test = {1.05 - 0.3 * epoch, epoch == 2 ? 84.9 : 20.0 + 25 * epoch, 100};
            row.validation = SplitMetrics{1.1, 83, 100};
            row.train = SplitMetrics{0.9, 86, 100};
            row.best = epoch == 2;
            rows.push_back(row);
        }
        show(neuron, 4, rows);
    }
    void show(NeuronType neuron, int epochs, const std::vector<EpochMetrics>& rows) {
        ExperimentConfig config;
        config.neuron.type = neuron;
        config.training.epochs = epochs;
        const int redraws = m_view->redrawCount();
        m_view->begin(config, rows);
        QTRY_VERIFY(m_view->redrawCount() > redraws);
    }
    CurveChart* accuracy() const { return m_view->accuracyChart(); }
    CurveChart* loss() const { return m_view->lossChart(); }
    /// In the middle of the plot's height.
    static QPointF placeOf(CurveChart* chart, double epoch) {
        const QRectF plot = chart->chart()->plotArea();
        return chart->mapFromScene(chart->chart()->mapToScene(
            QPointF(chart->chart()->mapToPosition(QPointF(epoch, 1)).x(), plot.center().y())));
    }
    static void leave(CurveChart* chart) {
        QEvent event(QEvent::Leave);
        QApplication::sendEvent(chart->viewport(), &event);
    }
    QPen penOf(const QString& name) const {
        for (const LegendEntry& entry : accuracy()->legend())
            if (entry.text == name) return entry.pen;
        return {};
    }

    std::unique_ptr<CurvesView> m_view;
};

RESONATE_TEST(CurvesViewTest)
#include "curves_view_test.moc"
