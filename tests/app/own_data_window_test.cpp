// tests/app/own_data_window_test.cpp: data of the user's own, from the dialog that adds it to the training with it.
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPointer>
#include <QPushButton>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "complaint.h"
#include "engine/wav_bytes.h"
#include "panels/arrays_dialog.h"
#include "panels/sample_browser_panel.h"
#include "resonate/datasets.h"
#include "resonate/own_data.h"
#include "test_registry.h"
#include "views/sample_view.h"
#include "window_fixture.h"
#include "workspaces/data_workspace.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

constexpr int patience = 60000;  // ms

/// Two classes of tones, ten recordings each.
void write_recordings(const fs::path& folder) {
    for (const auto& [name, pitch] : {std::pair{"high", 1760.0}, std::pair{"low", 220.0}})
        for (int n = 0; n < 10; ++n) {
            std::vector<std::int16_t> samples;
            for (int i = 0; i < 8000; ++i)
                samples.push_back(static_cast<std::int16_t>(9000 * std::sin(2 * M_PI * (pitch + 10 * n) * i / 16000)));
            const fs::path file = folder / name / (std::to_string(n) + ".wav");
            fs::create_directories(file.parent_path());
            std::ofstream(file, std::ios::binary) << wav(sound_of(samples));
        }
}

/// 20 sequences of 30 steps with one input: a rising line in class 0, a falling one in class 1. Rows are sequences.
void write_csv_arrays(const fs::path& folder) {
    fs::create_directories(folder);
    std::ofstream input(folder / "input.csv");
    std::ofstream labels(folder / "labels.csv");
    for (int n = 0; n < 20; ++n) {
        for (int t = 0; t < 30; ++t) input << (t ? "," : "") << (n % 2 ? 30 - t : t) + 0.01 * n;
        input << "\n";
        labels << n % 2 << "\n";
    }
}

/// As when_dialog_opens(), but a check that fails does not leave the dialog open for ever.
template <class Dialog, class Action>
void in_dialog(Action action) {
    when_dialog_opens<Dialog>([action](Dialog* dialog) {
        const QPointer<Dialog> open = dialog;
        action(dialog);
        if (open && open->isVisible()) open->reject();
    });
}

}  // namespace

class OwnDataWindowTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void recordingsAreShownThenAddedThenTrainedWith() {
        write_recordings(path("tones"));
        MainWindow& window = openData();
        in_dialog<OwnDataDialog>([&](OwnDataDialog* dialog) {
            QVERIFY(!dialog->addButton()->isEnabled());
            dialog->pathEdit()->setFocus();
            QTest::keyClicks(dialog->pathEdit(), text("tones"));
            QTest::keyClick(dialog->pathEdit(), Qt::Key_Return);
            QTRY_VERIFY_WITH_TIMEOUT(dialog->addButton()->isEnabled(), patience);
            QVERIFY(dialog->preview()->view()->hasContent());
            VERIFY_SAYS(dialog->findChild<QLabel*>(QStringLiteral("found"))->text(), "2 classes, 13 inputs");
            QTest::mouseClick(dialog->addButton(), Qt::LeftButton);
        });
        clickAdd("own_recordings");
        DatasetCard* card = window.data()->card(QStringLiteral("own_recordings"), text("tones"));
        QVERIFY(card);
        QCOMPARE(window.data()->chosenCard(), card);
        QTRY_COMPARE_WITH_TIMEOUT(card->statusText(), QStringLiteral("ready"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.data()->browser()->isOpen(), patience);
        QCOMPARE(window.data()->browser()->classList()->count(), 3);
        QTRY_VERIFY_WITH_TIMEOUT(card->hasPicture(), patience);

        QTest::mouseClick(card->button(DatasetAction::Train), Qt::LeftButton);
        QCOMPARE(window.currentWorkspace(), window.train());
        const ExperimentConfig& config = window.train()->experiment()->config();
        QCOMPARE(config.dataset.name, std::string("own_recordings"));
        QCOMPARE(QString::fromStdString(config.dataset.path), text("tones"));
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->runBar()->startAction()->isEnabled(), patience);
        m_fixture->type(QStringLiteral("training.epochs"), QStringLiteral("1"));
        m_fixture->type(QStringLiteral("network.hidden_size"), QStringLiteral("8"));
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(window.train()->curves()->epochCount(), 2, patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), TrainingPresenter::State::Idle, patience);
        QCOMPARE(window.banner()->kind(), MessageBanner::Kind::Notice);

        // The next start remembers it.
        QVERIFY(window.close());
        MainWindow& again = openData();
        QVERIFY(again.data()->card(QStringLiteral("own_recordings"), text("tones")));
    }

    void whatCannotBeUsedIsSaidAndNotAdded() {
        fs::create_directories(path("empty"));
        MainWindow& window = openData();
        in_dialog<OwnDataDialog>([&](OwnDataDialog* dialog) {
            when_dialog_opens<QFileDialog>([&](QFileDialog* files) {
                files->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(text("empty"));
                QTest::keyClick(files->findChild<QLineEdit*>(QStringLiteral("fileNameEdit")), Qt::Key_Return);
            });
            for (QPushButton* button : dialog->findChildren<QPushButton*>())
                if (button->text() == QStringLiteral("&Choose…")) QTest::mouseClick(button, Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(!dialog->problem().isEmpty(), patience);
            VERIFY_SAYS(dialog->problem(), "one per class, found 0");
            QVERIFY(!dialog->addButton()->isEnabled() && !dialog->trainButton()->isEnabled());
            dialog->reject();
        });
        clickAdd("own_recordings");
        QVERIFY(!window.data()->card(QStringLiteral("own_recordings"), text("empty")));
    }

    void ownDataThatWentAwayIsNamedAndCanBeForgotten() {
        write_recordings(path("tones"));
        WindowSettings().setOwnData({{QStringLiteral("own_recordings"), text("tones")},
                                     {QStringLiteral("kind of tomorrow"), QStringLiteral("/nowhere")}});
        fs::rename(path("tones"), path("elsewhere"));
        MainWindow& window = openData();
        DatasetCard* card = window.data()->card(QStringLiteral("own_recordings"), text("tones"));
        QVERIFY(card);
        QTRY_COMPARE_WITH_TIMEOUT(card->statusText(), QStringLiteral("not usable"), patience);
        VERIFY_SAYS(card->noteText(), "tones");
        QVERIFY(!card->button(DatasetAction::Train)->isVisibleTo(card));
        // Back again: Check looks anew.
        fs::rename(path("elsewhere"), path("tones"));
        QTest::mouseClick(card->button(DatasetAction::Verify), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(card->statusText(), QStringLiteral("ready"), patience);
        QTest::mouseClick(card->button(DatasetAction::Remove), Qt::LeftButton);
        QVERIFY(!window.data()->card(QStringLiteral("own_recordings"), text("tones")));
        QVERIFY(fs::exists(path("tones") / "low" / "0.wav"));
        QVERIFY(window.close());
        MainWindow& again = openData();
        QVERIFY(!again.data()->card(QStringLiteral("own_recordings"), text("tones")));
    }

    void arraysAreMappedShownAndKeptAsADefinition() {
        write_csv_arrays(path("lines"));
        MainWindow& window = openData();
        in_dialog<ArraysDialog>([&](ArraysDialog* dialog) {
            dialog->setFiles({text("lines/input.csv"), text("lines/labels.csv")});
            QTRY_VERIFY_WITH_TIMEOUT(dialog->addButton()->isEnabled(), patience);
            QCOMPARE(dialog->form()->axesBox()->currentData().toString(), QStringLiteral("NT"));
            QCOMPARE(dialog->preview()->view()->sample()->steps(), 30);
            // The axes the other way round do not fit the labels: said, and not added.
            choose(dialog->form()->axesBox(), QStringLiteral("TN"));
            QTRY_VERIFY_WITH_TIMEOUT(!dialog->problem().isEmpty(), patience);
            VERIFY_SAYS(dialog->problem(), "labels");
            QVERIFY(!dialog->addButton()->isEnabled());
            choose(dialog->form()->axesBox(), QStringLiteral("NT"));
            QTRY_VERIFY_WITH_TIMEOUT(dialog->addButton()->isEnabled(), patience);
            dialog->form()->titleEdit()->setFocus();
            dialog->form()->titleEdit()->selectAll();
            QTest::keyClicks(dialog->form()->titleEdit(), QStringLiteral("Rising and falling"));
            // A new title needs no new look: the button takes the click.
            QTest::mouseClick(dialog->trainButton(), Qt::LeftButton);
        });
        clickAdd("own_arrays");
        const QString definition = text("lines/input.resonate.yaml");
        const ArraysDefinition kept = read_definition(definition.toStdString());
        QCOMPARE(QString::fromStdString(kept.title), QStringLiteral("Rising and falling"));
        QCOMPARE(kept.train.input.file, fs::path("input.csv"));  // the folder can be moved
        QCOMPARE(window.currentWorkspace(), window.train());
        QCOMPARE(QString::fromStdString(window.train()->experiment()->config().dataset.path), definition);
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->runBar()->startAction()->isEnabled(), patience);
        VERIFY_SAYS(window.windowTitle(), "Rising and falling");
        DatasetCard* card = window.data()->card(QStringLiteral("own_arrays"), definition);
        QTRY_COMPARE_WITH_TIMEOUT(card->statusText(), QStringLiteral("ready"), patience);
    }

    void pathIsChosenInTheForm() {
        write_recordings(path("tones"));
        MainWindow& window = m_fixture->open();
        ExperimentConfig config = window.train()->experiment()->config();
        config.dataset.name = "own_recordings";
        config.training.label_last = true;
        window.train()->experiment()->setPreset(QString(), config);
        QVERIFY(!window.train()->runBar()->startAction()->isEnabled());
        FieldRow* row = window.train()->experiment()->row(QStringLiteral("dataset.path"));
        QVERIFY(row->editorBox()->isVisibleTo(&window));
        when_dialog_opens<QFileDialog>([&](QFileDialog* dialog) {
            dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(text("tones"));
            QTest::keyClick(dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit")), Qt::Key_Return);
        });
        QToolButton* browse = nullptr;
        for (QToolButton* button : row->editorBox()->findChildren<QToolButton*>())
            if (button->text() == QStringLiteral("…")) browse = button;
        QVERIFY(browse);
        QTest::mouseClick(browse, Qt::LeftButton);
        QCOMPARE(QString::fromStdString(window.train()->experiment()->config().dataset.path), text("tones"));
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->runBar()->startAction()->isEnabled(), patience);
    }

 private:
    MainWindow& openData() {
        MainWindow& window = m_fixture->open();
        window.showWorkspace(QStringLiteral("data"));
        return window;
    }
    QString text(const char* name) const { return m_fixture->path(QString::fromLatin1(name)); }
    fs::path path(const char* name) const { return text(name).toStdString(); }
    void clickAdd(const char* kind) const {
        auto* button = m_fixture->window->data()->findChild<QPushButton*>(QString::fromLatin1(kind));
        QVERIFY(button);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    static void choose(QComboBox* box, const QString& value) {
        box->setCurrentIndex(box->findData(value));
        Q_EMIT box->activated(box->currentIndex());
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(OwnDataWindowTest)
#include "own_data_window_test.moc"
