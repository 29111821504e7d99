// tests/app/preset_gallery_test.cpp: the gallery of presets: what it shows, how one is found and taken, one's own.
#include <QInputDialog>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QSignalSpy>
#include <fstream>

#include "complaint.h"
#include "models/neuron_sketch.h"
#include "models/text.h"
#include "panels/preset_gallery.h"
#include "test_registry.h"
#include "window_fixture.h"

using namespace resonate;
using namespace resonate::tests;

class PresetGalleryTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void everyPresetHasACard() {
        keep(QStringLiteral("mine"));
        PresetGallery gallery(dataDir(), QStringLiteral("ecg_brf"));
        QStringList names;
        for (const Preset& preset : list_presets()) names << QString::fromStdString(preset.name);
        QStringList shown = gallery.shownPresets();
        QCOMPARE(shown.constFirst(), QStringLiteral("mine"));
        names.sort();
        shown.sort();
        QCOMPARE(shown, names);
        QCOMPARE(gallery.chosenPreset(), QStringLiteral("ecg_brf"));
    }

    void cardsAreFilteredByWordDataSetAndNeuron() {
        PresetGallery gallery(dataDir(), {});
        show(gallery);
        QTest::keyClicks(gallery.filter(), QStringLiteral("harmonic heart"));
        QCOMPARE(gallery.shownPresets(), (QStringList{QStringLiteral("synthetic_ecg_hrf"), QStringLiteral("ecg_hrf")}));
        gallery.filter()->clear();
        gallery.datasetBox()->setCurrentIndex(gallery.datasetBox()->findData(QStringLiteral("shd")));
        QCOMPARE(gallery.shownPresets().size(), 4);
        gallery.neuronBox()->setCurrentIndex(gallery.neuronBox()->findData(QStringLiteral("alif")));
        QCOMPARE(gallery.shownPresets(), QStringList{QStringLiteral("shd_alif")});
        QCOMPARE(gallery.chosenPreset(), QStringLiteral("shd_alif"));
        QVERIFY(!gallery.nothing()->isVisible());
        QTest::keyClicks(gallery.filter(), QStringLiteral("no such thing"));
        QVERIFY(gallery.shownPresets().isEmpty());
        // Instead of a blank: why, and the way back.
        VERIFY_SAYS(gallery.nothing()->text(), "\"no such thing\" here. Clear the filter, or choose all data sets");
        QTRY_VERIFY(gallery.nothing()->isVisible() && gallery.nothing()->width() > gallery.list()->width() / 2);
        QVERIFY(gallery.chosenPreset().isEmpty());
        QVERIFY(!gallery.takeButton()->isEnabled());
    }

    void oneThatCannotBeReadIsNamedAtTheStart() {
        keep(QStringLiteral("mine"));
        std::ofstream(default_preset_folder() / "broken.yaml") << "neuron: [";
        MainWindow& window = m_fixture->open();
        QTRY_VERIFY(window.banner()->isVisible());
        QCOMPARE(window.banner()->count(), 1);
        VERIFY_SAYS(window.banner()->text(), "broken.yaml");
    }

    void arrowsMoveAndReturnTakes() {
        MainWindow& window = m_fixture->open();
        when_dialog_opens<PresetGallery>([](PresetGallery* gallery) {
            QCOMPARE(gallery->chosenPreset(), QString::fromLatin1(default_preset_name));
            const QStringList all = gallery->shownPresets();
            QTest::keyClick(gallery->list(), Qt::Key_Right);
            QCOMPARE(gallery->chosenPreset(), all[1]);
            QTest::keyClick(gallery->list(), Qt::Key_Down);
            QTest::keyClick(gallery->list(), Qt::Key_Up);
            QCOMPARE(gallery->chosenPreset(), all[1]);
            QTest::keyClick(gallery->list(), Qt::Key_Return);
        });
        QTest::keySequence(&window, QKeySequence(Qt::CTRL | Qt::Key_P));
        QCOMPARE(window.train()->experiment()->presetName(), QStringLiteral("synthetic_ecg_rf"));
        QVERIFY(!window.train()->experiment()->isModified());
    }

    void whoOpensItCanTypeAtOnce() {
        MainWindow& window = m_fixture->open();
        when_dialog_opens<PresetGallery>([](PresetGallery* gallery) {
            // A dialog counts as active as soon as the window it stands before is: only the focus itself tells.
            QTRY_COMPARE(QApplication::focusWidget(), static_cast<QWidget*>(gallery->filter()));
            QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("psmnist hrf"));
            QCOMPARE(gallery->shownPresets(), QStringList{QStringLiteral("psmnist_hrf")});
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
        });
        QTest::keySequence(&window, QKeySequence(Qt::CTRL | Qt::Key_P));
        QCOMPARE(window.train()->experiment()->presetName(), QStringLiteral("psmnist_hrf"));
    }

    void aDoubleClickTakesAndEscapeDoesNot() {
        MainWindow& window = m_fixture->open();
        when_dialog_opens<PresetGallery>([](PresetGallery* gallery) {
            gallery->choose(QStringLiteral("shd_brf"));
            QTest::keyClick(gallery, Qt::Key_Escape);
        });
        QTest::mouseClick(window.train()->experiment()->presetBar()->galleryButton(), Qt::LeftButton);
        QCOMPARE(window.train()->experiment()->presetName(), QString::fromLatin1(default_preset_name));
        when_dialog_opens<PresetGallery>([](PresetGallery* gallery) {
            gallery->choose(QStringLiteral("shd_brf"));
            const QPoint at = gallery->list()->visualRect(gallery->list()->currentIndex()).center();
            QTest::mouseClick(gallery->list()->viewport(), Qt::LeftButton, {}, at);
            QTest::mouseDClick(gallery->list()->viewport(), Qt::LeftButton, {}, at);
        });
        QTest::mouseClick(window.train()->experiment()->presetBar()->galleryButton(), Qt::LeftButton);
        QCOMPARE(window.train()->experiment()->presetName(), QStringLiteral("shd_brf"));
    }

    void onesOwnAreRenamedAndDeletedShippedOnesAreNot() {
        keep(QStringLiteral("mine"));
        MainWindow& window = m_fixture->open();
        window.train()->open(QStringLiteral("mine"));
        QCOMPARE(window.train()->experiment()->presetName(), QStringLiteral("mine"));
        when_dialog_opens<PresetGallery>([](PresetGallery* gallery) {
            gallery->choose(QStringLiteral("ecg_brf"));
            QVERIFY(!gallery->renameButton()->isEnabled());
            QVERIFY(!gallery->deleteButton()->isEnabled());
            gallery->choose(QStringLiteral("mine"));
            QString why;
            QVERIFY(!gallery->rename(QStringLiteral("ecg_brf"), &why));
            VERIFY_SAYS(why, "already");
            QVERIFY(!gallery->rename(QStringLiteral("a/b"), &why));
            VERIFY_SAYS(why, "'/'");
            when_dialog_opens<QInputDialog>([](QInputDialog* dialog) {
                dialog->setTextValue(QStringLiteral("better"));
                dialog->accept();
            });
            QTest::mouseClick(gallery->renameButton(), Qt::LeftButton);
            QCOMPARE(gallery->chosenPreset(), QStringLiteral("better"));
            QTest::keyClick(gallery, Qt::Key_Escape);
        });
        QTest::mouseClick(window.train()->experiment()->presetBar()->galleryButton(), Qt::LeftButton);
        QVERIFY(!std::filesystem::exists(default_preset_folder() / "mine.yaml"));
        QVERIFY(std::filesystem::exists(default_preset_folder() / "better.yaml"));
        QCOMPARE(window.train()->experiment()->presetName(), QStringLiteral("better"));
        QVERIFY(window.train()->experiment()->presetBox()->currentText().startsWith(QStringLiteral("better")));

        const ExperimentConfig before = window.train()->experiment()->config();
        when_dialog_opens<PresetGallery>([](PresetGallery* gallery) {
            answer_question(QStringLiteral("Yes"));
            QTest::mouseClick(gallery->deleteButton(), Qt::LeftButton);
            QVERIFY(!gallery->shownPresets().contains(QStringLiteral("better")));
            QTest::keyClick(gallery, Qt::Key_Escape);
        });
        QTest::mouseClick(window.train()->experiment()->presetBar()->galleryButton(), Qt::LeftButton);
        QVERIFY(!std::filesystem::exists(default_preset_folder() / "better.yaml"));
        // The experiment itself stays.
        QCOMPARE(window.train()->experiment()->config(), before);
        QCOMPARE(window.train()->experiment()->presetBox()->findData(QStringLiteral("better")), -1);
    }

    void cardsSayWhetherTheirDataIsHere() {
        for (const PresetEntry& entry : presetEntries(dataDir())) {
            QVERIFY(entry.dataset);
            QCOMPARE(entry.status == DatasetStatus::generated, entry.dataset->synthetic);
            if (!entry.dataset->synthetic) QCOMPARE(entry.status, DatasetStatus::missing);
            if (entry.name == QLatin1String("ecg_brf"))
                QCOMPARE(entry.published, QStringLiteral("Published: 85.8 ± 0.7 % test accuracy"));
        }
    }

    void publishedResultsReadAsInThePaper() {
        QHash<QString, QString> published;
        for (const PresetEntry& entry : presetEntries(dataDir())) published.insert(entry.name, entry.published);
        const auto text = [](const char* result) {
            return QStringLiteral("Published: %1 test accuracy").arg(QString::fromUtf8(result));
        };
        QCOMPARE(published[QStringLiteral("smnist_brf")], text("99.0 ± 0.1 %"));
        QCOMPARE(published[QStringLiteral("psmnist_brf")], text("95.0 ± 0.2 %"));
        QCOMPARE(published[QStringLiteral("psmnist_hrf")], text("95.2 %"));
        QCOMPARE(published[QStringLiteral("reproduction_gsc_alif")], text("79.0 %"));
        QCOMPARE(published[QStringLiteral("shd_alif")], text("64.27 ± 10.18 %"));
    }

    void namesAreWholeAtEveryTextSize() {
        for (const TextSize size : {TextSize::Normal, TextSize::Larger}) {
            applyTextSize(size);
            PresetGallery gallery(dataDir(), {});
            show(gallery);
            const QRect card(QPoint(), gallery.list()->gridSize());
            const QSizeF room = PresetCardDelegate::textArea(card).size();
            QFont bold = gallery.list()->font();
            bold.setBold(true);
            const QString result =
                QStringLiteral("Published %1").arg(publishedAccuracyText(*load_preset("shd_alif").reference));
            QFont small = bold;
            small.setPointSizeF(0.92 * bold.pointSizeF());
            QCOMPARE(wrappedLines(result, small, room, 1), QStringList{result});
            for (const PresetEntry& entry : presetEntries(dataDir())) {
                const QStringList lines = wrappedLines(entry.title, bold, room, PresetCardDelegate::titleLines);
                QCOMPARE(lines.join(QLatin1Char(' ')), entry.title);
            }
            // One's own names may be long and without a gap: broken, cut at last, and whole in the tool tip.
            const QString endless = QStringLiteral("a_name_without_a_gap_").repeated(20);
            const QStringList lines = wrappedLines(endless, bold, room, PresetCardDelegate::titleLines);
            QCOMPARE(lines.size(), PresetCardDelegate::titleLines);
            for (const QString& line : lines) QVERIFY(QFontMetricsF(bold).horizontalAdvance(line) <= room.width());
            QVERIFY(lines.constLast().endsWith(QChar(0x2026)));
        }
    }

    void everyNeuronFiresInItsPicture() {
        for (const PresetEntry& entry : presetEntries(dataDir())) {
            const NeuronSketch& sketch = entry.sketch;
            QVERIFY2(!sketch.spikes.empty(), qPrintable(entry.name));
            QCOMPARE(sketch.u.size(), sketch.bound.size());
            for (const int spike : sketch.spikes)
                QVERIFY(sketch.u[static_cast<size_t>(spike)] > sketch.bound[static_cast<size_t>(spike)]);
            QVERIFY2(std::all_of(sketch.u.begin(), sketch.u.end(), [](double u) { return std::isfinite(u); }),
                     qPrintable(entry.name));
        }
        // The smooth reset: after a spike the threshold of BRF is raised, that of RF is not.
        NeuronConfig neuron = load_preset("ecg_brf").neuron;
        const NeuronSketch balanced = sketchNeuron(neuron);
        neuron.type = NeuronType::rf;
        const NeuronSketch vanilla = sketchNeuron(neuron);
        QVERIFY(*std::max_element(balanced.bound.begin(), balanced.bound.end()) > 1.5);
        QCOMPARE(*std::max_element(vanilla.bound.begin(), vanilla.bound.end()), 1.0);
    }

    void picturesDiffer() {
        QSet<QByteArray> pictures;
        int count = 0;
        for (const PresetEntry& entry : presetEntries(dataDir())) {
            if (entry.name.startsWith(QStringLiteral("reproduction"))) continue;
            QImage image(112, 116, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            paintPresetPicture(painter, image.rect(), entry, QApplication::palette());
            painter.end();
            pictures.insert(QByteArray(reinterpret_cast<const char*>(image.constBits()), image.sizeInBytes()));
            ++count;
        }
        // A generated set looks like the one it stands in for, and then only the neuron's ranges may differ.
        QVERIFY2(pictures.size() * 2 > count, qPrintable(QStringLiteral("%1 of %2").arg(pictures.size()).arg(count)));
    }

 private:
    std::filesystem::path dataDir() const { return m_fixture->path(QStringLiteral("no-data")).toStdString(); }
    static void show(QWidget& widget) {
        widget.show();
        QVERIFY(QTest::qWaitForWindowExposed(&widget));
    }
    /// A preset of the user's.
    static void keep(const QString& name) {
        std::filesystem::create_directories(default_preset_folder());
        ExperimentConfig config = load_preset("synthetic_ecg_brf");
        config.network.hidden_size = 17;
        save_experiment(config, default_preset_folder() / (name.toStdString() + ".yaml"));
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(PresetGalleryTest)
#include "preset_gallery_test.moc"
