// tests/app/live_view_test.cpp: what all live views have in common: themes, exports, tips.
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "complaint.h"
#include "exports/view_exporter.h"
#include "live_view_frames.h"
#include "style/theme.h"
#include "test_registry.h"
#include "views/activity_view.h"
#include "views/input_view.h"
#include "views/membrane_view.h"
#include "views/output_view.h"
#include "views/parameter_view.h"
#include "views/phase_view.h"
#include "views/raster_view.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

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
        auto* parameters = static_cast<ParameterView*>(m_widgets[3]);
        VERIFY_SAYS(tip_at(parameters, parameters->pointOf(4)), "ω = 7.000 rad per model time");
        auto* phase = static_cast<PhaseView*>(m_widgets[2]);
        VERIFY_SAYS(tip_at(phase, phase->pointOf(phase->shownNeurons()[0], 60)), "u = ");
        VERIFY_SAYS(tip_at(m_widgets[1], QPoint(300, 100)), "between 0 and 1");
        QToolTip::hideText();
    }

    void neuronsThatNobodySelectedAreMarkedInAllViews() {
        m_fill();
        RasterView raster(m_link.get());
        raster.resize(640, 360);
        raster.show();
        raster.setFrame(spread_frame());
        MembraneView membranes(m_link.get());
        membranes.setFrame(spread_frame());
        QCOMPARE(membranes.shownNeurons(), (QList<int>{0, 1, 2, 3}));
        auto* parameters = static_cast<ParameterView*>(m_widgets[3]);
        const auto rasterTip = [&](int neuron) { return tip_at(&raster, raster.centreOf(neuron)); };
        const auto parameterTip = [&](int neuron) { return tip_at(parameters, parameters->pointOf(neuron)); };
        VERIFY_SAYS(rasterTip(2), "among the most active");
        VERIFY_SAYS(parameterTip(2), "among the most active");
        QVERIFY(!rasterTip(6).contains(QLatin1String("Membranes")));
        QVERIFY(!parameterTip(6).contains(QLatin1String("Membranes")));
        const auto arrow = [&](int neuron) {
            const int y = raster.centreOf(neuron).y();
            return raster.grab().toImage().copy(0, y - 3, 120, 7);
        };
        const QImage hollow = arrow(2);
        const auto dot = [&](int neuron) {
            return parameters->grab().toImage().pixelColor(parameters->pointOf(neuron).toPoint());
        };
        QCOMPARE(dot(2), selectionColour(2, true));
        QCOMPARE(dot(6), neuronColour(NeuronType::brf, true));
        QTest::mouseClick(&raster, Qt::LeftButton, {}, raster.centreOf(6));
        VERIFY_SAYS(rasterTip(6), "Selected");
        VERIFY_SAYS(parameterTip(6), "Selected");
        QVERIFY(!rasterTip(2).contains(QLatin1String("Membranes")));
        QCOMPARE(dot(6), selectionColour(0, true));
        QCOMPARE(dot(2), neuronColour(NeuronType::brf, true));
        QVERIFY(arrow(2) != hollow);
        QToolTip::hideText();
    }

 private:
    std::unique_ptr<ViewLink> m_link;
    std::vector<QWidget*> m_widgets;
    std::vector<ExportableView*> m_views;
    std::function<void()> m_fill;
};

RESONATE_TEST(LiveViewsTest)
#include "live_view_test.moc"
