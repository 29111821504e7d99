// tests/app/frame_test.cpp: list of messages, tour, text size, notifications and help of the window.
#include <QAction>
#include <QClipboard>
#include <QLabel>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTreeWidget>

#include "complaint.h"
#include "frame/about_dialog.h"
#include "frame/callout.h"
#include "frame/long_work_notice.h"
#include "frame/message_dialog.h"
#include "frame/message_log.h"
#include "frame/shortcuts_dialog.h"
#include "frame/tour.h"
#include "test_registry.h"
#include "window_fixture.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

class FakeNotifier : public DesktopNotifier {
 public:
    void notify(const QString& title, const QString& text, bool urgent) override {
        calls.append({title, text});
        wasUrgent = urgent;
    }
    QList<std::pair<QString, QString>> calls;
    bool wasUrgent = false;
};

}  // namespace

class FrameTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void theListOfMessagesShowsWhatArrivesAndCopiesAll() {
        MainWindow& window = m_fixture->open();
        Q_EMIT window.context()->errorRaised(QStringLiteral("one"));
        trigger(window, QStringLiteral("Messages"));
        auto* dialog = window.findChild<MessageDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        QCOMPARE(dialog->list()->topLevelItemCount(), 1);
        Q_EMIT window.context()->statusShown(QStringLiteral("Written: two"), 1000);
        QCOMPARE(dialog->list()->topLevelItemCount(), 2);
        QCOMPARE(dialog->list()->topLevelItem(0)->text(2), QStringLiteral("Written: two"));
        QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("copyAll")), Qt::LeftButton);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.contains(QStringLiteral("one")) && copied.contains(QStringLiteral("Written: two")));
    }

    void theTourIsForTheFirstStartOnly() {
        for (const bool first : {true, false}) {
            WindowOptions options;
            options.runsDir = m_fixture->runsDir();
            options.tour = true;
            MainWindow window(options);
            window.resize(1200, 800);
            window.show();
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            QTest::qWait(50);
            QCOMPARE(window.tour() && window.tour()->isOn(), first);
            if (first) QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
            QVERIFY(!window.tour() || !window.tour()->isOn());
        }
        QVERIFY(!m_fixture->open().tour());
    }

    void theTourPointsAtEveryStepAndBringsClosedViewsBack() {
        MainWindow& window = m_fixture->open();
        m_fixture->shrink(50);
        for (const char* name : {"raster", "membranes", "parameters"})
            window.train()->dockOf(QLatin1String(name))->close();
        window.train()->dockOf(QStringLiteral("experiment"))->setFloating(true);
        window.showWorkspace(QStringLiteral("data"));
        trigger(window, QStringLiteral("Tour"));
        QVERIFY(window.tour()->isOn());
        QCOMPARE(window.currentWorkspace(), static_cast<Workspace*>(window.train()));
        const char* docks[] = {"experiment", nullptr, "raster", "membranes", "parameters"};
        for (int step = 0; step < 5; ++step) {
            QCOMPARE(window.tour()->step(), step);
            QTest::qWait(30);
            const Callout* callout = window.tour()->callout();
            QVERIFY(callout->isVisible());
            QVERIFY(window.rect().contains(callout->geometry()));
            const QRect lit = window.findChild<Spotlight*>()->lit();
            const QWidget* target = docks[step]
                                        ? static_cast<QWidget*>(window.train()->dockOf(QLatin1String(docks[step])))
                                        : m_fixture->button(window.train()->runBar()->startAction());
            QVERIFY2(target->isVisible() && target->window() == &window, docks[step] ? docks[step] : "start");
            QVERIFY(lit.contains(target->mapTo(&window, target->rect().center())));
            QVERIFY(!callout->geometry().contains(lit.center()));
            for (QLabel* label : callout->findChildren<QLabel*>())
                QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
            // Next by the keys of the button, which has the focus; in the second step it starts the training.
            QCOMPARE(QApplication::focusWidget(), static_cast<QWidget*>(window.tour()->nextButton()));
            QTest::keyClick(window.tour()->nextButton(), Qt::Key_Space);
            if (step == 1) QVERIFY(window.train()->presenter()->isActive());
        }
        QVERIFY(!window.tour()->isOn());
        window.train()->presenter()->stop();
        QTRY_COMPARE_WITH_TIMEOUT(m_fixture->state(), TrainingPresenter::State::Idle, 60000);
    }

    void nothingOfTheTourIsCut() {
        const auto look = [](const Tour& tour, const QWidget& window) {
            QTest::qWait(20);
            const Callout* callout = tour.callout();
            QVERIFY(window.rect().contains(callout->geometry()));
            for (const QWidget* part : callout->findChildren<QWidget*>())
                QVERIFY(!part->isVisible() || (callout->contentsRect().contains(part->geometry()) &&
                                               part->width() >= part->minimumSizeHint().width() &&
                                               part->height() >= part->heightForWidth(part->width())));
        };
        MainWindow& window = m_fixture->open();
        for (const TextSize size : {TextSize::Normal, TextSize::Larger}) {
            window.setTextSize(size);
            for (int step = 0; step < 5; ++step) {
                window.showTour(step);
                look(*window.tour(), window);
            }
        }
        window.tour()->end();
        // A button that is longer than the lines of the text.
        TourStep step{QStringLiteral("Title"), [] { return QStringLiteral("Text"); }, [&window] { return &window; }};
        step.actionText = [] { return QStringLiteral("Go on with what there is to be seen").repeated(2); };
        Tour tour(&window, {step, step});
        tour.start();
        look(tour, window);
    }

    void theTourGoesBackAndEscEndsIt() {
        MainWindow& window = m_fixture->open();
        window.showTour(2);
        QTest::mouseClick(window.tour()->backButton(), Qt::LeftButton);
        QCOMPARE(window.tour()->step(), 1);
        QTest::keyClick(window.tour()->nextButton(), Qt::Key_Escape);
        QVERIFY(!window.tour()->isOn());
        QVERIFY(!window.tour()->callout()->isVisible());
        QVERIFY(window.context()->settings().tourSeen());
    }

    void theDesktopHearsOfLongWorkWhenNobodyLooks() {
        MainWindow& window = m_fixture->open();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto made = std::make_unique<FakeNotifier>();
        FakeNotifier* fake = made.get();
        window.longWorkNotice()->setNotifier(std::move(made));
        const auto end = [&](double seconds, bool failed = false) {
            Q_EMIT window.context()->longWorkEnded(QStringLiteral("Done"), QStringLiteral("What was done."), seconds,
                                                   failed);
        };
        end(600);
        QCOMPARE(fake->calls.size(), 0);  // it is in front
        QWidget other;
        other.show();
        other.activateWindow();
        window.hide();
        other.hide();
        QTRY_VERIFY(!QApplication::activeWindow());
        end(59);
        QCOMPARE(fake->calls.size(), 0);
        end(61, true);
        QCOMPARE(fake->calls.size(), 1);
        QCOMPARE(fake->calls.constFirst().second, QStringLiteral("What was done."));
        QVERIFY(fake->wasUrgent);
        QAction* setting = actionOf(window, QStringLiteral("Notify when a long run ends"));
        setting->trigger();
        QVERIFY(!window.context()->settings().notifies());
        end(61);
        QCOMPARE(fake->calls.size(), 1);
        setting->trigger();
        Q_EMIT fake->activated();
        QVERIFY(window.isVisible());
    }

    void theEndOfARunIsTold() {
        MainWindow& window = m_fixture->open();
        QString told;
        double took = -1;
        connect(window.context(), &WindowContext::longWorkEnded, &window,
                [&](const QString& title, const QString&, double seconds, bool) {
                    told = title;
                    took = seconds;
                });
        m_fixture->shrink(1);
        m_fixture->clickStart();
        QTRY_VERIFY_WITH_TIMEOUT(!told.isEmpty(), 90000);
        QCOMPARE(told, QStringLiteral("The training is done"));
        QVERIFY(took > 0);
    }

    void textSizeIsKeptAndReachesEveryWidget() {
        MainWindow& first = m_fixture->open();
        const double normal = first.train()->experiment()->font().pointSizeF();
        trigger(first, QStringLiteral("Larger"));
        QVERIFY(first.train()->experiment()->font().pointSizeF() > 13.9);
        for (const QWidget* widget : first.findChildren<QWidget*>())
            QVERIFY2(widget->font().pointSizeF() > 13.9, widget->metaObject()->className());
        // The form grows with its letters: no editor is cut off.
        const FieldRow* row = first.train()->experiment()->row(QStringLiteral("dataset.synthetic_train"));
        const auto* form = first.train()->experiment()->findChild<QScrollArea*>();
        QTRY_VERIFY(row->label()->width() >= row->label()->sizeHint().width());
        QTRY_VERIFY(form->widget()->minimumSizeHint().width() <= form->viewport()->width());
        QVERIFY(row->editor()->mapTo(form->viewport(), QPoint(row->editor()->width(), 0)).x() <=
                form->viewport()->width());
        QVERIFY(first.close());
        MainWindow& second = m_fixture->open();
        QVERIFY(second.menuBar()->font().pointSizeF() > 13.9);
        QVERIFY(second.train()->raster()->font().pointSizeF() > 13.9);
        trigger(second, QStringLiteral("Normal"));
        QCOMPARE(second.train()->raster()->font().pointSizeF(), normal);
    }

    void themeSwitchesAndStays() {
        MainWindow& first = m_fixture->open();
        trigger(first, QStringLiteral("Dark"));
        QVERIFY(isDark(first.palette()));
        QVERIFY(first.close());
        MainWindow& second = m_fixture->open();
        QVERIFY(isDark(second.palette()));
        trigger(second, QStringLiteral("Light"));
        QVERIFY(!isDark(second.palette()));
    }

    void layoutResetBringsEveryViewBackToItsPlace() {
        MainWindow& window = m_fixture->open();
        ViewDock* raster = window.train()->dockOf(QStringLiteral("raster"));
        const QRect before = raster->geometry();
        raster->setFloating(true);
        window.train()->dockOf(QStringLiteral("phase"))->close();
        trigger(window, QStringLiteral("Reset layout"));
        QVERIFY(!raster->isFloating());
        QTRY_VERIFY(std::abs(raster->height() - before.height()) < 20 &&
                    std::abs(raster->width() - before.width()) < 20);
        QVERIFY(window.train()->tabifiedDockWidgets(raster).size() == 2);
        QVERIFY(window.train()->dockOf(QStringLiteral("phase"))->isVisible());
        // Its tab says its name: the title does not say it again.
        QTRY_VERIFY(!raster->titleBarWidget()->findChild<QLabel*>()->isVisible());
    }

    /// As a window manager does it: shown first, and made large then.
    void layoutOfAMaximisedWindowDoesNotDrift() {
        constexpr QSize large(1600, 1000);
        m_fixture->open().resize(large);
        const auto heights = [this] {
            QList<int> all;
            for (const char* name : {"curves", "raster", "membranes"})
                all << m_fixture->window->train()->dockOf(QLatin1String(name))->height();
            return all;
        };
        QTest::qWait(100);
        const QList<int> before = heights();
        WindowOptions options;
        options.runsDir = m_fixture->runsDir();
        for (int start = 0; start < 3; ++start) {
            QVERIFY(m_fixture->window->close());
            m_fixture->window = std::make_unique<MainWindow>(options);
            m_fixture->window->resize(1000, 640);
            m_fixture->window->show();
            QVERIFY(QTest::qWaitForWindowExposed(m_fixture->window.get()));
            m_fixture->window->resize(large);
            QTRY_COMPARE(heights(), before);
        }
    }

    void theOverviewListsEveryKeyOfTheMenusAndFinds() {
        MainWindow& window = m_fixture->open();
        bool seen = false;
        when_dialog_opens<ShortcutsDialog>([&](ShortcutsDialog* dialog) {
            seen = true;
            QStringList keys;
            const auto rows = [&](bool shownOnly) {
                QStringList texts;
                for (int i = 0; i < dialog->list()->topLevelItemCount(); ++i) {
                    const QTreeWidgetItem* group = dialog->list()->topLevelItem(i);
                    for (int j = 0; j < group->childCount(); ++j)
                        if (!shownOnly || !group->child(j)->isHidden())
                            texts.append(group->child(j)->text(1) + QLatin1Char('\t') + group->child(j)->text(0));
                }
                return texts;
            };
            const QString all = rows(false).join(QLatin1Char('\n'));
            std::function<void(QMenu*)> visit = [&](QMenu* menu) {
                for (QAction* action : menu->actions()) {
                    if (!action->isVisible()) continue;
                    if (action->menu()) visit(action->menu());
                    const QString key = action->shortcut().toString(QKeySequence::NativeText);
                    if (!key.isEmpty()) QVERIFY2(all.contains(key), qPrintable(key));
                }
            };
            for (QAction* top : window.menuBar()->actions())
                if (top->isVisible()) visit(top->menu());
            QVERIFY(!all.contains(QStringLiteral("Next sample")));  // belongs to Data
            // Keys of the views are named as those of the menus.
            QVERIFY(!all.contains(QChar(0x2191)) && !all.contains(QChar(0x2192)));
            QVERIFY(all.contains(QKeySequence(Qt::Key_PageUp).toString(QKeySequence::NativeText)));
            for (const QString& row : rows(false)) QVERIFY2(!row.startsWith(QLatin1Char('\t')), qPrintable(row));
            QTest::keyClicks(dialog->search(), QStringLiteral("start f5"));
            QCOMPARE(rows(true).size(), 1);
            QVERIFY(!dialog->nothing()->isVisible());
            QTest::keyClicks(dialog->search(), QStringLiteral(" xyz"));
            QVERIFY(rows(true).isEmpty() && dialog->nothing()->isVisible());
            QCOMPARE(dialog->nothing()->text(),
                     QStringLiteral("Nothing matches \"start f5 xyz\". Clear the search to see all keys."));
            dialog->reject();
        });
        QTest::keyClick(&window, Qt::Key_F1);
        QTRY_VERIFY(seen);
    }

    void aboutCopiesWhatAReportNeeds() {
        MainWindow& window = m_fixture->open();
        bool seen = false;
        when_dialog_opens<AboutDialog>([&](AboutDialog* dialog) {
            seen = true;
            QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("copyDetails")), Qt::LeftButton);
            dialog->reject();
        });
        trigger(window, QStringLiteral("About Resonate"));
        QVERIFY(seen);
        const QString copied = QGuiApplication::clipboard()->text();
        for (const char* fact : {"Resonate ", "LibTorch ", "Qt ", "System: ", "Processor: ", "Instruction sets",
                                 "Hardware threads: ", "Qt platform: offscreen", "Style: Fusion, "})
            VERIFY_SAYS(copied, fact);
    }

 private:
    static QAction* actionOf(const MainWindow& window, const QString& text) {
        QAction* found = nullptr;
        std::function<void(QMenu*)> visit = [&](QMenu* menu) {
            for (QAction* action : menu->actions()) {
                if (action->menu()) visit(action->menu());
                if (action->text().remove(QLatin1Char('&')) == text) found = action;
            }
        };
        for (QAction* top : window.menuBar()->actions()) visit(top->menu());
        return found;
    }
    static void trigger(const MainWindow& window, const QString& text) {
        QAction* action = actionOf(window, text);
        if (!action) qFatal("no such action: %s", qPrintable(text));
        action->trigger();
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(FrameTest)
#include "frame_test.moc"
