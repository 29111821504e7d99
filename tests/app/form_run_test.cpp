// tests/app/form_run_test.cpp: the form while a training runs: what acts on it, and what is for the next one.
#include <QSignalSpy>

#include "complaint.h"
#include "test_registry.h"
#include "window_fixture.h"

using namespace resonate;
using namespace resonate::tests;
using State = TrainingPresenter::State;

namespace {

const QString rate = QStringLiteral("training.learning_rate");
const QString size = QStringLiteral("network.hidden_size");

}  // namespace

class FormRunTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() {
        m_alone.reset();
        m_fixture.reset();
    }

    void duringARunChangesWaitForReturnAndOthersForTheNextRun() {
        ExperimentPanel* panel = openAlone();
        QSignalSpy wanted(panel, &ExperimentPanel::changeWanted);
        FieldRow* row = panel->row(rate);
        panel->setTraining(true, panel->config());
        QVERIFY(row->label()->text().endsWith(QStringLiteral("▸")));
        QVERIFY(!panel->row(size)->label()->text().endsWith(QStringLiteral("▸")));
        QVERIFY(!row->applyButton()->isVisibleTo(panel));
        focus(rate);
        type(rate, QStringLiteral("0.025"));
        // Half a number is never sent, and leaving the field sends nothing either.
        QVERIFY(row->applyButton()->isVisibleTo(panel));
        VERIFY_SAYS(row->runLabel()->text(), "0.1");
        focus(size);
        QCOMPARE(wanted.count(), 0);
        focus(rate);
        QTest::keyClick(editor(rate), Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted[0][0].toString(), rate);
        QCOMPARE(wanted[0][1].toString(), QStringLiteral("0.025"));
        panel->showRunChange(rate, QStringLiteral("0.025"));
        QVERIFY(!row->applyButton()->isVisibleTo(panel));

        type(size, QStringLiteral("17"));
        QTest::keyClick(editor(size), Qt::Key_Return);
        QCOMPARE(wanted.count(), 1);
        VERIFY_SAYS(panel->row(size)->runLabel()->text(), "next run; this one has 36");
        QVERIFY(!panel->row(size)->applyButton()->isVisibleTo(panel));

        // A click is a whole value.
        editor(QStringLiteral("recording.follow_worst"))->setFocus();
        QTest::keyClick(editor(QStringLiteral("recording.follow_worst")), Qt::Key_Space);
        QCOMPARE(wanted.count(), 2);
        QCOMPARE(wanted[1][1].toString(), QStringLiteral("true"));

        panel->setTraining(false, {});
        QVERIFY(panel->row(size)->runLabel()->text().isEmpty());
        QVERIFY(!row->label()->text().endsWith(QStringLiteral("▸")));
    }

    void aBadValueIsNotSentToTheRun() {
        ExperimentPanel* panel = openAlone();
        QSignalSpy wanted(panel, &ExperimentPanel::changeWanted);
        panel->setTraining(true, panel->config());
        focus(rate);
        for (const char* bad : {"-1", "much", ""}) {
            type(rate, QString::fromLatin1(bad));
            if (*bad == '\0') QTest::keyClick(editor(rate), Qt::Key_Delete);
            QTest::keyClick(editor(rate), Qt::Key_Return);
            QCOMPARE(wanted.count(), 0);
        }
    }

    void aRefusalStandsBesideItsFieldUntilTheNextEdit() {
        ExperimentPanel* panel = openAlone();
        panel->setTraining(true, panel->config());
        type(rate, QStringLiteral("0.025"));
        panel->showRefusal(rate, QStringLiteral("not in this run"));
        QCOMPARE(panel->row(rate)->runLabel()->text(), QStringLiteral("not in this run"));
        QTest::keyClicks(editor(rate), QStringLiteral("1"));
        VERIFY_SAYS(panel->row(rate)->runLabel()->text(), "The run has 0.1");
    }

    void aChangeMadeElsewhereIsNoEditOfTheExperiment() {
        ExperimentPanel* panel = openAlone();
        FieldRow* row = panel->row(QStringLiteral("recording.probe_sample"));
        panel->setTraining(true, panel->config());
        panel->showRunChange(QStringLiteral("recording.probe_sample"), QStringLiteral("5"));
        QCOMPARE(panel->config().recording.probe_sample, 0);
        QVERIFY(!panel->isModified());
        QVERIFY(!row->resetButton()->isVisibleTo(panel));
        VERIFY_SAYS(row->runLabel()->text(), "The run has 5");
    }

    void theRunningTrainingTakesALearningRateFromTheForm() {
        m_fixture->open();
        ExperimentPanel* panel = m_fixture->window->train()->experiment();
        m_fixture->shrink(5000);
        QSignalSpy changed(m_fixture->window->train()->presenter(), &TrainingPresenter::changed);
        m_fixture->clickStart();
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Running, long_wait);
        QTRY_VERIFY_WITH_TIMEOUT(panel->row(rate)->label()->text().endsWith(QStringLiteral("▸")), long_wait);
        m_fixture->type(rate, QStringLiteral("0.025"));
        QTest::mouseClick(panel->row(rate)->applyButton(), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 1, long_wait);
        QTRY_VERIFY(panel->row(rate)->runLabel()->text().isEmpty());
        QVERIFY(!panel->row(rate)->applyButton()->isVisibleTo(panel));
        m_fixture->click(m_fixture->window->train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        QFile log(m_fixture->window->train()->runFolder() + QStringLiteral("/changes.csv"));
        QVERIFY(log.open(QIODevice::ReadOnly));
        VERIFY_SAYS(QString::fromUtf8(log.readAll()), "training.learning_rate,0.1,0.025");
    }

 private:
    /// Without a window: whether a training runs is for the test to say.
    ExperimentPanel* openAlone() {
        m_alone = std::make_unique<ExperimentPanel>();
        m_alone->setPreset(QString::fromLatin1(default_preset_name), load_preset(default_preset_name));
        m_alone->undoStack()->clear();
        m_alone->resize(360, 800);
        m_alone->show();
        QApplication::setActiveWindow(m_alone.get());
        return m_alone.get();
    }
    QWidget* editor(const QString& path) const { return m_alone->row(path)->editor(); }
    void type(const QString& path, const QString& text) const {
        if (auto* spin = qobject_cast<QSpinBox*>(editor(path)))
            spin->selectAll();
        else
            qobject_cast<QLineEdit*>(editor(path))->selectAll();
        QTest::keyClicks(editor(path), text);
    }
    void focus(const QString& path) const {
        editor(path)->setFocus();
        QVERIFY(editor(path)->hasFocus());
    }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<ExperimentPanel> m_alone;
};

RESONATE_TEST(FormRunTest)
#include "form_run_test.moc"
