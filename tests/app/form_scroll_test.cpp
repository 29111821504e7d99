// tests/app/form_scroll_test.cpp: the form by the keyboard: the row with the focus stays in view and can be reset.
#include <QScrollBar>
#include <QSignalSpy>

#include "complaint.h"
#include "panels/help_strip.h"
#include "test_registry.h"
#include "window_fixture.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

const QString batch = QStringLiteral("training.batch_size");
const QString rate = QStringLiteral("training.learning_rate");
const QString share = QStringLiteral("dataset.fraction");

}  // namespace

class FormScrollTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void cleanup() { m_panel.reset(); }

    void helpThatGrowsDoesNotHideTheFieldThatTabHasReached() {
        open();
        QTest::mouseClick(m_panel->helpStrip()->foldButton(), Qt::LeftButton);
        focus(batch);
        makeLastInView(rate);
        QVERIFY(isInView(row(rate)->editorBox()));
        const int before = form()->viewport()->height();
        QTest::keyClick(row(batch)->editor(), Qt::Key_Tab);
        QVERIFY(row(rate)->editor()->hasFocus());
        // The learning rate has an equation and its source, the batch size has none.
        QTRY_VERIFY(form()->viewport()->height() < before);
        QTRY_VERIFY(isInView(row(rate)->editorBox()));
    }

    void helpThatUnfoldsDoesNotHideAProblem() {
        open();
        focus(rate);
        type(rate, QStringLiteral("-1"));
        makeLastInView(rate);
        const int before = form()->viewport()->height();
        QTest::keyClick(row(rate)->editor(), Qt::Key_F1, Qt::ShiftModifier);
        QTRY_VERIFY(form()->viewport()->height() < before);
        QTRY_VERIFY(isInView(row(rate)->problemLabel()));
        QVERIFY(isInView(row(rate)->editorBox()));
    }

    void aFieldThatWasScrolledAwayStaysAway() {
        open();
        focus(rate);
        form()->verticalScrollBar()->setValue(0);
        QVERIFY(!isInView(row(rate)->editorBox()));
        const int before = form()->viewport()->height();
        m_panel->setEstimate(QStringLiteral("About 12 min"), {});
        QTRY_VERIFY(form()->viewport()->height() < before);
        settle();
        QCOMPARE(form()->verticalScrollBar()->value(), 0);
    }

    void aProblemInTheLastRowInViewIsSeenWhole() {
        open();
        m_panel->setTraining(true, m_panel->config());
        focus(rate);
        makeLastInView(rate);
        const int before = row(rate)->editorBox()->height();
        type(rate, QStringLiteral("-1"));
        VERIFY_SAYS(row(rate)->problemLabel()->text(), "more than 0");
        QTRY_VERIFY(row(rate)->editorBox()->height() > before);
        QTRY_VERIFY(isInView(row(rate)->editorBox()));
        QVERIFY(isInView(row(rate)->problemLabel()));
    }

    void aTextThatIsNoValueIsMarkedAndReset() {
        open();
        auto* line = qobject_cast<QLineEdit*>(row(share)->editor());
        const QString preset = line->text();
        QToolButton* dot = row(share)->resetButton();
        focus(share);
        type(share, QStringLiteral("abc"));
        QVERIFY(row(share)->label()->font().bold());
        QVERIFY(dot->isVisible());
        QTest::keyClick(line, Qt::Key_Tab);
        QVERIFY(dot->hasFocus());
        QTest::keyClick(dot, Qt::Key_Space);
        QCOMPARE(line->text(), preset);
        QVERIFY(line->hasFocus());
        QVERIFY(!row(share)->label()->font().bold());
        QVERIFY(!dot->isVisible());
        QVERIFY(m_panel->fieldProblem().isEmpty());
        // Undo brings the text back, and its mark.
        m_panel->undoStack()->undo();
        QCOMPARE(line->text(), QStringLiteral("abc"));
        QVERIFY(row(share)->label()->font().bold());
        QVERIFY(dot->isVisible());
    }

 private:
    /// The panel alone, with its help folded, lower than its form.
    void open() {
        m_panel = std::make_unique<ExperimentPanel>();
        m_panel->setPreset(QString::fromLatin1(default_preset_name), load_preset(default_preset_name));
        m_panel->undoStack()->clear();
        m_panel->resize(360, 700);
        QSignalSpy fitted(form(), &ExperimentForm::fitted);
        m_panel->show();
        QApplication::setActiveWindow(m_panel.get());
        QTRY_VERIFY(fitted.count() > 0);
        settle();
    }
    ExperimentForm* form() const { return m_panel->findChild<ExperimentForm*>(); }
    FieldRow* row(const QString& path) const { return m_panel->row(path); }
    /// Layouts follow by events, one after the other.
    static void settle() {
        for (int turn = 0; turn < 4; ++turn) QCoreApplication::processEvents();
    }
    void focus(const QString& path) const {
        row(path)->editor()->setFocus();
        QVERIFY(row(path)->editor()->hasFocus());
        settle();
    }
    void type(const QString& path, const QString& text) const {
        qobject_cast<QLineEdit*>(row(path)->editor())->selectAll();
        QTest::keyClicks(row(path)->editor(), text);
    }
    /// The lower edge of the row is that of what is seen of the form.
    void makeLastInView(const QString& path) const {
        settle();
        const QWidget* box = row(path)->editorBox();
        const int below = box->mapTo(form()->widget(), QPoint(0, box->height())).y();
        form()->verticalScrollBar()->setValue(below - form()->viewport()->height());
        QCOMPARE(box->mapTo(form()->viewport(), QPoint(0, box->height())).y(), form()->viewport()->height());
    }
    bool isInView(const QWidget* part) const {
        return form()->viewport()->rect().contains({part->mapTo(form()->viewport(), QPoint()), part->size()});
    }

    std::unique_ptr<ExperimentPanel> m_panel;
};

RESONATE_TEST(FormScrollTest)
#include "form_scroll_test.moc"
