// tests/app/export_test.cpp: exported figures are what their endings say.
#include <QFile>
#include <QImage>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "complaint.h"
#include "example_frame.h"
#include "exports/view_exporter.h"
#include "style/theme.h"
#include "svg_texts.h"
#include "test_registry.h"
#include "views/curves_view.h"
#include "views/membrane_view.h"

using namespace resonate;
using namespace resonate::app;
using namespace resonate::tests;

class ExportTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        m_options = {};
        // Figures are light whatever the theme.
        applyTheme(*qApp, ThemeMode::Dark);
        m_raster.setFrame(example_frame());
        m_membranes.setFrame(example_frame());
        std::vector<EpochMetrics> rows(5);
        for (int epoch = 0; epoch < 5; ++epoch) {
            rows[static_cast<size_t>(epoch)].epoch = epoch;
            rows[static_cast<size_t>(epoch)].test = {2.0 - 0.3 * epoch, 20.0 * epoch, 50};
        }
        m_curves.begin(ExperimentConfig(), rows);
        m_curves.resize(700, 260);
        m_curves.show();
        QTRY_VERIFY(m_curves.redrawCount() > 0);
        m_options.origin = QStringLiteral("run 2026-01-01-example-abc");
    }
    void cleanup() { applyTheme(*qApp, ThemeMode::Light); }

    void svgIsMadeOfShapesNotPixels_data() { everyView(); }
    void svgIsMadeOfShapesNotPixels() {
        const QByteArray bytes = exported(QStringLiteral("svg"));
        QXmlStreamReader xml(bytes);
        int shapes = 0;
        int images = 0;
        bool titled = false;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement) continue;
            if (xml.name() == QLatin1String("image")) ++images;
            if (xml.name() == QLatin1String("path") || xml.name() == QLatin1String("polyline") ||
                xml.name() == QLatin1String("rect"))
                ++shapes;
            if (xml.name() == QLatin1String("title")) titled = xml.readElementText() == view().exportTitle();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(images, 0);
        QVERIFY(shapes > 20);
        QVERIFY(titled);
        QVERIFY(bytes.contains(m_options.origin.toUtf8()));
        QSvgRenderer renderer(bytes);
        QVERIFY(renderer.isValid());
        QImage page(720, 400, QImage::Format_RGB32);
        page.fill(Qt::magenta);
        QPainter painter(&page);
        renderer.render(&painter);
        painter.end();
        QCOMPARE(page.pixelColor(2, 2), QColor(Qt::white));
    }

    void pdfIsOnePageOfShapes_data() { everyView(); }
    void pdfIsOnePageOfShapes() {
        const QByteArray bytes = exported(QStringLiteral("pdf"));
        QVERIFY(bytes.startsWith("%PDF-"));
        QVERIFY(bytes.trimmed().endsWith("%%EOF"));
        QVERIFY(bytes.contains("/Count 1"));
        QVERIFY(!bytes.contains("/Subtype /Image"));
        // 180 mm × 100 mm in points.
        QVERIFY2(bytes.contains("/MediaBox [0 0 510"), bytes.mid(bytes.indexOf("/MediaBox"), 60).constData());
    }

    void pngHasItsResolutionAndOrigin_data() { everyView(); }
    void pngHasItsResolutionAndOrigin() {
        const QImage image = QImage::fromData(exported(QStringLiteral("png")), "PNG");
        QVERIFY(!image.isNull());
        QCOMPARE(image.size(), QSize(2126, 1181));  // 180 × 100 mm at 300 dpi
        QCOMPARE(image.dotsPerMeterX(), 11811);
        QVERIFY(image.text(QStringLiteral("Source")).contains(m_options.origin));
        QCOMPARE(image.pixelColor(2, 2), QColor(Qt::white));
        int inked = 0;
        for (int y = 0; y < image.height(); y += 3)
            for (int x = 0; x < image.width(); x += 3) inked += image.pixelColor(x, y) != QColor(Qt::white);
        QVERIFY(inked > 1000);
    }

    void csvHasAHeaderAndRows_data() { everyView(); }
    void csvHasAHeaderAndRows() {
        const QList<QByteArray> lines = exported(QStringLiteral("csv")).trimmed().split('\n');
        QVERIFY(lines.size() > 3);
        for (const QByteArray& line : lines) QCOMPARE(line.count(','), lines.first().count(','));
    }

    void exportingLeavesTheWindowAsItWas() {
        QCoreApplication::processEvents();
        const QImage before = m_curves.grab().toImage();
        exportView(m_curves, m_folder.filePath(QStringLiteral("again.pdf")), m_options);
        QTest::qWait(50);
        QCOMPARE(m_curves.grab().toImage(), before);
    }

    /// Behind a tab nothing is drawn: the figure must not be that of when the view was last in sight.
    void hiddenCurvesAreExportedAsTheyAre() {
        std::vector<EpochMetrics> rows(1);
        rows[0].test = {2.0, 10, 50};
        EpochMetrics next;
        next.epoch = 1;
        next.test = {1.0, 80, 50};
        CurvesView hidden;
        hidden.resize(700, 260);
        hidden.begin(ExperimentConfig(), rows);
        hidden.addEpoch(next);
        CurvesView shown;
        shown.resize(700, 260);
        shown.begin(ExperimentConfig(), rows);
        shown.addEpoch(next);
        shown.show();
        QTRY_VERIFY(shown.redrawCount() > 0);
        QCOMPARE(hidden.redrawCount(), 0);
        const auto figure = [&](CurvesView& view) {
            const QString name = m_folder.filePath(QStringLiteral("hidden.png"));
            exportView(view, name, m_options);
            return QImage(name);
        };
        const QImage wanted = figure(shown);
        QVERIFY(!wanted.isNull());
        QCOMPARE(figure(hidden), wanted);
        // The same of a view that was hidden after a first epoch.
        shown.hide();
        next.epoch = 2;
        next.test = {0.5, 95, 50};
        shown.addEpoch(next);
        hidden.addEpoch(next);
        QVERIFY(figure(shown) != wanted);
        QCOMPARE(figure(shown), figure(hidden));
    }

    void titleOfARunsFigureSaysWhatItShows() {
        m_options.record = madeRecord();
        const QString title = QStringLiteral("Spike raster · made-run · epoch 4 · test sample 2");
        QVERIFY(says(svg_texts(m_raster, m_options), title));
        // Curves draw no sample.
        QVERIFY(says(svg_texts(m_curves, m_options), QStringLiteral("Learning curves · made-run · epoch 4")));
        const QString file = m_folder.filePath(QStringLiteral("titled.png"));
        exportView(m_raster, file, m_options);
        QCOMPARE(QImage(file).text(QStringLiteral("Title")), title);
        m_options.titled = false;
        for (const SvgText& text : svg_texts(m_raster, m_options)) QVERIFY(!text.text.contains(QStringLiteral("made")));
    }

    void longTitleTakesTwoLinesAndShortensTheRun() {
        m_options.record = madeRecord();
        m_options.record.run = QString(60, QLatin1Char('r'));
        m_options.millimetres = {85, 60};
        const QList<SvgText> texts = svg_texts(m_raster, m_options);
        QVERIFY(says(texts, QStringLiteral("Spike raster")));
        const auto second = std::find_if(texts.begin(), texts.end(), [](const SvgText& text) {
            return text.text.endsWith(QStringLiteral(" · epoch 4 · test sample 2"));
        });
        QVERIFY(second != texts.end());
        QVERIFY2(second->text.size() < 60, qPrintable(second->text));
        QVERIFY(second->text.startsWith(QStringLiteral("rr")));
    }

    void figureKeepsItsSampleAndNeurons_data() {
        QTest::addColumn<QString>("format");
        for (const char* format : {"png", "svg", "pdf"}) QTest::newRow(format) << QString::fromLatin1(format);
    }
    void figureKeepsItsSampleAndNeurons() {
        QFETCH(QString, format);
        m_options.record = madeRecord();
        const QString file = m_folder.filePath(QStringLiteral("kept.") + format);
        exportView(m_raster, file, m_options);
        QCOMPARE(readRecord(file), m_options.record);
        QCOMPARE(neuronsOf(readRecord(file)), (QList<int>{3, 1}));
    }

    void numbersOfNeuronsAreReadWithCare() {
        FigureRecord record;
        record.neurons = QStringLiteral("3 -1 x 99999999999  5");
        QCOMPARE(neuronsOf(record), (QList<int>{3, 5}));
        record.neurons = QString(100000, QLatin1Char('7'));
        QVERIFY(neuronsOf(record).isEmpty());
    }

    void unwritablePlaceIsNamed() {
        QFile file(m_folder.filePath(QStringLiteral("plain")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const QString target = file.fileName() + QStringLiteral("/raster.svg");
        VERIFY_SAYS(complaint([&] { exportView(m_raster, target, m_options); }), target.toUtf8().constData());
    }

    void unknownEndingIsRefusedWithTheKnownOnes() {
        const QString target = m_folder.filePath(QStringLiteral("raster.tiff"));
        VERIFY_SAYS(complaint([&] { exportView(m_raster, target, m_options); }), ".svg, .pdf, .png or .csv");
        QVERIFY(!QFile::exists(target));
    }

    void emptyViewSaysWhatToDo() {
        ViewLink link;
        RasterView empty(&link);
        VERIFY_SAYS(complaint([&] { exportView(empty, m_folder.filePath(QStringLiteral("e.svg")), m_options); }),
                    "start a training first");
    }

 private:
    static FigureRecord madeRecord() {
        FigureRecord record;
        record.run = QStringLiteral("made-run");
        record.epoch = QStringLiteral("4");
        record.sample = QStringLiteral("2");
        record.neurons = neuronsText({3, 1});
        return record;
    }
    void everyView() {
        QTest::addColumn<int>("index");
        QTest::newRow("curves") << 0;
        QTest::newRow("raster") << 1;
        QTest::newRow("membranes") << 2;
    }
    ExportableView& view() {
        QFETCH(int, index);
        ExportableView* views[] = {&m_curves, &m_raster, &m_membranes};
        return *views[index];
    }
    QByteArray exported(const QString& ending) {
        const QString name = m_folder.filePath(QStringLiteral("figure.") + ending);
        exportView(view(), name, m_options);
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    ViewLink m_link;
    RasterView m_raster{&m_link};
    MembraneView m_membranes{&m_link};
    CurvesView m_curves;
    ExportOptions m_options;
};

RESONATE_TEST(ExportTest)
#include "export_test.moc"
