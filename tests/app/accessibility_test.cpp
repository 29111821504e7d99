// tests/app/accessibility_test.cpp: whatever takes the keys or is painted says what it is.
#include <QAbstractScrollArea>
#include <QAccessible>
#include <QLabel>
#include <QMenuBar>

#include "example_frame.h"
#include "frame/about_dialog.h"
#include "frame/message_dialog.h"
#include "frame/message_log.h"
#include "frame/shortcuts_dialog.h"
#include "panels/own_data_dialog.h"
#include "test_registry.h"
#include "views/painted_view.h"
#include "window_fixture.h"
#include "workspaces/live_views.h"

using namespace resonate;
using namespace resonate::tests;

namespace {

QString nameOf(QWidget* widget) {
    QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
    return face ? face->text(QAccessible::Name).trimmed() : widget->accessibleName();
}

/// Widgets that take the keys, and painted views, without a name.
QStringList nameless(const QWidget* root) {
    QStringList found;
    for (QWidget* widget : root->findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(root)) continue;
        const bool painted = qobject_cast<PaintedView*>(widget);
        if (!(widget->focusPolicy() & Qt::TabFocus) && !painted) continue;
        // Parts that Qt makes: the field in a spin box, the frame that scrolls a form.
        const QWidget* parent = widget->parentWidget();
        if (qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QComboBox*>(parent)) continue;
        if (widget->objectName().startsWith(QLatin1String("qt_"))) continue;
        if (const auto* area = qobject_cast<const QAbstractScrollArea*>(parent); area && area->viewport() == widget)
            continue;
        if (nameOf(widget).isEmpty())
            found.append(QStringLiteral("%1 '%2' in %3 '%4'")
                             .arg(QLatin1String(widget->metaObject()->className()), widget->objectName(),
                                  QLatin1String(parent ? parent->metaObject()->className() : "nothing"),
                                  parent ? parent->objectName() : QString()));
    }
    return found;
}

}  // namespace

class AccessibilityTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void init() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanup() { m_fixture.reset(); }

    void everyWidgetOfEveryWorkspaceHasAName() {
        MainWindow& window = m_fixture->open();
        for (QAction* action : window.menuBar()->actions()) QVERIFY(!action->text().isEmpty());
        int number = 1;
        QStringList seen;
        // Ctrl+1 and so on, as long as there is another workspace.
        for (;; ++number) {
            QTest::keyClick(&window, static_cast<Qt::Key>(Qt::Key_0 + number), Qt::ControlModifier);
            const QString name = window.currentWorkspace()->identity().name;
            if (seen.contains(name)) break;
            seen.append(name);
            for (ViewDock* dock : window.currentWorkspace()->findChildren<ViewDock*>()) {
                dock->show();
                dock->raise();
                QCoreApplication::processEvents();
                const QStringList bad = nameless(&window);
                QVERIFY2(bad.isEmpty(), qPrintable(name + QStringLiteral(": ") + bad.join(QStringLiteral("; "))));
            }
        }
        QVERIFY(seen.size() >= 2);
    }

    void everyDialogHasNames() {
        MainWindow& window = m_fixture->open();
        window.messageLog()->add(MessageLog::Kind::Error, QStringLiteral("Something."));
        window.banner()->showMessage(MessageBanner::Kind::Error, QStringLiteral("Something.\nMore."));
        window.banner()->showMessage(MessageBanner::Kind::Error, QStringLiteral("Something else.\nMore."));
        QCOMPARE(nameless(window.banner()), QStringList());
        MessageDialog messages(window.messageLog(), &window);
        ShortcutsDialog shortcuts(shortcutsOf(window.menuBar()), &window);
        AboutDialog about(&window);
        for (QDialog* dialog : std::initializer_list<QDialog*>{&messages, &shortcuts, &about}) {
            dialog->show();
            QCoreApplication::processEvents();
            const QStringList bad = nameless(dialog);
            QVERIFY2(bad.isEmpty(),
                     qPrintable(dialog->windowTitle() + QStringLiteral(": ") + bad.join(QStringLiteral("; "))));
        }
    }

    void emptyViewsSayWhatToDo() {
        for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
            MainWindow& window = m_fixture->open();
            window.setTheme(mode);
            for (ViewDock* dock : window.train()->findChildren<ViewDock*>()) {
                auto* view = qobject_cast<PaintedView*>(dock->widget());
                if (!view) continue;
                dock->show();
                dock->raise();
                QCoreApplication::processEvents();
                view->grab();
                QVERIFY2(!view->accessibleName().isEmpty(), qPrintable(dock->objectName()));
                QVERIFY2(view->accessibleDescription().contains(QStringLiteral("Start")),
                         qPrintable(dock->objectName() + QStringLiteral(": ") + view->accessibleDescription()));
            }
            window.setTheme(ThemeMode::Light);
        }
    }

    void aRunWithoutRecordedEpochsSaysSo() {
        MainWindow& window = m_fixture->open();
        EpochMetrics row;
        row.epoch = 1;
        row.test.accuracy = 50;
        window.train()->live()->begin(window.train()->experiment()->config(), {row}, {});
        window.train()->raster()->grab();
        QVERIFY2(window.train()->raster()->accessibleDescription().contains(QStringLiteral("recorded")),
                 qPrintable(window.train()->raster()->accessibleDescription()));
        window.train()->live()->begin(window.train()->experiment()->config(), {}, {});
        window.train()->raster()->grab();
        QVERIFY(!window.train()->raster()->accessibleDescription().contains(QStringLiteral("recorded")));
    }

 private:
    std::unique_ptr<WindowFixture> m_fixture;
};

RESONATE_TEST(AccessibilityTest)
#include "accessibility_test.moc"
