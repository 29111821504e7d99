// tests/app/window_test.cpp: the form, presets, messages and what the window remembers.
#include <QInputDialog>
#include <QLabel>
#include <QMenuBar>
#include <QStatusBar>

#include "complaint.h"
#include "frame/status_facts.h"
#include "models/text.h"
#include "session/dataset_lookup.h"
#include "test_registry.h"
#include "views/elided_label.h"
#include "window_fixture.h"

using namespace resonate;
using namespace resonate::tests;

class WindowTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void opensOnTheDefaultExperimentReadyToStart() {
        MainWindow& window = m_fixture->open();
        QCOMPARE(window.train()->experiment()->presetName(), QString::fromLatin1(default_preset_name));
        QVERIFY(window.train()->runBar()->startAction()->isEnabled());
        QVERIFY(!window.train()->runBar()->stopAction()->isEnabled());
        QVERIFY(!window.banner()->isVisible());
    }

    void choosingANeuronTakesThePresetOfThePair() {
        MainWindow& window = m_fixture->open();
        auto* neurons =
            qobject_cast<QComboBox*>(window.train()->experiment()->row(QStringLiteral("neuron.type"))->editor());
        neurons->setFocus();
        QTest::keyClicks(neurons, QStringLiteral("ALIF"));
        QTRY_COMPARE(window.train()->experiment()->config().neuron.type, NeuronType::alif);
        QCOMPARE(window.train()->experiment()->presetName(), QStringLiteral("synthetic_ecg_alif"));
        QCOMPARE(window.train()->experiment()->config(), load_preset("synthetic_ecg_alif"));
        QVERIFY(!window.train()->experiment()->row(QStringLiteral("neuron.omega.min"))->editorBox()->isVisible());
        QVERIFY(window.train()
                    ->experiment()
                    ->row(QStringLiteral("neuron.tau_adp.mean"))
                    ->editorBox()
                    ->isVisibleTo(&window));
    }

    void editMarksTheFieldAndResetTakesThePresetValue() {
        MainWindow& window = m_fixture->open();
        ExperimentPanel* panel = window.train()->experiment();
        FieldRow* row = panel->row(QStringLiteral("training.learning_rate"));
        const double preset = panel->config().training.learning_rate;
        QVERIFY(!row->resetButton()->isVisibleTo(&window));
        m_fixture->type(QStringLiteral("training.learning_rate"), QStringLiteral("0.025"));
        QCOMPARE(panel->config().training.learning_rate, 0.025);
        QVERIFY(row->resetButton()->isVisibleTo(&window));
        QVERIFY(window.windowTitle().contains(QLatin1Char('*')));
        QTest::mouseClick(row->resetButton(), Qt::LeftButton);
        QCOMPARE(panel->config().training.learning_rate, preset);
        QVERIFY(!panel->isModified());
        QVERIFY(!row->resetButton()->isVisibleTo(&window));
    }

    void editsKeepTheirMarksThroughARestart() {
        MainWindow& window = m_fixture->open();
        const double preset = window.train()->experiment()->config().training.learning_rate;
        const QString name = window.train()->experiment()->presetName();
        m_fixture->type(QStringLiteral("training.learning_rate"), QStringLiteral("0.025"));
        m_fixture->window->close();
        m_fixture->window.reset();
        ExperimentPanel* panel = m_fixture->open().train()->experiment();
        QCOMPARE(panel->config().training.learning_rate, 0.025);
        QCOMPARE(panel->presetName(), name);
        QVERIFY(panel->isModified());
        QVERIFY(m_fixture->window->windowTitle().contains(QLatin1Char('*')));
        FieldRow* row = panel->row(QStringLiteral("training.learning_rate"));
        QVERIFY(row->resetButton()->isVisibleTo(m_fixture->window.get()));
        QVERIFY(row->label()->font().bold());
        QVERIFY(!panel->row(QStringLiteral("training.epochs"))->label()->font().bold());
        QTest::mouseClick(row->resetButton(), Qt::LeftButton);
        QCOMPARE(panel->config().training.learning_rate, preset);
        QVERIFY(!panel->isModified());
    }

    void viewsSayWhyStartIsImpossible() {
        MainWindow& window = m_fixture->open();
        const auto says = [&window](const char* text) {
            const QString sentence = QLatin1String(text);
            bool curves = false;
            for (const QLabel* label : window.train()->curves()->findChildren<QLabel*>())
                curves = curves || (label->isVisible() && label->text().contains(sentence));
            return curves && window.train()->raster()->accessibleDescription().contains(sentence);
        };
        QTRY_VERIFY(says("Press Start"));
        window.train()->open(QStringLiteral("ecg_brf"));  // whose files are not here
        QVERIFY(!window.train()->runBar()->startAction()->isEnabled());
        QTRY_VERIFY(says("Start is not possible yet. ECG-QTDB is missing: download it in Data."));
        window.train()->open(QString::fromLatin1(default_preset_name));
        QTRY_VERIFY(says("Press Start"));
    }

    void badValueStandsBesideItsFieldAndBlocksStart() {
        MainWindow& window = m_fixture->open();
        FieldRow* row = window.train()->experiment()->row(QStringLiteral("training.learning_rate"));
        for (const char* bad : {"-1", "much", ""}) {
            m_fixture->type(QStringLiteral("training.learning_rate"), QStringLiteral("0.1"));
            m_fixture->type(QStringLiteral("training.learning_rate"), QString::fromLatin1(bad));
            if (*bad == '\0') QTest::keyClick(row->editor(), Qt::Key_Delete);
            QVERIFY2(row->problemLabel()->isVisibleTo(&window), bad);
            QVERIFY2(row->problemLabel()->text().contains(QStringLiteral("expected")),
                     qPrintable(row->problemLabel()->text()));
            QVERIFY(!window.train()->runBar()->startAction()->isEnabled());
            QVERIFY(window.train()->runBar()->startAction()->toolTip().contains(QStringLiteral("Learning rate")));
            QVERIFY(window.train()->runBar()->progressText().contains(QStringLiteral("Learning rate")));
        }
        m_fixture->type(QStringLiteral("training.learning_rate"), QStringLiteral("0.1"));
        QVERIFY(!row->problemLabel()->isVisibleTo(&window));
        QVERIFY(window.train()->runBar()->startAction()->isEnabled());
    }

    void valuesThatDoNotFitTogetherBlockStart() {
        MainWindow& window = m_fixture->open();
        m_fixture->type(QStringLiteral("neuron.omega.max"), QStringLiteral("300"));
        VERIFY_SAYS(window.train()->experiment()->problem(), "300");
        QVERIFY(!window.train()->runBar()->startAction()->isEnabled());
    }

    void zeroSequencesReadAsAll() {
        MainWindow& window = m_fixture->open();
        auto* spin =
            qobject_cast<QSpinBox*>(window.train()->experiment()->row(QStringLiteral("dataset.train_limit"))->editor());
        QCOMPARE(spin->text(), QStringLiteral("all sequences"));
        m_fixture->type(QStringLiteral("dataset.train_limit"), QStringLiteral("40"));
        QCOMPARE(window.train()->experiment()->config().dataset.train_limit, 40);
        m_fixture->type(QStringLiteral("dataset.train_limit"), QStringLiteral("all"));
        QCOMPARE(window.train()->experiment()->config().dataset.train_limit, 0);
    }

    void presetSavedAndLoadedAgainIsEqual() {
        MainWindow& window = m_fixture->open();
        ExperimentPanel* panel = window.train()->experiment();
        m_fixture->type(QStringLiteral("training.learning_rate"), QStringLiteral("0.0123456789012345"));
        m_fixture->type(QStringLiteral("network.hidden_size"), QStringLiteral("17"));
        const ExperimentConfig edited = panel->config();
        when_dialog_opens<QInputDialog>([](QInputDialog* dialog) {
            dialog->setTextValue(QStringLiteral("seventeen"));
            dialog->accept();
        });
        QVERIFY(QMetaObject::invokeMethod(panel, "saveAsRequested"));
        QCOMPARE(panel->presetName(), QStringLiteral("seventeen"));
        QVERIFY(!panel->isModified());
        QVERIFY(!window.banner()->isVisible());

        // Another preset, and back again through the box.
        QComboBox* box = panel->presetBox();
        const auto choose = [&](const QString& name) {
            box->setCurrentIndex(box->findData(name));
            Q_EMIT box->activated(box->currentIndex());
        };
        choose(QStringLiteral("synthetic_ecg_rf"));
        QVERIFY(panel->config() != edited);
        choose(QStringLiteral("seventeen"));
        QCOMPARE(box->currentText(), QStringLiteral("seventeen (Synthetic ECG, BRF)"));
        QCOMPARE(panel->config(), edited);
        QCOMPARE(load_experiment(default_preset_folder() / "seventeen.yaml"), edited);
    }

    void presetOfTheProgramIsNotOverwritten() {
        MainWindow& window = m_fixture->open();
        when_dialog_opens<QInputDialog>([](QInputDialog* dialog) {
            dialog->setTextValue(QStringLiteral("ecg_brf"));
            dialog->accept();
        });
        QVERIFY(QMetaObject::invokeMethod(window.train()->experiment(), "saveAsRequested"));
        VERIFY_SAYS(window.banner()->text(), "ecg_brf is a preset of the program");
        QVERIFY(!std::filesystem::exists(default_preset_folder() / "ecg_brf.yaml"));
    }

    void brokenYamlShowsInTheBannerAndKeepsTheExperiment() {
        MainWindow& window = m_fixture->open();
        const ExperimentConfig before = window.train()->experiment()->config();
        QFile file(m_fixture->path(QStringLiteral("mine.yaml")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("schema: 1\ntraining:\n  learning_rat: 0.1\n");
        file.close();
        window.train()->open(file.fileName());
        QVERIFY(window.banner()->isVisible());
        QCOMPARE(window.banner()->kind(), MessageBanner::Kind::Error);
        VERIFY_SAYS(window.banner()->text(), "mine.yaml");
        VERIFY_SAYS(window.banner()->text(), "training.learning_rat");
        QCOMPARE(window.train()->experiment()->config(), before);
        QTest::mouseClick(window.banner()->findChild<QToolButton*>(QStringLiteral("dismiss")), Qt::LeftButton);
        QVERIFY(!window.banner()->isVisible());
    }

    void aLongMessageIsShownWhole() {
        MainWindow& window = m_fixture->open();
        window.banner()->showMessage(MessageBanner::Kind::Error,
                                     QStringLiteral("a sentence of some words ").repeated(20));
        auto* label = window.banner()->findChild<QLabel*>();
        QTRY_VERIFY(label->height() > 2 * label->fontMetrics().height());
        QTRY_VERIFY(label->height() >= label->heightForWidth(label->width()));
        window.resize(900, 800);
        QTRY_VERIFY(label->height() >= label->heightForWidth(label->width()));
    }

    void missingDataBlocksStartAndSaysWhatToDo() {
        MainWindow& window = m_fixture->open();
        window.train()->open(QStringLiteral("ecg_brf"));
        QVERIFY(!window.train()->runBar()->startAction()->isEnabled());
        VERIFY_SAYS(window.train()->experiment()->problem(), "download it in Data");
        // One sentence in the form, and a whole one in the bar.
        const auto shows = [](const QWidget* in, const QString& text) {
            const QList<QLabel*> all = in->findChildren<QLabel*>();
            return std::any_of(all.begin(), all.end(),
                               [&](const QLabel* label) { return label->isVisibleTo(in) && label->text() == text; });
        };
        QVERIFY(shows(window.train()->experiment(), QStringLiteral("ECG-QTDB is not here yet: %1 to download.")
                                                        .arg(bytesText(downloadBytes(dataset_info("ecg"))))));
        const auto* said = window.train()->runBar()->findChild<ElidedLabel*>();
        QVERIFY(said->isVisible());
        QTRY_COMPARE(said->text(), window.train()->experiment()->problem());
        QTRY_VERIFY(said->fits(said->text()));
        // What is missing to train it is not missing to keep it.
        m_fixture->type(QStringLiteral("network.hidden_size"), QStringLiteral("17"));
        when_dialog_opens<QInputDialog>([](QInputDialog* dialog) {
            dialog->setTextValue(QStringLiteral("ecg_seventeen"));
            dialog->accept();
        });
        QVERIFY(QMetaObject::invokeMethod(window.train()->experiment(), "saveAsRequested"));
        QCOMPARE(load_experiment(default_preset_folder() / "ecg_seventeen.yaml").network.hidden_size, 17);
        window.train()->open(QStringLiteral("synthetic_ecg_brf"));
        QVERIFY(window.train()->runBar()->startAction()->isEnabled());
    }

    void unwritableRunsFolderShowsInTheBanner() {
        // A plain file where the folder should be: no right can mend it.
        QFile file(m_fixture->runsDir());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        MainWindow& window = m_fixture->open();
        m_fixture->shrink();
        m_fixture->clickStart();
        QTRY_VERIFY(window.banner()->isVisible());
        VERIFY_SAYS(window.banner()->text(), m_fixture->runsDir().toUtf8().constData());
        QTRY_COMPARE(m_fixture->state(), TrainingPresenter::State::Idle);
        QVERIFY(window.train()->runBar()->startAction()->isEnabled());
    }

    void layoutThemeAndExperimentComeBack() {
        MainWindow& first = m_fixture->open();
        first.setTheme(ThemeMode::Dark);
        first.train()->dockOf(QStringLiteral("curves"))->close();
        m_fixture->type(QStringLiteral("training.epochs"), QStringLiteral("123"));
        first.train()->resizeDocks(
            {first.train()->dockOf(QStringLiteral("raster")), first.train()->dockOf(QStringLiteral("membranes"))},
            {230, 400}, Qt::Vertical);
        QTest::qWait(50);
        const QRect raster = first.train()->dockOf(QStringLiteral("raster"))->geometry();
        QVERIFY(first.close());
        MainWindow& second = m_fixture->open();
        QVERIFY(!second.train()->dockOf(QStringLiteral("curves"))->isVisible());
        QCOMPARE(second.size(), QSize(1200, 800));
        QTRY_COMPARE(second.train()->dockOf(QStringLiteral("raster"))->geometry(), raster);
        QVERIFY(isDark(QApplication::palette()));
        QCOMPARE(second.train()->experiment()->config().training.epochs, 123);
        second.resetLayout();
        QVERIFY(second.train()->dockOf(QStringLiteral("curves"))->isVisible());
        second.setTheme(ThemeMode::Light);
    }

    void brokenSettingsFileIsSetAside_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("binary") << QByteArray("\x00\xff\x01\x00garbage", 11);
        QTest::newRow("another format") << QByteArray("{\"json\": true}");
        QTest::newRow("layout of nonsense")
            << QByteArray("[General]\ngeometry=12\n[layout]\ntrain=@ByteArray(nonsense)\n");
        QTest::newRow("experiment of nonsense") << QByteArray("[General]\nexperiment=\"a: [1\"\npreset=x\n");
    }
    void brokenSettingsFileIsSetAside() {
        QFETCH(QByteArray, content);
        QDir().mkpath(QFileInfo(WindowSettings::filePath()).path());
        QFile file(WindowSettings::filePath());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
        file.close();
        MainWindow& window = m_fixture->open();
        QVERIFY(window.train()->runBar()->startAction()->isEnabled());
        QVERIFY(window.train()->raster()->isVisible());
        const bool aside = QFile::exists(WindowSettings::filePath() + QStringLiteral(".broken"));
        QCOMPARE(window.banner()->isVisible(), aside);
        QCOMPARE(aside, !content.startsWith("[General]"));
        if (aside) VERIFY_SAYS(window.banner()->text(), "set aside");
    }

    void everyActionIsReachableFromTheMenus() {
        MainWindow& window = m_fixture->open();
        QSet<QString> keys;
        // Menus and actions of another workspace are away, and their keys do nothing.
        std::function<void(QMenu*)> visit = [&](QMenu* menu) {
            for (QAction* action : menu->actions()) {
                if (!action->isVisible()) continue;
                if (action->menu()) visit(action->menu());
                const QString key = action->shortcut().toString();
                if (key.isEmpty()) continue;
                QVERIFY2(!keys.contains(key), qPrintable(key));
                keys.insert(key);
            }
        };
        const auto visitAll = [&] {
            keys.clear();
            for (QAction* action : window.menuBar()->actions())
                if (action->isVisible()) visit(action->menu());
        };
        window.showWorkspace(QStringLiteral("data"));
        visitAll();
        QVERIFY(keys.contains(QStringLiteral("Alt+Right")) && keys.contains(QStringLiteral("Ctrl+1")));
        window.showWorkspace(QStringLiteral("train"));
        visitAll();
        QVERIFY(!keys.contains(QStringLiteral("Alt+Right")) && keys.contains(QStringLiteral("Ctrl+2")));
        for (QAction* action : {window.train()->runBar()->startAction(), window.train()->runBar()->pauseAction(),
                                window.train()->runBar()->stopAction()})
            QVERIFY(keys.contains(action->shortcut().toString()));
    }

    void theStatusBarTellsThreadsDeviceAndMemory() {
        MainWindow& window = m_fixture->open();
        auto* facts = window.statusBar()->findChild<StatusFacts*>();
        QVERIFY(facts && facts->isVisible());
        VERIFY_SAYS(facts->device()->text(), "CPU · ");
        VERIFY_SAYS(facts->memory()->text(), "memory ");
        for (const QLabel* label : {facts->threads(), facts->device(), facts->memory()}) {
            QVERIFY(label->isVisible());
            QVERIFY(!label->toolTip().isEmpty());
            QVERIFY(label->accessibleName().endsWith(label->text()));
        }
        int threads = 0;
        connect(window.train()->presenter(), &TrainingPresenter::started, facts,
                [&](const RunStarted& started) { threads = started.threads; });
        m_fixture->shrink(1);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(threads > 0, long_wait);
        QCOMPARE(facts->threads()->text(),
                 threads == 1 ? QStringLiteral("1 thread") : QStringLiteral("%1 threads").arg(threads));
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), TrainingPresenter::State::Idle, long_wait);
        const int least = window.minimumSizeHint().width();
        facts->hide();
        QCOMPARE(least, window.minimumSizeHint().width());
    }

    void whereTheStatusBarIsNarrowFactsLeaveOneAfterTheOther() {
        QWidget bar;
        StatusFacts facts(16, &bar);
        facts.resize(facts.sizeHint());
        bar.resize(facts.size());
        bar.show();
        QCOMPARE(facts.minimumSizeHint().width(), 0);
        const QLabel* order[] = {facts.device(), facts.threads(), facts.memory()};
        for (int width = facts.width(); width >= 0; width -= 5) {
            facts.resize(width, facts.height());
            bool stays = false;
            for (const QLabel* label : order) {
                QVERIFY(label->isVisible() || !stays);
                stays = stays || label->isVisible();
                if (!label->isVisible()) continue;
                QVERIFY(facts.rect().contains(label->geometry()));
                QVERIFY(label->width() >= label->sizeHint().width());
            }
            QCOMPARE(facts.memory()->isVisible(), stays);
        }
        QVERIFY(!facts.memory()->isVisible());
    }

    void everyEditorSaysWhatItIs() {
        MainWindow& window = m_fixture->open();
        for (const Field& field : field_catalogue()) {
            FieldRow* row = window.train()->experiment()->row(QString::fromStdString(field.path));
            if (!row) continue;
            QVERIFY(!row->editor()->accessibleName().isEmpty());
            QVERIFY(row->editor()->toolTip().contains(QString::fromStdString(field.path)));
            QVERIFY(!field.help.empty());
        }
    }

 private:
    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(WindowTest)
#include "window_test.moc"
