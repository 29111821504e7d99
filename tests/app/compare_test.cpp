// tests/app/compare_test.cpp: Compare as a user works with it: table, edits, trash, live rows, broken folders, exports.
#include <QClipboard>
#include <QFileInfo>
#include <QHeaderView>
#include <QInputDialog>
#include <QLabel>
#include <QPixmap>
#include <QPlainTextEdit>
#include <QPointer>
#include <QStatusBar>
#include <QTableView>
#include <QTableWidget>
#include <optional>

#include "complaint.h"
#include "engine/made_up_folders.h"
#include "panels/curve_key.h"
#include "panels/overlay_panel.h"
#include "panels/results_panel.h"
#include "panels/run_table.h"
#include "resonate/run_catalogue.h"
#include "runs/run_lock.h"
#include "session/run_comparer.h"
#include "session/run_edits.h"
#include "test_registry.h"
#include "window_fixture.h"
#include "workspaces/compare_workspace.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

namespace {

/// ms: notes are flushed to the disk, which others may keep busy.
constexpr int patience = 30000;

}  // namespace

class CompareWorkspaceTest : public QObject {
    Q_OBJECT

 private:
    std::unique_ptr<WindowFixture> m_fixture;

    fs::path runs() const { return m_fixture->runsDir().toStdString(); }
    CompareWorkspace* compare() const { return m_fixture->window->compare(); }
    RunTable* table() const { return compare()->table(); }
    QTableView* view() const { return table()->view(); }

    /// A finished run of two epochs.
    static StoredRun run(std::int64_t seed, const std::vector<double>& accuracies) {
        StoredRun made = made_up_run(seed, accuracies);
        made.config.training.epochs = static_cast<int>(accuracies.size()) - 1;
        return made;
    }

    /// Opens Compare and waits for its rows.
    void open(int rows) {
        m_fixture->open();
        m_fixture->window->showWorkspace(QStringLiteral("compare"));
        QTRY_VERIFY_WITH_TIMEOUT(compare()->runs().isListed(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), rows, patience);
    }
    QString cell(const QString& id, RunTableModel::Column column) const {
        return table()->model()->index(table()->model()->rowOf(id), column).data().toString();
    }
    QStringList shownIds() const {
        QStringList ids;
        for (int row = 0; row < view()->model()->rowCount(); ++row)
            ids << view()->model()->index(row, 0).data(RunTableModel::IdRole).toString();
        return ids;
    }
    void clickHeader(RunTableModel::Column column) const {
        QHeaderView* header = view()->horizontalHeader();
        QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                          {header->sectionViewportPosition(column) + 20, header->height() / 2});
    }
    void tickWithTheMouse(const QString& id) const {
        table()->choose(id);
        const QModelIndex at = view()->currentIndex();
        QTest::mouseClick(view()->viewport(), Qt::LeftButton, {},
                          view()->visualRect(at).topLeft() + QPoint(12, view()->visualRect(at).height() / 2));
    }
    /// As after a click into the table: what had the focus before, a dialog or a box, has it no longer.
    void focusRows() const {
        m_fixture->window->activateWindow();
        view()->setFocus();
        QTRY_VERIFY_WITH_TIMEOUT(view()->hasFocus(), patience);
    }
    void pressOnAllRows(Qt::Key key) const {
        focusRows();
        view()->selectAll();
        QTest::keyClick(view(), key);
    }
    void waitForGroups(size_t count) const {
        QTRY_COMPARE_WITH_TIMEOUT(compare()->comparer()->comparison()->groups.size(), count, patience);
    }

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void rowsSortByANumberAndThoseWithoutStayLast() {
        write_run(runs(), "a", run(1, {10, 90}));
        write_run(runs(), "b", run(2, {10, 9}));
        write_run(runs(), "c", run(3, {10, 50}));
        fs::create_directories(runs() / "empty");
        overwrite(runs() / "empty" / "lock", "");
        open(4);
        clickHeader(RunTableModel::Final);
        const QStringList rising = shownIds();
        clickHeader(RunTableModel::Final);
        const QStringList falling = shownIds();
        const QStringList first{QStringLiteral("b"), QStringLiteral("c"), QStringLiteral("a"), QStringLiteral("empty")};
        const QStringList second{QStringLiteral("a"), QStringLiteral("c"), QStringLiteral("b"),
                                 QStringLiteral("empty")};
        QVERIFY2((rising == first && falling == second) || (rising == second && falling == first),
                 qPrintable(rising.join(QLatin1Char(' '))));
        QCOMPARE(cell(QStringLiteral("a"), RunTableModel::Final), QStringLiteral("90.00 (1)"));
        QCOMPARE(cell(QStringLiteral("a"), RunTableModel::Differences), QStringLiteral("Seed 1"));
    }

    void theFilterIsTypedAndItsMistakesAreSaidBelow() {
        write_run(runs(), "a", run(1, {10, 90}));
        write_run(runs(), "b", run(2, {10, 20}));
        open(2);
        QTest::keyClick(m_fixture->window.get(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(table()->filter()->hasFocus(), patience);
        QTest::keyClicks(table()->filter(), QStringLiteral("final>80"));
        QCOMPARE(shownIds(), QStringList(QStringLiteral("a")));
        QTest::keyClicks(table()->filter(), QStringLiteral(" colour:red"));
        QVERIFY(table()->filterProblem().contains(QStringLiteral("There is no field colour")));
        QTest::keyClick(table()->filter(), Qt::Key_Escape);
        QCOMPARE(shownIds().size(), 2);
        QCOMPARE(table()->filterProblem(), QString());
        QTest::keyClicks(table()->filter(), QStringLiteral("nothing-like-it"));
        QVERIFY(table()->emptyText().contains(QStringLiteral("No run is as the filter wants it")));
    }

    void tickedRunsAreOverlaidAndTheirSeedsCollapse() {
        write_run(runs(), "a", run(1, {10, 84, 90}));
        write_run(runs(), "b", run(2, {20, 80, 80}));
        StoredRun other = run(1, {10, 20, 30});
        other.config.neuron.type = NeuronType::rf;
        write_run(runs(), "c", other);
        open(3);
        for (const char* id : {"a", "b", "c"}) tickWithTheMouse(QLatin1String(id));
        QCOMPARE(table()->model()->ticked().size(), 3);
        waitForGroups(2);
        const SharedComparison& both = compare()->comparer()->comparison();
        QCOMPARE(both->groups[0].curves[0].points[2].value.mean, 85.0);
        QCOMPARE(compare()->overlay()->key()->topLevelItemCount(), 2);
        QVERIFY(compare()->overlay()->curves()->hasContent());
        const TextTableContent& results = compare()->results()->view()->content();
        QCOMPARE(results.rows.size(), 2);
        QCOMPARE(results.rows[0][1], QStringLiteral("2"));
        QCOMPARE(results.rows[0][3], QStringLiteral("85.00 ± 7.07"));
        QVERIFY(results.notes[0].contains(QStringLiteral("lowest validation loss")));
        QVERIFY(!compare()->differences()->content().rows.isEmpty());
        QTest::mouseClick(compare()->overlay()->collapseBox(), Qt::LeftButton, {}, {8, 8});
        waitForGroups(3);
        // Space takes the ticks of the chosen rows away.
        pressOnAllRows(Qt::Key_Space);
        waitForGroups(0);
        QVERIFY(!compare()->overlay()->curves()->hasContent());
    }

    void whatCannotBeDrawnOrRenamedIsSaid() {
        write_run(runs(), "a", run(1, {10, 90}));
        fs::create_directories(runs() / "empty");
        overwrite(runs() / "empty" / "lock", "");
        open(2);
        for (const char* id : {"a", "empty"}) tickWithTheMouse(QLatin1String(id));
        const auto says = [this](const char* text) {
            const auto labels = table()->findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                               [&](const QLabel* label) { return label->text().contains(QLatin1String(text)); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(says("2 ticked, 1 of them without curves"), patience);
        pressOnAllRows(Qt::Key_F2);
        QVERIFY(!view()->findChild<QLineEdit*>());
        VERIFY_SAYS(m_fixture->window->statusBar()->currentMessage(), "choose a single row");
    }

    void helpOfTheFilterClosesByAKeyAndByAClickBeside_data() {
        QTest::addColumn<bool>("byKey");
        QTest::newRow("Escape") << true;
        QTest::newRow("click beside") << false;
    }
    void helpOfTheFilterClosesByAKeyAndByAClickBeside() {
        QFETCH(bool, byKey);
        write_run(runs(), "a", run(1, {10, 90}));
        open(1);
        for (QAbstractButton* button : table()->findChildren<QAbstractButton*>())
            if (button->accessibleName() == QStringLiteral("How to filter")) QTest::mouseClick(button, Qt::LeftButton);
        QPointer<QWidget> help = QApplication::activePopupWidget();
        QVERIFY(help);
        QCOMPARE(help->objectName(), QStringLiteral("filterHelp"));
        if (byKey)
            QTest::keyClick(help, Qt::Key_Escape);
        else
            QTest::mouseClick(help, Qt::LeftButton, {}, {help->width() + 40, help->height() + 40});
        QTRY_VERIFY(!help);
        QVERIFY(!QApplication::activePopupWidget());
    }

    void aRunIsRenamedTaggedAndNotedAndAllOfItUndone() {
        const fs::path folder = write_run(runs(), "a", run(1, {10, 90}));
        open(1);
        table()->choose(QStringLiteral("a"));
        focusRows();
        QTest::keyClick(view(), Qt::Key_F2);
        auto* editor = view()->findChild<QLineEdit*>();
        QVERIFY(editor);
        QTest::keyClicks(editor, QStringLiteral("the best one"));
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("a"), RunTableModel::Name), QStringLiteral("the best one"),
                                  patience);
        when_dialog_opens<QInputDialog>([](QInputDialog* dialog) {
            dialog->setTextValue(QStringLiteral("paper, good"));
            dialog->accept();
        });
        QTest::keyClick(view(), Qt::Key_T);
        QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("a"), RunTableModel::Tags), QStringLiteral("paper, good"),
                                  patience);
        // By keys alone: Tab leaves the text, Ctrl+Return accepts.
        when_dialog_opens<QDialog>([](QDialog* dialog) {
            auto* edit = dialog->findChild<QPlainTextEdit*>();
            QTest::keyClicks(edit, QStringLiteral("Look at neuron 7."));
            QTest::keyClick(edit, Qt::Key_Tab);
            QVERIFY(!edit->hasFocus());
            QTest::keyClick(dialog, Qt::Key_Return, Qt::ControlModifier);
        });
        focusRows();
        QTest::keyClick(view(), Qt::Key_N);
        QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("a"), RunTableModel::Note), QStringLiteral("Look at neuron 7."),
                                  patience);
        const RunNotes kept = read_notes(folder);
        QCOMPARE(kept.name, std::string("the best one"));
        QCOMPARE(kept.tags.size(), size_t(2));
        focusRows();
        for (int i = 0; i < 3; ++i) {
            const int before = compare()->edits()->stack().index();
            QTest::keyClick(m_fixture->window.get(), Qt::Key_Z, Qt::ControlModifier);
            QCOMPARE(compare()->edits()->stack().index(), before - 1);
        }
        QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("a"), RunTableModel::Name), QStringLiteral("a"), patience);
        QTRY_VERIFY_WITH_TIMEOUT(read_notes(folder) == RunNotes(), patience);
    }

    void workOfOnePriorityKeepsItsOrder() {
        QObject owner;
        BackgroundWorker worker(&owner);
        for (int round = 0; round < 20; ++round) {
            QStringList order;
            for (int i = 0; i < 4; ++i)
                worker.run(
                    [&order, i]() -> BackgroundWorker::Then { return [&order, i] { order << QString::number(i); }; },
                    2);
            QTRY_COMPARE_WITH_TIMEOUT(order.size(), 4, patience);
            QCOMPARE(order.join(QString()), QStringLiteral("0123"));
        }
    }

    void whatGoesToTheTrashComesBackFromTheBanner() {
        const fs::path folder = write_run(runs(), "a", run(1, {10, 90}));
        write_run(runs(), "b", run(2, {10, 90}));
        open(2);
        table()->choose(QStringLiteral("a"));
        focusRows();
        QTest::keyClick(view(), Qt::Key_Delete);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 1, patience);
        QVERIFY(!fs::exists(folder));
        QCOMPARE(list_trash(runs()).size(), size_t(1));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->banner()->isVisible(), patience);
        QVERIFY(m_fixture->window->banner()->text().startsWith(QStringLiteral("1 run moved to the trash")));
        auto* offer = m_fixture->window->banner()->findChild<QToolButton*>(QStringLiteral("offer"));
        QVERIFY(offer->isVisible());
        QTest::mouseClick(offer, Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        QVERIFY(fs::exists(folder / "metrics.csv"));
        // What is being trained stays, and says why.
        const RunLock lock(folder);
        table()->choose(QStringLiteral("a"));
        focusRows();
        QTest::keyClick(view(), Qt::Key_Delete);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->banner()->text().contains(QStringLiteral("is being trained")),
                                 patience);
        QVERIFY(!offer->isVisible());
        QVERIFY(fs::exists(folder));
    }

    void aRunThatIsTrainedGrowsInItsRowAndItsCurve() {
        const fs::path folder = write_run(runs(), "a", run(1, {10, 20}), "running");
        auto lock = std::make_optional<RunLock>(folder);
        open(1);
        QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("a"), RunTableModel::Status), QStringLiteral("Running"),
                                  patience);
        tickWithTheMouse(QStringLiteral("a"));
        waitForGroups(1);
        const StoredRun longer = run(1, {10, 20, 55});
        write_file_atomically(folder / "metrics.csv", metrics_csv(longer.metrics));
        write_file_atomically(folder / "summary.json", summary_of(longer, "running"));
        QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("a"), RunTableModel::Final), QStringLiteral("55.00 (2)"),
                                  patience);
        QTRY_COMPARE_WITH_TIMEOUT(compare()->comparer()->comparison()->groups[0].curves[0].points.size(), size_t(3),
                                  10000);
        lock.reset();
        QTRY_COMPARE_WITH_TIMEOUT(cell(QStringLiteral("a"), RunTableModel::Status), QStringLiteral("Stopped"),
                                  patience);
        // Another program begins one.
        write_run(runs(), "b", run(2, {10, 30}));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
    }

    void brokenFoldersHaveTheirSentenceAndHideNoOther() {
        write_run(runs(), "good", run(1, {10, 90}));
        overwrite(write_run(runs(), "half", run(2, {10, 90})) / "experiment.yaml", "");
        overwrite(write_run(runs(), "newer", run(3, {10, 90})) / "experiment.yaml", "schema: 99\n");
        const fs::path line = write_run(runs(), "line", run(4, {10, 90}));
        overwrite(line / "metrics.csv", metrics_csv(run(4, {10, 90}).metrics) + "2,what is this\n");
        overwrite(write_run(runs(), "weights", run(5, {10, 90})) / "last.pt", "cut o");
        open(5);
        for (const char* id : {"half", "newer", "line", "weights"}) {
            QCOMPARE(cell(QLatin1String(id), RunTableModel::Status), QStringLiteral("Damaged"));
            QVERIFY2(cell(QLatin1String(id), RunTableModel::Differences).contains(QLatin1String(id)), id);
        }
        QCOMPARE(cell(QStringLiteral("good"), RunTableModel::Status), QStringLiteral("Finished"));
        QTest::keyClicks(table()->filter(), QStringLiteral("status:damaged"));
        QCOMPARE(shownIds().size(), 4);
        table()->filter()->clear();
        // Ticking them all shows what can be read.
        pressOnAllRows(Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(!compare()->comparer()->comparison()->runs.empty(), patience);
        QTRY_VERIFY_WITH_TIMEOUT(!compare()->runs().storedProblem(QStringLiteral("half")).isEmpty(), patience);
        // Gone while shown.
        fs::remove_all(runs() / "good");
        fs::remove_all(line);
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 3, patience);
        fs::remove_all(runs());
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 0, patience);
        waitForGroups(0);
        QVERIFY(table()->emptyText().contains(QStringLiteral("No runs in")));
    }

    void twoThousandRunsArriveWhileTheWindowLives() {
        constexpr int count = 2000;
        for (int i = 0; i < count; ++i)
            write_run(runs(), "run-" + std::to_string(10000 + i), run(i, {10, 20.0 + i % 70}));
        m_fixture->open();
        QElapsedTimer clock;
        qint64 last = 0, longest = 0;
        QTimer heart;
        connect(&heart, &QTimer::timeout, this, [&] {
            longest = std::max(longest, clock.elapsed() - last);
            last = clock.elapsed();
        });
        heart.start(5);
        clock.start();
        m_fixture->window->showWorkspace(QStringLiteral("compare"));
        // Showing the page does not wait for the runs.
        QVERIFY(!compare()->runs().isListed());
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), count, 60000);
        const qint64 listed = clock.elapsed();
        QTest::keyClicks(table()->filter(), QStringLiteral("final>80"));
        QVERIFY(view()->model()->rowCount() > 0 && view()->model()->rowCount() < count);
        qInfo("2000 runs listed in %lld ms; longest time without an event %lld ms", listed, longest);
    }

    void ctrlReturnOpensTheRunInTrain() {
        StoredRun made = run(1, {10, 90});
        made.config.network.hidden_size = 23;
        write_run(runs(), "a", made);
        open(1);
        table()->choose(QStringLiteral("a"));
        focusRows();
        QTest::keyClick(view(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->window->currentWorkspace()->identity().name, QStringLiteral("train"),
                                  patience);
        QCOMPARE(m_fixture->window->train()->experiment()->config().network.hidden_size, 23);
        QCOMPARE(m_fixture->window->train()->curves()->epochCount(), 2);
        // Its keys are silent here.
        QTest::keyClick(m_fixture->window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(fs::exists(runs() / "a"));
    }

    void viewsAndTablesAreExported() {
        write_run(runs(), "a", run(1, {10, 84, 90}));
        write_run(runs(), "b", run(2, {20, 80, 80}));
        open(2);
        pressOnAllRows(Qt::Key_Space);
        waitForGroups(1);
        for (const char* dock : {"overlay", "scatter", "results"})
            for (const char* ending : {"svg", "pdf", "png", "csv"}) {
                const QString file =
                    m_fixture->path(QStringLiteral("%1.%2").arg(QLatin1String(dock), QLatin1String(ending)));
                compare()->exportTo(compare()->dockOf(QLatin1String(dock)), file);
                QVERIFY2(QFileInfo(file).size() > 100, qPrintable(file));
            }
        QFile drawing(m_fixture->path(QStringLiteral("overlay.svg")));
        QVERIFY(drawing.open(QIODevice::ReadOnly));
        const QByteArray svg = drawing.readAll();
        QVERIFY(svg.contains("Test accuracy over epochs"));
        QVERIFY(svg.contains("standard deviation over seeds"));
        QVERIFY(svg.contains("runs a, b"));
        QVERIFY(!svg.contains("<image"));
        struct Table {
            const char* name;
            const char* number;
            const char* rule;
        };
        const Table tables[] = {{"results.md", "85.00 ± 7.07", "lowest validation loss"},
                                {"results.tex", "85.00 $\\pm$ 7.07", "lowest validation loss"},
                                {"results.csv", "85,7.07106", "lowest_validation_loss"}};
        for (const auto& [name, number, rule] : tables) {
            compare()->saveResults(m_fixture->path(QLatin1String(name)));
            QFile file(m_fixture->path(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            QVERIFY2(text.contains(number), text.constData());
            QVERIFY2(text.contains(rule), text.constData());
        }
        compare()->results()->ruleBox()->setCurrentIndex(1);
        QVERIFY(compare()->results()->text(TableFormat::markdown).contains(QStringLiteral("last epoch")));
    }

    void columnsTicksAndLooksAreThereAtTheNextStart() {
        write_run(runs(), "a", run(1, {10, 90}));
        open(1);
        tickWithTheMouse(QStringLiteral("a"));
        waitForGroups(1);
        view()->setColumnHidden(RunTableModel::Parameters, true);
        QTreeWidgetItem* item = compare()->overlay()->key()->topLevelItem(0);
        item->setText(0, QStringLiteral("mine"));
        QTRY_VERIFY_WITH_TIMEOUT(compare()->results()->view()->content().rows[0][0] == QStringLiteral("mine"),
                                 patience);
        m_fixture->window->close();
        open(1);
        QVERIFY(view()->isColumnHidden(RunTableModel::Parameters));
        QVERIFY(!view()->isColumnHidden(RunTableModel::Name));
        waitForGroups(1);
        QTRY_COMPARE_WITH_TIMEOUT(compare()->overlay()->key()->topLevelItem(0)->text(0), QStringLiteral("mine"),
                                  patience);
    }

    void anotherRunsFolderShowsItsRuns() {
        write_run(runs(), "a", run(1, {10, 90}));
        const fs::path other = m_fixture->path(QStringLiteral("other")).toStdString();
        write_run(other, "b", run(1, {10, 90}));
        write_run(other, "c", run(2, {10, 90}));
        open(1);
        m_fixture->window->context()->setRunsDir(QString::fromStdString(other.string()));
        QTRY_COMPARE_WITH_TIMEOUT(table()->model()->rowCount(), 2, patience);
        QCOMPARE(table()->model()->rowOf(QStringLiteral("a")), -1);
    }

    void foldersWithoutEventFilesAreRefusedWithASentence() {
        fs::create_directories(m_fixture->path(QStringLiteral("nothing")).toStdString());
        open(0);
        compare()->importCurves(m_fixture->path(QStringLiteral("nothing")));
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->banner()->isVisible(), patience);
        QCOMPARE(m_fixture->window->banner()->kind(), MessageBanner::Kind::Error);
    }
};

RESONATE_TEST(CompareWorkspaceTest)
#include "compare_test.moc"
