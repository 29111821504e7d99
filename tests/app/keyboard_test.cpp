// tests/app/keyboard_test.cpp: the whole window is used with keys alone.
#include <QDockWidget>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QScrollArea>
#include <QScrollBar>
#include <set>

#include "frame/callout.h"
#include "frame/focus_ring.h"
#include "frame/tour.h"
#include "test_registry.h"
#include "views/parameter_view.h"
#include "window_fixture.h"
#include "workspaces/data_workspace.h"
#include "workspaces/live_views.h"

using namespace resonate;
using namespace resonate::tests;
using State = TrainingPresenter::State;

namespace {

/// To whatever has the keys, as a keyboard sends it.
void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QWidget* at = QApplication::activePopupWidget();
    if (!at) at = QApplication::focusWidget();
    if (!at) at = QApplication::activeWindow();
    // Without a window manager nobody gives the keys back when a dialog closes.
    for (QWidget* window : QApplication::topLevelWidgets())
        if (!at && window->isVisible() && qobject_cast<MainWindow*>(window)) at = window;
    QTest::keyClick(at, key, modifiers);
}
void write(const QString& text) {
    for (const QChar letter : text) QTest::keyClicks(QApplication::focusWidget(), QString(letter));
}
QString paneOf(const QWidget* widget) {
    for (; widget; widget = widget->parentWidget()) {
        if (qobject_cast<const QToolBar*>(widget) || qobject_cast<const QDockWidget*>(widget) ||
            qobject_cast<const MessageBanner*>(widget))
            return widget->objectName();
    }
    return {};
}

}  // namespace

class KeyboardTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void f6GoesRoundThePanes() {
        MainWindow& window = open();
        QStringList visited;
        for (int i = 0; i < 12; ++i) {
            press(Qt::Key_F6);
            const QString pane = paneOf(QApplication::focusWidget());
            if (!visited.isEmpty() && pane == visited.constFirst()) break;
            visited.append(pane);
        }
        const std::set<QString> all(visited.begin(), visited.end());
        for (const char* pane :
             {"workspaces", "runBar", "experiment", "curves", "raster", "membranes", "parameters", "phase"})
            QVERIFY2(all.count(QLatin1String(pane)) == 1, pane);
        const QString at = paneOf(QApplication::focusWidget());
        press(Qt::Key_F6);
        press(Qt::Key_F6, Qt::ShiftModifier);
        QCOMPARE(paneOf(QApplication::focusWidget()), at);
        // A message is a pane as well; Esc gives the keys back.
        window.banner()->showMessage(MessageBanner::Kind::Error, QStringLiteral("Something."));
        for (int i = 0; i < 14 && paneOf(QApplication::focusWidget()) != QStringLiteral("messages"); ++i)
            press(Qt::Key_F6);
        QCOMPARE(paneOf(QApplication::focusWidget()), QStringLiteral("messages"));
        press(Qt::Key_Escape);
        QVERIFY(!window.banner()->isVisible());
        QVERIFY(QApplication::focusWidget() && QApplication::focusWidget()->isVisible());
    }

    void theViewWithTheKeysHasAFrame() {
        MainWindow& window = open();
        goTo(QStringLiteral("raster"));
        auto* ring = window.findChild<FocusRing*>();
        QVERIFY(ring->isVisible());
        QCOMPARE(ring->target(), static_cast<QWidget*>(window.train()->raster()));
        QCOMPARE(ring->size(), window.train()->raster()->size());
        goTo(QStringLiteral("experiment"));
        QVERIFY(!ring->isVisible());
    }

    /// From the first key on: styles frame nothing before the keyboard is known to move the focus.
    void f6ShowsWhereItWent() {
        MainWindow& window = open();
        window.banner()->showMessage(MessageBanner::Kind::Error, QStringLiteral("Something."));
        for (const char* pane : {"workspaces", "runBar", "experiment", "messages"}) {
            goTo(QLatin1String(pane));
            QWidget* at = QApplication::focusWidget();
            const QImage framed = at->grab().toImage();
            goTo(QStringLiteral("raster"));
            QVERIFY2(at->grab().toImage() != framed, pane);
        }
        // The first button of a message, whichever was used in the one before.
        for (int i = 0; i < 2; ++i) {
            goTo(QStringLiteral("messages"));
            QCOMPARE(qobject_cast<QToolButton*>(QApplication::focusWidget())->text(), QStringLiteral("Copy"));
            press(Qt::Key_Tab);
            goTo(QStringLiteral("raster"));
        }
    }

    void theNumberOfAViewGoesThereAndNeverClosesIt() {
        MainWindow& window = open();
        ViewDock* parameters = window.train()->dockOf(QStringLiteral("parameters"));
        const QAction* action = parameters->toggleViewAction();
        goTo(QStringLiteral("experiment"));
        for (int i = 0; i < 2; ++i) {
            press(shortcutKey(parameters), Qt::AltModifier);
            QVERIFY(parameters->isVisible() && action->isChecked());
            QCOMPARE(paneOf(QApplication::focusWidget()), QStringLiteral("parameters"));
            // Empty as it is, it has its frame.
            auto* ring = window.findChild<FocusRing*>();
            QVERIFY(ring->isVisible());
            QCOMPARE(ring->target(), parameters->widget());
        }
        // The menu closes what is in sight.
        parameters->toggleViewAction()->trigger();
        QVERIFY(!parameters->isVisible() && !action->isChecked());
        parameters->toggleViewAction()->trigger();
        QVERIFY(parameters->isVisible() && action->isChecked());
    }

    /// The page with the curves takes the place of the one with the sentence.
    void theFrameOfAViewStaysWhenDataArrive() {
        MainWindow& window = open();
        goTo(QStringLiteral("curves"));
        auto* ring = window.findChild<FocusRing*>();
        QCOMPARE(ring->target(), static_cast<QWidget*>(window.train()->curves()));
        window.train()->live()->begin(window.train()->experiment()->config(), {}, {});
        QTRY_COMPARE(window.train()->curves()->children().constLast(), static_cast<QObject*>(ring));
    }

    void viewsAreClosedFloatedAndBroughtBackByKeys() {
        MainWindow& window = open();
        ViewDock* raster = window.train()->dockOf(QStringLiteral("raster"));
        goTo(QStringLiteral("raster"));
        press(Qt::Key_W, Qt::ControlModifier);
        QVERIFY(!raster->isVisible());
        press(shortcutKey(raster), Qt::AltModifier);
        QVERIFY(raster->isVisible());
        QCOMPARE(paneOf(QApplication::focusWidget()), QStringLiteral("raster"));
        const QPoint place = raster->mapToGlobal(QPoint(0, 0));
        press(Qt::Key_W, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(raster->isFloating());
        // Beside its place and with an edge, or it would look as before.
        QVERIFY(raster->pos() != place);
        const QImage floating = raster->grab().toImage();
        QCOMPARE(floating.pixelColor(0, floating.height() / 2), raster->palette().color(QPalette::Mid));
        raster->setFloating(false);
    }

    void theMenuKeyOpensTheMenuOfAView() {
        open();
        goTo(QStringLiteral("raster"));
        bool opened = false;
        QTimer poll;
        connect(&poll, &QTimer::timeout, &poll, [&] {
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            if (!menu) return;
            for (const QAction* action : menu->actions()) opened |= action->text() == QStringLiteral("&Close");
            menu->close();
        });
        poll.start(20);
        const QPoint middle = QApplication::focusWidget()->rect().center();
        QContextMenuEvent event(QContextMenuEvent::Keyboard, middle, QApplication::focusWidget()->mapToGlobal(middle));
        QApplication::sendEvent(QApplication::focusWidget(), &event);
        QTRY_VERIFY(opened);
    }

    /// A view behind another tab has its place far outside the window.
    void tabVisitsOnlyWhatIsSeen() {
        MainWindow& window = open();
        for (const int key : {Qt::Key_1, Qt::Key_2, Qt::Key_3}) {
            press(static_cast<Qt::Key>(key), Qt::ControlModifier);
            press(Qt::Key_F6);
            std::set<const QWidget*> visited;
            for (int i = 0; i < 400; ++i) {
                press(Qt::Key_Tab);
                const QWidget* at = QApplication::focusWidget();
                QVERIFY(at);
                const QRect place(at->mapTo(&window, QPoint()), at->size());
                QVERIFY2(place.intersects(window.rect()), qPrintable(paneOf(at) + at->accessibleName()));
                if (!visited.insert(at).second) break;
            }
            QVERIFY(visited.size() > 8);
        }
    }

    void whoGoesToAViewGetsTheView() {
        MainWindow& window = open();
        ViewDock* raster = window.train()->dockOf(QStringLiteral("raster"));
        goTo(QStringLiteral("raster"));
        QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(window.train()->raster()));
        // Its title comes next, with the button that closes it last.
        for (int i = 0; i < 3; ++i) {
            press(Qt::Key_Tab);
            QVERIFY(raster->titleBarWidget()->isAncestorOf(QApplication::focusWidget()));
        }
        press(shortcutKey(raster), Qt::AltModifier);
        QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(window.train()->raster()));
    }

    /// Not only the keys come back to the field, the form does too.
    void whoGoesToTheFormSeesTheField() {
        MainWindow& window = open();
        goTo(QStringLiteral("experiment"));
        QWidget* rate = window.train()->experiment()->row(QStringLiteral("training.learning_rate"))->editor();
        tabTo(rate);
        QVERIFY(!rate->visibleRegion().isEmpty());
        goTo(QStringLiteral("raster"));
        window.train()->experiment()->findChild<QScrollArea*>()->verticalScrollBar()->setValue(0);
        QVERIFY(rate->visibleRegion().isEmpty());
        goTo(QStringLiteral("experiment"));
        QCOMPARE(QApplication::focusWidget(), rate);
        QVERIFY(!rate->visibleRegion().isEmpty());
    }

    void enterPressesTheButtonThatHasTheKeys() {
        MainWindow& window = open();
        m_fixture->shrink(5000);
        tabTo(m_fixture->button(window.train()->runBar()->startAction()));
        press(Qt::Key_Return);
        QVERIFY(m_fixture->state() != State::Idle);
        press(Qt::Key_F5, Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
    }

    void tabStaysInTheTour() {
        MainWindow& window = open();
        window.showTour(1);
        std::set<const QWidget*> visited;
        for (int i = 0; i < 6; ++i) {
            press(Qt::Key_Tab);
            QVERIFY(window.tour()->callout()->isAncestorOf(QApplication::focusWidget()));
            visited.insert(QApplication::focusWidget());
        }
        QCOMPARE(visited.size(), size_t(3));
        press(Qt::Key_Escape);
        QVERIFY(!window.tour()->isOn());
    }

    /// From the start to the end without a mouse.
    void anExperimentIsRunWithKeysAlone() {
        MainWindow& window = open();
        TrainWorkspace* train = window.train();
        // A preset by its name.
        goTo(QStringLiteral("experiment"));
        tabTo(train->experiment()->presetBox());
        // One by one: Space would open the list.
        for (int i = 0; i < 100 && train->experiment()->presetName() != QStringLiteral("synthetic_ecg_rf"); ++i)
            press(i < 50 ? Qt::Key_Up : Qt::Key_Down);
        QTRY_COMPARE(train->experiment()->presetName(), QStringLiteral("synthetic_ecg_rf"));
        // A field.
        QWidget* hidden = train->experiment()->row(QStringLiteral("network.hidden_size"))->editor();
        tabTo(hidden);
        press(Qt::Key_A, Qt::ControlModifier);
        write(QStringLiteral("12"));
        QCOMPARE(train->experiment()->config().network.hidden_size, 12);
        QWidget* sequences = train->experiment()->row(QStringLiteral("dataset.synthetic_train"))->editor();
        tabTo(sequences);
        press(Qt::Key_A, Qt::ControlModifier);
        write(QStringLiteral("32"));
        // Start with the keys of the bar, not with F5.
        goTo(QStringLiteral("runBar"));
        QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(m_fixture->button(train->runBar()->startAction())));
        press(Qt::Key_Space);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Running, long_wait);
        QTRY_VERIFY_WITH_TIMEOUT(train->raster()->hasContent(), long_wait);
        press(Qt::Key_F5, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Paused, long_wait);
        // A neuron.
        tabTo(train->raster());
        press(Qt::Key_Down);
        QTRY_COMPARE(train->link()->selection().size(), 1);
        // The figure.
        const QString file = m_fixture->path(QStringLiteral("raster.csv"));
        bool asked = false;
        when_dialog_opens<QFileDialog>([&](QFileDialog* dialog) {
            asked = true;
            auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
            name->selectAll();
            QTest::keyClicks(name, file);
            QTest::keyClick(name, Qt::Key_Return);
            // The list of names that fit may have taken Return.
            if (dialog->isVisible()) QTest::keyClick(name, Qt::Key_Return);
        });
        QAction* csv = train->findChild<QAction*>(QStringLiteral("raster-csv"));
        QVERIFY(csv);
        QTimer::singleShot(0, csv, &QAction::trigger);
        QTRY_VERIFY(asked);
        QTRY_VERIFY(QFile::exists(file));
        // A window manager does this when a dialog closes.
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        // Data by the number the bar gives it, and back.
        for (int key = Qt::Key_2; key <= Qt::Key_9 && window.currentWorkspace() != window.data(); ++key)
            press(static_cast<Qt::Key>(key), Qt::ControlModifier);
        QCOMPARE(window.currentWorkspace(), static_cast<Workspace*>(window.data()));
        press(Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(window.currentWorkspace(), static_cast<Workspace*>(train));
        press(Qt::Key_F5, Qt::ShiftModifier);
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), State::Idle, long_wait);
        press(Qt::Key_Q, Qt::ControlModifier);
        QTRY_VERIFY(!window.isVisible());
    }

    void tabStaysInTheOrderOfTheForm() {
        MainWindow& window = open();
        goTo(QStringLiteral("experiment"));
        const ExperimentPanel* panel = window.train()->experiment();
        std::vector<QWidget*> editors;
        for (const Field& field : field_catalogue())
            if (FieldRow* row = panel->row(QString::fromStdString(field.path)); row && row->editor()->isVisible())
                editors.push_back(row->editor());
        QVERIFY(editors.size() > 10);
        tabTo(editors.front());
        size_t at = 0;
        for (int i = 0; i < 400 && at + 1 < editors.size(); ++i) {
            press(Qt::Key_Tab);
            const auto found = std::find(editors.begin(), editors.end(), QApplication::focusWidget());
            if (found == editors.end()) continue;
            const auto now = static_cast<size_t>(found - editors.begin());
            QVERIFY2(now == at + 1,
                     qPrintable(editors[at]->objectName() + QStringLiteral(" → ") + editors[now]->objectName()));
            at = now;
        }
        QCOMPARE(at, editors.size() - 1);
    }

 private:
    MainWindow& open() {
        MainWindow& window = m_fixture->open();
        window.activateWindow();
        if (!QTest::qWaitForWindowActive(&window)) qFatal("the window does not get the keys");
        return window;
    }
    static void goTo(const QString& pane) {
        for (int i = 0; i < 20; ++i) {
            if (paneOf(QApplication::focusWidget()) == pane) return;
            press(Qt::Key_F6);
        }
        qFatal("F6 does not reach %s", qPrintable(pane));
    }
    static void tabTo(QWidget* widget) {
        QStringList way;
        for (int i = 0; i < 400; ++i) {
            if (QApplication::focusWidget() == widget) return;
            press(Qt::Key_Tab);
            const QWidget* at = QApplication::focusWidget();
            if (at) way.append(QLatin1String(at->metaObject()->className()) + QLatin1Char(' ') + at->objectName());
        }
        qFatal("Tab does not reach %s, but %s", qPrintable(widget->objectName()),
               qPrintable(way.mid(0, 60).join(QStringLiteral(", "))));
    }
    static Qt::Key shortcutKey(ViewDock* dock) { return dock->toggleViewAction()->shortcut()[0].key(); }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(KeyboardTest)
#include "keyboard_test.moc"
