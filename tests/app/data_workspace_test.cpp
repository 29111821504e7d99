// tests/app/data_workspace_test.cpp: the Data workspace as a user goes through it: cards, imports, samples, own data.
#include <QAction>
#include <QFileDialog>
#include <QLabel>
#include <QListWidget>
#include <QMenuBar>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolBar>
#include <filesystem>
#include <fstream>

#include "complaint.h"
#include "panels/card_grid.h"
#include "panels/sample_browser_panel.h"
#include "resonate/datasets.h"
#include "shared_data.h"
#include "test_registry.h"
#include "views/sample_view.h"
#include "window_fixture.h"
#include "workspaces/data_workspace.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

constexpr int patience = 60000;  // ms; what waits for a disk

fs::path real_ecg() { return shared_dir() / "data" / "ecg"; }

/// Types a folder into the next file dialog and accepts it.
void choose_in_dialog(const QString& path) {
    when_dialog_opens<QFileDialog>([path](QFileDialog* dialog) {
        auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        name->setText(path);
        QTest::keyClick(name, Qt::Key_Return);
    });
}

}  // namespace

class DataWorkspaceTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void barAndKeysSwitchTheWorkspace() {
        MainWindow& window = m_fixture->open();
        QCOMPARE(window.currentWorkspace(), window.train());
        auto* bar = window.findChild<QToolBar*>(QStringLiteral("workspaces"));
        QAction* toData = bar->actions().at(1);
        QCOMPARE(toData->text(), QStringLiteral("Data"));
        QTest::mouseClick(bar->widgetForAction(toData), Qt::LeftButton);
        QCOMPARE(window.currentWorkspace(), window.data());
        QVERIFY(window.data()->isVisible() && !window.train()->isVisible());
        QVERIFY(toData->isChecked());
        QVERIFY(window.windowTitle().contains(QStringLiteral("Data")));
        // The click on the page that shows changes nothing.
        QTest::mouseClick(bar->widgetForAction(toData), Qt::LeftButton);
        QVERIFY(toData->isChecked() && window.currentWorkspace() == window.data());
        QTest::keyClick(&window, Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(window.currentWorkspace(), window.train());
        QVERIFY(window.train()->raster()->isVisible());
        QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(window.currentWorkspace(), window.data());
    }

    void menusOfAWorkspaceThatDoesNotShowAreAway() {
        MainWindow& window = m_fixture->open();
        const auto menu = [&](const QString& title) {
            for (QAction* action : window.menuBar()->actions())
                if (action->text().remove(QLatin1Char('&')) == title) return action;
            return static_cast<QAction*>(nullptr);
        };
        QVERIFY(!menu(QStringLiteral("Data"))->isVisible());
        window.showWorkspace(QStringLiteral("data"));
        QVERIFY(menu(QStringLiteral("Data"))->isVisible());
        // A training goes on behind other pages: its menu stays.
        QVERIFY(menu(QStringLiteral("Run"))->isVisible());
        QVERIFY(!window.train()->dockOf(QStringLiteral("curves"))->toggleViewAction()->isVisible());
        window.showWorkspace(QStringLiteral("train"));
        QAction* curves = window.train()->dockOf(QStringLiteral("curves"))->toggleViewAction();
        QVERIFY(curves->isVisible() && curves->isChecked());
    }

    void workspaceAndItsLayoutComeBack() {
        MainWindow& first = m_fixture->open();
        first.train()->dockOf(QStringLiteral("curves"))->close();
        first.showWorkspace(QStringLiteral("data"));
        first.data()->dockOf(QStringLiteral("samples"))->close();
        QVERIFY(first.close());
        MainWindow& second = m_fixture->open();
        QCOMPARE(second.currentWorkspace(), second.data());
        QVERIFY(!second.data()->dockOf(QStringLiteral("samples"))->isVisible());
        second.resetLayout();
        QVERIFY(second.data()->dockOf(QStringLiteral("samples"))->isVisible());
        second.showWorkspace(QStringLiteral("train"));
        QVERIFY(!second.train()->dockOf(QStringLiteral("curves"))->isVisible());
        QVERIFY(second.train()->dockOf(QStringLiteral("raster"))->isVisible());
    }

    /// Layouts stored before the other workspace was ever shown must not spoil it.
    void workspaceThatWasNeverShownKeepsItsFirstLayout() {
        QVERIFY(m_fixture->open().close());
        MainWindow& second = m_fixture->open();
        second.showWorkspace(QStringLiteral("data"));
        QVERIFY(second.data()->dockOf(QStringLiteral("samples"))->width() > 300);
        QVERIFY(second.data()->grid()->isVisible());
    }

    void everySetOfTheCatalogueHasACardThatSaysWhatItIs() {
        MainWindow& window = openData();
        for (const DatasetInfo& info : dataset_catalogue()) {
            if (info.own) continue;
            DatasetCard* card = window.data()->card(QString::fromStdString(info.name));
            QVERIFY2(card, info.name.c_str());
            QString all;
            for (const QLabel* label : card->findChildren<QLabel*>()) all += label->text() + QLatin1Char('\n');
            all.replace(QChar::Nbsp, QLatin1Char(' '));
            VERIFY_SAYS(all, info.title.c_str());
            VERIFY_SAYS(all, info.licence.c_str());
            VERIFY_SAYS(all, info.citation.c_str());
            QVERIFY2(all.contains(QStringLiteral("%1 classes").arg(info.classes)), qPrintable(all));
            QVERIFY(!card->accessibleName().isEmpty());
            QCOMPARE(card->statusText(), info.synthetic ? QStringLiteral("generated") : QStringLiteral("not here"));
            QCOMPARE(card->button(DatasetAction::Train)->isVisibleTo(card), info.synthetic);
            QCOMPARE(card->button(DatasetAction::Import)->isVisibleTo(card), !info.synthetic);
            QCOMPARE(card->button(DatasetAction::Download)->isVisibleTo(card), !info.source.empty());
            QVERIFY(!card->button(DatasetAction::Remove)->isVisibleTo(card));
        }
    }

    void generatedSetShowsItsSamplesAtOnce() {
        MainWindow& window = openData();
        QCOMPARE(window.data()->chosenCard(), window.data()->card(QStringLiteral("synthetic_ecg")));
        QTRY_VERIFY_WITH_TIMEOUT(browser().isOpen(), patience);
        QVERIFY(browser().view()->hasContent());
        QTRY_VERIFY_WITH_TIMEOUT(window.data()->chosenCard()->hasPicture(), patience);
        VERIFY_SAYS(browser().titleLabel()->text(), "Synthetic ECG");
        VERIFY_SAYS(browser().view()->accessibleDescription(), "4 inputs over 1300 time steps");
    }

    void keysStepThroughTheSamples() {
        MainWindow& window = openData();
        QTRY_VERIFY_WITH_TIMEOUT(browser().isOpen(), patience);
        const std::int64_t count = browser().browser()->count(Split::test);
        QCOMPARE(browser().index(), 0);
        QTest::keyClick(&window, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(browser().index(), 1);
        QCOMPARE(browser().view()->sample()->sample.input, browser().browser()->sample(Split::test, 1).input);
        QTest::keyClick(&window, Qt::Key_Left, Qt::AltModifier);
        QTest::keyClick(&window, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(browser().index(), count - 1);  // round and round
        browser().view()->setFocus();
        QTest::keyClick(browser().view(), Qt::Key_PageDown);
        QCOMPARE(browser().index(), 0);
        for (int i = 0; i < 20; ++i) {
            const std::int64_t before = browser().index();
            QTest::keyClick(&window, Qt::Key_R, Qt::ControlModifier);
            QVERIFY(browser().index() != before);
            QVERIFY(browser().index() >= 0 && browser().index() < count);
        }
        browser().placeBox()->setFocus();
        browser().placeBox()->selectAll();
        QTest::keyClicks(browser().placeBox(), QStringLiteral("7"));
        QCOMPARE(browser().index(), 6);
    }

    void segmentsOfAChosenClassAreBroughtOut() {
        openData();
        QTRY_VERIFY_WITH_TIMEOUT(browser().isOpen(), patience);
        const QImage all = browser().view()->grab().toImage();
        QListWidget* classes = browser().classList();
        QCOMPARE(classes->count(), 7);
        classes->setFocus();
        QTest::keyClick(classes, Qt::Key_Down);
        QCOMPARE(browser().chosenClass(), 0);
        QVERIFY(browser().view()->grab().toImage() != all);
        QTest::keyClick(classes, Qt::Key_Home);
        QCOMPARE(browser().chosenClass(), -1);
        QCOMPARE(browser().view()->grab().toImage(), all);
    }

    void splitIsChosenWithTheKeyboard() {
        openData();
        QTRY_VERIFY_WITH_TIMEOUT(browser().isOpen(), patience);
        QCOMPARE(browser().split(), Split::test);
        browser().splitBox()->setFocus();
        QTest::keyClick(browser().splitBox(), Qt::Key_Up);
        QCOMPARE(browser().split(), Split::train);
        VERIFY_SAYS(browser().titleLabel()->text(), "training sequence 0");
    }

    void digitsAreSortedByClass() {
        REQUIRE_SHARED(shared_dir() / "data" / "mnist");
        linkData(QStringLiteral("mnist"));
        MainWindow& window = openData();
        clickCard(QStringLiteral("smnist"));
        QTRY_VERIFY_WITH_TIMEOUT(browser().isOpen(), patience);
        QCOMPARE(browser().classList()->count(), 11);
        browser().classList()->setFocus();
        for (int i = 0; i < 5; ++i) QTest::keyClick(browser().classList(), Qt::Key_Down);
        QCOMPARE(browser().chosenClass(), 4);
        QCOMPARE(browser().view()->sample()->sample.labels, std::vector<std::int64_t>{4});
        QTest::keyClick(&window, Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(browser().view()->sample()->sample.labels, std::vector<std::int64_t>{4});
        VERIFY_SAYS(browser().titleLabel()->text(), "class 4");
        // A set loads while the user goes on to another: the last one wins.
        clickCard(QStringLiteral("psmnist"));
        clickCard(QStringLiteral("synthetic_ecg"));
        QTRY_VERIFY_WITH_TIMEOUT(browser().isOpen(), patience);
        QCOMPARE(browser().browser()->info().name, std::string("synthetic_ecg"));
    }

    void filesOneHasAreImportedAndCanBeTrainedWith() {
        REQUIRE_SHARED(real_ecg());
        MainWindow& window = openData();
        DatasetCard* card = window.data()->card(QStringLiteral("ecg"));
        clickCard(QStringLiteral("ecg"));
        QVERIFY(!browser().isOpen());
        choose_in_dialog(QString::fromStdString(real_ecg().string()));
        click(card, DatasetAction::Import);
        QTRY_COMPARE_WITH_TIMEOUT(card->statusText(), QStringLiteral("ready"), patience);
        QVERIFY(!window.banner()->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(browser().isOpen(), patience);
        QCOMPARE(browser().browser()->info().name, std::string("ecg"));
        click(card, DatasetAction::Train);
        QCOMPARE(window.currentWorkspace(), window.train());
        QCOMPARE(window.train()->experiment()->presetName(), QStringLiteral("ecg_brf"));
        QVERIFY(window.train()->runBar()->startAction()->isEnabled());
    }

    void badFolderIsNamedAndTheEarlierCopyStays() {
        REQUIRE_SHARED(real_ecg());
        copyEcg();
        fs::create_directories(path("bad"));
        std::ofstream(path("bad") / "QTDB_train.mat") << "not a MAT file";
        MainWindow& window = openData();
        DatasetCard* card = window.data()->card(QStringLiteral("ecg"));
        QCOMPARE(card->statusText(), QStringLiteral("ready"));
        choose_in_dialog(QString::fromStdString(path("bad").string()));
        click(card, DatasetAction::Import);
        QTRY_VERIFY_WITH_TIMEOUT(window.banner()->isVisible(), patience);
        VERIFY_SAYS(window.banner()->text(), "QTDB_train.mat");
        QCOMPARE(window.banner()->kind(), MessageBanner::Kind::Error);
        VERIFY_SAYS(card->noteText(), "QTDB_train.mat");
        QCOMPARE(card->statusText(), QStringLiteral("ready"));
        QCOMPARE(verify_dataset("ecg", dataDir()).status, DatasetStatus::ready);
        // The next try takes the old sentence away.
        choose_in_dialog(QString::fromStdString(real_ecg().string()));
        click(card, DatasetAction::Import);
        QTRY_VERIFY_WITH_TIMEOUT(card->noteText().isEmpty() && card->state().job == nullptr, patience);
    }

    void checkSaysWhatItFound() {
        REQUIRE_SHARED(real_ecg());
        copyEcg();
        MainWindow& window = openData();
        DatasetCard* card = window.data()->card(QStringLiteral("ecg"));
        click(card, DatasetAction::Verify);
        QTRY_VERIFY_WITH_TIMEOUT(!card->noteText().isEmpty(), patience);
        VERIFY_SAYS(card->noteText(), "published SHA-256");
        QVERIFY(!card->state().noteIsError);
        // A flipped byte has the right size: only a check finds it.
        std::fstream file(dataDir() / "ecg" / "QTDB_test.mat", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(5000);
        file.put('\x55');
        file.close();
        click(card, DatasetAction::Verify);
        QTRY_COMPARE_WITH_TIMEOUT(card->statusText(), QStringLiteral("damaged"), patience);
        VERIFY_SAYS(card->noteText(), "QTDB_test.mat");
        QVERIFY(card->state().noteIsError);
        VERIFY_SAYS(window.banner()->text(), "QTDB_test.mat");
    }

    void damagedFileIsSeenAtOnce() {
        fs::create_directories(dataDir() / "ecg");
        std::ofstream(dataDir() / "ecg" / "QTDB_train.mat") << "short";
        std::ofstream(dataDir() / "ecg" / "QTDB_test.mat") << "short";
        MainWindow& window = openData();
        DatasetCard* card = window.data()->card(QStringLiteral("ecg"));
        QCOMPARE(card->statusText(), QStringLiteral("damaged"));
        VERIFY_SAYS(card->noteText(), "expected 537262 bytes, found 5");
        QVERIFY(card->button(DatasetAction::Download)->isVisibleTo(card));
        QVERIFY(!card->button(DatasetAction::Train)->isVisibleTo(card));
    }

    void removingAsksFirst() {
        REQUIRE_SHARED(real_ecg());
        copyEcg();
        MainWindow& window = openData();
        DatasetCard* card = window.data()->card(QStringLiteral("ecg"));
        answer_question(QStringLiteral("Cancel"));
        click(card, DatasetAction::Remove);
        QVERIFY(card->state().job == nullptr);
        QVERIFY(fs::exists(dataDir() / "ecg" / "QTDB_train.mat"));
        answer_question(QStringLiteral("Remove"));
        click(card, DatasetAction::Remove);
        QTRY_COMPARE_WITH_TIMEOUT(card->statusText(), QStringLiteral("not here"), patience);
        QVERIFY(!fs::exists(dataDir() / "ecg" / "QTDB_train.mat"));
        QVERIFY(!card->button(DatasetAction::Remove)->isVisibleTo(card));
    }

    void arrowsAndReturnChooseACard() {
        MainWindow& window = openData();
        DatasetCard* first = window.data()->chosenCard();
        first->setFocus();
        QTest::keyClick(first, Qt::Key_Down);
        DatasetCard* second = window.data()->card(QString::fromStdString(dataset_catalogue()[1].name));
        QTRY_VERIFY(second->hasFocus());
        QCOMPARE(window.data()->chosenCard(), first);
        QTest::keyClick(second, Qt::Key_Return);
        QCOMPARE(window.data()->chosenCard(), second);
    }

    void formLeadsToTheCardOfItsSet() {
        MainWindow& window = m_fixture->open();
        window.train()->open(QStringLiteral("ecg_brf"));
        QPushButton* open = nullptr;
        for (QPushButton* button : window.train()->experiment()->findChildren<QPushButton*>())
            if (button->text() == QStringLiteral("Download…")) open = button;
        QVERIFY(open && open->isVisibleTo(&window));
        QTest::mouseClick(open, Qt::LeftButton);
        QCOMPARE(window.currentWorkspace(), window.data());
        QCOMPARE(window.data()->chosenCard(), window.data()->card(QStringLiteral("ecg")));
        // What comes here is seen there.
        REQUIRE_SHARED(real_ecg());
        choose_in_dialog(QString::fromStdString(real_ecg().string()));
        click(window.data()->chosenCard(), DatasetAction::Import);
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->runBar()->startAction()->isEnabled(), patience);
        QVERIFY(!open->isVisibleTo(&window));
    }

    void trainingGoesOnBehindTheOtherPage() {
        MainWindow& window = m_fixture->open();
        m_fixture->shrink(2000);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->curves()->epochCount() > 0, patience);
        QTest::keyClick(&window, Qt::Key_2, Qt::ControlModifier);
        const auto epochs = window.train()->curves()->epochCount();
        QTRY_VERIFY_WITH_TIMEOUT(window.train()->curves()->epochCount() > epochs, patience);
        QTest::keyClick(&window, Qt::Key_F5, Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), TrainingPresenter::State::Idle, patience);
    }

    void themeChangesWithoutLosingTheSample() {
        MainWindow& window = openData();
        QTRY_VERIFY_WITH_TIMEOUT(browser().isOpen(), patience);
        const QImage light = browser().view()->grab().toImage();
        window.setTheme(ThemeMode::Dark);
        const QImage dark = browser().view()->grab().toImage();
        QVERIFY(light.pixelColor(2, 2).lightness() > 200);
        QVERIFY(dark.pixelColor(2, 2).lightness() < 60);
        QVERIFY(browser().isOpen());
        window.setTheme(ThemeMode::Light);
        QCOMPARE(browser().view()->grab().toImage(), light);
    }

    void everyControlHasAName() {
        MainWindow& window = openData();
        QTRY_VERIFY_WITH_TIMEOUT(browser().isOpen(), patience);
        for (const QWidget* widget : window.data()->findChildren<QWidget*>()) {
            if (!(widget->focusPolicy() & Qt::TabFocus) || !widget->isVisible()) continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            const QString name = QString::fromLatin1(widget->metaObject()->className()) + widget->objectName();
            QVERIFY2(named || widget->objectName() == QStringLiteral("qt_spinbox_lineedit"), qPrintable(name));
        }
    }

    void sampleIsExportedWithItsOrigin() {
        MainWindow& window = openData();
        QTRY_VERIFY_WITH_TIMEOUT(browser().isOpen(), patience);
        const QString file = m_fixture->path(QStringLiteral("beat.svg"));
        window.data()->exportTo(window.data()->dockOf(QStringLiteral("samples")), file);
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray content = written.readAll();
        QVERIFY(content.contains("data set Synthetic ECG, test sequence 0"));
        QVERIFY(!content.contains("<image"));
    }

 private:
    MainWindow& openData() {
        MainWindow& window = m_fixture->open();
        window.showWorkspace(QStringLiteral("data"));
        return window;
    }
    SampleBrowserPanel& browser() const { return *m_fixture->window->data()->browser(); }
    fs::path path(const char* name) const { return m_fixture->path(QString::fromLatin1(name)).toStdString(); }
    fs::path dataDir() const { return default_data_dir(); }

    void copyEcg() const {
        fs::create_directories(dataDir());
        fs::copy(real_ecg(), dataDir() / "ecg");
        for (const auto& entry : fs::directory_iterator(dataDir() / "ecg"))
            fs::permissions(entry, fs::perms::owner_write, fs::perm_options::add);
        fs::permissions(dataDir() / "ecg", fs::perms::owner_write, fs::perm_options::add);
    }
    void linkData(const QString& folder) const {
        fs::create_directories(dataDir());
        fs::create_directory_symlink(shared_dir() / "data" / folder.toStdString(), dataDir() / folder.toStdString());
    }

    void click(DatasetCard* card, DatasetAction action) const {
        QPushButton* button = card->button(action);
        QVERIFY2(button->isVisibleTo(card) && button->isEnabled(), qPrintable(button->text()));
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void clickCard(const QString& name) const {
        QTest::mouseClick(m_fixture->window->data()->card(name), Qt::LeftButton, Qt::NoModifier, {30, 30});
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(DataWorkspaceTest)
#include "data_workspace_test.moc"
