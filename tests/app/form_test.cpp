// tests/app/form_test.cpp: the form as it is used: undo, differences, help, estimates.
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QSignalSpy>
#include <QUndoStack>

#include "complaint.h"
#include "frame/shortcuts_dialog.h"
#include "panels/field_help.h"
#include "panels/help_strip.h"
#include "resonate/estimate.h"
#include "session/estimate_job.h"
#include "test_registry.h"
#include "window_fixture.h"
#include "workspaces/run_forecast.h"

using namespace resonate;
using namespace resonate::tests;
using State = TrainingPresenter::State;

namespace {

const QString rate = QStringLiteral("training.learning_rate");
const QString size = QStringLiteral("network.hidden_size");

}  // namespace

class FormTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void undoGoesBackAStepAndRedoForth() {
        ExperimentPanel* panel = open();
        const ExperimentConfig before = panel->config();
        focus(rate);
        type(rate, QStringLiteral("0.025"));
        focus(size);
        type(size, QStringLiteral("17"));
        QCOMPARE(panel->undoStack()->count(), 2);
        QCOMPARE(panel->undoStack()->undoText(), QStringLiteral("Hidden neurons: 36 → 17"));
        QTest::keySequence(editor(size), QKeySequence(Qt::CTRL | Qt::Key_Z));
        QCOMPARE(panel->config().network.hidden_size, 36);
        QCOMPARE(panel->config().training.learning_rate, 0.025);
        QCOMPARE(qobject_cast<QSpinBox*>(editor(size))->value(), 36);
        QTest::keySequence(editor(size), QKeySequence(Qt::CTRL | Qt::Key_Z));
        QCOMPARE(panel->config(), before);
        QCOMPARE(qobject_cast<QLineEdit*>(editor(rate))->text(), QStringLiteral("0.1"));
        QVERIFY(!panel->isModified());
        QTest::keySequence(editor(size), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
        QTest::keySequence(editor(size), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
        QCOMPARE(panel->config().network.hidden_size, 17);
        QVERIFY(!panel->undoStack()->canRedo());
    }

    void undoOfTheFormWinsOverThatOfTheEditor() {
        ExperimentPanel* panel = open();
        focus(rate);
        type(rate, QStringLiteral("0.025"));
        // The line's own undo would take back the last typing and leave the form in the dark.
        QTest::keySequence(editor(rate), QKeySequence::Undo);
        QCOMPARE(panel->config().training.learning_rate, 0.1);
        QCOMPARE(qobject_cast<QLineEdit*>(editor(rate))->text(), QStringLiteral("0.1"));
        QCOMPARE(panel->undoStack()->index(), 0);
    }

    void typingInOneFieldIsOneStepUntilItIsLeft() {
        ExperimentPanel* panel = open();
        focus(rate);
        type(rate, QStringLiteral("0.5"));
        QTest::keyClicks(editor(rate), QStringLiteral("55"));
        QCOMPARE(panel->undoStack()->count(), 1);
        focus(size);
        focus(rate);
        QTest::keyClick(editor(rate), Qt::Key_End);
        QTest::keyClicks(editor(rate), QStringLiteral("7"));
        QCOMPARE(panel->undoStack()->count(), 2);
        QTest::keySequence(editor(rate), QKeySequence::Undo);
        QCOMPARE(panel->config().training.learning_rate, 0.555);
    }

    void typingBackToWhatItWasLeavesNoStep() {
        ExperimentPanel* panel = open();
        focus(rate);
        type(rate, QStringLiteral("0.2"));
        type(rate, QStringLiteral("0.1"));
        QCOMPARE(panel->undoStack()->count(), 0);
        QVERIFY(!panel->isModified());
    }

    void aTextThatIsNoNumberIsUndoneToo() {
        ExperimentPanel* panel = open();
        focus(rate);
        type(rate, QStringLiteral("much"));
        QVERIFY(!panel->problem().isEmpty());
        QTest::keySequence(editor(rate), QKeySequence::Undo);
        QVERIFY(panel->problem().isEmpty());
        QCOMPARE(qobject_cast<QLineEdit*>(editor(rate))->text(), QStringLiteral("0.1"));
        QTest::keySequence(editor(rate), QKeySequence::Redo);
        QVERIFY(!panel->problem().isEmpty());
        QCOMPARE(qobject_cast<QLineEdit*>(editor(rate))->text(), QStringLiteral("much"));
    }

    void choosingAPresetOrANeuronIsOneStep() {
        ExperimentPanel* panel = open();
        type(rate, QStringLiteral("0.025"));
        const ExperimentConfig edited = panel->config();
        QComboBox* box = panel->presetBox();
        box->setFocus();
        QTest::keyClicks(box, QStringLiteral("S-MNIST, BRF"));
        QCOMPARE(panel->presetName(), QStringLiteral("smnist_brf"));
        VERIFY_SAYS(panel->undoStack()->undoText(), "S-MNIST");
        while (panel->undoStack()->index() > 1) undoAction()->trigger();
        QCOMPARE(panel->config(), edited);
        QCOMPARE(panel->presetName(), QString::fromLatin1(default_preset_name));
        QCOMPARE(box->currentData().toString(), QString::fromLatin1(default_preset_name));
        // The mark shows the difference from the preset that is back.
        QVERIFY(panel->row(rate)->resetButton()->isVisibleTo(panel));

        auto* neurons = qobject_cast<QComboBox*>(editor(QStringLiteral("neuron.type")));
        neurons->setFocus();
        QTest::keyClicks(neurons, QStringLiteral("ALIF"));
        QCOMPARE(panel->presetName(), QStringLiteral("synthetic_ecg_alif"));
        while (panel->undoStack()->index() > 1) undoAction()->trigger();
        QCOMPARE(panel->config(), edited);
    }

    void savingIsNoStep() {
        ExperimentPanel* panel = open();
        type(rate, QStringLiteral("0.025"));
        QVERIFY(m_fixture->window->train()->savePreset(m_fixture->path(QStringLiteral("mine.yaml"))));
        QCOMPARE(panel->undoStack()->count(), 1);
        QVERIFY(!panel->isModified());
    }

    void theEditMenuSaysWhatItUndoes() {
        ExperimentPanel* panel = open();
        QVERIFY(!undoAction()->isEnabled());
        type(rate, QStringLiteral("0.025"));
        QVERIFY(undoAction()->isEnabled());
        VERIFY_SAYS(undoAction()->text().remove(QLatin1Char('&')), "Undo Learning rate: 0.1 → 0.025");
        QVERIFY(!panel->undoStack()->canRedo());
        // In another workspace the menu and its keys are away.
        m_fixture->window->showWorkspace(QStringLiteral("data"));
        QVERIFY(!undoAction()->isVisible());
    }

    void theStartIsNothingToUndo() {
        ExperimentPanel* panel = open();
        QVERIFY(!panel->undoStack()->canUndo());
        type(rate, QStringLiteral("0.025"));
        QVERIFY(m_fixture->window->close());
        panel = open();
        QCOMPARE(panel->config().training.learning_rate, 0.025);
        QVERIFY(!panel->undoStack()->canUndo());
    }

    void whatDiffersIsCountedListedAndReset() {
        ExperimentPanel* panel = open();
        QToolButton* changes = panel->presetBar()->changesButton();
        QVERIFY(!changes->isVisible());
        type(rate, QStringLiteral("0.025"));
        QVERIFY(changes->isVisible());
        QCOMPARE(changes->text(), QStringLiteral("● 1 change"));
        type(size, QStringLiteral("17"));
        auto* recurrent = qobject_cast<QCheckBox*>(editor(QStringLiteral("network.recurrent")));
        panel->row(QStringLiteral("network.recurrent"))->editor()->setFocus();
        QTest::keyClick(recurrent, Qt::Key_Space);
        QCOMPARE(changes->text(), QStringLiteral("● 3 changes"));
        VERIFY_SAYS(changes->toolTip(), "Learning rate: 0.1 → 0.025");
        VERIFY_SAYS(changes->toolTip(), "Recurrent: on → off");
        const QList<QAction*> actions = panel->presetBar()->changesMenu()->actions();
        QCOMPARE(actions.size(), 5);  // three, a separator, reset
        QCOMPARE(actions[0]->text(), QStringLiteral("Hidden neurons: 36 → 17"));
        const ExperimentConfig edited = panel->config();
        actions[4]->trigger();
        QTRY_VERIFY(!panel->isModified());
        QVERIFY(!changes->isVisible());
        undoAction()->trigger();
        QCOMPARE(panel->config(), edited);
    }

    void aDifferenceLeadsToItsField() {
        ExperimentPanel* panel = open();
        auto* form = panel->findChild<ExperimentForm*>();
        type(QStringLiteral("recording.autosave_seconds"), QStringLiteral("77"));
        form->ensureVisible(0, 0);
        editor(QStringLiteral("dataset.fraction"))->setFocus();
        panel->presetBar()->changesMenu()->actions().constFirst()->trigger();
        QTRY_VERIFY(editor(QStringLiteral("recording.autosave_seconds"))->hasFocus());
        const QRect seen(form->viewport()->mapToGlobal(QPoint()), form->viewport()->size());
        QWidget* reached = editor(QStringLiteral("recording.autosave_seconds"));
        QVERIFY(seen.contains(QRect(reached->mapToGlobal(QPoint()), reached->size())));
    }

    void helpFollowsTheFocusAndCanBeFolded() {
        ExperimentPanel* panel = open();
        HelpStrip* help = panel->helpStrip();
        QVERIFY(help->isUnfolded());
        focus(QStringLiteral("neuron.omega.max"));
        VERIFY_SAYS(help->text(), "p(ω) = (−1 + √(1 − (δω)²)) / δ");
        VERIFY_SAYS(help->text(), "rad / model time");
        VERIFY_SAYS(help->text(), "neuron.omega.max");
        VERIFY_SAYS(help->text(), "next training");
        VERIFY_SAYS(help->text(), "ICML 2024");
        focus(rate);
        VERIFY_SAYS(help->text(), "next batch");
        VERIFY_SAYS(help->text(), "more than 0");
        QTest::mouseClick(help->foldButton(), Qt::LeftButton);
        QVERIFY(!help->isUnfolded());
        QVERIFY(m_fixture->window->close());
        panel = open();
        QVERIFY(!panel->helpStrip()->isUnfolded());
        focus(size);
        QTest::keyClick(editor(size), Qt::Key_F1, Qt::ShiftModifier);
        QVERIFY(panel->helpStrip()->isUnfolded());
        VERIFY_SAYS(panel->helpStrip()->text(), "Hidden neurons");
        QVERIFY(!QApplication::activeModalWidget());
    }

    void f1InAFieldListsTheKeysOfTheWindow_data() {
        QTest::addColumn<QString>("path");
        for (const char* path : {"training.learning_rate", "network.hidden_size", "neuron.type", "network.recurrent"})
            QTest::newRow(path) << QString::fromLatin1(path);
    }
    void f1InAFieldListsTheKeysOfTheWindow() {
        QFETCH(QString, path);
        ExperimentPanel* panel = open();
        panel->helpStrip()->setUnfolded(false);
        focus(path);
        bool opened = false;
        when_dialog_opens<ShortcutsDialog>([&opened](ShortcutsDialog* dialog) {
            opened = true;
            dialog->reject();
        });
        QTest::keyClick(editor(path), Qt::Key_F1);
        QTRY_VERIFY(opened);
        QVERIFY(!panel->helpStrip()->isUnfolded());
    }

    void theEquationsAreThoseOfTheNeuron() {
        const Field& omega = *find_field("neuron.omega.min");
        QVERIFY(fieldEquation(omega, load_preset("synthetic_ecg_brf")).html.contains(QStringLiteral("p(ω)")));
        QVERIFY(!fieldEquation(omega, load_preset("synthetic_ecg_rf")).html.contains(QStringLiteral("p(ω)")));
        QVERIFY(fieldEquation(omega, load_preset("synthetic_ecg_hrf")).html.contains(QStringLiteral("ω²")));
        for (const char* preset :
             {"synthetic_ecg_brf", "synthetic_ecg_rf", "synthetic_ecg_hrf", "synthetic_ecg_alif"}) {
            const ExperimentConfig config = load_preset(preset);
            for (const Field& field : field_catalogue()) {
                QVERIFY(fieldHelp(field, config).contains(QString::fromStdString(field.path)));
                // What has a symbol stands in an equation.
                if (!field.symbol.empty() && field.applies(config) && field.group != "Network" && field.symbol != "B")
                    QVERIFY2(!fieldEquation(field, config).html.isEmpty(), field.path.c_str());
            }
        }
    }

    void theMenuOfAFieldAsksWhatItIs() {
        ExperimentPanel* panel = open();
        panel->helpStrip()->setUnfolded(false);
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(3, 3), editor(rate)->mapToGlobal(QPoint(3, 3)));
        QApplication::sendEvent(editor(rate), &event);
        auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
        QVERIFY(menu);
        QVERIFY(!menu->actions()[1]->isEnabled());  // as in the preset
        menu->actions().constFirst()->trigger();
        menu->close();
        QVERIFY(panel->helpStrip()->isUnfolded());
        VERIFY_SAYS(panel->helpStrip()->text(), "Learning rate");
    }

    void thePermutationFileIsBrowsedFor() {
        ExperimentPanel* panel = open();
        panel->setPreset(QStringLiteral("psmnist_brf"), load_preset("psmnist_brf"));
        const QString file = m_fixture->path(QStringLiteral("order.pt"));
        QFile(file).open(QIODevice::WriteOnly);
        when_dialog_opens<QFileDialog>([file](QFileDialog* dialog) {
            // Typed: what the list of files knows so far depends on the disk.
            dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(file);
            QMetaObject::invokeMethod(dialog, "accept");
        });
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        auto* browse = panel->row(QStringLiteral("dataset.permutation_file"))
                           ->editorBox()
                           ->findChild<QToolButton*>(QStringLiteral("browse"));
        QVERIFY(browse && browse->isVisibleTo(panel));
        QTest::mouseClick(browse, Qt::LeftButton);
        QCOMPARE(QString::fromStdString(panel->config().dataset.permutation_file), file);
        undoAction()->trigger();
        QVERIFY(panel->config().dataset.permutation_file.empty());
    }

    void anEstimateAppearsAndGoesAwayWithTheExperiment() {
        ExperimentPanel* panel = open();
        m_fixture->shrink(10);
        EstimateJob* job = m_fixture->window->train()->forecast()->job();
        QVERIFY(job->isBusy());
        QVERIFY(!job->isMeasuring());  // not at once
        QTRY_VERIFY_WITH_TIMEOUT(panel->estimateLabel()->text().startsWith(QStringLiteral("About")), long_wait);
        VERIFY_SAYS(panel->estimateLabel()->text(), "per epoch");
        VERIFY_SAYS(panel->estimateLabel()->text(), "MB memory");
        VERIFY_SAYS(panel->estimateLabel()->text(), "measured");
        QVERIFY(panel->estimateWarning()->text().isEmpty());
        type(rate, QStringLiteral("much"));
        QVERIFY(!panel->estimateLabel()->isVisible());
        QVERIFY(!job->isBusy());
    }

    void nothingIsMeasuredWhileATrainingRuns() {
        open();
        m_fixture->shrink(5000);
        EstimateJob* job = m_fixture->window->train()->forecast()->job();
        QTRY_VERIFY_WITH_TIMEOUT(job->isMeasuring(), long_wait);
        m_fixture->clickStart();
        QVERIFY(!job->isBusy());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Running, long_wait);
        QSignalSpy began(job, &EstimateJob::began);
        type(size, QStringLiteral("9"));
        QTest::qWait(1300);
        QCOMPARE(began.count(), 0);
        m_fixture->click(m_fixture->window->train()->runBar()->stopAction());
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        QTRY_COMPARE_WITH_TIMEOUT(began.count(), 1, long_wait);
    }

    void tooLittleMemoryOrDiskIsSaidAndBlocksNothing() {
        RunEstimate estimate;
        estimate.seconds_per_epoch = 1.84;
        estimate.seconds = 736;
        estimate.memory_bytes = 3'000'000'000;
        estimate.memory_free = 1'000'000'000;
        estimate.disk_bytes = 48'000'000;
        estimate.disk_free = 50'000'000;
        estimate.source = "measured";
        QCOMPARE(
            forecastText(estimate),
            QStringLiteral("About 12 min 16 s (1.8 s per epoch) · 3.0 GB memory · up to 48.0 MB on disk, measured"));
        VERIFY_SAYS(forecastWarning(estimate), "3.0 GB of memory and 1.0 GB are free");
        QVERIFY(!forecastWarning(estimate).contains(QStringLiteral("disk")));
        estimate.memory_free = 4'000'000'000;
        QVERIFY(forecastWarning(estimate).isEmpty());
        estimate.disk_free = 40'000'000;
        VERIFY_SAYS(forecastWarning(estimate), "up to 48.0 MB on the disk and 40.0 MB are free");

        ExperimentPanel* panel = open();
        panel->setEstimate(forecastText(estimate), forecastWarning(estimate));
        QVERIFY(panel->estimateWarning()->isVisible());
        QVERIFY(m_fixture->window->train()->runBar()->startAction()->isEnabled());
    }

 private:
    ExperimentPanel* open() {
        m_fixture->open();
        QApplication::setActiveWindow(m_fixture->window.get());
        return m_fixture->window->train()->experiment();
    }
    QWidget* editor(const QString& path) const { return m_fixture->window->train()->experiment()->row(path)->editor(); }
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
    QAction* undoAction() const {
        // Compare has one with the same key.
        for (QAction* action : m_fixture->window->train()->findChildren<QAction*>(Qt::FindDirectChildrenOnly))
            if (action->shortcut() == QKeySequence(QKeySequence::Undo)) return action;
        qFatal("there is no action to undo");
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(FormTest)
#include "form_test.moc"
