// tests/app/compare_letters_test.cpp: the table of runs with larger letters, and with names that begin alike.
#include <QHeaderView>
#include <QTableView>

#include "engine/made_up_folders.h"
#include "panels/run_table.h"
#include "test_registry.h"
#include "window_fixture.h"
#include "workspaces/compare_workspace.h"

using namespace resonate;
using namespace resonate::tests;

class CompareLettersTest : public QObject {
    Q_OBJECT

 private:
    std::unique_ptr<WindowFixture> m_fixture;

    QTableView* view() const { return m_fixture->window->compare()->table()->view(); }
    double letter() const { return QFontMetricsF(view()->font()).averageCharWidth(); }
    void open(int rows) const {
        m_fixture->open();
        m_fixture->window->showWorkspace(QStringLiteral("compare"));
        QTRY_COMPARE_WITH_TIMEOUT(view()->model()->rowCount(), rows, long_wait);
    }
    void writeRun(const std::string& id, int seed) const {
        write_run(m_fixture->runsDir().toStdString(), id, made_up_run(seed, {10, 90}));
    }
    /// Pixels are whole.
    static bool isAbout(int width, double wanted) { return std::abs(width - wanted) <= 2; }

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void columnsAndRowsGrowWithTheLetters() {
        writeRun("a", 1);
        open(1);
        view()->setColumnWidth(RunTableModel::Note, 100);
        view()->setColumnHidden(RunTableModel::Tags, true);
        const double before = letter();
        const int name = view()->columnWidth(RunTableModel::Name);
        const int row = view()->rowHeight(0);
        m_fixture->window->setTextSize(TextSize::Larger);
        QTRY_VERIFY_WITH_TIMEOUT(letter() > before, long_wait);
        const double factor = letter() / before;
        QVERIFY(isAbout(view()->columnWidth(RunTableModel::Name), name * factor));
        QVERIFY(isAbout(view()->columnWidth(RunTableModel::Note), 100 * factor));
        QVERIFY(view()->rowHeight(0) > row);
        QVERIFY(view()->isColumnHidden(RunTableModel::Tags));
        // So they are at the next start, and scaled where its letters are others.
        const int grown = view()->columnWidth(RunTableModel::Note);
        m_fixture->window->close();
        open(1);
        QCOMPARE(view()->columnWidth(RunTableModel::Note), grown);
        m_fixture->window->context()->settings().setTextSize(TextSize::Normal);
        m_fixture->window->close();
        open(1);
        QCOMPARE(letter(), before);
        QVERIFY(isAbout(view()->columnWidth(RunTableModel::Name), name));
        QVERIFY(isAbout(view()->columnWidth(RunTableModel::Note), 100));
        QVERIFY(view()->isColumnHidden(RunTableModel::Tags));
    }

    void namesThatBeginAlikeDifferInANarrowColumn() {
        writeRun("2026-01-01-synthetic_ecg-brf-with-a-long-beginning-first", 1);
        writeRun("2026-01-01-synthetic_ecg-brf-with-a-long-beginning-other", 2);
        open(2);
        view()->setColumnWidth(RunTableModel::Name, 130);
        view()->setAlternatingRowColors(false);
        view()->setCurrentIndex({});
        const auto picture = [this](int row) {
            const QRect cell = view()->visualRect(view()->model()->index(row, RunTableModel::Name));
            return view()->viewport()->grab(cell).toImage();
        };
        QVERIFY(picture(0) != picture(1));
        const QString tip = view()->model()->index(0, RunTableModel::Name).data(Qt::ToolTipRole).toString();
        QVERIFY(tip.contains(view()->model()->index(0, RunTableModel::Name).data().toString()));
    }
};

RESONATE_TEST(CompareLettersTest)
#include "compare_letters_test.moc"
