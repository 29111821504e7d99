// tests/app/export_window_test.cpp: exports as a user makes them in the window: dialog, all views, clipboard.
#include <QCheckBox>
#include <QClipboard>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSvgRenderer>
#include <QXmlStreamReader>

#include "complaint.h"
#include "exports/figure_record.h"
#include "opened_run.h"
#include "panels/export_all_dialog.h"
#include "panels/export_dialog.h"
#include "panels/figure_form.h"
#include "test_registry.h"

using namespace resonate;
using namespace resonate::tests;

class ExportWindowTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() {
        m_fixture = std::make_unique<OpenedRun>();
        m_fixture->openMade();
    }
    void cleanup() { m_fixture.reset(); }

    void everyViewInEveryFormat_data() {
        QTest::addColumn<QString>("view");
        for (const char* view : all_views) QTest::newRow(view) << QString::fromLatin1(view);
    }
    /// Through the title's menu and the dialog, one column wide at 200 dpi.
    void everyViewInEveryFormat() {
        QFETCH(QString, view);
        for (const char* format : {"pdf", "svg", "png", "csv"}) {
            const QString file = m_fixture->path(QStringLiteral("figure.%1").arg(QLatin1String(format)));
            exportByDialog(view, QString::fromLatin1(format), file, [](ExportDialog* dialog) {
                auto* sizes = dialog->form()->sizeBox();
                sizes->setFocus();
                QTest::keyClick(sizes, Qt::Key_Home);
                // The keyboard reaches the box as the mouse does.
                Q_EMIT sizes->activated(sizes->currentIndex());
                dialog->form()->resolutionSpin()->setValue(200);
            });
            QVERIFY2(QFileInfo(file).size() > 12, qPrintable(file));
        }
        const QImage png(m_fixture->path(QStringLiteral("figure.png")));
        QCOMPARE(png.size(), QSize(669, 472));  // 85 × 60 mm at 200 dpi
        QCOMPARE(png.dotsPerMeterX(), 7874);
        int inked = 0;
        for (int y = 0; y < png.height(); y += 2)
            for (int x = 0; x < png.width(); x += 2) inked += png.pixelColor(x, y) != QColor(Qt::white);
        QVERIFY(inked > 300);
        const QByteArray svg = content(QStringLiteral("figure.svg"));
        QXmlStreamReader xml(svg);
        while (!xml.atEnd()) xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QSvgRenderer renderer(svg);
        QVERIFY(renderer.isValid());
        QVERIFY(svg.contains(" · made-run · epoch 4"));
        const QByteArray pdf = content(QStringLiteral("figure.pdf"));
        QVERIFY(pdf.startsWith("%PDF-") && pdf.trimmed().endsWith("%%EOF") && pdf.contains("/Count 1"));
        const QList<QByteArray> rows = content(QStringLiteral("figure.csv")).trimmed().split('\n');
        QVERIFY(rows.size() > 2);
        for (const QByteArray& row : rows) QCOMPARE(row.count(','), rows.first().count(','));

        for (const char* format : {"pdf", "svg", "png"}) {
            const FigureRecord record =
                readRecord(m_fixture->path(QStringLiteral("figure.%1").arg(QLatin1String(format))));
            QCOMPARE(record.run, QStringLiteral("made-run"));
            QCOMPARE(record.epoch, QStringLiteral("4"));
            QCOMPARE(record.sample, QStringLiteral("2"));
            QCOMPARE(record.preset, QStringLiteral("synthetic_ecg_brf, changed"));
            QCOMPARE(parse_experiment(record.experiment.toStdString(), "figure"),
                     load_experiment((m_fixture->run + QStringLiteral("/experiment.yaml")).toStdString()));
            QVERIFY(!record.seed.isEmpty() && !record.program.isEmpty());
        }
        // Beside the numbers lies what made them.
        QCOMPARE(load_experiment(m_fixture->path(QStringLiteral("figure.yaml")).toStdString()),
                 load_experiment((m_fixture->run + QStringLiteral("/experiment.yaml")).toStdString()));
    }

    void keyOpensTheDialogOfTheViewWithTheFocus() {
        train()->live()->raster->setFocus();
        QTRY_VERIFY(train()->live()->raster->hasFocus());
        QString title;
        when_dialog_opens<ExportDialog>([&](ExportDialog* dialog) {
            title = dialog->windowTitle();
            QTest::keyClick(dialog, Qt::Key_Escape);
        });
        QTest::keyClick(m_fixture->window.get(), Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(title.contains(QStringLiteral("raster")));
    }

    void dialogRemembersAndPreviews() {
        exportByDialog(QStringLiteral("raster"), QStringLiteral("png"), m_fixture->path(QStringLiteral("a.png")),
                       [](ExportDialog* dialog) {
                           dialog->form()->widthSpin()->setValue(120);
                           dialog->form()->titleBox()->setChecked(false);
                           dialog->form()->fontSpin()->setValue(11);
                           QTRY_VERIFY(!dialog->preview()->pixmap(Qt::ReturnByValue).isNull());
                       });
        bool seen = false;
        when_dialog_opens<ExportDialog>([&](ExportDialog* dialog) {
            seen = true;
            QCOMPARE(dialog->formatBox()->currentData().toString(), QStringLiteral("png"));
            QCOMPARE(dialog->form()->widthSpin()->value(), 120.0);
            QCOMPARE(dialog->form()->fontSpin()->value(), 11.0);
            QVERIFY(!dialog->form()->titleBox()->isChecked());
            QCOMPARE(QFileInfo(dialog->nameEdit()->text()).absolutePath(), m_fixture->folder.path());
            dialog->reject();
        });
        dialogAction(QStringLiteral("phase"))->trigger();
        QVERIFY(seen);
    }

    void screenStyleIsDarkInTheDarkTheme() {
        m_fixture->window->setTheme(ThemeMode::Dark);
        const QString file = m_fixture->path(QStringLiteral("dark.png"));
        exportByDialog(QStringLiteral("membranes"), QStringLiteral("png"), file,
                       [](ExportDialog* dialog) { dialog->form()->colourBox()->setCurrentIndex(1); });
        QVERIFY(QImage(file).pixelColor(2, 2).lightness() < 60);
        exportByDialog(QStringLiteral("membranes"), QStringLiteral("png"), m_fixture->path(QStringLiteral("light.png")),
                       [](ExportDialog* dialog) { dialog->form()->colourBox()->setCurrentIndex(0); });
        QCOMPARE(QImage(m_fixture->path(QStringLiteral("light.png"))).pixelColor(2, 2), QColor(Qt::white));
        m_fixture->window->setTheme(ThemeMode::Light);
    }

    void nothingIsReplacedUnasked() {
        const QString file = m_fixture->path(QStringLiteral("kept.svg"));
        QFile kept(file);
        QVERIFY(kept.open(QIODevice::WriteOnly));
        kept.write("mine");
        kept.close();
        when_dialog_opens<ExportDialog>([&](ExportDialog* dialog) {
            choose(dialog, QStringLiteral("svg"), file);
            answer_question(QStringLiteral("No"));
            QTest::mouseClick(dialog->exportButton(), Qt::LeftButton);
            QVERIFY(dialog->isVisible());
            dialog->reject();
        });
        dialogAction(QStringLiteral("raster"))->trigger();
        QCOMPARE(content(QStringLiteral("kept.svg")), QByteArray("mine"));
    }

    void whatCannotBeWrittenIsSaidInTheDialog() {
        QString problem;
        when_dialog_opens<ExportDialog>([&](ExportDialog* dialog) {
            choose(dialog, QStringLiteral("pdf"), m_fixture->run + QStringLiteral("/experiment.yaml/figure.pdf"));
            QTest::mouseClick(dialog->exportButton(), Qt::LeftButton);
            problem = dialog->problem();
            choose(dialog, QStringLiteral("png"), m_fixture->path(QStringLiteral("big.png")));
            dialog->form()->widthSpin()->setValue(1000);
            dialog->form()->heightSpin()->setValue(1000);
            dialog->form()->resolutionSpin()->setValue(1200);
            QTest::mouseClick(dialog->exportButton(), Qt::LeftButton);
            VERIFY_SAYS(dialog->problem(), "too many for a picture");
            dialog->reject();
        });
        dialogAction(QStringLiteral("raster"))->trigger();
        VERIFY_SAYS(problem, "cannot be written");
        QVERIFY(!QFile::exists(m_fixture->path(QStringLiteral("big.png"))));
    }

    void clipboardHoldsPixelsAndShapes() {
        when_dialog_opens<ExportDialog>([&](ExportDialog* dialog) {
            choose(dialog, QStringLiteral("png"), m_fixture->path(QStringLiteral("unused.png")));
            QTest::mouseClick(dialog->copyButton(), Qt::LeftButton);
            dialog->reject();
        });
        dialogAction(QStringLiteral("raster"))->trigger();
        const QMimeData* copied = QGuiApplication::clipboard()->mimeData();
        QVERIFY(copied->hasImage());
        QVERIFY(QSvgRenderer(copied->data(QStringLiteral("image/svg+xml"))).isValid());
    }

    void allViewsGoIntoAFolderOfTheirOwnWithOneReport() {
        QString report;
        exportAll(report);
        const QString folder = m_fixture->path(QStringLiteral("made-run"));
        QStringList expected;
        for (const char* view : all_views)
            for (const char* format : {"pdf", "svg", "png", "csv"})
                expected << QStringLiteral("%1.%2").arg(QLatin1String(view), QLatin1String(format));
        expected << QStringLiteral("experiment.yaml");
        expected.sort();
        QCOMPARE(QDir(folder).entryList(QDir::Files, QDir::Name), expected);
        for (const QString& name : expected)
            QVERIFY2(QFileInfo(folder + QLatin1Char('/') + name).size() > 12, qPrintable(name));
        QVERIFY2(report.contains(QStringLiteral("Spike raster: PDF, SVG, PNG, CSV")), qPrintable(report));
        QVERIFY(!report.contains(QStringLiteral("Left out")));
        QCOMPARE(load_experiment((folder + QStringLiteral("/experiment.yaml")).toStdString()),
                 load_experiment((m_fixture->run + QStringLiteral("/experiment.yaml")).toStdString()));
        // A second time beside it, never over it; and what is empty is named.
        train()->live()->setFrame(nullptr);
        exportAll(report);
        QVERIFY(QFile::exists(m_fixture->path(QStringLiteral("made-run-2/curves.pdf"))));
        QVERIFY(!QFile::exists(m_fixture->path(QStringLiteral("made-run-2/raster.pdf"))));
        QVERIFY2(report.contains(QStringLiteral("Spike raster is empty")), qPrintable(report));
    }

 private:
    TrainWorkspace* train() const { return m_fixture->window->train(); }
    QAction* dialogAction(const QString& view) const {
        return train()->dockOf(view)->exportMenu()->actions().constFirst();
    }
    QByteArray content(const QString& name) const {
        QFile file(m_fixture->path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void choose(ExportDialog* dialog, const QString& format, const QString& file) {
        dialog->formatBox()->setCurrentIndex(dialog->formatBox()->findData(format));
        dialog->nameEdit()->selectAll();
        QTest::keyClicks(dialog->nameEdit(), file);
    }
    template <class Action>
    void exportByDialog(const QString& view, const QString& format, const QString& file, Action more) {
        QFile::remove(file);
        if (format == QLatin1String("csv")) QFile::remove(file.left(file.size() - 4) + QStringLiteral(".yaml"));
        QString problem;
        when_dialog_opens<ExportDialog>([&](ExportDialog* dialog) {
            choose(dialog, format, file);
            more(dialog);
            QTest::mouseClick(dialog->exportButton(), Qt::LeftButton);
            problem = dialog->problem();
            dialog->reject();
        });
        dialogAction(view)->trigger();
        QVERIFY2(problem.isEmpty(), qPrintable(problem));
    }
    void exportAll(QString& report) {
        report.clear();
        when_dialog_opens<ExportAllDialog>([&](ExportAllDialog* dialog) {
            dialog->placeEdit()->setText(m_fixture->folder.path());
            for (const char* format : {"pdf", "svg", "png", "csv"})
                dialog->formatBox(QLatin1String(format))->setChecked(true);
            dialog->form()->resolutionSpin()->setValue(72);
            QTest::mouseClick(dialog->exportButton(), Qt::LeftButton);
        });
        when_dialog_opens<QMessageBox>([&](QMessageBox* box) {
            report = box->text();
            box->reject();
        });
        // As a window system does after a dialog; offscreen there is none.
        m_fixture->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_fixture->window.get()));
        QTest::keyClick(m_fixture->window.get(), Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!report.isEmpty(), 60000);
    }

    std::unique_ptr<OpenedRun> m_fixture;
};

RESONATE_TEST(ExportWindowTest)
#include "export_window_test.moc"
