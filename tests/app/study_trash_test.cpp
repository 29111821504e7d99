// tests/app/study_trash_test.cpp: a begun study leaves the list of studies for the trash, and comes back.
#include <QStatusBar>

#include "complaint.h"
#include "engine/made_up_folders.h"
#include "engine/study_fixture.h"
#include "panels/run_table.h"
#include "panels/study_panel.h"
#include "panels/study_queue_panel.h"
#include "session/run_edits.h"
#include "studies/study_folder.h"
#include "test_registry.h"
#include "window_fixture.h"
#include "workspaces/compare_workspace.h"
#include "workspaces/study_docks.h"

using namespace resonate;
using namespace resonate::tests;
namespace fs = std::filesystem;

class StudyTrashTest : public QObject {
    Q_OBJECT

 private:
    std::unique_ptr<WindowFixture> m_fixture;

    fs::path runs() const { return m_fixture->runsDir().toStdString(); }
    StudyDocks* studies() const { return m_fixture->window->compare()->studies(); }
    QToolButton* offer() const { return m_fixture->window->banner()->findChild<QToolButton*>(QStringLiteral("offer")); }

    /// A study of two runs, neither of them trained.
    void begin() const {
        const StudyConfig study = small_study(2, {{"training.seed", {"1", "2"}}});
        const StudyFolder folder(runs(), study.name);
        const std::vector<StudyRun> members = folder.members(expand_study(study));
        folder.write_study(study, members);
        folder.write_state(members);
    }
    void openStudies() const {
        MainWindow& window = m_fixture->open();
        window.showWorkspace(QStringLiteral("compare"));
        ViewDock* dock = window.compare()->dockOf(QStringLiteral("studies"));
        dock->show();
        dock->raise();
        QTRY_VERIFY_WITH_TIMEOUT(studies()->panel()->removeButton()->isVisible(), long_wait);
        QVERIFY(studies()->panel()->choose(QStringLiteral("small")));
        QTRY_VERIFY_WITH_TIMEOUT(studies()->panel()->removeButton()->isEnabled(), long_wait);
        QCOMPARE(studies()->panel()->removeButton()->text(), QStringLiteral("Move to trash…"));
    }

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void aBegunStudyGoesToTheTrashAndComesBack() {
        begin();
        const fs::path folder = studies_dir(runs()) / "small";
        openStudies();
        QVERIFY(!studies()->queuePanel()->continueButton()->isHidden());
        answer_question(QStringLiteral("Cancel"));
        QTest::mouseClick(studies()->panel()->removeButton(), Qt::LeftButton);
        QVERIFY(fs::exists(folder / "state.json"));
        answer_question(QStringLiteral("Move to trash"));
        QTest::mouseClick(studies()->panel()->removeButton(), Qt::LeftButton);
        QVERIFY(!fs::exists(folder));
        QVERIFY(!studies()->panel()->choose(QStringLiteral("small")));
        QCOMPARE(studies()->panel()->removeButton()->text(), QStringLiteral("Delete…"));
        QVERIFY(studies()->queuePanel()->continueButton()->isHidden());
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->banner()->isVisible(), long_wait);
        VERIFY_SAYS(m_fixture->window->banner()->text(), "Study small moved to the trash");
        QVERIFY(offer()->isVisible());
        QTest::mouseClick(offer(), Qt::LeftButton);
        QVERIFY(fs::exists(folder / "state.json"));
        QVERIFY(studies()->panel()->choose(QStringLiteral("small")));
        VERIFY_SAYS(m_fixture->window->statusBar()->currentMessage(), "Study small brought back");
    }

    void theOfferNamesTheStudyAndCtrlZBringsItBack() {
        begin();
        write_run(runs(), "a", made_up_run(1, {10, 90}));
        openStudies();
        CompareWorkspace* compare = m_fixture->window->compare();
        QTRY_COMPARE_WITH_TIMEOUT(compare->table()->model()->rowCount(), 1, long_wait);
        compare->edits()->rename(QStringLiteral("a"), QStringLiteral("the best one"));
        QTRY_COMPARE_WITH_TIMEOUT(compare->edits()->stack().count(), 1, long_wait);
        m_fixture->window->activateWindow();
        studies()->panel()->removeButton()->setFocus();
        answer_question(QStringLiteral("Move to trash"));
        QTest::mouseClick(studies()->panel()->removeButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(offer()->isVisible(), long_wait);
        VERIFY_SAYS(offer()->text().remove(QLatin1Char('&')), "Undo move a study to the trash");
        QWidget* list = studies()->panel()->list();
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->window->focusWidget(), list, long_wait);
        m_fixture->window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_fixture->window.get()));
        QTest::keyClick(list, Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(fs::exists(studies_dir(runs()) / "small" / "state.json"));
    }

    void whatAnotherProgramRunsStaysAndSaysWhy() {
        begin();
        openStudies();
        const StudyFolder other(runs(), "small");
        answer_question(QStringLiteral("Move to trash"));
        QTest::mouseClick(studies()->panel()->removeButton(), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->window->banner()->isVisible(), long_wait);
        QCOMPARE(m_fixture->window->banner()->kind(), MessageBanner::Kind::Error);
        VERIFY_SAYS(m_fixture->window->banner()->text(), "stop it first");
        QVERIFY(!offer()->isVisible());
        QVERIFY(fs::exists(other.path() / "state.json"));
        QVERIFY(studies()->panel()->choose(QStringLiteral("small")));
    }
};

RESONATE_TEST(StudyTrashTest)
#include "study_trash_test.moc"
