// tests/app/experiment_edits_test.cpp: edits of the form outlive what is opened over them; runs against their preset.
#include <QLabel>
#include <QStatusBar>

#include "complaint.h"
#include "made_run.h"
#include "session/experiment_for.h"
#include "test_registry.h"
#include "window_fixture.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

const QString rate = QStringLiteral("training.learning_rate");
const QString size = QStringLiteral("network.hidden_size");

}  // namespace

class ExperimentEditsTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void whatIsOpenedAtTheStartLeavesTheEditsToUndo_data() {
        QTest::addColumn<QString>("what");
        QTest::newRow("preset") << QStringLiteral("!synthetic_ecg_rf");
        QTest::newRow("experiment") << QStringLiteral("mine.yaml");
        QTest::newRow("run") << QStringLiteral("runs/made-run");
        QTest::newRow("checkpoint") << QStringLiteral("runs/made-run/best.pt");
    }
    void whatIsOpenedAtTheStartLeavesTheEditsToUndo() {
        QFETCH(QString, what);
        const QString run = make_run(m_fixture->runsDir(), 2);
        // An archive without entries: only its name is looked at here.
        std::string archive = "PK\x05\x06";
        archive.resize(22, '\0');
        std::ofstream((run + QStringLiteral("/best.pt")).toStdString(), std::ios::binary) << archive;
        save_experiment(load_preset("synthetic_ecg_alif"), m_fixture->path(QStringLiteral("mine.yaml")).toStdString());
        m_fixture->open();
        m_fixture->type(rate, QStringLiteral("0.025"));
        const ExperimentConfig edited = panel()->config();
        restart();
        QVERIFY(!banner()->isVisible());
        m_fixture->window->open(what.startsWith(QLatin1Char('!')) ? what.mid(1) : m_fixture->path(what));
        QVERIFY(panel()->config() != edited);
        VERIFY_SAYS(banner()->text(), "Your edited experiment Synthetic ECG, BRF can be brought back with Undo");
        QTest::mouseClick(banner()->findChild<QToolButton*>(QStringLiteral("offer")), Qt::LeftButton);
        QCOMPARE(panel()->config(), edited);
        QCOMPARE(panel()->presetName(), QString::fromLatin1(default_preset_name));
        QVERIFY(panel()->row(rate)->resetButton()->isVisibleTo(m_fixture->window.get()));
    }

    void whatWasNotEditedIsReplacedWithoutAWord() {
        const QString run = make_run(m_fixture->runsDir(), 2);
        m_fixture->open();
        m_fixture->window->open(run);
        m_fixture->window->open(QStringLiteral("synthetic_ecg_rf"));
        QVERIFY(!banner()->isVisible());
    }

    void aRunIsMarkedAgainstItsPresetAlsoAfterARestart() {
        const QString run = make_run(m_fixture->runsDir(), 2);
        const ExperimentConfig preset = load_preset(default_preset_name);
        m_fixture->open();
        m_fixture->window->open(run);
        for (int start = 0; start < 2; ++start) {
            QCOMPARE(panel()->config().network.hidden_size, 8);
            QCOMPARE(panel()->presetName(), QString::fromLatin1(default_preset_name));
            QCOMPARE(panel()->preset(), preset);
            QVERIFY(panel()->row(size)->resetButton()->isVisibleTo(m_fixture->window.get()));
            QVERIFY(panel()->row(size)->label()->font().bold());
            QVERIFY(!panel()->row(rate)->resetButton()->isVisibleTo(m_fixture->window.get()));
            QVERIFY(!panel()->row(rate)->label()->font().bold());
            if (start == 0) restart();
        }
        QTest::mouseClick(panel()->row(size)->resetButton(), Qt::LeftButton);
        QCOMPARE(panel()->config().network.hidden_size, preset.network.hidden_size);
    }

    void ofSeveralPresetsOfATitleTheLikestOneIsTheOrigin() {
        ExperimentConfig config = load_preset("synthetic_ecg_rf");
        QCOMPARE(presetOf(config)->preset, QStringLiteral("synthetic_ecg_rf"));
        config.network.hidden_size = 20;
        config.training.epochs = 7;
        std::filesystem::create_directories(default_preset_folder());
        save_experiment(config, default_preset_folder() / "twenty.yaml");
        config.training.seed = 3;
        QCOMPARE(presetOf(config)->preset, QStringLiteral("twenty"));
        QCOMPARE(presetOf(config)->config.training.seed, load_preset("synthetic_ecg_rf").training.seed);
        config.title = "Of nobody";
        QVERIFY(!presetOf(config));
    }

    void titleAndStatusBarNameTheExperimentOfTheRunThatShows() {
        const QString run = make_run(m_fixture->runsDir(), 2);
        MainWindow& window = m_fixture->open();
        window.open(run);
        const QString title = window.windowTitle();
        VERIFY_SAYS(title, "Synthetic ECG, BRF – run made-run");
        QVERIFY(!title.contains(QLatin1Char('*')));
        window.open(QStringLiteral("synthetic_digits_brf"));
        QCOMPARE(panel()->presetName(), QStringLiteral("synthetic_digits_brf"));
        QCOMPARE(window.windowTitle(), title);
        QStringList said;
        for (const QLabel* label : window.statusBar()->findChildren<QLabel*>()) said << label->text();
        QVERIFY(said.contains(QStringLiteral("made-run")) && said.contains(QStringLiteral("Synthetic ECG")));
    }

 private:
    ExperimentPanel* panel() const { return m_fixture->window->train()->experiment(); }
    MessageBanner* banner() const { return m_fixture->window->banner(); }
    void restart() {
        QVERIFY(m_fixture->window->close());
        m_fixture->window.reset();
        m_fixture->open();
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(ExperimentEditsTest)
#include "experiment_edits_test.moc"
